"""What a list says before it is stored: every bad row, what storing would do, and where it then stands."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from regietafel.kit.audit import AuditEvent
from regietafel.reception.adapters.list_columns import COLUMNS
from regietafel.reception.adapters.records import RecordError
from regietafel.reception.models import CapacityBlock, Group, ListImport, Location
from regietafel.reception.selectors.lists import trial_of
from regietafel.reception.services.lists import ListRefused, receive_list, store_list
from tests.app.reception.places import Places

pytestmark = pytest.mark.django_db


def sent(places: Places, kind: str, text: str, *, by: Any = None) -> ListImport:
    return receive_list(
        organisation=places.north,
        kind=kind,
        file=("lijst.csv", text.encode()),
        day=timezone.localdate(),
        by=by or places.keeper,
    )


def refused(places: Places, kind: str, text: str) -> list[RecordError]:
    """Return the rows that storing refuses; trying says the same beforehand."""
    reading = sent(places, kind, text)
    tried = trial_of(reading).errors
    with pytest.raises(ListRefused) as found:
        store_list(reading=reading, by=places.keeper)
    assert found.value.errors == tried
    return list(tried)


def test_a_location_lies_where_the_form_would_let_it_lie(places: Places) -> None:
    text = "Locatie;Gemeente\nHotel Y;Zuid\nHotel X;Ver\n"
    (error,) = refused(places, "locaties", text)
    assert (error.row, error.column) == (3, "gemeente")
    assert "In Ver kunt u geen locatie vastleggen. U werkt in: Noord, Zuid." in error.message
    assert not Location.objects.filter(name__startswith="Hotel").exists()


def test_a_location_that_lies_far_already_may_be_read_back(places: Places) -> None:
    places.location.municipality = places.far.area  # type: ignore[assignment]
    places.location.save(update_fields=("municipality",))
    reading = sent(places, "locaties", "Locatie;Gemeente;Adres\nSporthal De Kade;Ver;Kade 1\n")
    assert store_list(reading=reading, by=places.keeper) == {"gewijzigd": 1}


@pytest.mark.parametrize(
    ("kind", "text", "name"),
    [
        ("locaties", "Locatie;Gemeente\nHotel X;Noord\nKazerne;Noord\nhotel x;Noord\n", "hotel x"),
        (
            "plaatsen",
            "Locatie;Soort;Plaatsen;Van\nSporthal De Kade;azc;5;2026-01-01\nKazerne;azc;5;2026-01-01\n"
            "Sporthal De Kade;azc;6;2026-01-01\n",
            "Sporthal De Kade",
        ),
        ("groepen", "Groep;Personen;Komst\nE-1;4;2026-12-01\nE-2;4;2026-12-01\nE-1;5;2026-12-01\n", "E-1"),
    ],
)  # fmt: skip
def test_the_same_twice_in_one_file_is_an_error_that_names_both_rows(
    places: Places, kind: str, text: str, name: str
) -> None:
    (error,) = refused(places, kind, text)
    assert error.row == 4
    assert error.message == f"“{name}” staat al in rij 2. Laat een van de rijen 2 en 4 staan."


def test_places_of_two_kinds_or_from_two_days_are_not_the_same(places: Places) -> None:
    text = (
        "Locatie;Soort;Plaatsen;Van;Tot\nKazerne;azc;5;2026-01-01;2026-06-01\nKazerne;azc;6;2026-06-01;\n"
        "Kazerne;gemeentelijk;6;2026-01-01;\n"
    )
    assert store_list(reading=sent(places, "plaatsen", text), by=places.keeper) == {"nieuw": 3}


def test_an_empty_cell_erases_nothing_of_a_location(places: Places) -> None:
    text = "Locatie;Gemeente;Adres;Kenmerken;Opmerking\nSporthal De Kade;Noord;{};{};{}\n"
    full = text.format("Kade 1", "gezin school", "Sleutel bij de beheerder")
    store_list(reading=sent(places, "locaties", full), by=places.keeper)
    outcome = store_list(reading=sent(places, "locaties", text.format("", "", " ")), by=places.keeper)
    assert outcome == {"al bekend": 1}
    places.location.refresh_from_db()
    assert places.location.address == "Kade 1"
    assert places.location.features == ["gezin", "school"]
    assert places.location.note == "Sleutel bij de beheerder"


def test_an_empty_cell_erases_nothing_of_places(places: Places) -> None:
    text = "Locatie;Soort;Plaatsen;Geblokkeerd;Van;Tot;Kans\nKazerne;azc;{};{};2026-01-01;{};{}\n"
    store_list(reading=sent(places, "plaatsen", text.format(30, 2, "2027-01-01", "70%")), by=places.keeper)
    reading = sent(places, "plaatsen", text.format("", "", "", ""))
    assert store_list(reading=reading, by=places.keeper) == {"al bekend": 1}
    reading = sent(places, "plaatsen", text.format("onbekend", "", "", ""))
    assert store_list(reading=reading, by=places.keeper) == {"gewijzigd": 1}
    block = CapacityBlock.objects.get(pool__kind="azc", superseded_at__isnull=True)
    assert (block.places, block.blocked, str(block.until_on), float(block.probability)) == (
        None, 0, "2027-01-01", 0.7,
    )  # fmt: skip


def test_an_empty_cell_erases_nothing_of_a_group(places: Places) -> None:
    text = "Groep;Personen;Komst;Nodig;Zorg;Deelt kamer;Urgentie;Eerder\nE-1;4;2026-12-01;{};{};{};{};{}\n"
    store_list(reading=sent(places, "groepen", text.format("gezin", 1, "ja", 5, "Ver")), by=places.keeper)
    reading = sent(places, "groepen", text.format("", "", "", "", ""))
    assert store_list(reading=reading, by=places.keeper) == {"al bekend": 1}
    group = Group.objects.get(code="E-1")
    assert (group.needs, group.care, group.shares_room, group.urgency) == (["gezin"], 1, True, 5)
    assert group.earlier == places.far.area


def test_every_bad_row_is_listed_before_anything_is_stored(places: Places, client: Client) -> None:
    client.force_login(places.keeper)
    text = (
        "Locatie;Aanwezig;Soort\nSporthal De Kade;7;noodopvang\nKazerne;abc;\nOnbekend huis;5;\nKazerne;21;\n"
    )
    reading = sent(places, "bezetting", text)
    page = client.get(f"/opvang/lijsten/{reading.pk}").content.decode()
    assert "3 rijen kunnen niet worden opgeslagen" in page
    assert "Onbekend huis" in page
    assert page.index('id="fouten"') < page.index("<select")
    assert "x voor een letter" in page
    assert "Gelezen." not in page
    assert "Sla alles op" not in page
    assert "ook de goede rijen niet" in page


def test_looking_at_a_list_stores_nothing_and_says_what_storing_would_do(
    places: Places, client: Client
) -> None:
    client.force_login(places.keeper)
    reading = sent(places, "locaties", "Locatie;Gemeente\nHotel X;Noord\nKazerne;Noord\n")
    before = AuditEvent.objects.count()
    page = client.get(f"/opvang/lijsten/{reading.pk}").content.decode()
    assert "Alle 2 rijen kunnen worden opgeslagen." in page
    assert "1 nieuw, 1 al bekend" in page
    assert "Sla alles op" in page
    assert AuditEvent.objects.count() == before
    assert not Location.objects.filter(name="Hotel X").exists()


def test_more_faults_than_a_page_holds_are_counted(
    places: Places, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("regietafel.reception.services.lists.MOST_TRIED", 230)
    client.force_login(places.keeper)
    rows = "".join(f"Huis {number};Atlantis\n" for number in range(230))
    reading = sent(places, "locaties", f"Locatie;Gemeente\n{rows}")
    page = client.get(f"/opvang/lijsten/{reading.pk}").content.decode()
    assert "230 rijen kunnen niet worden opgeslagen" in page
    assert "En nog 30 fouten verderop in het bestand." in page


@pytest.mark.parametrize(
    ("kind", "text", "address"),
    [
        ("locaties", "Locatie;Gemeente\nHotel X;Noord\n", "/opvang/locaties"),
        ("groepen", "Groep;Personen;Komst\nE-1;4;2026-12-01\n", "/opvang/groepen"),
        ("bezetting", "Locatie;Soort;Aanwezig\nSporthal De Kade;noodopvang;3\n", "/opvang?dag="),
    ],
)
def test_a_stored_list_says_how_much_and_where_it_is(
    places: Places, client: Client, kind: str, text: str, address: str
) -> None:
    client.force_login(places.keeper)
    reading = sent(places, kind, text)
    store_list(reading=reading, by=places.keeper)
    page = client.get(f"/opvang/lijsten/{reading.pk}").content.decode()
    body = page[page.index("<main") :]
    assert "Opgeslagen: lijst.csv" in body
    assert "0 rijen" not in body
    assert f'href="{address}' in body[body.index('id="uitkomst"') :]


def test_the_page_to_send_a_list_names_every_column(places: Places, client: Client) -> None:
    client.force_login(places.keeper)
    page = client.get("/opvang/lijsten").content.decode()
    known = page[page.index("Welke kolommen wij kennen") :]
    for columns in COLUMNS.values():
        for column in columns:
            assert f"<strong>{column.name}</strong>" in known


def test_looking_at_a_list_stores_nothing_and_locks_nobody_out(
    places: Places, client: Client, django_assert_max_num_queries: Any
) -> None:
    rows = "".join(f"Hotel {number};Noord\n" for number in range(40))
    reading = sent(places, "locaties", "Locatie;Gemeente\n" + rows)
    client.force_login(places.keeper)
    with django_assert_max_num_queries(30):
        page = client.get(f"/opvang/lijsten/{reading.pk}").content.decode()
    assert "Dat geeft: 40 nieuw" in page
    store_list(reading=reading, by=places.keeper)
    reading.refresh_from_db()
    assert (reading.rows, reading.trial) == ([], {})


def test_a_long_list_is_read_and_tried_only_when_it_is_stored(
    places: Places, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("regietafel.reception.services.lists.MOST_TRIED", 1)
    reading = sent(places, "locaties", "Locatie;Gemeente\nHotel A;Noord\nHotel B;Atlantis\n")
    client.force_login(places.keeper)
    page = client.get(f"/opvang/lijsten/{reading.pk}").content.decode()
    assert "De lijst is lang" in page and "Sla alles op" in page
    with pytest.raises(ListRefused) as found:
        store_list(reading=reading, by=places.keeper)
    assert [error.row for error in found.value.errors] == [3]


@pytest.mark.parametrize(
    ("kind", "text", "column"),
    [
        ("locaties", "Locatie;Gemeente\n" + "x" * 121 + ";Noord\n", "locatie"),
        ("locaties", "Locatie;Gemeente;Contact\nHotel;Noord;" + "x" * 161 + "\n", "contact"),
        ("groepen", "Groep;Personen;Komst;Koppeling\nG1;2;2026-12-01;" + "K" * 41 + "\n", "koppeling"),
        ("groepen", "Groep;Personen;Komst\n" + "G1" * 21 + ";2;2026-12-01\n", "groep"),
        ("plaatsen", "Locatie;Soort;Plaatsen;Van;Kamer\nKazerne;azc;5;2026-01-01;70000\n", "kamer"),
    ],
)
def test_what_is_too_long_or_too_large_to_keep_is_told_per_row(
    places: Places, kind: str, text: str, column: str
) -> None:
    (error,) = trial_of(sent(places, kind, text)).errors
    assert (error.row, error.column) == (2, column) and "hoogstens" in error.message
