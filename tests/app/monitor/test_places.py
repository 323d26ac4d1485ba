"""Place profiles: what may stand in one, who may steer it, and what a change does to monitors."""

from typing import Any

import pytest
from django.test import Client

from regietafel.kit.audit import history
from regietafel.kit.models import AuditEvent
from regietafel.kit.refusal import Refused
from regietafel.monitor.models import Monitor, PlaceProfile
from regietafel.monitor.selectors.monitors import current_query, current_question
from regietafel.monitor.selectors.places import starting_question
from regietafel.monitor.services.monitors import refill_query, revise_query, start_monitor
from regietafel.monitor.services.places import change_place, create_place, remove_place
from regietafel.register.models import User
from tests.app.monitor.town import Town, deliver, draft, row

pytestmark = pytest.mark.django_db
ALL = "/omgeving/plaatsprofielen"
VALUES = {"plaatsnaam": ["Waterdorp"], "straatnaam": ["Kade", "Lange Weg"]}


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def profile(town: Town, **values: list[str]) -> PlaceProfile:
    return create_place(
        organisation=town.organisation, name="Waterdorp", values=VALUES | values, by=town.adviser
    )


def filled_monitor(town: Town, place: PlaceProfile, **changed: Any) -> Monitor:
    question = "opvang* EN (<plaatsnaam> OF <straatnaam> OF <bijnaam plaats>)"
    return draft(town, query=question, filled_from=place, **changed)


def fields(**values: str) -> dict[str, str]:
    """What the form sends: the seven places of the model question in their order."""
    names = ("plaatsnaam", "gemeentenaam", "bijnaam", "straatnaam", "locatie", "burgemeester", "account")
    told = {f"plek_{number}": values.get(name, "") for number, name in enumerate(names)}
    return {"name": "Waterdorp", "extra_name": "", "extra_values": ""} | told


def test_the_model_question_asks_what_the_source_asks() -> None:
    from regietafel.monitor.engine.query import parse
    from regietafel.monitor.engine.query.tree import And, Not, Or

    tree = parse(starting_question()).tree
    assert isinstance(tree, And)
    subjects, places, excluded = tree.parts
    assert isinstance(subjects, Or) and isinstance(places, Or) and isinstance(excluded, Not)
    assert isinstance(excluded.part, Or)
    assert [len(part.parts) for part in (subjects, places, excluded.part)] == [29, 7, 4]


def test_a_question_is_asked_with_the_values_it_was_kept_with(town: Town) -> None:
    monitor = filled_monitor(town, profile(town))
    question = current_question(monitor)
    assert question and question.canonical() == 'opvang* AND (Waterdorp OR Kade OR "Lange Weg")'
    version = current_query(monitor)
    assert version and version.blank_values == VALUES, "an empty blank is not kept as an empty search"


def test_a_change_gives_every_monitor_its_question_anew(town: Town) -> None:
    place = profile(town)
    running = start_monitor(monitor=filled_monitor(town, place), by=town.adviser)
    deliver(town.source, [row(1, "Opvang in Waterdorp"), row(2, "Opvang in Stuifdorp")])
    versions = change_place(
        place=place, name="Waterdorp", values=VALUES | {"bijnaam plaats": ["Stuifdorp"]}, by=town.adviser
    )
    assert [version.monitor for version in versions] == [running]
    assert set(running.matches.values_list("message__title", flat=True)) == {
        "Opvang in Waterdorp",
        "Opvang in Stuifdorp",
    }
    version = current_query(running)
    assert version and version.number == 2 and "Waterdorp" in version.note
    assert history(place).filter(action="plaatsprofiel.gewijzigd").count() == 1
    assert history(running).filter(action="zoekvraag.gewijzigd").count() == 1


def test_a_change_that_touches_no_question_makes_no_version(town: Town) -> None:
    place = profile(town)
    monitor = filled_monitor(town, place)
    assert not change_place(
        place=place, name="Waterdorp en omgeving", values=VALUES | {"naam wijk": ["Oost"]}, by=town.adviser
    )
    assert monitor.query_versions.count() == 1
    assert refill_query(monitor=monitor, note="nog eens", by=None) is None


def test_values_without_which_a_monitor_cannot_go_on_are_not_taken_away(town: Town) -> None:
    place = profile(town)
    first = start_monitor(monitor=filled_monitor(town, place), by=town.adviser)
    with pytest.raises(Refused) as refused:
        change_place(place=place, name="Waterdorp", values={"gemeentenaam": ["Water"]}, by=town.adviser)
    assert first.title in str(refused.value) and "<plaatsnaam>" in str(refused.value)
    place.refresh_from_db()
    assert place.values == VALUES and first.query_versions.count() == 1


