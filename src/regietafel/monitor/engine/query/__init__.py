"""The query language: what a question means, and what a message must hold to answer it.

``parse`` reads a question once; the ``Query`` it gives can say itself back in plain Dutch (``explain``) and
in its fixed form (``canonical``). ``regietafel.monitor.engine.matching`` judges which messages answer it;
``reference`` defines what is right.
"""

from regietafel.monitor.engine.query.documents import Document
from regietafel.monitor.engine.query.question import Query, parse
from regietafel.monitor.engine.query.remarks import Hint, QueryError
from regietafel.monitor.engine.query.tree import Term

__all__ = ["Document", "Hint", "Query", "QueryError", "Term", "parse"]
