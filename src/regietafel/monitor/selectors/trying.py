"""What a question would find in what we hold, before anyone decides to use it."""

from dataclasses import dataclass

from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.query import Document, Query, QueryError, parse
from regietafel.monitor.models import Message, Monitor
from regietafel.monitor.selectors.monitors import persons_asked_for

LOOKED_AT = 20_000
SHOWN = 10


@dataclass(frozen=True)
class Trial:
    """How a question is read and what it finds; `error` says why it cannot be used."""

    explanation: str = ""
    error: str = ""
    hints: tuple[str, ...] = ()
    looked_at: int = 0
    found: int = 0
    headlines: tuple[tuple[str, str], ...] = ()


def try_question(monitor: Monitor, text: str) -> Trial:
    """Judge the newest media messages in the sources of a monitor by a question."""
    try:
        query = parse(text)
    except QueryError as error:
        place = f"Regel {error.line}, teken {error.column}"
        return Trial(error=f"{place}: {error.message} {error.suggestion}".strip())
    persons = persons_asked_for(text)
    if persons:
        return Trial(error=" ".join(f"“{found.written}”: {found.reason}" for found in persons))
    return _judge(monitor, query)


def _judge(monitor: Monitor, query: Query) -> Trial:
    rows = Message.objects.filter(
        source__in=monitor.sources.all(), kind__in=sorted(MEDIA_KINDS), erased_at__isnull=True
    ).order_by("-published_at")
    newest = list(rows.values_list("title", "text", "outlet")[:LOOKED_AT])
    matcher = Matcher({True: query})
    hits = [(title, outlet) for title, text, outlet in newest if matcher.answers(Document(title, text))]
    return Trial(
        explanation=query.explain(),
        hints=query.hints,
        looked_at=len(newest),
        found=len(hits),
        headlines=tuple(hits[:SHOWN]),
    )
