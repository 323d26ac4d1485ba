"""Places that are shut for a while: no contract ends, and what is promised too much stays in sight."""

import datetime as dt
import io
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from regietafel.reception import public
from regietafel.reception.engine.ledger import Private
from regietafel.reception.models import CapacityBlock, PlaceDay
from regietafel.reception.selectors.access import regions_of
from regietafel.reception.selectors.board import Board, Question, board_of, days_before, known_on
from regietafel.reception.selectors.board_shown import curve_of, rows_of
from regietafel.reception.selectors.forecasting import Asked, outlook_of
from regietafel.reception.services.booking import book
from regietafel.reception.services.places import Unusable, add_block, block_places
from regietafel.reception.services.upkeep import roll_on
from regietafel.register.models import Dossier, Phase
from tests.app.reception.desk import browser, text_of
from tests.app.reception.places import Places, block, in_days, location_of, pool_of, wanted

pytestmark = pytest.mark.django_db
HALL_ENDS = 100


def shut(places: Places, number: int, *, first: int = 0, until: int = 20) -> None:
    """Let the hall end in a hundred days, and shut some of its places before."""
    there = CapacityBlock.objects.get(pool=places.hall)
    CapacityBlock.objects.filter(pk=there.pk).update(until_on=in_days(HALL_ENDS))
    there.refresh_from_db()
    unusable = Unusable(number=number, from_on=in_days(first), until_on=in_days(until), reason="lekkage")
    block_places(block=there, unusable=unusable, by=places.keeper)


def board(places: Places) -> Board:
    today = timezone.localdate()
    question = Question(day=today, at=known_on(None), private=Private.EXCLUDED, since=days_before(today))
    return board_of(regions_of(places.reader)[0], question)


def sheets(places: Places) -> dict[str, list[dict[str, Any]]]:
    response = browser(places.reader).get("/opvang/overzicht")
    book_of_sheets = load_workbook(io.BytesIO(response.content))
    found = {}
    for sheet in book_of_sheets.worksheets:
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    return found


def test_no_contract_ends_when_places_are_shut_for_a_while(places: Places) -> None:
    shut(places, 30)
    assert [(one.end.last_on, one.end.places) for one in board(places).endings] == [(in_days(99), 50)]
    ends = outlook_of(regions_of(places.reader)[0], Asked(days=120)).endings
    assert [(end.last_on, end.places) for end in ends] == [(in_days(99), 50)]
    contracts = sheets(places)["Contracten"]
    assert [(row["Laatste dag"].date(), row["Plaatsen minder"], row["Zeker"]) for row in contracts] == [
        (in_days(99), 50, "ja")
    ]
    chart = curve_of(board(places))
    assert chart is not None and "contract eindigt" not in str(chart.spec)


def test_vandaag_tells_the_places_that_come_back_and_no_end(places: Places) -> None:
    shut(places, 30, until=9)
    found = public.coming_changes(places.reader, timezone.now())
    assert [(one.kind, one.title, one.detail) for one in found] == [
        ("Plaatsen erbij", "Sporthal De Kade", "30 plaatsen")
    ]


@pytest.fixture
def short(places: Places) -> Places:
    """Forty-five people in a hall of fifty, of which nineteen are shut from today and later thirty-one."""
    book(wanted=wanted(places.hall, 45, until_on=in_days(60)), by=places.placer)
    shut(places, 19)
    later = CapacityBlock.objects.get(pool=places.hall, blocked=19, superseded_at=None)
    worse = Unusable(number=31, from_on=in_days(5), until_on=in_days(8), reason="tweede lekkage")
    block_places(block=later, unusable=worse, by=places.keeper)
    roll_on()
    return places


def test_too_much_promised_is_told_and_eats_nothing_that_is_free_elsewhere(
    short: Places,
) -> None:
    found = board(short)
    assert (found.total.free, found.total.short) == (24, 14)
    remarks = {row.line.name: [words for _kind, words in row.remarks] for row in rows_of(found)}
    assert "14 te veel toegezegd" in remarks["Noord"] and "14 te veel toegezegd" not in remarks["Zuid"]
    assert "14 plaatsen te veel toegezegd" in text_of(short.reader, "/opvang").split("Per gemeente")[1]
    page = text_of(short.reader, "/opvang/gemeenten/GM9001")
    assert "24 vrij" in page and "14 plaatsen te veel toegezegd" in page and "−14" not in page
    listed = browser(short.reader).get("/opvang/locaties?uit=csv").content.decode()
    (kade,) = [line for line in listed.splitlines() if "De Kade" in line]
    assert '"55";"45";"24"' in kade, "places, promised and free today"


def test_the_workbook_keeps_what_is_too_much_apart_and_its_sum_can_be_made_again(short: Places) -> None:
    found = sheets(short)
    told = {row["Wat"]: row["Aantal"] for row in found["Stand"]}
    usable, people = told["Gerealiseerd (te gebruiken plaatsen)"], told["Bezet"] + told["Gereserveerd"]
    assert (told["Vrij"], told["Te veel toegezegd"]) == (24, 14)
    assert usable - people - told["Leeg in hele kamers"] == told["Vrij"] - told["Te veel toegezegd"]
    (kade,) = [row for row in found["Locaties"] if row["Locatie"] == "Sporthal De Kade"]
    assert (kade["Vrij (plaatsen)"], kade["Te veel toegezegd (plaatsen)"]) == (24, 14)
    for column in ("Vrij (plaatsen)", "Te veel toegezegd (plaatsen)"):
        sums = [sum(row[column] or 0 for row in found[name]) for name in ("Per gemeente", "Locaties")]
        assert sums == [told[column.removesuffix(" (plaatsen)")]] * 2


