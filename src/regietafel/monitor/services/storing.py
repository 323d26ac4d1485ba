"""Write a planned delivery: messages, their earlier versions, and which monitors they answer."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from regietafel.monitor.engine.messages import CleanMessage
from regietafel.monitor.models import Ingest, Message, MessageVersion, Source
from regietafel.monitor.services.planning import Plan, Text

AT_ONCE = 500
MOST_INTERACTIONS = 2**31 - 1


def store_plan(plan: Plan, *, source: Source, ingest: Ingest, received_at: datetime) -> list[Message]:
    """Write a plan inside the caller's transaction and return the messages whose shown text is new."""
    created = [
        _message(key, texts, source=source, ingest=ingest, received_at=received_at) for key, texts in plan.new
    ]
    Message.objects.bulk_create(created, batch_size=AT_ONCE)
    older = [
        (message, texts) for message, (_key, texts) in zip(created, plan.new, strict=True) if len(texts) > 1
    ]
    for message, texts in plan.changed:
        _show(message, texts)
    shown_again = [message for message, _texts in plan.changed]
    Message.objects.bulk_update(shown_again, SHOWN, batch_size=AT_ONCE)
    _write_history([*older, *plan.changed], rewritten=[message.pk for message in shown_again])
    return created + shown_again


SHOWN = (
    "title", "text", "text_hash", "published_at", "day", "text_received_at", "version", "language",
    "interactions",
)  # fmt: skip


def _message(
    key: str, texts: Sequence[Text], *, source: Source, ingest: Ingest, received_at: datetime
) -> Message:
    last = texts[-1]
    clean = last.origin
    assert clean is not None  # a new message has only texts of this delivery
    return Message(
        organisation_id=source.organisation_id,
        source=source,
        ingest=ingest,
        key=key,
        external_id=clean.external_id[:500],
        url=clean.url if len(clean.url) <= 2000 else "",
        published_at=clean.published_at,
        day=clean.day,
        received_at=received_at,
        text_received_at=received_at,
        outlet=clean.outlet[:200] or source.name,
        kind=clean.kind,
        language=clean.language[:8],
        title=clean.title,
        text=clean.text,
        text_hash=clean.text_hash,
        author_day_hash=clean.author_hash[:32],
        interactions=_interactions(clean),
        version=len(texts),
    )


def _interactions(clean: CleanMessage) -> int | None:
    return min(sum(clean.interactions.values()), MOST_INTERACTIONS) if clean.interactions else None


def _show(message: Message, texts: Sequence[Text]) -> None:
    """Put the last text in front; what came with it (day, language, counts) goes along."""
    last = texts[-1]
    message.title, message.text, message.text_hash = last.title, last.text, last.text_hash
    message.text_received_at, message.version = last.received_at, len(texts)
    message.published_at = last.published_at
    if last.origin is not None:
        message.day, message.language = last.origin.day, last.origin.language[:8]
        message.interactions = _interactions(last.origin)


def _write_history(changed: Iterable[tuple[Message, Sequence[Text]]], *, rewritten: Sequence[int]) -> None:
    """Write every text but the last as an earlier version, numbered in their order."""
    MessageVersion.objects.filter(message_id__in=rewritten).delete()
    versions = [
        MessageVersion(
            message=message,
            number=number,
            title=text.title,
            text=text.text,
            text_hash=text.text_hash,
            published_at=text.published_at,
            received_at=text.received_at,
        )
        for message, texts in changed
        for number, text in enumerate(texts[:-1], start=1)
    ]
    MessageVersion.objects.bulk_create(versions, batch_size=AT_ONCE)
