"""How well stories are found: real Dutch sentences, copies made of them, and forms filled in anew.

`reading.py` finds the sentences, `own.py` holds some of ours, `writing.py` makes the set, `rivals.py` holds
simpler ways and `scoring.py` counts.
"""
