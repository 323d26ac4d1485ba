"""What leaves as a file is noted."""

from django.db import transaction

from regietafel.deliberation.models import Meeting
from regietafel.deliberation.services.writing import log
from regietafel.register.public import User


@transaction.atomic
def note_file(*, meeting: Meeting, what: str, by: User | None) -> None:
    """Note that somebody took the minutes or the agenda along as a file."""
    log("vergadering.uitgevoerd", meeting, body=meeting.body, by=by, changes={"wat": [None, what]})
