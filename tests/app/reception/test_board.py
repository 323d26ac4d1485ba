"""The board: what was asked, what is there and what is planned, on any day and as known at any moment."""

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from regietafel.reception.engine.ledger import Private
from regietafel.reception.models import Assignment, Pool
from regietafel.reception.selectors.access import region_around
from regietafel.reception.selectors.board import Board, Question, board_of, known_on
from regietafel.reception.selectors.board_shown import rows_of, sentence, stats_of, tiles_of
from regietafel.reception.selectors.sharing import Wish
from regietafel.reception.services.sharing import make_assignment
from regietafel.register.models import Area, Organisation
from tests.app.reception.desk import browser, text_of
from tests.app.reception.twist import (
    DAY,
    DUE,
    SECRET,
    Twist,
    at,
    block,
    book,
    build,
    furnish,
    location,
    pool,
)

pytestmark = pytest.mark.django_db
TUESDAY = dt.date(2022, 4, 5)
PAGE = f"/opvang?dag={DAY}&sinds={TUESDAY}"


@pytest.fixture
def twist(settings: Any) -> Twist:
    settings.SECOND_FACTOR_REQUIRED = False
    made = furnish(build())
    ask(made)
    return made


def ask(twist: Twist, **values: Any) -> Assignment:
    told: dict[str, Any] = {
        "title": "Opvang Oekraïne",
        "received_on": TUESDAY,
        "due_on": DUE,
        "source": "Veiligheidsberaad",
        "counts_private": False,
        "note": "",
    }
    wish = Wish(total=2000, on=TUESDAY)
    return make_assignment(
        region=region_around(twist.region), wish=wish, by=twist.coordinator, **(told | values)
    )


def question(**changed: Any) -> Question:
    usual = Question(day=DAY, at=known_on(None), private=Private.EXCLUDED, since=TUESDAY)
    return replace(usual, **changed)


def board(twist: Twist, **changed: Any) -> Board:
    return board_of(region_around(twist.region), question(**changed))


def line(found: Board, name: str) -> Any:
    return next(one for one in found.lines if one.name == name)


def test_the_four_numbers_are_those_of_the_meeting(twist: Twist) -> None:
    found = board(twist)
    assert (found.assigned, found.total.usable, found.planned, found.gap) == (2000, 1399, 1896, -601)
    assert found.new.sum == "195 = 50 + 145"
    assert (len(found.participation.now), len(found.participation.all)) == (10, 14)
    assert len(found.participation.expected) == 14
    told = {stat.label: stat for stat in stats_of(found)}
    assert (
        "195 mensen nieuw sinds di 5 april 2022 = 50 geplaatst + 145 gereserveerd"
        in told["Gerealiseerd"].note
    )
    assert told["Tekort 7 apr"].value == 601 and told["Tekort 7 apr"].tone == "bad"
    assert "266 plaatsen zijn nog niet zeker en tellen mee" in told["Prognose 1 jun"].note


def test_every_number_names_its_unit_and_both_gaps_use_the_same_word(twist: Twist) -> None:
    told = {stat.label: stat.note for stat in stats_of(board(twist))}
    assert told["Gerealiseerd"].startswith("te gebruiken plaatsen. 195 mensen nieuw")
    assert told["Prognose 1 jun"].startswith("plaatsen, zonder particuliere opvang. 14 van 14 gemeenten")
    assert told["Tekort 7 apr"] == "plaatsen. Volgens de planning op 1 jun: tekort 104"
    page = text_of(twist.reader, f"/opvang/opdrachten/{Assignment.objects.get().pk}")
    assert "Gerealiseerd − deel</th>" in page and "Verschil</th>" not in page


def test_private_places_are_in_or_out_and_the_page_says_which(twist: Twist) -> None:
    without, with_them = board(twist), board(twist, private=Private.INCLUDED)
    only = board(twist, private=Private.ONLY)
    assert [one.total.usable for one in (without, with_them, only)] == [1399, 1711, 312]
    assert "Particuliere opvang (312 plaatsen) telt niet mee." in text_of(twist.reader, PAGE)
    page = text_of(twist.reader, f"{PAGE}&particulier=met")
    assert "Particuliere opvang (312 plaatsen) telt mee." in page and "1.711" in page
    assert "Alleen particuliere opvang (312 plaatsen)" in sentence(only.question, private_usable=312)


