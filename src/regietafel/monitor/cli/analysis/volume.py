"""`regietafel monitor volume`: messages per day, what was expected, and which days are an alarm."""

import argparse
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from regietafel.kernel import dutch
from regietafel.kit.commands import DONE, INPUT_ERRORS, CommandError, add_json, day_argument, say
from regietafel.monitor.cli.analysis.given import Given, add_given, read_given
from regietafel.monitor.cli.arguments import error_lines

if TYPE_CHECKING:
    from regietafel.monitor.adapters.day_counts import DayCounts
    from regietafel.monitor.engine.volume import Alarm, VolumeFigures


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser("volume", help="berichten per dag, wat gewoon is, en alarmen")
    add_given(parser)
    parser.add_argument(
        "--vanaf", type=day_argument, metavar="DAG", help="eerste dag om te tonen, zoals 2022-04-01"
    )
    parser.add_argument("--tot", type=day_argument, metavar="DAG", help="laatste dag om te tonen (telt mee)")
    parser.add_argument(
        "--drempel",
        type=_threshold,
        default=0.01,
        metavar="KANS",
        help="kans op een alarm op een gewone dag (0.01)",
    )
    parser.add_argument(
        "--zonder-totaal",
        action="store_true",
        help="reken niet met alles wat de bronnen die dag brachten",
    )
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def _threshold(text: str) -> float:
    try:
        chance = float(text.replace(",", "."))
    except ValueError:
        chance = 0.0
    if not 0.00001 <= chance <= 0.2:
        raise argparse.ArgumentTypeError(f"“{text}” is geen kans tussen 0.00001 en 0.2, zoals 0.01")
    return chance


def run(options: argparse.Namespace) -> int:
    """Judge each day and tell."""
    if options.vanaf and options.tot and options.tot < options.vanaf:
        raise CommandError("De laatste dag (--tot) ligt voor de eerste (--vanaf).")
    given = read_given(options)
    figures = _figures(given, options)
    if figures is None:
        raise CommandError(
            f"{options.bestand}: hier staat geen dag in om te tellen. Wat meetelt, zijn berichten van nieuws "
            "en pers, of regels met dag en aantal.",
            given.errors,
        )
    first, last = options.vanaf or figures.days[0].day, options.tot or figures.days[-1].day
    result = _result(figures, first=first, last=last) | {"fouten": given.errors}
    say(result, as_json=options.json, text="\n".join(_lines(figures, given, first=first, last=last)))
    return INPUT_ERRORS if given.errors else DONE


def _figures(given: Given, options: argparse.Namespace) -> "VolumeFigures | None":
    from regietafel.monitor.engine.volume import watch_volume

    if given.counts is not None:
        return _of_counts(given.counts, options) if given.counts.found else None
    if given.messages is None or given.messages.deliveries is None:
        return None
    has_question = bool(options.vraag or options.vraagbestand)
    return watch_volume(
        given.messages.deliveries,
        threshold=options.drempel,
        by_output=has_question and not options.zonder_totaal,
    )


def _of_counts(counts: "DayCounts", options: argparse.Namespace) -> "VolumeFigures":
    from regietafel.monitor.engine.volume import VolumeFigures, alarms_of, days_of, raised_periods

    days = days_of(counts.found, {} if options.zonder_totaal else counts.published)
    alarms = alarms_of(days, threshold=options.drempel)
    return VolumeFigures(
        days=alarms,
        published=tuple(counts.published.get(each.day) for each in days),
        gone=(),
        periods=raised_periods(alarms),
    )


def _result(figures: "VolumeFigures", *, first: date, last: date) -> dict[str, Any]:
    return {
        "dagen": [
            _day(alarm, total)
            for alarm, total in zip(figures.days, figures.published, strict=True)
            if first <= alarm.day <= last
        ],
        "bron_weg": [
            {"bron": gone.source, "van": gone.first.isoformat(), "tot": gone.last and gone.last.isoformat()}
            for gone in figures.gone
            if gone.first <= last and (gone.last is None or gone.last >= first)
        ],
        "perioden": [
            {"van": period.first.isoformat(), "tot": period.last.isoformat()}
            for period in figures.periods
            if period.first <= last and period.last >= first
        ],
    }


def _day(alarm: "Alarm", total: int | None) -> dict[str, Any]:
    return {
        "dag": alarm.day.isoformat(),
        "aantal": alarm.count,
        "totaal": total,
        "verwacht": _rounded(alarm.expected, 2),
        "laag": alarm.low,
        "hoog": alarm.high,
        "p": _rounded(alarm.p_value, 5),
        "p_twee_dagen": _rounded(alarm.pair_p_value, 5),
        "alarm": alarm.is_alarm,
        "reden": alarm.reason,
    }


def _rounded(value: float | None, decimals: int) -> float | None:
    return None if value is None else round(value, decimals)


def _lines(figures: "VolumeFigures", given: Given, *, first: date, last: date) -> Iterator[str]:
    shown = [
        (alarm, total)
        for alarm, total in zip(figures.days, figures.published, strict=True)
        if first <= alarm.day <= last
    ]
    yield _row("dag", "aantal", "totaal", "verwacht", "gewoon", "oordeel")
    yield from (_told(alarm, total) for alarm, total in shown)
    yield ""
    alarms = sum(alarm.is_alarm for alarm, _total in shown)
    days = dutch.counted(len(shown), one="dag", many="dagen")
    yield f"{dutch.counted(alarms, one='alarm', many='alarmen')} in {days}."
    yield from _told_periods(figures, first=first, last=last)
    if given.errors:
        yield from ("Niet gelezen:", *error_lines(given.errors))


def _told(alarm: "Alarm", total: int | None) -> str:
    usual = "" if alarm.low is None else f"{dutch.number(alarm.low)}–{dutch.number(alarm.high)}"
    expected = "" if alarm.expected is None else dutch.number(alarm.expected, decimals=1)
    words = f"ALARM: {alarm.reason}" if alarm.is_alarm else alarm.reason
    return _row(dutch.date(alarm.day), dutch.number(alarm.count), dutch.number(total), expected, usual, words)


def _row(*cells: str) -> str:
    widths = (22, 8, 8, 9, 11)
    return (
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=False))
        )
        + f"  {cells[-1]}".rstrip()
    )


def _told_periods(figures: "VolumeFigures", *, first: date, last: date) -> Iterable[str]:
    for period in figures.periods:
        if period.first <= last and period.last >= first:
            yield f"Verhoogde periode: {dutch.period(period.first, period.last)}."
    for gone in figures.gone:
        if gone.first <= last and (gone.last is None or gone.last >= first):
            yield f"Bron weg: {gone.source}, {dutch.period(gone.first, gone.last)}."
