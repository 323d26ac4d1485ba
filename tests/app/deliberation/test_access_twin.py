"""The rule of who reads what is the same as function and as filter, for any seats, guests and secrecy."""

import datetime as dt
import random
from typing import Any

import pytest
from django.utils import timezone

from regietafel.deliberation.engine import access
from regietafel.deliberation.models import AgendaItem, Body, Guest, Meeting, Seat
from regietafel.deliberation.selectors.access import (
    keeps,
    kept_bodies,
    reader_of,
    sitting_of,
    subject_of,
    table_of,
    visible_bodies,
    visible_items,
    visible_meetings,
)
from regietafel.register.models import Membership, Organisation, Role, User

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PAST, AHEAD = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)


@pytest.mark.parametrize("seed", range(6))
def test_both_forms_agree(seed: int) -> None:
    chance = random.Random(seed)
    organisations = [
        Organisation.objects.create(name=f"Organisatie {n}", code=f"o{n}", kind="gemeente") for n in range(4)
    ]
    users = [_user(n, organisations, chance) for n in range(10)]
    for number in range(6):
        _body(number, organisations, users, chance=chance)
    compared = 0
    for user in [*users, None]:
        compared += _compare(user)
    assert compared > 500


def _user(number: int, organisations: list[Organisation], chance: random.Random) -> User:
    user = User.objects.create_user(f"u{number}@x.example", None, name=f"u{number}")
    for place in range(chance.randrange(3)):
        role = Role.objects.create(
            code=f"r{number}-{place}",
            name="rol",
            reads_up_to=chance.randrange(3),
            may_write=chance.random() < 0.5,
        )
        is_guest = chance.random() < 0.2
        Membership.objects.create(
            user=user,
            organisation=chance.choice(organisations),
            role=role,
            valid_from=TODAY - dt.timedelta(days=9),
            valid_until=chance.choice((PAST, TODAY, AHEAD)) if is_guest else None,
            is_guest=is_guest,
        )
    return User.objects.get(pk=user.pk)


def _body(
    number: int, organisations: list[Organisation], users: list[User], *, chance: random.Random
) -> None:
    body = Body.objects.create(
        organisation=chance.choice(organisations),
        kind="bao",
        name=f"Overleg {number}",
        confidentiality=chance.randrange(3),
    )
    for one in chance.sample(organisations, chance.randrange(3)):
        Seat.objects.create(
            body=body, organisation=one, valid_until=chance.choice((None, PAST, TODAY, AHEAD))
        )
    Seat.objects.create(body=body, function="Adviseur", person=chance.choice(users))
    for place in range(2):
        now = timezone.now()
        meeting = Meeting.objects.create(body=body, number=place + 1, starts_at=now, ends_at=now)
        for _time in range(chance.randrange(3)):
            organisation: Any = chance.choice((None, *organisations))
            person: Any = chance.choice((None, *users))
            Guest.objects.create(meeting=meeting, function="Gast", organisation=organisation, person=person)
        for order in range(4):
            AgendaItem.objects.create(
                meeting=meeting,
                order=order,
                title="Punt",
                confidentiality=chance.randrange(3),
                for_guests=chance.random() < 0.5,
            )


def _compare(user: Any) -> int:
    reader = reader_of(user)
    bodies, meetings, items = (
        set(found(user).values_list("pk", flat=True))
        for found in (visible_bodies, visible_meetings, visible_items)
    )
    kept = set(Body.objects.filter(kept_bodies(user)).values_list("pk", flat=True))
    for body in Body.objects.all():
        assert (body.pk in bodies) == access.may_read_table(reader, table_of(body))
        assert (body.pk in kept) == keeps(user, body)
    for meeting in Meeting.objects.select_related("body"):
        assert (meeting.pk in meetings) == access.may_read_sitting(reader, sitting_of(meeting))
    rows = list(AgendaItem.objects.select_related("meeting__body"))
    for item in rows:
        may = access.may_read_subject(reader, subject_of(item))
        assert (item.pk in items) == may
        assert not may or item.meeting_id in meetings  # nobody reads an item of a meeting unknown to him
    return len(rows)
