"""Read and clean a whole delivery before anything is stored, so that no lock is held meanwhile."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from regietafel.monitor.adapters.languages import detect_language
from regietafel.monitor.adapters.names import lexicon, name_lists
from regietafel.monitor.adapters.readers import ReadResult, RowError
from regietafel.monitor.engine.messages import CleaningRules, CleanMessage, RawItem, RowRejected, clean
from regietafel.monitor.models import Source
from regietafel.monitor.services.keys import author_key

FEED_FORMATS = frozenset({"rss"})
TELL_EVERY = 2_000


@dataclass
class Delivery:
    """What one file or feed held: messages that may be stored, and the rows that were refused."""

    file_name: str
    read: int = 0
    messages: list[CleanMessage] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    masked: Counter[str] = field(default_factory=Counter)

    def refuse(self, error: RowError) -> None:
        """Note a row that cannot be kept."""
        self.errors.append(
            {"bestand": error.file, "rij": error.row, "kolom": error.column, "melding": error.message}
        )


def read_delivery(
    result: ReadResult,
    *,
    source: Source,
    file_name: str,
    received_at: datetime,
    tell: Callable[[int], None] | None = None,
) -> Delivery:
    """Read every row of an opened file and clean it; broken rows are noted and reading goes on.

    Raises:
        FileRejected: the file breaks off or cannot be read; nothing of it may be stored.
    """
    rules = cleaning_rules(source, received_at if result.format in FEED_FORMATS else None)
    delivery = Delivery(file_name)
    clean_rows(result.rows, rules=rules, into=delivery, tell=tell)
    return delivery


def cleaning_rules(source: Source, fetched_at: datetime | None) -> CleaningRules:
    """Return what cleaning must know of a source."""
    return CleaningRules(
        source_name=source.name,
        author_key=author_key(source.organisation_id),
        default_kind=source.message_kind,
        default_outlet=source.name if source.kind == Source.Kind.FEED else "",
        fetched_at=fetched_at,
        public_accounts=name_lists().public_accounts,
        lexicon=lexicon(),
        detect_language=detect_language,
    )


def clean_rows(
    rows: Iterable[RawItem | RowError],
    *,
    rules: CleaningRules,
    into: Delivery,
    tell: Callable[[int], None] | None = None,
) -> None:
    """Clean rows one by one."""
    for row in rows:
        into.read += 1
        if tell is not None and into.read % TELL_EVERY == 0:
            tell(into.read)
        if isinstance(row, RowError):
            into.refuse(row)
            continue
        try:
            message = clean(row, rules=rules)
        except RowRejected as refusal:
            into.refuse(RowError(into.file_name, row.row, refusal.column, refusal.message))
            continue
        into.masked.update(message.masked)
        into.messages.append(message)
