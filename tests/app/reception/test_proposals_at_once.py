"""A proposal and others who book at the same moment: everything is booked or nothing, and no place twice."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from regietafel.kit import audit
from regietafel.kit.refusal import Refused
from regietafel.reception.models import Booking, PlaceDay
from regietafel.reception.services.booking import book
from regietafel.reception.services.deciding import confirm_proposal
from tests.app.reception.places import Places, wanted
from tests.app.reception.proposals import proposal_for, waiting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Let everybody act at the same moment; return how it ended for each, in order."""
    gate, ends = threading.Barrier(len(acts)), [""] * len(acts)

    def take_part(number: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
            ends[number] = "gelukt"
        except Refused as refusal:
            ends[number] = str(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=take_part, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return ends


def test_two_people_confirm_and_it_is_booked_once(places: Places) -> None:
    made = proposal_for(places, waiting(places, "G-1", 3), waiting(places, "G-2", 5))
    ends = at_once(*[lambda: confirm_proposal(proposal=made, by=places.placer)] * 4)
    assert ends.count("gelukt") == 1
    assert all("al besloten" in end for end in ends if end != "gelukt")
    assert sorted(Booking.objects.values_list("people", flat=True)) == [3, 5]
    assert audit.verify() == []


def test_a_proposal_and_bookings_for_the_same_places(places: Places) -> None:
    book(wanted=wanted(places.rooms, 24), by=places.placer)
    book(wanted=wanted(places.hall, 40), by=places.placer)
    made = proposal_for(places, waiting(places, "G-1", 3), waiting(places, "G-2", 5))
    assert made.placed == 8
    others = [lambda: book(wanted=wanted(places.hall, 3), by=places.placer)] * 3
    ends = at_once(lambda: confirm_proposal(proposal=made, by=places.placer), *others)
    booked = Booking.objects.filter(group__isnull=False)
    made.refresh_from_db()
    if ends[0] == "gelukt":
        assert (made.state, booked.count(), ends.count("gelukt")) == ("bevestigd", 2, 1)
    else:
        assert "niets geboekt" in ends[0]
        assert (made.state, booked.count()) == ("voorstel", 0)
    assert not [day for day in PlaceDay.objects.all() if day.claimed > day.places]
    assert audit.verify() == []
