"""Decide what a delivery adds to what is known, without writing: new, changed or already there.

The outcome does not depend on the order of rows in a file. Of every text at one address the earliest moment
counts; the text with the latest of these moments is shown, the others are its history. When two deliveries
carry the same moment, the later delivery is shown: a site that corrects a text seldom changes its date.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from regietafel.monitor.engine.messages import CleanMessage
from regietafel.monitor.models import Message, MessageVersion
from regietafel.monitor.services.keys import message_key

LOOK_UP_AT_ONCE = 900
Key = TypeVar("Key", str, int)


@dataclass(frozen=True, slots=True)
class Text:
    """One text a message had, and since when."""

    title: str
    text: str
    text_hash: str
    published_at: datetime
    received_at: datetime
    origin: CleanMessage | None = None


@dataclass
class Plan:
    """What will be written, and the counts that go with it."""

    new: list[tuple[str, list[Text]]] = field(default_factory=list)
    changed: list[tuple[Message, list[Text]]] = field(default_factory=list)
    new_count: int = 0
    duplicate_count: int = 0
    changed_count: int = 0


def plan_delivery(*, organisation_id: int, messages: Iterable[CleanMessage], received_at: datetime) -> Plan:
    """Compare a delivery with what the organisation knows."""
    groups: dict[str, dict[str, Text]] = {}
    plan = Plan()
    for message in messages:
        texts = groups.setdefault(message_key(organisation_id, message.key), {})
        plan.duplicate_count += message.text_hash in texts
        _keep_earliest(texts, _as_text(message, received_at))
    known = _known(organisation_id, groups)
    suspects = _with_history([m for m in known.values() if _may_differ(m, groups[m.key])])
    for key, texts in groups.items():
        if key not in known:
            _add_new(plan, key, texts=_in_order(texts.values()))
        elif known[key].pk in suspects:
            _add_changed(plan, known[key], history=suspects[known[key].pk], texts=texts)
        else:
            plan.duplicate_count += len(texts)
    return plan


def _as_text(message: CleanMessage, received_at: datetime) -> Text:
    return Text(message.title, message.text, message.text_hash, message.published_at, received_at, message)


def _keep_earliest(texts: dict[str, Text], text: Text) -> None:
    before = texts.get(text.text_hash)
    if before is None or _rank(text) < _rank(before):
        texts[text.text_hash] = text


def _rank(text: Text) -> tuple[object, ...]:
    origin = text.origin
    if origin is None:
        return (text.published_at,)
    detail = (origin.outlet, origin.kind, origin.url, origin.external_id, origin.place, origin.labels)
    return (text.published_at, detail)


def _in_order(texts: Iterable[Text]) -> list[Text]:
    return sorted(texts, key=lambda text: (text.published_at, text.received_at, text.text_hash))


def _known(organisation_id: int, keys: Iterable[str]) -> dict[str, Message]:
    found: dict[str, Message] = {}
    for chunk in _chunks(list(keys)):
        rows = Message.objects.filter(organisation_id=organisation_id, key__in=chunk)
        known = rows.only("pk", "key", "text_hash", "published_at", "erased_at", "version")
        found.update((message.key, message) for message in known)
    return found


def _chunks(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    return (keys[start : start + LOOK_UP_AT_ONCE] for start in range(0, len(keys), LOOK_UP_AT_ONCE))


def _may_differ(known: Message, texts: dict[str, Text]) -> bool:
    if known.erased_at is not None:
        return False
    only = texts.get(known.text_hash) if len(texts) == 1 else None
    return only is None or only.published_at < known.published_at


def _with_history(messages: Sequence[Message]) -> dict[int, dict[str, Text]]:
    """Return every text that messages ever had, by message and by the hash of the text."""
    history: dict[int, dict[str, Text]] = {}
    for chunk in _chunks([message.pk for message in messages]):
        for message in Message.objects.filter(pk__in=chunk):
            history[message.pk] = {message.text_hash: _kept(message, message.text_received_at)}
        for version in MessageVersion.objects.filter(message_id__in=chunk):
            history[version.message_id][version.text_hash] = _kept(version, version.received_at)
    return history


def _kept(row: Message | MessageVersion, received_at: datetime) -> Text:
    return Text(row.title, row.text, row.text_hash, row.published_at, received_at)


def _add_new(plan: Plan, key: str, *, texts: list[Text]) -> None:
    plan.new.append((key, texts))
    plan.new_count += 1
    plan.changed_count += len(texts) - 1


def _add_changed(plan: Plan, known: Message, *, history: dict[str, Text], texts: dict[str, Text]) -> None:
    merged = dict(history)
    for text in texts.values():
        _keep_earliest(merged, text)
    added = len(merged) - len(history)
    plan.changed_count += added
    plan.duplicate_count += len(texts) - added
    if merged != history:
        plan.changed.append((known, _in_order(merged.values())))
