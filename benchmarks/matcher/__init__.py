"""All standing questions against a stream of texts: the matcher beside its rivals, in one run.

``corpus`` draws questions and texts from a seed; ``rivals``, ``postgres`` and ``limit`` hold what others
would use, each in its best form; ``ours`` holds our own paths; ``rounds`` measures them in turns. Run it with
``./regie bench matcher``, or ``python -m benchmarks.matcher --snel`` to steer by.
"""
