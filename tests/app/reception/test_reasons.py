"""A reason says why, and never who: none is taken that is empty, or that seems to name somebody."""

from collections.abc import Callable
from typing import Any

import pytest

from regietafel.kit.models import AuditEvent
from regietafel.kit.refusal import Refused
from regietafel.reception.selectors.alternatives import table_of
from regietafel.reception.services.booking import book, depart, withdraw_booking
from regietafel.reception.services.deciding import change_line, refuse_proposal
from regietafel.reception.services.places import (
    Unusable,
    block_places,
    change_location,
    close_location,
    create_location,
    end_block,
    withdraw_block,
)
from tests.app.reception.places import Places, in_days, wanted
from tests.app.reception.proposals import proposal_for, waiting

PERSONAL = ("fam. Jansen gaat weg", "mw. De Vries is ziek", "geb. 3-4-1987", "bel 06 12345678", "a@b.example")


def steps(places: Places) -> dict[str, Callable[[str], Any]]:
    """Return every step of which somebody writes down why, or a name that all readers of a place see."""
    booking = book(wanted=wanted(places.hall, 3), by=places.placer)
    block = places.hall.blocks.get()
    made = proposal_for(places, waiting(places, "G-1", 3))
    line, seen = made.lines.get(), table_of(made).seen
    tomorrow, keeper, placer = in_days(1), places.keeper, places.placer
    return {
        "withdraw": lambda why: withdraw_booking(booking=booking, reason=why, by=placer),
        "depart": lambda why: depart(booking=booking, people=1, on=tomorrow, reason=why, by=placer),
        "close": lambda why: close_location(location=places.location, on=tomorrow, reason=why, by=keeper),
        "end block": lambda why: end_block(block=block, on=tomorrow, reason=why, by=keeper),
        "withdraw block": lambda why: withdraw_block(block=block, reason=why, by=keeper),
        "unusable": lambda why: block_places(
            block=block, unusable=Unusable(number=2, from_on=in_days(0), until_on=tomorrow, reason=why),
            by=keeper,
        ),
        "change line": lambda why: change_line(line=line, pool=None, reason=why, seen=seen, by=placer),
        "refuse": lambda why: refuse_proposal(proposal=made, reason=why, by=placer),
        "name": lambda why: change_location(location=places.location, by=keeper, name=why),
        "new": lambda why: create_location(
            organisation=places.north, by=keeper, name=why, municipality=places.location.municipality
        ),
    }  # fmt: skip


@pytest.mark.parametrize("text", PERSONAL)
def test_who_somebody_is_never_stands_in_a_reason(places: Places, text: str) -> None:
    for name, step in steps(places).items():
        before = AuditEvent.objects.count()
        with pytest.raises(Refused, match="te herkennen"):
            step(text)
        assert AuditEvent.objects.count() == before, name


@pytest.mark.parametrize("name", ["withdraw", "close", "withdraw block", "change line", "refuse"])
def test_what_is_undone_or_decided_otherwise_needs_a_reason(places: Places, name: str) -> None:
    with pytest.raises(Refused, match="Schrijf"):
        steps(places)[name]("  ")


@pytest.mark.parametrize("name", ["withdraw", "close", "withdraw block", "change line", "refuse"])
def test_an_ordinary_reason_is_taken_as_it_is_written(places: Places, name: str) -> None:
    steps(places)[name](" de zaal is op 3 december verhuurd, 40 plaatsen weg ")
    assert AuditEvent.objects.latest("pk").reason == "de zaal is op 3 december verhuurd, 40 plaatsen weg"