def test_who_is_new_and_how_many_locations_follow_the_choice_too(twist: Twist) -> None:
    hosts = Pool.objects.get(location__name="Gastgezinnen Esrade")
    book(hosts, 7, on=DAY, kind="reservering", recorded_at=at(DAY))
    found = {one: board(twist, private=one) for one in Private}
    new = {one: (each.new.placed, each.new.reserved) for one, each in found.items()}
    assert new[Private.EXCLUDED] == (50, 145)
    assert new[Private.INCLUDED] == tuple(
        map(sum, zip(new[Private.EXCLUDED], new[Private.ONLY], strict=True))
    )
    assert new[Private.ONLY][1] == 7
    count = {one: sum(line.locations for line in each.lines) for one, each in found.items()}
    assert count[Private.ONLY] == 1
    assert count[Private.INCLUDED] == count[Private.EXCLUDED] + 1
    assert line(found[Private.ONLY], "Lossevoort").locations == 0, "unknown places there are no private ones"


def test_an_assignment_that_counts_private_places_makes_them_count_unless_somebody_chooses(
    twist: Twist,
) -> None:
    Assignment.objects.update(counts_private=True)
    assert "telt mee." in text_of(twist.reader, f"/opvang?dag={DAY}")
    assert "telt niet mee." in text_of(twist.reader, f"/opvang?dag={DAY}&particulier=zonder")


def test_what_was_known_on_tuesday_stays_known(twist: Twist) -> None:
    then = board(twist, at=known_on(TUESDAY))
    assert then.total.reserved == 0 and then.total.occupied == 1171
    assert then.planned == 1303, "what was written down on Thursday was not known on Tuesday"
    assert then.new.total == 0
    page = text_of(twist.reader, f"{PAGE}&bekend={TUESDAY}")
    assert "zoals bekend op wo 6 april 2022, 00:00" in page and "1.171 personen" not in page


def test_an_unknown_number_of_places_is_never_zero(twist: Twist) -> None:
    place = location(twist, "Wierdam", "Wierdam, Loods")
    block(pool(place), None)
    found = board(twist)
    wierdam = line(found, "Wierdam")
    assert wierdam.realised is None and wierdam.places.unknown_blocks == 1
    tile = next(tile for tile in tiles_of(found) if tile.label == "Wierdam")
    assert (tile.value, tile.tone) == ("onbekend", "none")
    assert line(found, "Lossevoort").realised == 72, "a block of unknown size does not hide the known ones"
    page = text_of(twist.reader, PAGE)
    assert "Van 2 blokken is het aantal plaatsen onbekend" in page
    assert "1 blok met onbekend aantal" in page


def test_tiles_carry_their_numbers_and_the_colour_says_how_far(twist: Twist) -> None:
    tiles = {tile.label: tile for tile in tiles_of(board(twist))}
    told = {name: (tiles[name].value, tiles[name].note, tiles[name].tone) for name in tiles}
    assert told["Esrade"] == ("455", "van 506", "near")
    assert told["Hengeveen"] == ("262", "van 259", "good")
    assert told["Hovenkamp"] == ("52", "van 107", "warn")
    assert told["Rijsdijk"] == ("0", "van 121", "bad")
    assert (tiles["Esrade"].column, tiles["Esrade"].row) == (5, 3)
    Area.objects.filter(name="Esrade").update(tile_column=None)
    assert {tile.label: tile for tile in tiles_of(board(twist))}["Esrade"].row == 5, (
        "who has no spot comes below"
    )


def test_the_table_says_what_to_look_at(twist: Twist) -> None:
    rows = {row.line.name: row for row in rows_of(board(twist))}
    assert [words for _kind, words in rows["Esrade"].remarks] == ["contract tot en met 19 apr"]
    assert [words for _kind, words in rows["Rijsdijk"].remarks] == ["nog geen plaatsen", "90 nog niet zeker"]
    assert (rows["Rijsdijk"].there, rows["Rijsdijk"].coming, rows["Rijsdijk"].lacking) == (0, 90, 31)
    twist.areas["Wierdam"].reception_locations.get().pools.get().blocks.all().delete()
    twist.areas["Wierdam"].reception_locations.get().pools.all().delete()
    twist.areas["Wierdam"].reception_locations.all().delete()
    again = {row.line.name: row for row in rows_of(board(twist))}
    assert [words for _kind, words in again["Wierdam"].remarks] == ["nog geen locatie"]


