"""The query language: what a question means, and which texts answer it.

``parse`` reads a question once; the ``Query`` it gives can judge one text (``matches``), say itself back in
plain Dutch (``explain``) and in its fixed form (``canonical``). ``match_many`` judges many texts against many
questions in one pass; ``Matcher`` is the same, kept ready between texts.
"""

from regietafel.monitor.engine.query.lexing import QueryError
from regietafel.monitor.engine.query.matching import Matcher, Query, match_many, parse
from regietafel.monitor.engine.query.tree import Term

__all__ = ["Matcher", "Query", "QueryError", "Term", "match_many", "parse"]
