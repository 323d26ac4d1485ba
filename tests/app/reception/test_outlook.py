"""Looking ahead from the ledger: what was known then, private hosting apart, honest about how little."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from regietafel.kit.charts import PAGE_WIDTH
from regietafel.kit.navigation import panels_of
from regietafel.kit.refusal import Refused
from regietafel.reception.engine.ledger import Private
from regietafel.reception.models import Booking, CapacityBlock, Group, OutlookScenario, Pool
from regietafel.reception.selectors import outlook
from regietafel.reception.selectors.access import Region, regions_of
from regietafel.reception.selectors.forecasting import Asked, outlook_of, scenarios_for, visible_scenarios
from regietafel.reception.services.forecasting import (
    Content,
    change_scenario,
    create_scenario,
    remove_scenario,
)
from tests.app.reception.places import Places, block, in_days, pool_of

DAYS = 90


def moment(days_ago: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days_ago)


def came(pool: Pool, days_ago: int, people: int, **values: Any) -> Booking:
    """Write down, on its day, that people came."""
    made: Booking = Booking.objects.create(
        **{
            "pool": pool, "kind": "plaatsing", "people": people, "places": people,
            "from_on": in_days(-days_ago), "recorded_at": moment(days_ago), **values,
        }
    )  # fmt: skip
    return made


@pytest.fixture
def busy(places: Places) -> Region:
    """Ninety days in which four people came every day, and now and then two went."""
    block(places.hall, places=450)
    for day in range(DAYS, 0, -1):
        line = came(places.hall, day, 4)
        if day % 3 == 0:
            came(places.hall, day, 2, kind="vertrek", of=line)
    return regions_of(places.placer)[0]


def test_a_steady_past_goes_on_and_the_shortage_has_a_day_a_size_and_a_remedy(busy: Region) -> None:
    looked = outlook_of(busy, Asked(days=84))
    assert looked.known.history.known_days == DAYS
    assert looked.known.history.present[-1] == DAYS * 4 - 60
    assert looked.forecast is not None and looked.forecast.shortage is None
    assert outlook.sentence_of(looked).startswith("Geen tekort verwacht")
    high = outlook_of(busy, Asked(days=84, scenario="hoog"))
    assert high.forecast is not None and high.forecast.shortage is not None
    short = high.forecast.shortage
    assert "Eerste dag met een kans op tekort van 50\xa0% of meer" in outlook.sentence_of(high)
    assert outlook.size_of(high)[0].startswith("Die dag zijn er naar verwachting")
    assert [solution.text.split(" erbij")[0] for solution in outlook.solutions_of(high)] == [
        f"{remedy.places} plaatsen" for remedy in short.remedies
    ]


def test_the_same_seed_gives_the_same_figures_and_another_seed_others(busy: Region) -> None:
    first, again, other = (outlook_of(busy, Asked(days=9 + d, seed=s)) for d, s in ((0, 7), (0, 7), (0, 8)))
    assert first.forecast == again.forecast != other.forecast
    assert ("Begingetal van het toeval", "7") in outlook.facts_of(first)


def test_a_booking_changes_the_forecast_at_once(places: Places, busy: Region) -> None:
    before = outlook_of(busy, Asked())
    came(places.hall, -3, 40, kind="reservering", recorded_at=timezone.now())
    after = outlook_of(busy, Asked())
    assert sum(bus.people for bus in before.buses) == 0
    assert [(bus.day, bus.people) for bus in after.buses] == [(in_days(3), 40)]


def test_who_came_today_is_there_and_no_longer_to_come(places: Places, busy: Region) -> None:
    came(places.hall, 0, 50)
    came(places.hall, -3, 145, kind="reservering", recorded_at=timezone.now())
    looked = outlook_of(busy, Asked())
    facts = dict(outlook.facts_of(looked))
    assert facts["Nog te komen"] == 145
    assert [told for name, told in facts.items() if name.startswith("Al gekomen op")] == [50]
    assert [(bus.people, bus.is_there) for bus in looked.buses] == [(50, True), (145, False)]


def test_looking_as_on_an_earlier_day_knows_nothing_of_later(places: Places, busy: Region) -> None:
    looked = outlook_of(busy, Asked(known_on=in_days(-30), days=30))
    assert looked.known.history.last == in_days(-31)
    assert looked.known.history.known_days == DAYS - 30
    assert looked.start == in_days(-30)


def test_private_hosting_is_apart_unless_it_is_asked_for(places: Places, busy: Region) -> None:
    hosts = pool_of(places.location, "particulier", places=70)
    came(hosts, 20, 33)
    without, included = outlook_of(busy, Asked()), outlook_of(busy, Asked(with_private=True))
    assert "Zonder particuliere opvang (33 mensen)." in outlook.description_of(without)
    assert "Met particuliere opvang." in outlook.description_of(included)
    assert included.known.history.present[-1] == without.known.history.present[-1] + 33
    assert included.certain_places == without.certain_places + 70


def test_contracts_that_end_are_named_with_who_is_still_there(places: Places, busy: Region) -> None:
    CapacityBlock.objects.filter(pool=places.rooms).update(until_on=in_days(20))
    came(places.rooms, 2, 6)
    looked = outlook_of(busy, Asked())
    ends = [(end.location, end.on, end.places, end.claimed) for end in looked.endings]
    assert ends == [("Sporthal De Kade, Noord", in_days(20), 24, 6)]


def test_the_chart_has_a_fan_two_lines_and_every_day_in_its_table(busy: Region) -> None:
    chart = outlook.chart_of(outlook_of(busy, Asked(days=21)))
    assert chart is not None
    rows = list(chart.table.rows)
    assert (len(rows), rows[0][0], rows[-1][0]) == (21, in_days(0), in_days(20))
    marks = [layer["mark"] for layer in chart.spec["layer"]]
    assert [mark["type"] for mark in marks].count("area") == 1
    assert any(mark.get("interpolate") == "step-after" for mark in marks)
    assert 'class="rt-chart__svg"' in chart.svg


def test_the_table_of_days_calls_nothing_impossible_and_names_its_units(busy: Region) -> None:
    chart = outlook.chart_of(outlook_of(busy, Asked(days=21)))
    assert chart is not None
    rows = list(chart.table.rows)
    assert rows[0][-1] == "minder dan 1 %", "as the table per week says it"
    heads = [str(column.label) for column in chart.table.columns]
    assert heads[1] == "Verwacht (mensen)" and not [head for head in heads if head.endswith("0 %")]


def test_what_a_shortage_asks_for_per_week_is_a_level_and_says_so(busy: Region) -> None:
    (solution, *_others) = outlook.solutions_of(outlook_of(busy, Asked(days=84, scenario="hoog")))
    assert str(solution.table.columns[1].label) == "Die week extra nodig (plaatsen)"
    assert "tellen dus niet bij elkaar op" in solution.table.source_note


def test_names_of_moments_on_one_day_are_all_told(places: Places, busy: Region) -> None:
    CapacityBlock.objects.filter(pool=places.rooms).update(until_on=in_days(20))
    block(places.hall, places=30, until_on=in_days(21))
    chart = outlook.wide_chart_of(outlook_of(busy, Asked()))
    assert chart is not None and chart.screen_width == PAGE_WIDTH, "its letters are those of the page"
    assert "contract eindigt (24)" in chart.svg and "contract eindigt (30)" in chart.svg


def test_what_may_never_come_ends_no_contract_in_the_chart(places: Places, busy: Region) -> None:
    CapacityBlock.objects.filter(pool=places.rooms).update(until_on=in_days(20))
    block(places.hall, places=30, until_on=in_days(21), probability="0.70")
    chart = outlook.wide_chart_of(outlook_of(busy, Asked()))
    assert chart is not None
    assert "contract eindigt (24)" in chart.svg and "contract eindigt (30)" not in chart.svg


def test_the_look_back_is_counted_and_a_short_past_says_so(places: Places, busy: Region) -> None:
    looked = outlook_of(busy, Asked())
    assert looked.backtest is not None
    tested = sum(row.forecasts for row in looked.backtest.rows)
    held = sum(row.covered for row in looked.backtest.rows)
    assert f"In een terugblik lagen {held} van {tested} dagen" in outlook.tested_of(looked)
    Booking.objects.filter(from_on__lt=in_days(-12)).filter(followed_by=None, of=None).delete()
    short = outlook_of(busy, Asked())
    assert "te kort" in outlook.tested_of(short) or tested > 0


def test_without_a_past_it_says_what_is_missing_and_what_is_known(places: Places) -> None:
    region = regions_of(places.placer)[0]
    came(places.hall, -4, 48, kind="reservering", recorded_at=timezone.now())
    looked = outlook_of(region, Asked())
    assert looked.forecast is None and outlook.chart_of(looked) is None
    assert any("nog niemand geplaatst" in line for line in outlook.missing_of(looked))
    assert (looked.certain_places, [bus.people for bus in looked.buses]) == (74, [48])
    own = OutlookScenario(pk=5, name="eigen", level_per_day=3, source="brief")
    assert outlook_of(region, Asked(scenario="5"), own=[own]).forecast is not None


def test_everybody_at_the_table_sees_the_same_figures(places: Places, busy: Region) -> None:
    came(places.secret, 5, 19)
    for who in (places.keeper, places.clerk, places.reader):
        looked = outlook_of(regions_of(who)[0], Asked())
        assert looked.known.history.present[-1] == DAYS * 4 - 60
    assert outlook_of(regions_of(places.stranger)[0], Asked()).has_locations is False


def content(**values: Any) -> Content:
    return Content(**{"name": "Grens open", "source": "Brief van 3 april", "factor": 1.8, **values})


def test_an_own_scenario_has_a_ground_and_is_reckoned_with(places: Places, busy: Region) -> None:
    made = create_scenario(organisation=places.point, content=content(), by=places.placer)
    looked = outlook_of(busy, Asked(scenario=str(made.pk)), own=[made])
    assert (looked.plan.name, looked.plan.source) == ("Grens open", "Brief van 3 april")
    usual = outlook_of(busy, Asked())
    assert looked.forecast and usual.forecast
    assert looked.forecast.days[-1].expected > usual.forecast.days[-1].expected + 50
    change_scenario(scenario=made, content=content(factor=0.1), by=places.placer)
    made.refresh_from_db()
    less = outlook_of(busy, Asked(scenario=str(made.pk)), own=[made])
    assert less.forecast and less.forecast.days[-1].expected < usual.forecast.days[-1].expected
    remove_scenario(scenario=made, by=places.placer)
    assert not OutlookScenario.objects.exists()


def test_a_scenario_says_how_fast_private_hosting_ends(places: Places, busy: Region) -> None:
    came(pool_of(places.location, "particulier", places=700), 20, 600)
    slow, fast = (
        create_scenario(
            organisation=places.point,
            content=content(name=f"{share} per week", factor=1, leaving_percent_a_week=share),
            by=places.placer,
        )
        for share in (0.0, 30.0)
    )
    ends = {}
    for row in (slow, fast):
        found = outlook_of(busy, Asked(scenario=str(row.pk)), own=[slow, fast]).forecast
        assert found is not None
        ends[row.pk] = found.days[27].expected
    assert pytest.approx(ends[fast.pk] - ends[slow.pk], rel=0.1) == 600 * (1 - 0.7**4)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"source": " "}, "waarop het berust"),
        ({"name": "Midden"}, "heeft iedereen al"),
        ({"name": "Dubbel"}, "al een scenario met deze naam"),
        ({"factor": 21}, "van 0 tot en met 20 in"),
        ({"level_per_day": -1}, "van 0 tot en met 100.000 in"),
        ({"returning_percent": 101}, "van 0 tot en met 100 in"),
    ],
)
def test_a_scenario_that_cannot_be(places: Places, values: dict[str, Any], why: str) -> None:
    create_scenario(organisation=places.point, content=content(name="Dubbel"), by=places.placer)
    with pytest.raises(Refused, match=why):
        create_scenario(organisation=places.point, content=content(**values), by=places.placer)


def test_who_reads_and_who_keeps_scenarios(places: Places) -> None:
    made = create_scenario(organisation=places.point, content=content(), by=places.placer)
    assert list(visible_scenarios(places.clerk)) == [made]
    assert list(scenarios_for(places.clerk, regions_of(places.clerk)[0])) == [made]
    assert not visible_scenarios(places.stranger).exists()
    for who in (places.reader, places.clerk, places.stranger):
        with pytest.raises(Refused):
            change_scenario(scenario=made, content=content(factor=2), by=who)
        with pytest.raises(Refused):
            remove_scenario(scenario=made, by=who)


def test_groups_that_moved_are_no_inflow(places: Places, busy: Region) -> None:
    before = outlook_of(busy, Asked()).known.history.arrivals[-2]
    group = Group.objects.create(organisation=places.point, code="G-1", people=9, arrives_on=in_days(-40))
    line = came(places.hall, 40, 9, group=group)
    came(places.hall, 2, 9, kind="vertrek", of=line, group=group)
    came(places.rooms, 2, 9, places=12, group=group)
    assert outlook_of(busy, Asked()).known.history.arrivals[-2] == before


def _board(region: Region, **question: Any) -> SimpleNamespace:
    told = {"is_of_now": True, "day": timezone.localdate(), "private": Private.EXCLUDED} | question
    return SimpleNamespace(region=region, question=SimpleNamespace(**told))


def test_the_board_of_another_day_looks_not_ahead(busy: Region) -> None:
    yesterday = _board(busy, day=in_days(-1))
    for board in (yesterday, _board(busy, is_of_now=False)):
        assert panels_of("reception-board", user=None, subject=board) == []


def test_the_short_form_for_the_board_has_a_chart_a_sentence_and_how_often_it_held(busy: Region) -> None:
    (panel,) = panels_of("reception-board", user=None, subject=_board(busy))
    short = panel["panel"]["outlook"]
    assert short.chart is not None and "tekort" in short.sentence and "terugblik" in short.tested
    shown = render_to_string(panel["template"], {"panel": panel["panel"]})
    assert short.sentence in shown and "rt-chart__svg" in shown and "regio=VR90" in shown


def test_the_board_of_a_region_without_a_past_leaves_the_forecast_out(places: Places) -> None:
    region = regions_of(places.placer)[0]
    assert panels_of("reception-board", user=None, subject=_board(region)) == []
