"""What reception tells on Vandaag and in a dossier: ends, openings, places promised and gone, and news."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from regietafel.reception import public
from regietafel.reception.models import PlaceDay
from regietafel.reception.selectors.access import region_around
from regietafel.reception.selectors.sharing import Wish
from regietafel.reception.services.sharing import make_assignment
from regietafel.register.models import Dossier, Phase
from tests.app.reception.desk import text_of
from tests.app.reception.twist import SECRET, Twist, block, book, build, location, pool

pytestmark = pytest.mark.django_db


@pytest.fixture
def twist(settings: Any) -> Twist:
    settings.SECOND_FACTOR_REQUIRED = False
    return build()


def day(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def titles(found: list[Any]) -> list[tuple[str, str]]:
    return [(one.kind, one.title) for one in found]


def test_contracts_that_end_and_places_that_open_come_in_fourteen_days(twist: Twist) -> None:
    now = timezone.now()
    kade, hal = pool(location(twist, "Esrade", "Kade")), pool(location(twist, "Bornholt", "Hal"))
    block(kade, 40, since=day(-30), until_on=day(9))
    block(kade, 60, since=day(-30), until_on=day(40))
    block(hal, 25, since=day(5), recorded_at=now, probability="0.80")
    found = public.coming_changes(twist.reader, now)
    assert titles(found) == [("Laatste dag van contract", "Kade"), ("Plaatsen erbij", "Hal")]
    assert found[0].detail == "40 plaatsen minder" and found[1].detail == "25 plaatsen, kans 80\xa0%"
    assert timezone.localdate(found[0].at) == day(8)
    assert not public.coming_changes(twist.outsider, now)


def test_a_contract_that_goes_on_is_no_end(twist: Twist) -> None:
    there = pool(location(twist, "Esrade", "Kade"))
    block(there, 40, since=day(-30), until_on=day(9))
    block(there, 40, since=day(9), recorded_at=timezone.now())
    assert not public.coming_changes(twist.reader, timezone.now())


def test_promised_places_that_fell_away_are_a_signal(twist: Twist) -> None:
    there = pool(location(twist, "Esrade", "Kade"))
    for number, short in ((-3, 9), (2, 12), (3, 12)):
        PlaceDay.objects.create(pool=there, day=day(number), places=0, claimed=short, short=short)
    found = public.signals(twist.clerk, timezone.now())
    assert [one.title for one in found] == ["Kade: hoogstens 12 plaatsen te veel toegezegd"]
    assert timezone.localdate(found[0].at) == day(2) and found[0].badge == ("fout", "te veel toegezegd")
    assert "hoogstens 12 plaatsen te veel toegezegd" in text_of(twist.clerk, "/")
    assert not public.signals(twist.outsider, timezone.now())


def test_what_is_not_shared_is_told_to_its_own_people_only(twist: Twist) -> None:
    there = pool(location(twist, "Esrade", SECRET, shared_with_region=False))
    block(there, 40, since=day(-30), until_on=day(9))
    PlaceDay.objects.create(pool=there, day=day(1), places=0, claimed=1, short=1)
    now = timezone.now()
    assert SECRET in str(public.coming_changes(twist.clerk, now)) + str(public.signals(twist.clerk, now))
    for read in (public.coming_changes, public.signals):
        assert SECRET not in str(read(twist.reader, now))


def test_a_new_assignment_is_news_for_the_others(twist: Twist) -> None:
    since = timezone.now() - dt.timedelta(hours=1)
    make_assignment(
        region=region_around(twist.region), wish=Wish(total=2000, on=dt.date(2022, 4, 5)),
        by=twist.coordinator, title="Opvang", received_on=dt.date(2022, 4, 5), due_on=None, source="brief",
        counts_private=False, note="",
    )  # fmt: skip
    assert titles(public.news_since(twist.clerk, since)) == [("Opvangopdracht", "Opvang")]
    assert not public.news_since(twist.coordinator, since) and not public.news_since(twist.outsider, since)


def test_a_dossier_shows_the_places_of_its_locations(twist: Twist) -> None:
    phase = Phase.objects.first() or Phase.objects.create(code="verkennen", name="Verkennen", order=1)
    dossier = Dossier.objects.create(
        organisation=twist.towns["Esrade"], title="De Kade", phase=phase, kind=Dossier.Kind.values[0]
    )
    there = pool(location(twist, "Esrade", "Esrade, De Kade", dossier=dossier))
    block(there, 40, since=day(-3), blocked=4)
    book(there, 30, on=day(-2))
    page = text_of(twist.clerk, f"/dossiers/{dossier.pk}")
    assert "36 te gebruiken plaatsen: 30 bezet, 0 gereserveerd, 6 vrij" in page
    assert "Gedeeld met de regio." in page