def test_the_panel_of_a_dossier_shows_what_is_too_much(short: Places) -> None:
    phase = Phase.objects.first() or Phase.objects.create(code="verkennen", name="Verkennen", order=1)
    dossier = Dossier.objects.create(
        organisation=short.north, title="De Kade", phase=phase, kind=Dossier.Kind.values[0]
    )
    short.location.dossier = dossier
    short.location.save(update_fields=("dossier",))
    page = text_of(short.keeper, f"/dossiers/{dossier.pk}")
    assert "24 vrij" in page and "14 plaatsen te veel toegezegd" in page and "−14" not in page


def test_the_page_of_the_location_and_vandaag_say_the_most_of_the_same_days(short: Places) -> None:
    page = text_of(short.keeper, f"/opvang/locaties/{short.location.pk}")
    assert "hoogstens 26 plaatsen te veel toegezegd, voor het eerst op" in page
    assert "14 plaatsen te veel toegezegd" in page, "that is this day"
    assert "−14" not in page and "te weinig" not in page and "Met particuliere opvang" not in page
    (told,) = public.signals(short.keeper, timezone.now())
    assert told.title == "Sporthal De Kade: hoogstens 26 plaatsen te veel toegezegd"
    assert timezone.localdate(told.at) == in_days(0)


def test_what_is_too_much_is_told_once_after_saving_and_not_in_green(short: Places) -> None:
    there = CapacityBlock.objects.filter(pool=short.hall, superseded_at=None).order_by("from_on").last()
    assert there is not None
    answer = browser(short.keeper).post(
        f"/opvang/blokken/{there.pk}/blokkeren",
        {"number": 1, "from_on": in_days(70), "until_on": in_days(71), "reason": "deur"},
        follow=True,
    )
    page = answer.content.decode()
    assert "Opgeslagen." in page and "Opgeslagen. Let op" not in page
    assert page.count("hoogstens 26") == 1


def test_a_location_of_which_nobody_told_the_places_is_unknown_everywhere(places: Places) -> None:
    silent = location_of(places.south, "Oude School", shared_with_region=True)
    pool_of(silent, "noodopvang", places=None)
    page = text_of(places.clerk, f"/opvang/locaties/{silent.pk}")
    assert page.count('<p class="rt-stat__value">onbekend</p>') == 2 and "alle te gebruiken" not in page
    line = next(one for one in board(places).lines if one.name == "Zuid")
    assert line.realised is None and line.places.free is None
    assert "onbekend te gebruiken plaatsen" in text_of(places.reader, "/opvang/gemeenten/GM9002")
    (row,) = [one for one in sheets(places)["Locaties"] if one["Locatie"] == "Oude School"]
    assert row["Te gebruiken (plaatsen)"] == row["Vrij (plaatsen)"] == "onbekend"
    add_block(pool=silent.pools.get(), by=places.clerk, places=None, source="brief", from_on=in_days(-1))
    assert PlaceDay.objects.filter(pool__location=silent, day=in_days(0), places=0).exists()
    listed = text_of(places.reader, "/opvang/locaties?gemeente=" + str(places.south.area_id))
    assert listed.count("onbekend") >= 2


def test_the_list_says_the_last_day_and_whether_it_is_certain(places: Places) -> None:
    hall = CapacityBlock.objects.get(pool=places.hall)
    CapacityBlock.objects.filter(pool=places.rooms).delete()
    CapacityBlock.objects.filter(pk=hall.pk).update(until_on=dt.date(2091, 4, 7))
    assert "vr 6 april 2091" in text_of(places.reader, "/opvang/locaties")
    block(places.rooms, places=9, until_on=dt.date(2092, 6, 27), probability="0.70")
    assert "vr 6 april 2091; misschien do 26 juni 2092" in text_of(places.reader, "/opvang/locaties")
    block(places.rooms, places=9, until_on=None)
    assert "zonder einde" in text_of(places.reader, "/opvang/locaties")


def test_a_location_of_which_nobody_told_the_places_has_no_last_day_at_all(places: Places) -> None:
    location_of(places.north, "Gymzaal", shared_with_region=True)
    silent = location_of(places.north, "Oude School", shared_with_region=True)
    pool_of(silent, "noodopvang", places=None)
    assert "zonder einde" not in text_of(places.reader, "/opvang/locaties")
    for order in ("einde", "-einde"):
        page = text_of(places.reader, f"/opvang/locaties?sorteer={order}")
        assert all(name in page for name in ("Gymzaal", "Oude School", "Sporthal De Kade"))


def test_an_end_that_is_not_certain_says_so(places: Places) -> None:
    block(places.rooms, places=9, from_on=in_days(3), until_on=in_days(40), probability="0.70")
    (end,) = board(places).endings
    assert (end.end.last_on, end.end.is_certain) == (in_days(39), False)
    assert "nog niet zeker" in text_of(places.reader, "/opvang").split("Contracten die eindigen")[1]
    (row,) = rows_of(board(places))[:1]
    assert any(words.startswith("misschien tot en met") for _kind, words in row.remarks)


def test_on_a_phone_the_difference_can_be_followed(places: Places) -> None:
    page = browser(places.reader).get("/opvang").content.decode().partition('id="per-gemeente"')[2]
    table = page.partition("</table>")[0]
    assert 'data-label="Opdracht"' in table and "rt-cell--wide" not in table
    assert "Prognose − opdracht</th>" in table and ">Verschil<" not in table
