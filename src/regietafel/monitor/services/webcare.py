"""Hand a question over to the dossier: in the words of a colleague, never as somebody wrote it."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.refusal import Refused
from regietafel.monitor.adapters.names import lexicon, name_lists
from regietafel.monitor.engine.privacy import hide_names, mask
from regietafel.monitor.engine.privacy.quoting import quoted_runs
from regietafel.monitor.models import Monitor
from regietafel.monitor.selectors.material import kept_texts
from regietafel.register.public import AskedQuestion, User, note_question


def origin_of(monitor: Monitor) -> str:
    """Return the page a handed-over question points back to: the monitor, never a message."""
    return reverse("monitor", args=[monitor.pk])


@transaction.atomic
def hand_over_question(*, monitor: Monitor, asked: AskedQuestion, by: User) -> bool:
    """Put a question that people have in the journal of the dossier; say whether it was new.

    Raises:
        Refused: it quotes somebody, or names a person.
    """
    _refuse_quote(monitor, asked.text)
    _refuse_person(asked.text)
    _entry, is_new = note_question(dossier=monitor.dossier, asked=asked, by=by)
    if is_new:
        purpose = _("doel: %s") % monitor.get_purpose_display()
        record(
            "vraag.overgedragen",
            monitor,
            organisation_id=monitor.dossier.organisation_id,
            by=by,
            details={"reason": purpose},
        )
    return is_new


def _refuse_quote(monitor: Monitor, text: str) -> None:
    found = quoted_runs(
        [text], by_people=kept_texts(monitor, media=False), in_public=kept_texts(monitor, media=True)
    )
    if found:
        raise Refused(
            _(
                "“%s” staat zo in een bericht van iemand. Stel de vraag in eigen woorden: "
                "een letterlijk citaat is terug te vinden."
            )
            % found[0]
        )


def _refuse_person(text: str) -> None:
    masked = mask(text, public_accounts=name_lists().public_accounts).text
    shown = hide_names([masked], lexicon=lexicon())[0][0]
    if shown != text:
        raise Refused(_("Laat namen en contactgegevens van mensen weg. Zo kan het wel: “%s”") % shown.strip())
