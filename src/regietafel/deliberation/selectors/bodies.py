"""Bodies as their pages show them: when they meet, who sits there, and what a person owes there."""

from collections import Counter
from typing import Any

from django.db.models import DateTimeField, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.adapters.body_models import BodyModel, body_models
from regietafel.deliberation.models import Body, Entry, Meeting, Portfolio, Seat
from regietafel.deliberation.selectors.access import (
    readable_bodies,
    reader_of,
    seats_in_force,
    visible_bodies,
    visible_entries,
    visible_meetings,
)
from regietafel.deliberation.selectors.meetings import COMING
from regietafel.kernel import dutch
from regietafel.register.public import Organisation, User, people_of

FEW = ("", "", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")


def bodies_of(user: Any) -> QuerySet[Body]:
    """Return the bodies a person may read, with `next_at`: when the next meeting begins."""
    coming = Meeting.objects.filter(
        body=OuterRef("pk"), state__in=COMING, ends_at__gte=timezone.now()
    ).order_by("starts_at")
    field = DateTimeField()
    return visible_bodies(user).annotate(next_at=Subquery(coming.values("starts_at")[:1], output_field=field))


def next_meeting(body: Body) -> Meeting | None:
    """Return the meeting that is going on or comes next."""
    coming = body.meetings.filter(state__in=COMING, ends_at__gte=timezone.now())
    return coming.order_by("starts_at").first()


def owed_actions(user: Any) -> QuerySet[Entry]:
    """Return the open actions a person has, alone or for an organisation he or she writes for."""
    reader = reader_of(user)
    own = [grant.organisation_id for grant in reader.grants if grant.may_write]
    mine = Q(owner_organisation_id__in=own) | Q(owner_person_id=reader.person_id or 0)
    rows = visible_entries(user).filter(mine, kind=Entry.Kind.ACTION, state=Entry.State.OPEN)
    return rows.order_by("due_on", "pk")


def drafts_of(user: Any) -> QuerySet[Meeting]:
    """Return the meetings of a person's bodies of which the minutes are not laid down yet."""
    rows = visible_meetings(user).filter(readable_bodies(user, "body__"), state=Meeting.State.DRAFT)
    return rows.order_by("starts_at")


def per_body(user: Any) -> tuple[Counter[int], Counter[int]]:
    """Count per body the actions a person owes and the draft minutes that wait."""
    owed = Counter(owed_actions(user).values_list("item__meeting__body_id", flat=True))
    return owed, Counter(drafts_of(user).values_list("body_id", flat=True))


def guest_meetings(user: Any) -> QuerySet[Meeting]:
    """Return the coming meetings to which a person is invited from outside."""
    rows = visible_meetings(user).exclude(readable_bodies(user, "body__"))
    return rows.filter(state__in=COMING, ends_at__gte=timezone.now()).order_by("starts_at")


def rhythm_of(body: Body) -> str:
    """Say how often a body meets, and until when."""
    weeks = body.interval_weeks
    if not weeks:
        often = _("geen vast ritme")
    elif weeks == 1:
        often = _("elke week")
    else:
        often = _("om de %s weken") % (FEW[weeks] if weeks < len(FEW) else weeks)
    until = body.until_when.strip().rstrip(".")
    if until:
        often += f", {until}" if until.lower().startswith("tot ") else _(", tot %s") % until
    return often


def usual_of(body: Body) -> str:
    """Say at what time, how long and where a body usually meets."""
    length = dutch.counted(body.minutes, one=_("minuut"), many=_("minuten"))
    begins = _("om %s") % dutch.clock(body.starts_at) if body.starts_at else ""
    return ", ".join(filter(None, (begins, length, body.place)))


def seats_of(body: Body) -> QuerySet[Seat]:
    """Return who sits at the table today."""
    return body.seats.filter(seats_in_force()).select_related("organisation", "person")


def ended_seats(body: Body) -> QuerySet[Seat]:
    """Return the seats that ended."""
    return body.seats.exclude(seats_in_force()).select_related("organisation")


def portfolios_of(body: Body) -> QuerySet[Portfolio]:
    """Return who carries which theme."""
    return body.portfolios.select_related("seat__organisation")


def meetings_of(body: Body) -> QuerySet[Meeting]:
    """Return every meeting of a body."""
    return body.meetings.select_related("body__organisation")


def organisations_to_seat() -> QuerySet[Organisation]:
    """Return the organisations that can have a seat or come as a guest."""
    return Organisation.objects.filter(is_active=True).order_by("name")


def people_to_seat(user: Any, seat: Seat | None) -> QuerySet[User]:
    """Return the colleagues that can be named in a seat, and who is named there already."""
    colleagues = people_of(user)
    if seat is None or seat.person_id is None:
        return colleagues
    return colleagues | User.objects.filter(pk=seat.person_id)


def models_to_choose() -> tuple[BodyModel, ...]:
    """Return the forms of a body to begin with."""
    return tuple(body_models().values())


def model_named(code: str) -> BodyModel | None:
    """Return one form of a body."""
    return body_models().get(code)
