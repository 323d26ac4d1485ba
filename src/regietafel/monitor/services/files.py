"""The figures of a picture straight from a file, without a database."""

import secrets
from collections import Counter
from datetime import date
from operator import attrgetter
from typing import Any

from regietafel.monitor.adapters.names import lexicon, name_lists
from regietafel.monitor.adapters.readers import FileRejected, ReadResult
from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.messages import CleaningRules, CleanMessage
from regietafel.monitor.engine.picture import Hit, Material, PictureFigures, make_figures
from regietafel.monitor.engine.query import Query
from regietafel.monitor.selectors.material import history_begin, known_days
from regietafel.monitor.selectors.messages import DOCUMENT_FIELDS, document_from
from regietafel.monitor.services.reading import Delivery, clean_rows

_seen = attrgetter(*DOCUMENT_FIELDS)


def figures_of_file(
    opened: ReadResult, *, query: Query, name: str, period: tuple[date, date], errors: list[dict[str, Any]]
) -> PictureFigures:
    """Return what a file says about a question in a period; broken rows are added to `errors`."""
    messages = messages_of_file(opened, name=name, errors=errors)
    return make_figures(_material(messages, matcher=Matcher({True: query}), period=period))


def messages_of_file(opened: ReadResult, *, name: str, errors: list[dict[str, Any]]) -> list[CleanMessage]:
    """Return the messages of a file as they would be stored, each once; broken rows are added to `errors`."""
    delivery = Delivery(name)
    rules = CleaningRules(
        source_name=name,
        author_key=secrets.token_bytes(32),
        public_accounts=name_lists().public_accounts,
        lexicon=lexicon(),
    )
    try:
        clean_rows(opened.rows, rules=rules, into=delivery)
    except FileRejected as refusal:
        errors.append({"bestand": name, "rij": None, "kolom": None, "melding": refusal.message})
        delivery.messages.clear()
    errors += delivery.errors
    return list({message.key: message for message in delivery.messages}.values())


def _material(messages: list[CleanMessage], *, matcher: Matcher[bool], period: tuple[date, date]) -> Material:
    first, last = period
    begin = history_begin(first, last)
    published: Counter[tuple[str, date]] = Counter()
    history: Counter[date] = Counter()
    hits: list[Hit] = []
    for message in messages:
        if not begin <= message.day <= last:
            continue
        published[message.outlet, message.day] += message.is_media
        if not matcher.answers(document_from(_seen(message))):
            continue
        if message.day >= first:
            hits.append(_hit(message))
        else:
            history[message.day] += message.is_media
    known = min((day for _outlet, day in published), default=first)
    return Material(
        starts_on=first,
        ends_on=last,
        hits=tuple(hits),
        published={key: count for key, count in published.items() if count},
        history=known_days(history, first=known, until=first),
    )


def _hit(message: CleanMessage) -> Hit:
    return Hit(
        key=message.key,
        day=message.day,
        published_at=message.published_at,
        source=message.outlet,
        outlet=message.outlet,
        kind=message.kind,
        title=message.title,
        text=message.text,
        url=message.url,
        author_hash=message.author_hash,
    )