def test_a_monitor_whose_question_is_not_filled_in_does_not_start(town: Town) -> None:
    monitor = draft(town, query="opvang EN <plaatsnaam>")
    with pytest.raises(Refused, match="<plaatsnaam>"):
        start_monitor(monitor=monitor, by=town.adviser)
    revise_query(
        monitor=monitor,
        text="opvang EN <plaatsnaam>",
        note="profiel gekozen",
        by=town.adviser,
        filled_from=profile(town),
    )
    assert start_monitor(monitor=monitor, by=town.adviser).state == "actief"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("plaatsnaam", "Jan de Vries", "voornaam"),
        ("bijnaam plaats", "a*", "ster"),
        ("straatnaam", "x" * 101, "100"),
    ],
)
def test_what_cannot_stand_in_a_question_is_refused(town: Town, name: str, value: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        profile(town, **{name: [value]})


def test_the_mayor_may_be_named_because_the_office_is_public(town: Town) -> None:
    place = profile(town, **{"naam burgemeester": ["Jan de Vries"]})
    assert place.values["naam burgemeester"] == ["Jan de Vries"]
    page = browser(town.adviser).get(f"{ALL}/{place.pk}").content.decode()
    assert "Vul alleen de naam in van wie het ambt nu bekleedt." in page


def test_an_office_is_no_list_of_residents_and_its_old_names_stay_in_the_audit_trail(town: Town) -> None:
    place = profile(town, **{"naam burgemeester": ["Jan de Vries"]})
    four = {"naam burgemeester": ["Jan Jansen", "Piet Bakker", "Sanne Smit", "Kees Mulder"]}
    with pytest.raises(Refused, match="hoogstens twee mensen"):
        change_place(place=place, name=place.name, values=four, by=town.adviser)
    change_place(
        place=place, name=place.name, values={"naam burgemeester": ["Karim Bouzidi"]}, by=town.adviser
    )
    event = AuditEvent.objects.filter(action="plaatsprofiel.gewijzigd").latest("pk")
    old, new = event.changes["values"]
    assert old["naam burgemeester"] == ["Jan de Vries"]
    assert new["naam burgemeester"] == ["Karim Bouzidi"]


def test_a_profile_of_the_neighbour_fills_no_question(town: Town) -> None:
    theirs = create_place(organisation=town.neighbour, name="B", values=VALUES, by=town.stranger)
    with pytest.raises(Refused, match="eigen organisatie"):
        filled_monitor(town, theirs)
    assert browser(town.adviser).get(f"{ALL}/{theirs.pk}").status_code == 404


def test_two_profiles_have_two_names(town: Town) -> None:
    profile(town)
    with pytest.raises(Refused, match="al een plaatsprofiel"):
        profile(town)


def test_only_an_unused_profile_is_removed(town: Town) -> None:
    place = profile(town)
    filled_monitor(town, place)
    with pytest.raises(Refused, match="gebruikt"):
        remove_place(place=place, by=town.adviser)
    assert browser(town.adviser).post(f"{ALL}/{place.pk}/verwijderen").status_code == 403
    Monitor.objects.all().delete()
    assert browser(town.adviser).post(f"{ALL}/{place.pk}/verwijderen")["Location"] == ALL
    assert not PlaceProfile.objects.exists()


def test_who_steers_no_monitor_sees_no_profiles(town: Town) -> None:
    place = profile(town)
    for user in (town.reader, town.second):
        assert browser(user).get(ALL).status_code == 403
    assert browser(town.stranger).get(f"{ALL}/{place.pk}").status_code == 404
    assert "Waterdorp" not in browser(town.stranger).get(ALL).content.decode()


def test_a_profile_is_made_on_a_page(town: Town) -> None:
    client = browser(town.adviser)
    assert "openbaar ambt" in client.get(f"{ALL}/nieuw").content.decode()
    sent = fields(plaatsnaam="Waterdorp\r\n\r\n  Oud   Waterdorp ", account="gemeentewaterdorp")
    sent |= {"organisation": str(town.organisation.pk), "extra_name": "<Naam  wijk>", "extra_values": "Oost"}
    made = client.post(f"{ALL}/nieuw", sent)
    place = PlaceProfile.objects.get()
    assert made["Location"] == f"{ALL}/{place.pk}"
    assert place.values == {
        "plaatsnaam": ["Waterdorp", "Oud Waterdorp"],
        "twitteraccount gemeente": ["gemeentewaterdorp"],
        "naam wijk": ["Oost"],
    }
    page = client.get(made["Location"]).content.decode()
    assert "Oud Waterdorp" in page and "telt niet mee" in page


def test_a_mistake_is_told_beside_the_place_it_stands(town: Town) -> None:
    sent = fields(straatnaam="Jan de Vries") | {"organisation": str(town.organisation.pk)}
    answer = browser(town.adviser).post(f"{ALL}/nieuw", sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "&lt;straatnaam&gt;</a>: “Jan de Vries”" in page
    assert not PlaceProfile.objects.exists()


def test_what_changes_for_monitors_is_shown_before_it_is_kept(town: Town) -> None:
    place = profile(town)
    monitor = filled_monitor(town, place)
    client = browser(town.adviser)
    sent = fields(plaatsnaam="Waterdorp", straatnaam="Kade\nLange Weg", bijnaam="Stuifdorp")
    page = client.post(f"{ALL}/{place.pk}/wijzigen", sent).content.decode()
    assert monitor.title in page and "Stuifdorp" in page and "nog niets bewaard" in page
    place.refresh_from_db()
    assert place.values == VALUES and monitor.query_versions.count() == 1
    back = client.post(f"{ALL}/{place.pk}/wijzigen", sent | {"stap": "terug"}).content.decode()
    assert ">\nStuifdorp</textarea>" in back
    kept = client.post(f"{ALL}/{place.pk}/wijzigen", sent | {"stap": "bewaren"})
    assert kept["Location"] == f"{ALL}/{place.pk}" and monitor.query_versions.count() == 2


def test_a_name_that_also_means_something_else_is_told(town: Town) -> None:
    place = profile(town, gemeentenaam=["Hengelo"])
    page = browser(town.adviser).get(f"{ALL}/{place.pk}").content.decode()
    assert "Bronckhorst" in page and "Let op" in page


def test_everybody_reads_what_was_asked_not_that_something_was_filled_in(town: Town) -> None:
    start_monitor(monitor=filled_monitor(town, profile(town)), by=town.adviser)
    page = Client().get("/volgregister").content.decode()
    assert "Lange Weg" in page and "plaatsnaam" not in page
