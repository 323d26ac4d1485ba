"""Ribbons: parts on top of each other with their names, what they are parts of, and the table behind it."""

from datetime import date, timedelta

import pytest
from django import forms

from regietafel.kit.charts import Caption, Layer, Level, Moment, ribbon_chart
from regietafel.kit.fields import WholeNumberField

DAYS = [date(2022, 4, 1) + timedelta(days=number) for number in range(4)]
CAPTION = Caption("Plaatsen per dag", "Wat bezet en vrij is.", "plaatsen", "Bron: het grootboek.")
PARTS = [Layer("bezet", [10, 10, 12, 12]), Layer("dicht", [0, 0, 0, 0]), Layer("vrij", [5, 5, 0, 0])]
WHOLE = Level("capaciteit", [15, 15, 10, 10])


def test_every_part_carries_its_name_and_last_value_and_nothing_is_drawn_of_nothing() -> None:
    chart = ribbon_chart(PARTS, days=DAYS, caption=CAPTION, levels=[WHOLE])
    for words in ("12 bezet", "0 vrij", "10 capaciteit"):
        assert words in chart.svg
    assert "dicht" not in chart.svg, "a part of 0 on every day is not drawn"
    assert "<style" not in chart.svg and 'style="' not in chart.svg


def test_the_table_has_a_row_per_day_and_also_the_parts_that_were_not_drawn() -> None:
    goal = Level("opdracht", [20] * 4, is_goal=True)
    chart = ribbon_chart(PARTS, days=DAYS, caption=CAPTION, levels=[WHOLE, goal])
    heads = [column.label for column in chart.table.columns]
    assert heads == [
        "Dag", "Capaciteit (plaatsen)", "Bezet (plaatsen)", "Dicht (plaatsen)", "Vrij (plaatsen)",
    ]  # fmt: skip
    assert list(chart.table.rows)[2] == (DAYS[2], 10, 12, 0, 0)
    assert chart.table.source_note == "Bron: het grootboek." and "20 opdracht" in chart.svg


def test_without_a_level_the_line_follows_the_parts_and_hostile_names_stay_text() -> None:
    hostile = Moment(DAYS[1], "<script>alert(1)</script>")
    chart = ribbon_chart(PARTS, days=DAYS, caption=CAPTION, moments=[hostile])
    assert "<script>" not in chart.svg
    assert [column.label for column in chart.table.columns][1] == "Bezet (plaatsen)"


def test_what_is_too_much_is_drawn_and_named_where_it_begins_and_stands_in_the_table() -> None:
    excess = Layer("te veel", [0, 0, 2, 1], is_excess=True)
    chart = ribbon_chart([*PARTS, excess], days=DAYS, caption=CAPTION)
    assert "2 te veel" in chart.svg
    assert list(chart.table.rows)[2][-1] == 2
    nothing = Layer("te veel", [0] * 4, is_excess=True)
    plain = ribbon_chart([*PARTS, nothing], days=DAYS, caption=CAPTION)
    assert "te veel" not in plain.svg
    assert len(plain.table.columns) == len(chart.table.columns) - 1


def test_on_a_phone_a_ribbon_is_drawn_narrow_so_that_its_letters_stay_large() -> None:
    chart = ribbon_chart(PARTS, days=DAYS, caption=CAPTION)
    assert chart.phone_svg is not None
    assert 'viewBox="0 0 360 ' in chart.phone_svg


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2000", 2000),
        ("2.000", 2000),
        (" 1 200 ", 1200),
        ("−3", -3),
        ("0", 0),
        (0, 0),
        ("", None),
        (None, None),
    ],
)
def test_a_whole_number_is_read_as_people_here_write_it(typed: object, number: int | None) -> None:
    assert WholeNumberField(required=False).clean(typed) == number


@pytest.mark.parametrize(
    "typed", ["2,5", "2.5", "2.00", "20.00", "1e3", "veel", "١٢", "2.000.000.000.000.000"]
)
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="geen heel getal"):
        WholeNumberField().clean(typed)
