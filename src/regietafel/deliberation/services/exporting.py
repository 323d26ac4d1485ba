"""What leaves as a file is noted."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from regietafel.deliberation.models import Body, Entry, Meeting
from regietafel.deliberation.services.writing import log
from regietafel.register.public import User


@transaction.atomic
def note_file(*, meeting: Meeting, what: str, by: User | None) -> None:
    """Note that somebody took the minutes or the agenda along as a file."""
    log("vergadering.uitgevoerd", meeting, body=meeting.body, by=by, changes={"wat": [None, what]})


@transaction.atomic
def note_entries(*, entries: QuerySet[Entry], what: str, by: Any) -> None:
    """Note, in the log of every secretariat, that somebody took lines of its minutes along as a file."""
    bodies = entries.order_by().values("item__meeting__body_id")
    for body in Body.objects.filter(pk__in=bodies).order_by("pk"):
        log("overleg.uitgevoerd", body, body=body, by=by, changes={"wat": [None, what]})
