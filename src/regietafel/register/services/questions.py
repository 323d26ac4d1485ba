"""Questions that colleagues hand over from elsewhere in the product, to be answered."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.refusal import Refused
from regietafel.register.models import Dossier, JournalEntry, Moment
from regietafel.register.services.dossier_parts import Happening, add_moment
from regietafel.register.services.writing import Change, author_of, lock_dossier, log

END_OF_DAY = time(17)
SAME_WITHIN = timedelta(days=1)
TITLE_LETTERS = 160


@dataclass(frozen=True, kw_only=True)
class AskedQuestion:
    """A question in the words of a colleague: how it is answered, before when, and where it came from."""

    CHANNELS: ClassVar = JournalEntry.Channel.choices

    text: str
    channel: str
    origin: str
    answer_by: date | None = None


@transaction.atomic
def note_question(*, dossier: Dossier, asked: AskedQuestion, by: Any) -> tuple[JournalEntry, bool]:
    """Write a question in the journal, with a term on the timeline when it has one.

    Returns:
        The entry, and whether it is new: the same question within a day is not written twice.
    """
    locked = lock_dossier(dossier, by)
    text = asked.text.strip()
    since = timezone.now() - SAME_WITHIN
    same = JournalEntry.objects.filter(dossier=locked, kind=JournalEntry.Kind.QUESTION, created_at__gte=since)
    if kept := same.filter(text=text, channel=asked.channel).first():
        return kept, False
    if not text or asked.channel not in JournalEntry.Channel.values:
        raise Refused(_("Schrijf de vraag, en kies waar het antwoord komt."))
    if asked.answer_by and asked.answer_by < timezone.localdate():
        raise Refused(_("De termijn ligt in het verleden."))
    entry = JournalEntry.objects.create(
        dossier=locked,
        text=text,
        kind=JournalEntry.Kind.QUESTION,
        channel=asked.channel,
        origin=asked.origin,
        moment=_term(locked, asked, text=text, by=by) if asked.answer_by else None,
        created_by=author_of(by),
    )
    channel = [None, str(entry.get_channel_display())]
    log(locked, entry, change=Change("vraag.overgedragen", {str(_("Kanaal")): channel}), by=by)
    return entry, True


def _term(dossier: Dossier, asked: AskedQuestion, *, text: str, by: Any) -> Moment:
    assert asked.answer_by is not None
    title = _("Beantwoord: %s") % text
    happening = Happening(
        title=title if len(title) <= TITLE_LETTERS else f"{title[: TITLE_LETTERS - 1]}…",
        kind=Moment.Kind.DEADLINE,
        starts_at=timezone.make_aware(datetime.combine(asked.answer_by, END_OF_DAY)),
    )
    return add_moment(dossier=dossier, happening=happening, by=by)
