"""The fictional region fills every screen, once, and never outside this machine."""

from typing import Any

import pytest
from django.test import Client

from regietafel.host.demo import load
from regietafel.host.search import search_groups
from regietafel.host.today import columns, dossier_lines
from regietafel.kit.audit import verify
from regietafel.kit.commands import CommandError
from regietafel.monitor.models import Ingest, MediaPicture, Message, Monitor
from regietafel.register.models import Dossier, Organisation, User

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def region(django_db_setup: Any, django_db_blocker: Any) -> Any:
    """Load the region once for this file; every test sees it and leaves it as it was."""
    from django.core.management import call_command
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("migrate", verbosity=0)
        from django.conf import settings

        from regietafel.register.public.entrance import load_reference

        load_reference(settings.REPOSITORY / "reference")
        yield load("2026-03-12")
        transaction.set_rollback(True)


def person(email: str) -> User:
    return User.objects.get(email=email)


def test_it_is_complete_and_marked_as_fictional(region: Any) -> None:
    assert len(region.accounts) == 10
    assert not Organisation.objects.filter(is_fictional=False).exists()
    assert Dossier.objects.count() == 5
    assert list(Monitor.objects.order_by("pk").values_list("state", flat=True)) == [
        "actief", "gepauzeerd", "concept",
    ]  # fmt: skip
    published = MediaPicture.objects.filter(state="gepubliceerd").order_by("monitor", "number")
    assert list(published.values_list("number", flat=True)) == [1, 2, 3, 1]
    assert MediaPicture.objects.filter(state="concept").count() == 1
    assert Message.objects.count() > 2000
    assert not any(ingest.failure for ingest in Ingest.objects.all())
    assert [error["kolom"] for ingest in Ingest.objects.all() for error in ingest.row_errors] == ["datum"]
    assert verify() == []


def test_no_invented_sender_is_kept(region: Any) -> None:
    fields = [field.name for field in Message._meta.fields]
    stored = Message.objects.filter(kind="sociaal").values_list(*fields)[:200]
    assert stored
    assert not any("verzonnen-" in str(value) for row in stored for value in row)


def test_the_second_time_only_the_password_is_new(region: Any) -> None:
    before = Message.objects.count()
    again = load()
    assert not again.is_new
    assert again.password != region.password
    assert person("adviseur@esrade.example").check_password(again.password)
    assert Message.objects.count() == before


def test_never_in_production_or_on_another_address(region: Any, settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="nooit in productie"):
        load()
    settings.PRODUCTION, settings.BOUND_TO_LOOPBACK = False, False
    with pytest.raises(CommandError, match="alleen op deze machine"):
        load()
    client = Client()
    client.post("/inloggen", {"email": "adviseur@esrade.example", "password": region.password})
    assert "_auth_user_id" not in client.session


def test_the_adviser_sees_what_must_and_what_comes(region: Any) -> None:
    from regietafel.kit.clock import as_if
    from tests.app.host.moments import at

    adviser = person("adviseur@esrade.example")
    with as_if(at("2026-03-12 08:35")):
        new, due, coming, signals = columns(adviser, at("2026-03-05 08:00"), now=at("2026-03-12 08:35"))
        lines = dossier_lines(adviser, at("2026-03-12 08:35"))
    assert any("Omgevingsbeeld nr. 3" in notice.title for notice in new.notices)
    assert "2 te laat" in due.summary
    assert {notice.title for notice in due.notices} >= {"Kernboodschap laten vaststellen"}
    assert any("verkeersplan" in f"{notice.title} {notice.detail}" for notice in due.notices)
    assert "Bewonersbijeenkomst" in [notice.title for notice in coming.notices]
    assert any("Verlenging beoordelen" in notice.title for notice in due.notices)
    titles = [notice.title for notice in signals.notices]
    assert titles == ["Alarm: Opvang in Esrade", "Medium weg: Dagblad Noord"]
    assert {line.dossier.title for line in lines} >= {"Opvang Havezatheweg", "Spoedopvang Sporthal De Els"}
    busiest = next(line for line in lines if line.dossier.title == "Opvang Havezatheweg")
    assert busiest.picture.number == 3
    assert len(busiest.counts) == 14 and sum(busiest.counts) > 100


def test_the_neighbour_finds_what_is_shared_and_nothing_else(region: Any) -> None:
    neighbour, own = person("adviseur@nijendal.example"), person("adviseur@esrade.example")
    assert [group.title for group in search_groups(neighbour, "Havezatheweg")]
    assert search_groups(own, "Lindezicht") == []
    assert search_groups(person("installatie@regietafel.example"), "Havezatheweg") == []


def test_two_colleagues_labelled_and_the_picture_shows_shares_with_their_sample(region: Any) -> None:
    from regietafel.monitor.models import MediaPicture, Monitor
    from regietafel.monitor.selectors.labelled import labels_of

    monitor = Monitor.objects.get(title="Opvang in Esrade")
    found = labels_of(monitor)
    assert found.agreement and found.disagreed
    assert monitor.samples.get().size == 140
    picture = MediaPicture.objects.filter(monitor=monitor).latest("pk")
    told = {one["soort"]: one for one in picture.additions}
    assert told["labels"]["toelichting"].startswith("Uit een aselecte steekproef van 1")
    assert {"toon", "alarmen"} <= told.keys()
    assert set(picture.sections) == {"I", "B", "S"}


def test_who_came_in_the_last_weeks_has_a_place_or_left_and_tells_who_may_come(region: Any) -> None:
    from regietafel.kit.clock import as_if
    from regietafel.reception.models import Group
    from regietafel.reception.selectors.proposing import expected_people, groups_without_place, seen_groups
    from tests.app.host.moments import at

    point, today = Organisation.objects.get(kind="veiligheidsregio"), at("2026-03-12 08:35").date()
    came = Group.objects.filter(organisation=point, arrives_on__lt=today)
    with as_if(at("2026-03-12 08:35")):
        waiting = {group.code for group in groups_without_place(point, today)}
    assert waiting == {f"E-{number}" for number in range(201, 208)}
    assert came.count() > 10 and len(seen_groups(point, today)) == came.count()
    assert {need for group in came for need in group.needs} >= {"gezin", "school"}
    assert expected_people(point, today) > 10


def test_the_places_of_a_dossier_tell_the_same_story_as_the_dossier(region: Any) -> None:
    from regietafel.reception.models import Booking, CapacityBlock, Location

    told = {one.dossier.title: one for one in Location.objects.exclude(dossier=None)}
    assert set(told) == {"Opvang Havezatheweg", "Spoedopvang Sporthal De Els"}
    for title, location in told.items():
        is_open = location.dossier.phase.code in {"in-gebruik", "nazorg"}
        assert Booking.objects.filter(pool__location=location).exists() == is_open, title
        places = CapacityBlock.objects.get(pool__location=location, superseded_at=None).places
        facts = " ".join(location.dossier.facts.values_list("text", flat=True))
        assert f" {places} " in f"{location.dossier.summary} {facts}" and f" {places} " in facts
