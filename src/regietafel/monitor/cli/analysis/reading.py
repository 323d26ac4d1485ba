"""The messages of a file, cleaned as at intake: without senders, and with contact data masked."""

import argparse
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from regietafel.monitor.cli.search.delivering import items_of, open_file

if TYPE_CHECKING:
    from regietafel.monitor.engine.content.messages import Message
    from regietafel.monitor.engine.messages import CleanMessage


class Read(NamedTuple):
    """A message of a file: how it is known there, and what may be kept of it."""

    id: str
    message: "CleanMessage"


def read_messages(
    options: argparse.Namespace, *, errors: list[dict[str, Any]], fetched_at: datetime | None = None
) -> Iterator[Read]:
    """Give the messages that can be read, each once; note the others.

    A row without a date gets ``fetched_at``; without that it is refused.
    """
    from regietafel.monitor.adapters.languages import detect_language
    from regietafel.monitor.adapters.names import name_lists
    from regietafel.monitor.engine.messages import CleaningRules, RowRejected, clean

    rules = CleaningRules(
        source_name=Path(options.bestand).name.split(".")[0],
        author_key=secrets.token_bytes(32),
        fetched_at=fetched_at,
        public_accounts=name_lists().public_accounts,
        detect_language=detect_language,
    )
    seen: set[str] = set()
    for item in items_of(open_file(options), errors, name=options.bestand):
        try:
            message = clean(item, rules=rules)
        except RowRejected as refusal:
            errors.append(
                {
                    "bestand": options.bestand,
                    "rij": item.row,
                    "kolom": refusal.column,
                    "melding": refusal.message,
                }
            )
            continue
        if message.key not in seen:
            seen.add(message.key)
            yield Read(item.external_id or item.url or str(item.row), message)


def as_content(message: "CleanMessage") -> "Message":
    """Give a message as the content engines see it."""
    from regietafel.monitor.engine.content.messages import Message

    return Message(
        day=message.day,
        title=message.title,
        text=message.text,
        kind=message.kind,
        outlet=message.outlet,
        domain=message.domain,
        author=message.author_hash,
    )