def test_places_in_a_municipality_outside_the_region_are_named_apart(twist: Twist) -> None:
    elsewhere = Area.objects.get(name="Buitenpost")
    place = location(twist, "Esrade", "Over de grens")
    place.municipality = elsewhere
    place.save()
    block(pool(place), 30)
    found = board(twist)
    assert found.lines[-1].name == "Buitenpost" and found.lines[-1].area is None
    assert sum(one.realised or 0 for one in found.lines) == found.total.usable == 1429
    assert "(buiten de regio)" in text_of(twist.reader, PAGE)


def test_what_is_not_shared_stays_with_its_own_people_and_counts_for_nobody(twist: Twist) -> None:
    assert board(twist).total.usable == 1399
    own = text_of(twist.clerk, PAGE)
    assert SECRET in own and "telt niet mee in de regio" in own and "1.399" in own
    for user in (twist.coordinator, twist.reader):
        assert SECRET not in text_of(user, PAGE)
        assert SECRET not in text_of(user, f"/opvang/gemeenten/{twist.areas['Esrade'].code}?dag={DAY}")
    assert SECRET in text_of(twist.clerk, f"/opvang/gemeenten/{twist.areas['Esrade'].code}?dag={DAY}")


def test_who_works_in_no_region_gets_an_explanation(twist: Twist) -> None:
    for user in (twist.nowhere, twist.councillor):
        assert "U werkt niet voor een organisatie in een veiligheidsregio" in text_of(user, "/opvang")
        assert browser(user).get("/opvang/overzicht").status_code == 404
        assert browser(user).get(f"/opvang/gemeenten/{twist.areas['Esrade'].code}").status_code == 404
    page = text_of(twist.outsider, "/opvang")
    assert "Deze regio heeft nog geen coördinatiepunt" in page and "Esrade" not in page


def test_a_region_without_an_assignment_says_so_instead_of_nothing(twist: Twist) -> None:
    Assignment.objects.all().delete()
    found = board(twist)
    assert (found.assigned, found.planned, found.gap) == (None, None, None)
    page = text_of(twist.reader, PAGE)
    assert page.count("Op deze dag gold geen opdracht.") == 2 and "1.399" in page
    assert "De opdracht noemt geen dag" not in page


def test_two_assignments_count_together_or_one_at_a_time(twist: Twist) -> None:
    second = ask(twist, title="Noodopvang", due_on=None)
    found = board(twist)
    assert found.assigned == 4000 and line(found, "Esrade").target == 1012
    assert board(twist, assignment=second.pk).assigned == 2000
    assert board(twist, assignment=second.pk).due_on is None
    page = text_of(twist.reader, f"{PAGE}&opdracht={second.pk}")
    assert "De opdracht noemt geen dag" in page
    Assignment.objects.filter(pk=second.pk).update(ended_on=DAY)
    assert board(twist).assigned == 2000, "from its last day on it no longer counts"
    assert board(twist, day=DAY - dt.timedelta(days=1)).assigned == 4000


def test_choices_that_cannot_be_read_are_told_and_the_rest_stands(twist: Twist) -> None:
    for query in ("dag=gisteren", "dag=1700-01-01", "periode=12", "particulier=half", "bekend=9999-12-31"):
        response = browser(twist.reader).get(f"/opvang?{query}")
        assert response.status_code == 200 and b"rt-field--error" in response.content, query
    assert browser(twist.reader).get("/opvang?dag=9998-01-01").status_code == 200


def test_another_day_is_one_click_away_and_keeps_the_choices(twist: Twist) -> None:
    page = browser(twist.reader).get(f"{PAGE}&particulier=met&spion=1").content.decode()
    assert "?dag=2022-04-06&amp;sinds=2022-04-05&amp;particulier=met" in page
    assert "?dag=2022-04-08" in page and "bekend=2022-04-07" in page and "spion=1&amp;" not in page


def test_the_curve_has_a_table_with_capacity_occupied_reserved_and_free(twist: Twist) -> None:
    page = text_of(twist.reader, PAGE)
    for head in ("Capaciteit (plaatsen)", "Bezet (plaatsen)", "Gereserveerd (plaatsen)", "Vrij (plaatsen)"):
        assert f">{head}</th>" in page
    assert "contract eindigt (96)" in page


