"""The query language: what a question means, and which texts answer it.

``parse`` reads a question once; the ``Query`` it gives can judge one text (``matches``),
say itself back in plain Dutch (``explain``) and in its fixed form (``canonical``).
``match_many`` judges many texts against many questions in one pass.
"""

from regietafel.monitor.engine.query.matching import Query, match_many, parse
from regietafel.monitor.engine.query.reading import QueryError
from regietafel.monitor.engine.query.tree import Term

__all__ = ["Query", "QueryError", "Term", "match_many", "parse"]
