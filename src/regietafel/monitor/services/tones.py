"""Setting the tone of a message right: a person says what it is, and that wins from the word list."""

from django.db import transaction
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.refusal import Refused
from regietafel.monitor.engine.meaning import Meaning
from regietafel.monitor.models import Message, Monitor, RecentFigures, SentimentCorrection
from regietafel.monitor.selectors.meaning import VERDICTS, media_tone_of
from regietafel.monitor.selectors.messages import shown_messages
from regietafel.register.public import User


@transaction.atomic
def correct_tone(*, monitor: Monitor, message: Message, tone: str, by: User) -> SentimentCorrection:
    """Say how a media message sounds; it counts so in every total, and no list judges it again."""
    values = {verdict: value for value, verdict in VERDICTS.items() if value is not None}
    if tone not in values:
        raise Refused(_("Kies positief, neutraal of negatief."))
    locked = shown_messages(monitor).select_for_update(of=("self",)).filter(pk=message.pk).first()
    if locked is None:
        raise Refused(_("Alleen de toon van een bericht uit nieuws of pers kunt u rechtzetten."))
    was, locked.sentiment, locked.sentiment_judged = VERDICTS[locked.sentiment], values[tone], True
    locked.save(update_fields=("sentiment", "sentiment_judged"))
    correction = SentimentCorrection.objects.create(message=locked, sentiment=values[tone], by=by)
    record(
        "toon.rechtgezet",
        monitor,
        organisation_id=monitor.dossier.organisation_id,
        by=by,
        details={"changes": {_("toon van bericht %s") % locked.pk: [was, tone]}},
    )
    _count_again(locked)
    return correction


def _count_again(message: Message) -> None:
    """Bring the tone in the kept figures of every monitor that the message answers up to date."""
    kept = RecentFigures.objects.filter(monitor__matches__message=message).select_related("monitor")
    for figures in kept.select_for_update(of=("self",)):
        if Meaning.is_readable(figures.meaning):
            meaning = Meaning.from_json(figures.meaning)
            figures.meaning = meaning.with_tone(media_tone_of(figures.monitor)).to_json()
            figures.save(update_fields=("meaning",))
