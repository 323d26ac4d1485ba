"""Lists that are sent: nothing counts before somebody looked, all or nothing, and twice is once."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from regietafel.kit.audit import AuditEvent
from regietafel.kit.refusal import Refused
from regietafel.reception.forms.lists import ListFileForm
from regietafel.reception.models import Booking, CapacityBlock, Group, ListImport, Location
from regietafel.reception.selectors.lists import occupied_on
from regietafel.reception.services.booking import book
from regietafel.reception.services.lists import (
    ListRefused,
    confirm_columns,
    drop_list,
    forget_lists,
    receive_list,
    store_list,
)
from tests.app.reception.places import Places, group_of, in_days, wanted

pytestmark = pytest.mark.django_db
LOCATIONS = "Locatie;Gemeente;Kenmerken\nOude school;Noord;gezin, school\nKazerne;Noord;\n"
OCCUPANCY = "Locatie;Soort;Bezetting\nSporthal De Kade;noodopvang;{}\n"


def sent(places: Places, kind: str, text: str, *, by: Any = None) -> ListImport:
    return receive_list(
        organisation=places.north,
        kind=kind,
        file=("lijst.csv", text.encode()),
        day=timezone.localdate(),
        by=by or places.keeper,
    )


def test_nothing_counts_before_somebody_stores_it(places: Places) -> None:
    reading = sent(places, "locaties", LOCATIONS)
    assert not Location.objects.filter(name="Oude school").exists()
    assert store_list(reading=reading, by=places.keeper) == {"nieuw": 1, "al bekend": 1}
    assert Location.objects.get(name="Oude school").features == ["gezin", "school"]


def test_the_same_list_twice_changes_nothing(places: Places) -> None:
    store_list(reading=sent(places, "locaties", LOCATIONS), by=places.keeper)
    events = AuditEvent.objects.filter(action__startswith="locatie.").count()
    assert store_list(reading=sent(places, "locaties", LOCATIONS), by=places.keeper) == {"al bekend": 2}
    assert AuditEvent.objects.filter(action__startswith="locatie.").count() == events


def test_one_bad_row_and_nothing_is_stored(places: Places) -> None:
    reading = sent(places, "locaties", LOCATIONS + "Loods;Atlantis;\nBrug;;\n")
    with pytest.raises(ListRefused) as refused:
        store_list(reading=reading, by=places.keeper)
    assert [error.row for error in refused.value.errors] == [4, 5]
    assert not Location.objects.filter(name="Oude school").exists()
    reading = sent(places, "locaties", LOCATIONS + "Loods;Atlantis;\n")
    with pytest.raises(ListRefused) as refused:
        store_list(reading=reading, by=places.keeper)
    assert [(error.row, "Atlantis" in error.message) for error in refused.value.errors] == [(4, True)]
    assert not Location.objects.filter(name="Oude school").exists()


def test_a_municipality_goes_by_its_name_without_the_province(places: Places) -> None:
    area = places.north.area
    assert area is not None
    area.name = "Noord (O.)"
    area.save(update_fields=("name",))
    store_list(reading=sent(places, "locaties", LOCATIONS), by=places.keeper)
    assert Location.objects.get(name="Oude school").municipality == area
    reading = sent(places, "locaties", "Locatie;Gemeente\nLoods;Noord (Gld)\n")
    with pytest.raises(ListRefused):
        store_list(reading=reading, by=places.keeper)


def test_places_are_replaced_and_what_we_knew_stays(places: Places) -> None:
    text = "Locatie;Soort;Plaatsen;Van;Tot\nSporthal De Kade;azc;{};2026-01-01;2027-01-01\n"
    store_list(reading=sent(places, "plaatsen", text.format(30)), by=places.keeper)
    assert store_list(reading=sent(places, "plaatsen", text.format(30)), by=places.keeper) == {"al bekend": 1}
    assert store_list(reading=sent(places, "plaatsen", text.format(40)), by=places.keeper) == {"gewijzigd": 1}
    blocks = CapacityBlock.objects.filter(pool__kind="azc").order_by("recorded_at")
    assert [(block.places, block.superseded_at is None) for block in blocks] == [(30, False), (40, True)]


def test_groups_come_without_a_name(places: Places) -> None:
    text = "Groep;Personen;Komst;Naam;Geboortedatum;Nodig\nE-1;4;2026-12-01;Jansen;1980-02-01;gezin school\n"
    reading = sent(places, "groepen", text)
    assert [name for name, _ground in reading.left_out] == ["Naam", "Geboortedatum"]
    assert "Jansen" not in str(reading.rows)
    assert "1980" not in str(reading.rows)
    assert store_list(reading=reading, by=places.keeper) == {"nieuw": 1}
    group = Group.objects.get(code="E-1")
    assert (group.people, group.needs) == (4, ["gezin", "school"])


def test_a_code_in_other_capitals_is_the_same_group(places: Places) -> None:
    group_of(places.north, "E-1", 4)
    reading = sent(places, "groepen", "Groep;Personen;Komst\ne-1;5;2026-12-01\n")
    assert store_list(reading=reading, by=places.keeper) == {"gewijzigd": 1}
    assert [(group.code, group.people) for group in Group.objects.all()] == [("E-1", 5)]
    group_of(places.north, "e-1", 9)
    reading = sent(places, "groepen", "Groep;Personen;Komst\ne-1;8;2026-12-01\n")
    assert store_list(reading=reading, by=places.keeper) == {"gewijzigd": 1}
    assert Group.objects.get(code="e-1").people == 8, "of two that are alike it is the one written like that"


def test_an_occupancy_list_brings_the_ledger_to_what_is_there(places: Places) -> None:
    today = timezone.localdate()
    assert store_list(reading=sent(places, "bezetting", OCCUPANCY.format(12)), by=places.keeper) == {
        "personen erbij geboekt": 12
    }
    assert occupied_on(places.hall, today) == 12
    assert store_list(reading=sent(places, "bezetting", OCCUPANCY.format(12)), by=places.keeper) == {
        "locaties kloppen al": 1
    }
    assert store_list(reading=sent(places, "bezetting", OCCUPANCY.format(7)), by=places.keeper) == {
        "personen vertrokken geboekt": 5
    }
    assert occupied_on(places.hall, today) == 7


def test_more_people_than_places_is_told_and_not_booked(places: Places) -> None:
    with pytest.raises(ListRefused) as refused:
        store_list(reading=sent(places, "bezetting", OCCUPANCY.format(51)), by=places.keeper)
    assert refused.value.errors[0].row == 2
    assert not Booking.objects.exists()


def test_people_in_groups_do_not_leave_by_a_list(places: Places) -> None:
    group = group_of(places.north, "E-9", 6)
    book(wanted=wanted(places.hall, 6, group=group), by=places.keeper)
    with pytest.raises(ListRefused) as refused:
        store_list(reading=sent(places, "bezetting", OCCUPANCY.format(2)), by=places.keeper)
    assert "groepen" in refused.value.errors[0].message
    assert occupied_on(places.hall, timezone.localdate()) == 6


def test_a_row_for_each_person_is_counted_and_only_the_number_is_kept(places: Places) -> None:
    text = "Locatie;Soort;Achternaam\n" + "Sporthal De Kade;noodopvang;Jansen\n" * 3
    store_list(reading=sent(places, "bezetting", text), by=places.keeper)
    assert occupied_on(places.hall, timezone.localdate()) == 3
    stored = ListImport.objects.get()
    assert stored.rows == []


def test_an_empty_cell_is_not_nobody(places: Places) -> None:
    with pytest.raises(ListRefused) as refused:
        store_list(reading=sent(places, "bezetting", OCCUPANCY.format("")), by=places.keeper)
    assert "hoeveel mensen" in refused.value.errors[0].message


def test_columns_can_be_chosen_by_hand(places: Places) -> None:
    reading = sent(places, "locaties", "Object;Woonplaats\nOude school;Noord\n")
    with pytest.raises(ListRefused):
        store_list(reading=reading, by=places.keeper)
    mapping = {"locatie": 0, "gemeente": 1, "onzin": 1, "adres": 9}
    confirm_columns(reading=reading, mapping=mapping, day=timezone.localdate(), by=places.keeper)
    assert store_list(reading=reading, by=places.keeper) == {"nieuw": 1}


RESIDENTS = """Kamer;Opvanglocatie;Bewoner;Bewonersnaam;Contact bij nood;Geb.;Aantal;Soort
1.01;Sporthal De Kade;Oksana Melnyk;O. Melnyk;06-12345678;12-3-1984;3;noodopvang
1.02;Sporthal De Kade;Taras Bondar;T. Bondar;taras@voorbeeld.example;4-7-2001;1;noodopvang
1.03;Sporthal De Kade;Iryna Koval;I. Koval;0612345679;30-11-1990;2;fam. Koval
"""


def test_of_a_list_of_residents_nothing_is_kept_but_the_columns_that_count(places: Places) -> None:
    reading = sent(places, "bezetting", RESIDENTS)
    kept = str(ListImport.objects.values_list("rows", flat=True).get())
    assert reading.header == ["Opvanglocatie", "Aantal", "Soort"]
    for trace in ("Oksana", "Melnyk", "Koval", "06", "taras", "1984", "2001"):
        assert trace not in kept, trace
    assert [name for name, _ground in reading.left_out] == [
        "Kamer", "Bewoner", "Bewonersnaam", "Contact bij nood", "Geb.",
    ]  # fmt: skip
    with pytest.raises(ListRefused) as refused:
        store_list(reading=reading, by=places.keeper)
    assert [error.row for error in refused.value.errors] == [4]


def test_a_strange_heading_can_be_chosen_when_its_cells_say_that_it_can(places: Places) -> None:
    text = (
        "Gebouw;Bewoner;Hoofden;Nummer\nSporthal De Kade;Jansen;7;06-12345678\nSporthal De Kade;Smit;4;geen\n"
    )
    reading = sent(places, "bezetting", text)
    assert (reading.header, reading.mapping) == (["Gebouw", "Hoofden"], {})
    confirm_columns(
        reading=reading, mapping={"locatie": 0, "aanwezig": 1}, day=timezone.localdate(), by=places.keeper
    )
    with pytest.raises(ListRefused) as refused:
        store_list(reading=reading, by=places.keeper)
    assert "meer soorten" in refused.value.errors[0].message


def test_what_is_not_chosen_is_thrown_away_when_the_columns_are_confirmed(
    places: Places, client: Client
) -> None:
    text = "Object;Woonplaats;Beheerder;Eigenaar\nOude school;Noord;Jo Smit;Al Mulder\n"
    reading = sent(places, "locaties", text)
    assert reading.header == ["Object", "Woonplaats", "Beheerder", "Eigenaar"]
    client.force_login(places.keeper)
    page = f"/opvang/lijsten/{reading.pk}"
    asked = {"kolom_locatie": "0", "kolom_gemeente": "1", "columns": "4"}
    assert "Bevestig de kolommen" in client.get(page).content.decode()
    client.post(page, asked | {"actie": "kijken"})
    reading.refresh_from_db()
    assert (reading.header, reading.rows) == (["Object", "Woonplaats"], [[2, ["Oude school", "Noord"]]])
    assert ["Beheerder", "niet gekozen"] in reading.left_out
    late = client.post(page, asked | {"actie": "opslaan"})
    assert late.status_code == 422
    assert not Location.objects.filter(name="Oude school").exists()


def test_a_citizen_number_inside_a_remark_takes_the_column_along(places: Places) -> None:
    text = "Locatie;Gemeente;Opmerking\nOude school;Noord;sleutel bij 111222333 halen\n"
    reading = sent(places, "locaties", text)
    assert "111222333" not in str(reading.rows)
    assert ["Opmerking", "wie iemand is"] in reading.left_out


def test_a_cell_that_says_who_somebody_is_is_not_kept_and_changes_nothing(places: Places) -> None:
    location = places.location
    location.note, location.contact = "Sleutel bij de beheerder", "Wijkteam"
    location.save(update_fields=("note", "contact"))
    text = "Locatie;Gemeente;Contact;Opmerking\nSporthal De Kade;Noord;Beheer, 053-4817999;bel mevr. Smit\n"
    reading = sent(places, "locaties", text)
    assert "Smit" not in str(reading.rows)
    assert store_list(reading=reading, by=places.keeper) == {"gewijzigd": 1}
    location.refresh_from_db()
    assert (location.contact, location.note) == ("Beheer, 053-4817999", "Sleutel bij de beheerder")
    reading = sent(places, "groepen", "Groep;Personen;Komst\nfam. Smit 4;4;2026-12-01\n")
    assert "Smit" not in str(reading.rows)
    with pytest.raises(ListRefused) as refused:
        store_list(reading=reading, by=places.keeper)
    assert "Hier staat een naam" in refused.value.errors[0].message


def test_only_an_occupancy_list_asks_of_which_day_it_is(places: Places, client: Client) -> None:
    client.force_login(places.keeper)
    other = sent(places, "locaties", LOCATIONS)
    assert "Peildag" not in client.get(f"/opvang/lijsten/{other.pk}").content.decode()
    own = sent(places, "bezetting", OCCUPANCY.format(3))
    assert "Peildag" in client.get(f"/opvang/lijsten/{own.pk}").content.decode()
    form = ListFileForm({"kind": "bezetting", "organisation": places.north.pk}, user=places.keeper)
    assert "day" in form.errors
    form = ListFileForm({"kind": "locaties", "organisation": places.north.pk}, user=places.keeper)
    assert "day" not in form.errors


def test_only_who_places_people_may_send_and_store(places: Places) -> None:
    with pytest.raises(Refused):
        sent(places, "locaties", LOCATIONS, by=places.clerk)
    reading = sent(places, "locaties", LOCATIONS)
    with pytest.raises(Refused):
        store_list(reading=reading, by=places.reader)
    assert not Location.objects.filter(name="Oude school").exists()


def test_a_dropped_and_a_forgotten_list_hold_no_cells(places: Places) -> None:
    dropped = drop_list(reading=sent(places, "locaties", LOCATIONS), by=places.keeper)
    waiting = sent(places, "locaties", LOCATIONS)
    forget_lists(timezone.now() + dt.timedelta(days=6))
    waiting.refresh_from_db()
    assert waiting.rows
    forget_lists(timezone.now() + dt.timedelta(days=8))
    waiting.refresh_from_db()
    assert (dropped.rows, waiting.rows, waiting.state) == ([], [], "weggegooid")


@pytest.mark.parametrize("content", [b"", b"Locatie;Gemeente\n", b"%PDF-1.7", b"PK\x03\x04broken"])
def test_a_file_that_is_no_list_is_refused_in_words(places: Places, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        receive_list(
            organisation=places.north,
            kind="locaties",
            file=("x.csv", content),
            day=timezone.localdate(),
            by=places.keeper,
        )
    assert str(refused.value)[0].isupper()


def test_the_page_names_bad_rows_and_stores_good_lists(places: Places, client: Client) -> None:
    client.force_login(places.keeper)
    bad = sent(places, "plaatsen", "Locatie;Soort;Plaatsen;Van\nSporthal De Kade;tent;veel;gisteren\n")
    page = client.get(f"/opvang/lijsten/{bad.pk}").content.decode()
    assert "1 rij kan niet worden opgeslagen" in page
    good = sent(places, "locaties", LOCATIONS)
    asked = {
        "day": str(timezone.localdate()),
        "kolom_locatie": "0",
        "kolom_gemeente": "1",
        "actie": "opslaan",
    }
    twice = client.post(f"/opvang/lijsten/{good.pk}", asked | {"kolom_gemeente": "0"})
    assert twice.status_code == 422
    stored = client.post(f"/opvang/lijsten/{good.pk}", asked | {"kolom_kenmerken": "2"}, follow=True)
    assert "Opgeslagen" in stored.content.decode()
    assert Location.objects.filter(name="Oude school").exists()


def test_a_neighbour_finds_no_list(places: Places, client: Client) -> None:
    reading = sent(places, "locaties", LOCATIONS)
    client.force_login(places.clerk)
    assert client.get(f"/opvang/lijsten/{reading.pk}").status_code == 404


@pytest.mark.parametrize("layout", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["locaties", "plaatsen", "groepen", "bezetting"])
def test_our_own_lists_read_back_as_known(places: Places, client: Client, kind: str, layout: str) -> None:
    group_of(places.north, "E-9", 6, needs=["gezin"], earlier=places.south.area)
    book(wanted=wanted(places.rooms, 3), by=places.keeper)
    client.force_login(places.keeper)
    answer = client.get(f"/opvang/lijsten/uit/{kind}/{layout}")
    reading = receive_list(
        organisation=places.north,
        kind=kind,
        file=(f"eigen.{layout}", answer.content),
        day=timezone.localdate(),
        by=places.keeper,
    )
    assert reading.left_out == []
    outcome = store_list(reading=reading, by=places.keeper)
    assert set(outcome) <= {"al bekend", "locaties kloppen al"}
    assert sum(outcome.values()) > 0


def test_a_list_holds_only_what_its_reader_may_see(places: Places, client: Client) -> None:
    client.force_login(places.clerk)
    text = client.get("/opvang/lijsten/uit/locaties/csv").content.decode("utf-8-sig")
    assert "Sporthal De Kade" in text
    assert "Kazerne" not in text
    assert client.get("/opvang/lijsten/uit/mensen/csv").status_code == 404


def test_an_occupancy_list_of_a_day_to_come_is_refused(places: Places) -> None:
    organisation, file = places.point, ("lijst.csv", OCCUPANCY.format(12).encode())
    told = {"organisation": organisation, "kind": "bezetting", "file": file, "by": places.placer}
    with pytest.raises(Refused, match="vandaag of eerder"):
        receive_list(day=in_days(1), **told)
    reading = receive_list(day=in_days(0), **told)
    with pytest.raises(Refused, match="vandaag of eerder"):
        confirm_columns(reading=reading, mapping=reading.mapping, day=in_days(1), by=places.placer)
