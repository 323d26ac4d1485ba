"""Really erase the text of messages, then look for it everywhere and write down what was found.

What is looked for (a few pieces of the text) is known only while this runs; it is never stored.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from regietafel.kit.erasing import (
    can_look_in_files,
    copies_made,
    forget_erased_bytes,
    parts_on_disk,
    rewrite_database,
    rows_with,
)
from regietafel.monitor.adapters import waiting, word_index
from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.searching import place_in_time
from regietafel.monitor.models import (
    Alarm,
    LabelProposal,
    Match,
    MediaPicture,
    Message,
    MessageVersion,
    RetentionProof,
    Source,
    Story,
)
from regietafel.monitor.selectors.sources import retention_days_of
from regietafel.monitor.services.indexing import unfile_messages

MOST_PARTS, PARTS_AT_ONCE, PART_LETTERS, FEWEST_LETTERS = 40, 4, 40, 16
GONE: dict[str, Any] = {
    "title": "", "text": "", "text_hash": "", "url": "", "external_id": "", "author_day_hash": "",
    "labels": [],
}  # fmt: skip


@dataclass
class Erased:
    """What one run took out of one source, with what it takes to look for it; it lives in memory only."""

    source: Source
    keys: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    headlines: set[str] = field(default_factory=set)
    first_received: datetime | None = None
    last_received: datetime | None = None

    def note(self, messages: Sequence[Message]) -> None:
        """Remember what some messages need to be looked for by."""
        self.keys += [message.pk for message in messages]
        self.places += [place_in_time(message.published_at, message.pk) for message in messages]
        self.headlines |= {message.title for message in messages if message.kind in MEDIA_KINDS}
        moments = [message.received_at for message in messages]
        self.first_received = min(filter(None, [self.first_received, *moments]))
        self.last_received = max(filter(None, [self.last_received, *moments]))
        step = max(1, len(messages) // PARTS_AT_ONCE) if len(messages) > MOST_PARTS else 1
        found = filter(None, (_part(message) for message in messages[::step]))
        self.parts = [*self.parts, *found][:MOST_PARTS]


def _part(message: Message) -> str:
    """Return a piece of the text that is long enough to be hardly anywhere else."""
    whole = message.text if len(message.text) >= FEWEST_LETTERS else message.title
    start = max(0, len(whole) // 3 - PART_LETTERS // 2) if len(whole) > PART_LETTERS else 0
    part = whole[start : start + PART_LETTERS]
    return part if len(part) >= FEWEST_LETTERS else ""


@transaction.atomic
def take_out(messages: Sequence[Message], *, into: Erased) -> int:
    """Erase the text of some messages of one source, with everything that was made from it."""
    into.note(messages)
    keys = [message.pk for message in messages]
    unfile_messages((message.published_at, message.pk) for message in messages)
    MessageVersion.objects.filter(message_id__in=keys).delete()
    LabelProposal.objects.filter(message_id__in=keys).delete()
    erased = Message.objects.filter(pk__in=keys).update(erased_at=timezone.now(), **GONE)
    kept = Match.objects.filter(story=OuterRef("pk"), message__erased_at__isnull=True)
    touched = Match.objects.filter(message_id__in=keys, story__isnull=False).values("story_id")
    Story.objects.filter(~Exists(kept), pk__in=touched).exclude(title="").update(title="")
    return erased


def prove(erased: Erased, *, uploads_before: datetime, because: str = "") -> RetentionProof:
    """Write down what tables and index still hold of what was erased; the files come when all is final."""
    now = timezone.now()
    _forget_headlines(erased)
    places: dict[str, Any] = _in_tables(erased) | {
        "alarmen": sum(1 for _alarm in _alarms_quoting(erased)),
        "zoekindex": word_index.filed(erased.places),
        "wachtend": waiting.count_older_than(uploads_before),
        "schijf": None,
    }
    if drafts := _drafts_quoting(erased):
        places["concepten"] = drafts
    if because:
        places["reden"] = because
    copies = copies_made(erased.first_received or now, now)
    return RetentionProof.objects.create(
        source=erased.source,
        erased_at=now,
        retention_days=retention_days_of(erased.source),
        message_count=len(erased.keys),
        received_until=erased.last_received or now,
        places=places,
        remains=_remains(places),
        older_backups=[{"bestand": copy.name, "gemaakt": copy.made_at.isoformat()} for copy in copies],
    )


def _remains(places: dict[str, Any]) -> int:
    return sum(count for count in places.values() if isinstance(count, int))


def _in_tables(erased: Erased) -> dict[str, int]:
    """Look in the tables, at everything this source ever lost."""
    gone = Message.objects.filter(source=erased.source, erased_at__isnull=False)
    is_left = ~Q(title="", text="", text_hash="", url="", external_id="", author_day_hash="")
    of_gone = {"message__source": erased.source, "message__erased_at__isnull": False}
    kept = Match.objects.filter(story=OuterRef("pk"), message__erased_at__isnull=True)
    stories = Story.objects.filter(~Exists(kept), matches__message__source=erased.source).exclude(title="")
    return {
        "berichten": gone.filter(is_left).count(),
        "versies": MessageVersion.objects.filter(**of_gone).count(),
        "labelvoorstellen": LabelProposal.objects.filter(**of_gone).count(),
        "verhalen": stories.distinct().count(),
    }


def _forget_headlines(erased: Erased) -> None:
    """Take a headline out of the alarms when no message with it is kept; how many brought it stays."""
    for alarm, gone in _alarms_quoting(erased):
        alarm.stories = [
            {**story, "kop": ""} if story.get("kop") in gone else story for story in alarm.stories
        ]
        alarm.save(update_fields=("stories",))


def _alarms_quoting(erased: Erased) -> Iterator[tuple[Alarm, set[str]]]:
    """Give the alarms that quote a headline of which no message is left, with those headlines."""
    for alarm in Alarm.objects.filter(monitor__sources=erased.source).exclude(stories=[]).distinct():
        quoted = {story.get("kop") for story in alarm.stories} & erased.headlines - {""}
        kept = Message.objects.filter(title__in=quoted, erased_at__isnull=True) if quoted else ()
        if gone := quoted - {message.title for message in kept}:
            yield alarm, gone


def _drafts_quoting(erased: Erased) -> list[int]:
    """Name the drafts of pictures that quote a headline of media; what they quote stays with them."""
    drafts = MediaPicture.objects.filter(
        monitor__sources=erased.source, state=MediaPicture.State.DRAFT
    ).distinct()
    headlines = [headline for headline in erased.headlines if len(headline) >= FEWEST_LETTERS]
    return [draft.pk for draft in drafts if _quotes(json.dumps(draft.figures, ensure_ascii=False), headlines)]


def _quotes(written: str, headlines: Iterable[str]) -> bool:
    return any(json.dumps(headline, ensure_ascii=False)[1:-1] in written for headline in headlines)


def look_in_files(found: Sequence[tuple[Erased, RetentionProof]], *, at_night: bool = False) -> None:
    """Let the database forget for good and search its files and the data folder; add that to the proofs.

    At night the database is written anew first; by day only when something is found, as writers wait for it.
    A piece of text that is rightly kept elsewhere (the same message of another source) is no remainder.
    """
    word_index.settle()
    forget_erased_bytes()
    if not can_look_in_files():
        return
    if at_night:
        rewrite_database()
    parts = {part: part.encode() for erased, _proof in found for part in erased.parts}
    left = parts_on_disk(list(parts.values()))
    lost = {part for part, content in parts.items() if content in left and not rows_with(part)}
    if lost:
        rewrite_database()
        left = parts_on_disk([parts[part] for part in lost])
        lost = {part for part in lost if parts[part] in left}
    for erased, proof in found:
        if not erased.parts:
            continue
        proof.places |= {"schijf": sum(part in lost for part in erased.parts)}
        proof.remains = _remains(proof.places)
        proof.save(update_fields=("places", "remains"))
