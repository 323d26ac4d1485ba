"""What the forecast says in words, in a chart and in tables; the board shows the short form of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.charts import PAGE_WIDTH, Band, Caption, Chart, Line, Moment, Point, line_chart
from regietafel.kit.documents.table import Column, Kind, Table
from regietafel.reception.engine import forecast as engine
from regietafel.reception.engine.ledger import Private
from regietafel.reception.selectors.access import Region
from regietafel.reception.selectors.forecasting import Asked, Outlook, outlook_of

DEMAND, FAN = "#b35900", "#fbe9d3"
WEEK = timedelta(days=7)
FEWEST_TESTED = 8
NAMED_ENDINGS = 2


@dataclass(frozen=True)
class Summary:
    """The short form for the board: a chart, a sentence, and how far it can be trusted."""

    region: Region
    chart: Chart | None
    sentence: str
    tested: str
    scenario: str


def summary_of(region: Region, *, with_private: bool = False) -> Summary:
    """Return the middle scenario of a region in short."""
    looked = outlook_of(region, Asked(with_private=with_private))
    return Summary(
        region=region,
        chart=chart_of(looked),
        sentence=sentence_of(looked),
        tested=tested_of(looked),
        scenario=looked.plan.name,
    )


def board_panel(_user: Any, board: Any) -> dict[str, Any] | None:
    """Return the short form for the board of today; nothing for another day, or without a past to go by."""
    question = board.question
    if not question.is_of_now or question.day != timezone.localdate():
        return None
    summary = summary_of(board.region, with_private=question.private is not Private.EXCLUDED)
    return {"outlook": summary} if summary.chart is not None else None


def sentence_of(looked: Outlook) -> str:
    """Say in one sentence whether and when there will not be enough."""
    if looked.forecast is None:
        return _("Er is nog geen geschiedenis om vooruit te kijken.")
    short = looked.forecast.shortage
    if short is None:
        worst = max(looked.forecast.days, key=lambda day: day.shortage_probability)
        told = {"last": dutch.date(looked.last), "day": dutch.date(worst.day), "chance": chance_of(worst)}
        return (
            _("Geen tekort verwacht tot en met %(last)s; de kans is het grootst op %(day)s: %(chance)s.")
            % told
        )
    return _("Eerste dag met een kans op tekort van %(limit)s of meer: %(day)s (%(chance)s).") % {
        "limit": dutch.share(short.threshold),
        "day": dutch.date(short.first_on),
        "chance": _chance(short.probability),
    }


def chance_of(day: engine.ForecastDay) -> str:
    """Write the probability of a shortage on a day."""
    return _chance(day.shortage_probability)


def _chance(probability: float) -> str:
    """Write a probability; what was never or always drawn is not called certain."""
    if probability < 0.01:
        return _("minder dan 1 %")
    return _("meer dan 99 %") if probability > 0.99 else dutch.share(probability)


def size_of(looked: Outlook) -> list[str]:
    """Say how large the shortage is, and when it is largest."""
    short = looked.forecast.shortage if looked.forecast else None
    if short is None:
        return []
    first = _("Die dag zijn er naar verwachting %(middle)s te weinig; één op de tien keer %(high)s of meer.")
    told = [first % {"middle": _places(short.short_p50), "high": _places(short.short_p90)}]
    if short.worst_on != short.first_on:
        worst = _(
            "Het grootst is het tekort op %(day)s: naar verwachting %(middle)s; één op de tien keer "
            "%(high)s of meer."
        )
        told.append(
            worst
            % {
                "day": dutch.date(short.worst_on),
                "middle": _places(short.worst_p50),
                "high": _places(short.worst_p90),
            }
        )
    if short.early_on < short.first_on:
        told.append(_("Een kans van 10 %% is er al vanaf %s.") % dutch.date(short.early_on))
    return told


def _places(count: int) -> str:
    return dutch.counted(count, one=_("plaats"), many=_("plaatsen"))


@dataclass(frozen=True)
class Solution:
    """So many places from a day on, and what each week of it asks for."""

    text: str
    table: Table


def solutions_of(looked: Outlook) -> list[Solution]:
    """Say what would solve a shortage: places from a day on, in all and per week."""
    short = looked.forecast.shortage if looked.forecast else None
    return [_solution(remedy) for remedy in short.remedies] if short else []


def _solution(remedy: engine.Remedy) -> Solution:
    text = _("%(places)s erbij vanaf %(day)s: dan is de kans op een tekort elke dag kleiner dan %(chance)s.")
    rows = [(need.from_on, need.places) for need in remedy.weeks]
    columns = (Column(_("Week vanaf"), Kind.DAY), Column(_("Die week extra nodig (plaatsen)"), Kind.NUMBER))
    told = {
        "places": _places(remedy.places),
        "day": dutch.date(remedy.from_on),
        "chance": dutch.share(remedy.probability),
    }
    note = _("Elke week opnieuw geteld; de weken tellen dus niet bij elkaar op.")
    title = _("Hoeveel plaatsen er per week extra nodig zijn")
    return Solution(text % told, Table(columns, rows, title=title, source_note=note))


def tested_of(looked: Outlook) -> str:
    """Say how often the interval held on the own history, counted over all days looked back to."""
    rows = looked.backtest.rows if looked.backtest else ()
    tested = sum(row.forecasts for row in rows)
    if tested < FEWEST_TESTED:
        return _("Uw geschiedenis is te kort om te zeggen hoe vaak het interval klopt.")
    return _(
        "In een terugblik lagen %(held)s van %(all)s dagen binnen het interval "
        "(het hoort 8 van de 10 te zijn)."
    ) % {
        "held": dutch.number(sum(row.covered for row in rows)),
        "all": dutch.number(tested),
    }


def backtest_table(looked: Outlook) -> Table | None:
    """Return the back-test per number of days ahead."""
    if looked.backtest is None or not any(row.forecasts for row in looked.backtest.rows):
        return None
    columns = (
        Column(_("Vooruitgekeken (dagen)"), Kind.NUMBER),
        Column(_("Aantal keer"), Kind.NUMBER),
        Column(_("Binnen het interval"), Kind.NUMBER),
        Column(_("Eronder"), Kind.NUMBER),
        Column(_("Erboven"), Kind.NUMBER),
        Column(_("Gemiddeld ernaast (personen)"), Kind.NUMBER),
    )
    rows = [
        (row.horizon_days, row.forecasts, row.covered, row.below, row.above, round(row.mean_error))
        for row in looked.backtest.rows
        if row.forecasts
    ]
    note = _("Vanaf eerdere dagen vooruitgekeken, zonder wat toen al was aangekondigd of afgesproken.")
    return Table(columns, rows, title=_("Terugblik op de eigen cijfers"), source_note=note)


def chances_table(looked: Outlook) -> Table | None:
    """Return one line a week: people, places and the probability of a shortage."""
    if looked.forecast is None:
        return None
    columns = (
        Column(_("Dag"), Kind.DAY),
        Column(_("Kans op tekort"), Kind.ESTIMATE),
        Column(_("Verwacht (mensen)"), Kind.NUMBER),
        Column(_("8 van de 10 keer (mensen)"), Kind.ESTIMATE),
        Column(_("Plaatsen"), Kind.NUMBER),
    )
    days = looked.forecast.days
    chosen = [*days[6::7], *([days[-1]] if len(days) % 7 else [])]
    rows = [
        (
            day.day,
            chance_of(day),
            round(day.expected),
            f"{dutch.number(day.p10)}–{dutch.number(day.p90)}",
            round(day.places),
        )
        for day in chosen
    ]
    return Table(columns, rows, title=_("Per week"))


def chart_of(looked: Outlook) -> Chart | None:
    """Draw people with their interval against places; the table behind it has every day."""
    if looked.forecast is None:
        return None
    days = looked.forecast.days
    people = Line(_("mensen"), [Point(day.day, round(day.expected)) for day in days], colour=DEMAND)
    places = Line(_("plaatsen"), [Point(day.day, round(day.places)) for day in days], is_stepped=True)
    fan = Band(_("8 van de 10 keer"), [(day.day, day.p10, day.p90) for day in days], colour=FAN)
    title = _("Vooruitblik, scenario %s") % looked.plan.name
    caption = Caption(title, description_of(looked), unit=_("personen en plaatsen"))
    drawn = line_chart(
        (people, places), caption=caption, band=fan, moments=tuple(_moments(looked)), from_zero=False
    )
    return replace(drawn, table=day_table(looked, title=title), fits_phone=True)


def wide_chart_of(looked: Outlook) -> Chart | None:
    """Draw the same as wide as a page."""
    chart = chart_of(looked)
    return replace(chart, screen_width=PAGE_WIDTH) if chart else None


def _moments(looked: Outlook) -> Iterator[Moment]:
    """Name the first shortage and the largest contract ends; what may never come ends no contract."""
    short = looked.forecast.shortage if looked.forecast else None
    if short is not None:
        yield Moment(short.first_on, _("kans op tekort %s") % _chance(short.probability))
    certain = (end for end in looked.endings if end.is_certain)
    for end in sorted(certain, key=lambda end: -(end.places or 0))[:NAMED_ENDINGS]:
        if end.places and end.on <= looked.last:
            yield Moment(end.on, _("contract eindigt (%s)") % dutch.number(end.places))


def description_of(looked: Outlook) -> str:
    """Say what the chart shows, for who cannot see it as well."""
    assert looked.forecast is not None
    last = looked.forecast.days[-1]
    return _(
        "Op %(day)s naar verwachting %(people)s (8 van de 10 keer %(low)s tot %(high)s) voor %(places)s. "
        "Plaatsen die nog niet zeker zijn, tellen voor hun kans mee. %(private)s"
    ) % {
        "day": dutch.date(last.day),
        "people": dutch.counted(round(last.expected), one=_("persoon"), many=_("mensen")),
        "low": dutch.number(last.p10),
        "high": dutch.number(last.p90),
        "places": _places(round(last.places)),
        "private": private_of(looked),
    }


def private_of(looked: Outlook) -> str:
    """Say whether private hosting is in the numbers."""
    if looked.asked.with_private:
        return _("Met particuliere opvang.")
    hosted = looked.known.hosting.people
    people = dutch.counted(hosted, one=_("persoon"), many=_("mensen"))
    return _("Zonder particuliere opvang (%s).") % people


def day_table(looked: Outlook, *, title: str) -> Table:
    """Return every day of the forecast."""
    assert looked.forecast is not None
    columns = (
        Column(_("Dag"), Kind.DAY),
        Column(_("Verwacht (mensen)"), Kind.NUMBER),
        Column(_("1 op 10 keer minder dan (mensen)"), Kind.NUMBER),
        Column(_("Midden (mensen)"), Kind.NUMBER),
        Column(_("1 op 10 keer meer dan (mensen)"), Kind.NUMBER),
        Column(_("Plaatsen"), Kind.NUMBER),
        Column(_("Zekere plaatsen"), Kind.NUMBER),
        Column(_("Kans op tekort"), Kind.ESTIMATE),
    )
    rows = [
        (
            d.day,
            round(d.expected),
            d.p10,
            d.p50,
            d.p90,
            round(d.places),
            d.certain_places,
            chance_of(d),
        )
        for d in looked.forecast.days
    ]
    return Table(
        columns, rows, title=title, source_note=_("Personen en plaatsen per dag. %s") % private_of(looked)
    )


def facts_of(looked: Outlook) -> list[tuple[str, Any]]:
    """Return what the forecast was reckoned with, so that a figure can be made again."""
    history = looked.known.history
    is_known = history.known_days > 0
    came = sum(one.people for one in looked.known.arriving if one.is_there)
    facts: list[tuple[str, Any]] = [
        (_("Geschiedenis"), dutch.period(history.first, history.last) if is_known else _("nog geen")),
        (_("Bekende dagen"), history.known_days),
        (_("Aanwezig op de laatste dag"), history.present[-1] if is_known else None),
    ]
    if looked.forecast is not None:
        facts.append((_("Instroom nu, per dag"), round(looked.forecast.arrivals_per_day, 1)))
    facts += [
        (_("Al gekomen op %s") % dutch.date_short(looked.start), came),
        (_("Nog te komen"), sum(one.people for one in looked.known.arriving) - came),
        (_("In particuliere opvang"), looked.known.hosting.people),
        (_("Scenario"), looked.plan.name),
        (_("Waarop dat berust"), looked.plan.source),
        (_("Begingetal van het toeval"), str(looked.asked.seed)),
        (_("Bekend op"), looked.asked.known_on or looked.start),
    ]
    return facts


def missing_of(looked: Outlook) -> list[str]:
    """Say what is missing for a forecast, and how to get it."""
    told = []
    if not looked.has_locations:
        told.append(_("Geen locatie is met de regio gedeeld. Voeg een locatie toe, of deel er een."))
    if not looked.known.history.known_days:
        told.append(
            _("Er is vóór vandaag nog niemand geplaatst of vertrokken. Boek wie er al is, met de eerste dag.")
        )
        told.append(_("Tot die tijd kan een eigen scenario met een aantal mensen per dag wel vooruitkijken."))
    return told