def test_a_municipality_shows_its_locations_its_part_and_its_contracts(twist: Twist) -> None:
    path = f"/opvang/gemeenten/{twist.areas['Esrade'].code}?dag={DAY}"
    page = text_of(twist.reader, path)
    assert (
        "Esrade, De Kade" in page and "455 te gebruiken plaatsen, 430 bezet, 25 gereserveerd, 0 vrij" in page
    )
    assert "particulier, telt nu niet mee" in page and "312 te gebruiken plaatsen" in page
    assert "met particuliere opvang" not in page.partition('id="locaties"')[2], "no place here is both"
    assert "Prognose 1 jun" in page
    assert "158.217 inwoners op za 1 januari 2022; CBS, verzonnen" in page and "506,43" in page
    assert "di 19 april 2022" in page.partition("Contracten die eindigen")[2]
    assert browser(twist.outsider).get(path).status_code == 404
    assert browser(twist.reader).get("/opvang/gemeenten/GM9999").status_code == 404


def test_the_workbook_holds_numbers_as_numbers_and_says_what_they_are(twist: Twist) -> None:
    Organisation.objects.filter(pk=twist.towns["Esrade"].pk).update(name="=1+1 Esrade")
    response = browser(twist.reader).get(f"/opvang/overzicht?dag={DAY}&sinds={TUESDAY}")
    assert response["Content-Disposition"] == 'attachment; filename="opvang-twist-2022-04-07.xlsx"'
    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Stand", "Per gemeente", "Locaties", "Contracten", "Toelichting"]
    stand = {row[0]: row for row in book["Stand"].iter_rows(values_only=True)}
    assert stand["Opdracht"][1] == 2000 and stand["Gerealiseerd (te gebruiken plaatsen)"][1] == 1399
    assert stand["Nieuw gereserveerd"][1:3] == (145, "personen")
    towns = {row[0]: row for row in book["Per gemeente"].iter_rows(values_only=True)}
    assert towns["Hellenrade"][1:5] == (114, 0, 60, -54)
    places = list(book["Locaties"].iter_rows(values_only=True))
    assert sum(row[3] for row in places[1:] if isinstance(row[3], int)) == 1399
    assert not any("Gastgezinnen" in str(row) or SECRET in str(row) for row in places)
    assert "onbekend" in {row[3] for row in places}, "a location of unknown size is not 0"
    notes = " ".join(str(cell) for row in book["Toelichting"].iter_rows(values_only=True) for cell in row)
    assert (
        "Stand van do 7 april 2022" in notes and "telt niet mee" in notes and "blokken en boekingen" in notes
    )
    for sheet in book.worksheets[:4]:
        assert sheet.freeze_panes == "A2" and sheet.page_setup.orientation == "landscape"
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_workbook_counts_private_places_when_asked(twist: Twist) -> None:
    response = browser(twist.reader).get(f"/opvang/overzicht?dag={DAY}&particulier=met")
    book = load_workbook(io.BytesIO(response.content))
    places = list(book["Locaties"].iter_rows(values_only=True))
    assert sum(row[3] for row in places[1:] if isinstance(row[3], int)) == 1711
    assert any("Gastgezinnen Esrade" in str(row) for row in places)


@pytest.mark.parametrize(
    ("asked", "private"), [("met", "met particuliere opvang"), ("zonder", "zonder particuliere opvang")]
)
def test_who_is_new_says_in_the_workbook_and_below_the_board_whether_private_places_count(
    twist: Twist, asked: str, private: str
) -> None:
    path = f"dag={DAY}&sinds={TUESDAY}&particulier={asked}"
    response = browser(twist.reader).get(f"/opvang/overzicht?{path}")
    sheet = load_workbook(io.BytesIO(response.content))["Stand"]
    stand = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    for name in ("Nieuw geplaatst", "Nieuw gereserveerd"):
        assert stand[name][4] == f"sinds di 5 april 2022, {private}"
    page = text_of(twist.reader, f"/opvang?{path}")
    assert "Particuliere opvang telt daarin mee als zij ook in de andere getallen meetelt." in page


def test_a_day_more_than_promised_is_told(twist: Twist) -> None:
    found = board(twist, day=dt.date(2022, 4, 20))
    esrade = line(found, "Esrade")
    assert (esrade.places.free, esrade.places.short) == (0, 96)
    remarks = [words for _kind, words in next(r for r in rows_of(found) if r.line is esrade).remarks]
    assert "96 te veel toegezegd" in remarks


def test_a_position_of_now_names_the_moment(twist: Twist) -> None:
    assert "zoals bekend" not in text_of(twist.reader, "/opvang").split("Meer keuzes")[0]
    assert at(DAY).tzinfo is not None
