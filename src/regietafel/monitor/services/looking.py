"""Who looks at messages, searches them or takes them along leaves a line: which monitor, for which purpose.

The line is written before anything is shown. When it cannot be written, nothing is shown.
"""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.audit import history, record
from regietafel.monitor.engine.privacy import mask
from regietafel.monitor.models import Ingest, Monitor
from regietafel.monitor.selectors.looks import EXPORTED, LOOKED, SEARCHED
from regietafel.register.public import User

AGAIN_AFTER = timedelta(minutes=10)
QUESTION_LETTERS = 200


def note_look(*, monitor: Monitor, by: User) -> None:
    """Note that a person looked at the messages of a monitor; once in ten minutes is enough."""
    _note(LOOKED, monitor, by=by, what=_purpose(monitor), organisation_id=monitor.dossier.organisation_id)


def note_search(*, monitor: Monitor, question: str, by: User) -> None:
    """Note what a person searched for; turning a page of the same answer is no other search."""
    what = _("%(purpose)s; vraag: %(question)s") % {
        "purpose": _purpose(monitor),
        "question": masked_question(question),
    }
    _note(SEARCHED, monitor, by=by, what=what, organisation_id=monitor.dossier.organisation_id)


def note_export(*, monitor: Monitor, what: str, by: Any) -> None:
    """Note that messages, or headlines in a picture, left as a file; `by` is None on the command line."""
    details = {"reason": f"{_purpose(monitor)}; {what}"}
    record(EXPORTED, monitor, organisation_id=monitor.dossier.organisation_id, by=by, details=details)


def note_preview(*, ingest: Ingest, by: User) -> None:
    """Note that a person saw the first rows of a delivery, in which nothing is masked yet."""
    what = _("doel: kolommen van een levering nakijken")
    _note(LOOKED, ingest, by=by, what=what, organisation_id=ingest.source.organisation_id)


def masked_question(question: str) -> str:
    """Return a question as it may stand in the log, where nothing can be erased."""
    text = " ".join(mask(question).text.split())
    return text if len(text) <= QUESTION_LETTERS else f"{text[:QUESTION_LETTERS]}…"


def _purpose(monitor: Monitor) -> str:
    return _("doel: %s") % (monitor.get_purpose_display() or _("niet ingevuld"))


def _note(action: str, about: models.Model, *, by: User, what: str, organisation_id: int) -> None:
    """Write the line, unless the very same one was written less than ten minutes ago."""
    recently = timezone.now() - AGAIN_AFTER
    same = history(about).filter(action=action, actor_id=by.pk, at__gte=recently, reason=what)
    if not same.exists():
        record(action, about, organisation_id=organisation_id, by=by, details={"reason": what})
