"""From what a person writes to a tree: signs, terms, and what joins them.

``lexing`` cuts the text into signs, ``terms`` makes terms of words and phrases, ``joining`` joins them,
``reader`` leads; ``refusing`` and ``hinting`` hold what is said about it.
"""

from regietafel.monitor.engine.query.reading.reader import read_tree

__all__ = ["read_tree"]
