"""Charts tell what they show without colour, fit a strict page, and carry their table."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from lxml import etree

from regietafel.kit.charts import (
    Band,
    Bar,
    Caption,
    Chart,
    Layer,
    Line,
    Moment,
    Part,
    Point,
    Stack,
    bar_chart,
    line_chart,
    render_png,
    rendering,
    ribbon_chart,
    stacked_chart,
)
from regietafel.kit.charts.style import ACCENT, CONTEXT, INK, SERIES, SOFT

CAPTION = Caption(
    "Berichten per dag", "Op 7 april 1.231 berichten, meer dan verwacht.", "berichten", "14 bronnen"
)
FIRST = date(2022, 3, 11)
POINTS = [Point(FIRST + timedelta(days=number), value) for number, value in enumerate([12, 14, None, 1231])]


def lines() -> Chart:
    band = Band("verwacht", [(point.day, 5, 20) for point in POINTS])
    hostile = Moment(POINTS[1].day, "<script>alert(1)</script>")
    return line_chart([Line("berichten", POINTS)], caption=CAPTION, band=band, moments=[hostile])


def bars() -> Chart:
    return bar_chart([Bar("De Bron", 1200, low=900, high=1500), Bar("Stil", None, False)], caption=CAPTION)


def stacks() -> Chart:
    return stacked_chart([Stack("Esrade", (Part("klaar", 120), Part("gepland", 60)))], caption=CAPTION)


@pytest.mark.parametrize("make", [lines, bars, stacks])
def test_a_drawing_fits_a_page_that_allows_no_styles_or_scripts(make) -> None:
    root = etree.fromstring(make().svg.encode())
    names = {name for element in root.iter() for name in element.attrib}
    tags = {etree.QName(element).localname for element in root.iter()}
    assert not names & {"style", "onload", "onclick", "{http://www.w3.org/1999/xlink}href", "href"}
    assert not tags & {"style", "script", "image", "foreignObject", "a"}


@pytest.mark.parametrize("make", [lines, bars, stacks])
def test_a_drawing_has_a_name_and_a_description_for_who_cannot_see_it(make) -> None:
    root = etree.fromstring(make().svg.encode())
    identities = root.get("aria-labelledby").split()
    found = {element.get("id"): element.text for element in root if element.get("id")}
    assert [found[identity] for identity in identities] == [CAPTION.title, CAPTION.description]
    assert root.get("role") == "img" and "mark container" not in make().svg


def test_numbers_and_days_are_written_the_dutch_way() -> None:
    drawing = lines().svg
    assert "1.231 berichten" in drawing and "14 mrt" in drawing
    assert re.search(r">1\.[02]00<", drawing), "the axis too"


def test_counts_step_by_whole_numbers_and_rates_need_not() -> None:
    few = [Point(FIRST + timedelta(days=number), value) for number, value in enumerate([0, 2, 0])]
    counts = line_chart([Line("berichten", few)], caption=CAPTION)
    rates = line_chart([Line("per 1.000", few, decimals=1)], caption=CAPTION)
    assert ">0,5<" not in counts.svg
    assert ">0,5<" in rates.svg


def test_labels_stand_beside_what_they_name_and_uncertainty_is_shown() -> None:
    assert "verwacht" in lines().svg
    assert "1.200 (900–1.500)" in bars().svg and "onbekend" in bars().svg
    assert ">120<" in stacks().svg and "gepland" in stacks().svg


def test_labels_at_line_ends_do_not_cover_each_other() -> None:
    ours = Line("nu", POINTS)
    other = Line(
        "eerder", [Point(point.day, point.value and point.value - 2) for point in POINTS], is_ours=False
    )
    root = etree.fromstring(line_chart([ours, other], caption=CAPTION).svg.encode())
    heights = [
        float(re.search(r"translate\([^,]+,([\d.-]+)\)", text.get("transform")).group(1))
        for text in root.iter("{*}text")
        if text.text in ("1.231 nu", "1.229 eerder")
    ]
    assert len(heights) == 2 and abs(heights[0] - heights[1]) >= 12


def test_one_is_not_called_by_the_name_of_many() -> None:
    single = Line("berichten", [Point(FIRST, 3), Point(POINTS[1].day, 1)], name_of_one="bericht")
    assert ">1 bericht<" in line_chart([single], caption=CAPTION).svg


def test_what_others_wrote_stays_text() -> None:
    assert "<script" not in lines().svg and "&lt;script&gt;" in lines().svg


def test_every_value_is_in_the_table_and_unknown_stays_unknown() -> None:
    table = lines().table
    assert [column.label for column in table.columns] == ["Dag", "berichten", "verwacht van", "verwacht tot"]
    assert list(table.rows)[2] == (POINTS[2].day, None, 5, 20)
    assert table.source_note == "14 bronnen"
    assert list(bars().table.rows) == [("De Bron", 1200, 900, 1500), ("Stil", None, None, None)]
    assert list(stacks().table.rows) == [("Esrade", 120, 60)]


def test_the_same_specification_can_be_pointed_at_in_the_browser() -> None:
    spec = json.loads(lines().spec_json)
    assert spec["$schema"].endswith("v6.json") and "width" not in spec
    assert "http" not in json.dumps(spec["layer"]), "data is inside, nothing is fetched"


def test_two_drawings_on_a_page_share_no_identity() -> None:
    first = set(re.findall(r'id="([^"]+)"', lines().svg))
    assert first and not first & set(re.findall(r'id="([^"]+)"', bars().svg))


def test_a_drawing_is_made_once_and_a_full_disk_does_not_hide_it(monkeypatch: pytest.MonkeyPatch) -> None:
    first = bars().svg
    monkeypatch.setattr(rendering, "_drawn", lambda chart, width: pytest.fail("drawn again"))
    assert bars().svg == first
    monkeypatch.undo()
    monkeypatch.setattr(rendering, "_folder", lambda: rendering.Path("/proc/vol"))
    monkeypatch.setattr(rendering, "_converter", rendering._converter.__wrapped__)
    assert bars().svg == first


def test_paper_gets_a_picture_that_is_fine_enough_to_print() -> None:
    picture = render_png(lines())
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) >= 1800


def contrast_on_white(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


@pytest.mark.parametrize("colour", [*SERIES, CONTEXT])
def test_marks_stand_out_from_the_paper(colour: str) -> None:
    assert contrast_on_white(colour) >= 3


@pytest.mark.parametrize("colour", [INK, SOFT, ACCENT])
def test_text_can_be_read(colour: str) -> None:
    assert contrast_on_white(colour) >= 4.5


@pytest.mark.parametrize("make", [lines, bars, stacks])
def test_every_chart_is_drawn_for_a_phone_as_well(make) -> None:
    chart = make()
    page = render_to_string("kit/components/chart.html", {"chart": chart})
    assert page.count('class="rt-chart__svg"') == 2
    assert "rt-chart__drawing--fits" in page
    assert len(set(re.findall(r'id="([^"]+)"', page))) == len(re.findall(r'id="([^"]+)"', page))


def _ribbon(*moments: Moment) -> Chart:
    days = [date(2026, 10, 31) + timedelta(days=number) for number in range(91)]
    return ribbon_chart([Layer("bezet", range(60, 151))], days=days, caption=CAPTION, moments=moments)


def test_a_phone_names_the_last_day_and_no_more_days_than_it_has_room_for() -> None:
    chart = _ribbon()
    drawn = [drawing and re.findall(r">(\d+ [a-z]{3})<", drawing) for drawing in (chart.svg, chart.phone_svg)]
    assert drawn == [
        ["10 nov", "26 nov", "12 dec", "28 dec", "13 jan", "29 jan"],
        ["26 nov", "28 dec", "29 jan"],
    ]


def _names(chart: Chart) -> dict[str, dict[str, Any]]:
    """Return how the name of each moment is drawn."""
    names = [layer for layer in chart.spec["layer"] if layer["mark"]["type"] == "text"]
    return {
        value["naam"]: layer["mark"]
        for layer in names
        if layer["encoding"].get("y") == {"value": 0}
        for value in layer["data"]["values"]
    }


def test_the_names_of_moments_that_lie_close_do_not_cover_each_other() -> None:
    first, second = Moment(date(2026, 12, 18), "contract eindigt (40)"), Moment(date(2026, 12, 20), "brand")
    again, early = Moment(date(2026, 12, 18), "kans op tekort 77 %"), Moment(date(2026, 11, 2), "start")
    heights = {name: mark["dy"] for name, mark in _names(_ribbon(first, second, again, early)).items()}
    assert len({heights[each.name] for each in (first, second, again)}) == 3
    assert heights[early.name] == max(heights.values()), "there is room for it beside the others"


def test_the_name_of_a_late_moment_stands_left_of_it() -> None:
    late = Moment(date(2027, 1, 28), "een contract dat bijna eindigt")
    assert _names(_ribbon(late))[late.name]["align"] == "right"
