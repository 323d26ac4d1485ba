"""`regietafel opvang vooruitblik`: will there be enough places, and if not, from when and how many."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regietafel.kernel import dutch
from regietafel.kit.commands import DONE, CommandError, WrongUsage, add_json, say
from regietafel.reception.cli.days import day_argument

if TYPE_CHECKING:
    from regietafel.reception.adapters.ledger_files import BlockFile, BookingFile
    from regietafel.reception.engine.forecast import Backtest, Forecast, Known, Line, Scenario, Shortage

_MOST_DAYS = 731
_MOST_ERRORS_TOLD = 50
_MOST_SEED = 2**32 - 1


@dataclass(frozen=True)
class Made:
    """What was made of the files; ``remarks`` are those on the file of bookings itself."""

    remarks: tuple[str, ...]
    known: "Known"
    scenario: "Scenario"
    forecast: "Forecast"
    backtest: "Backtest"


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser("vooruitblik", help="of er de komende weken genoeg plaatsen zijn, met kansen")
    parser.add_argument(
        "--boekingen", required=True, metavar="BESTAND", help="reserveringen, plaatsingen en vertrek per dag"
    )
    parser.add_argument("--blokken", required=True, metavar="BESTAND", help="plaatsen met begin en einde")
    parser.add_argument("--dagen", type=_days, default=56, metavar="AANTAL", help="hoe ver vooruit (56)")
    parser.add_argument(
        "--scenario", choices=("laag", "midden", "hoog"), help="instroom (midden); niet met --instroom"
    )
    parser.add_argument("--instroom", type=_inflow, metavar="PER_DAG", help="eigen scenario: mensen per dag")
    parser.add_argument("--vanaf", type=day_argument, metavar="DAG", help="eerste dag van de vooruitblik")
    parser.add_argument("--drempel", type=_chance, default=0.5, metavar="KANS",
                        help="kans waarbij een dag een tekort heet (0.5)")  # fmt: skip
    parser.add_argument("--terugkeer", type=_share, default=1.0, metavar="DEEL",
                        help="deel van wie een gastgezin verlaat en terugkomt in de opvang (1)")  # fmt: skip
    parser.add_argument("--met-particulier", action="store_true", help="tel gastgezinnen mee in beide kanten")
    parser.add_argument("--zaad", type=_seed, default=1, metavar="N", help="zelfde zaad, zelfde uitkomst (1)")
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def _whole(text: str, *, least: int, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 12 and least <= int(text) <= most):
        raise argparse.ArgumentTypeError(f"“{text[:40]}” is geen heel getal van {least} tot en met {most}")
    return int(text)


def _days(text: str) -> int:
    return _whole(text, least=1, most=_MOST_DAYS)


def _seed(text: str) -> int:
    return _whole(text, least=0, most=_MOST_SEED)


def _number(text: str, *, low: float, high: float, what: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = -1.0
    if not low <= number <= high:
        raise argparse.ArgumentTypeError(f"“{text[:40]}” is geen {what}")
    return number


def _inflow(text: str) -> float:
    return _number(text, low=0, high=100_000, what="aantal mensen per dag van 0 tot en met 100.000, zoals 12")


def _chance(text: str) -> float:
    return _number(text, low=0.01, high=0.99, what="kans tussen 0.01 en 0.99, zoals 0.5")


def _share(text: str) -> float:
    return _number(text, low=0, high=1, what="deel tussen 0 en 1, zoals 0.6")


def run(options: argparse.Namespace) -> int:
    """Read both files, look ahead and tell."""
    if options.scenario and options.instroom is not None:
        raise WrongUsage(
            "Met --instroom maakt u een eigen scenario; laag, midden en hoog horen bij de gewone "
            "instroom. Kies --scenario of --instroom."
        )
    made = _made(*_read(options), options=options)
    say(_result(made), as_json=options.json, text="\n".join(_told(made)))
    return DONE


def _read(options: argparse.Namespace) -> tuple["BookingFile", "BlockFile"]:
    from regietafel.reception.adapters.ledger_files import read_blocks, read_bookings

    blocks = read_blocks(Path(options.blokken))
    bookings = read_bookings(Path(options.boekingen), blocks=blocks)
    errors = [
        {"bestand": name, "rij": error.row, "kolom": error.column, "melding": error.message}
        for name, read in ((options.boekingen, bookings), (options.blokken, blocks))
        for error in read.errors
    ]
    if errors:
        raise CommandError("\n".join(_error_lines(errors)), errors)
    return bookings, blocks


def _error_lines(errors: Sequence[dict[str, Any]]) -> Iterator[str]:
    for error in errors[:_MOST_ERRORS_TOLD]:
        row = f", rij {error['rij']}" if error["rij"] else ""
        column = f", kolom {error['kolom']}" if error["kolom"] else ""
        yield f"{error['bestand']}{row}{column}: {error['melding']}"
    if (more := len(errors) - _MOST_ERRORS_TOLD) > 0:
        yield f"En nog {dutch.number(more)} fouten; met --json krijgt u ze alle."


def _made(bookings: "BookingFile", blocks: "BlockFile", *, options: argparse.Namespace) -> Made:
    from regietafel.reception.engine.forecast import (
        NoHistory,
        Setting,
        backtest,
        forecast,
        known_on,
        supply_of,
    )

    start = options.vanaf or _first_day(bookings.lines, options)
    known = known_on(
        bookings.lines,
        start=start,
        with_private=options.met_particulier,
        returning=options.terugkeer,
        told_until=_told_until(bookings.lines, start, options=options),
    )
    scenario = _scenario(options)
    setting = Setting(
        days=options.dagen,
        seed=options.zaad,
        scenario=scenario,
        arriving=known.arriving,
        leaving=known.leaving,
        hosting=known.hosting,
        threshold=options.drempel,
        unseen_days=known.unseen_days,
    )
    supply = supply_of(blocks.blocks, private=None if options.met_particulier else False)
    try:
        made = forecast(known.history, supply, setting=setting)
    except NoHistory as error:
        raise CommandError(
            f"{options.boekingen}: er is geen dag voor het begin waarvan de instroom bekend is. Geef meer "
            "regels, een latere dag bij --vanaf, of uw eigen schatting bij --instroom."
        ) from error
    return Made(bookings.remarks, known, scenario, made, backtest(known.history, seed=options.zaad))


def _first_day(lines: Sequence["Line"], options: argparse.Namespace) -> date:
    """Begin on the day after the last thing that happened."""
    from regietafel.reception.engine.forecast import LineKind

    past = [line.day for line in lines if line.kind is not LineKind.RESERVATION]
    if not past:
        raise CommandError(
            f"{options.boekingen}: hier staat nog geen plaatsing of vertrek in. "
            "Noem de eerste dag bij --vanaf."
        )
    return max(past) + timedelta(days=1)


def _told_until(lines: Sequence["Line"], start: date, *, options: argparse.Namespace) -> date | None:
    """Give the last day that the file tells of; one too long before the first day is refused."""
    from regietafel.reception.engine.forecast import MOST_UNSEEN_DAYS, last_told

    last = last_told(lines, start=start)
    unseen = 0 if last is None else (start - last).days - 1
    if last is not None and unseen > MOST_UNSEEN_DAYS:
        raise CommandError(
            f"{options.boekingen}: het bestand stopt op {dutch.date(last)}, {dutch.number(unseen)} dagen "
            f"voor --vanaf. Wat daarna gebeurde is onbekend, en over meer dan {MOST_UNSEEN_DAYS} dagen "
            "schatten wij dat niet. Vul het bestand aan of noem een eerdere dag bij --vanaf. Kwam er "
            "sindsdien niemand, zet dan een plaatsing met aantal 0 op de laatste dag die u bijhield."
        )
    return last


def _scenario(options: argparse.Namespace) -> "Scenario":
    from regietafel.reception.engine.forecast import Scenario, scenario_named

    if options.instroom is None:
        return scenario_named(options.scenario or "midden")
    return Scenario(name="eigen", level_per_day=options.instroom)


def _result(made: Made) -> dict[str, Any]:
    found, history = made.forecast, made.known.history
    return {
        "dagen": [
            {
                "dag": each.day.isoformat(),
                "verwacht": round(each.expected, 1),
                "p10": each.p10,
                "p25": each.p25,
                "p50": each.p50,
                "p75": each.p75,
                "p90": each.p90,
                "plaatsen": round(each.places, 1),
                "plaatsen_zeker": each.certain_places,
                "kans_tekort": round(each.shortage_probability, 4),
            }
            for each in found.days
        ],
        "eerste_tekort": found.shortage and _shortage(found.shortage),
        "uitgangspunt": {
            "geschiedenis_van": history.first.isoformat(),
            "geschiedenis_tot_en_met": history.last.isoformat(),
            "bekende_dagen": found.history_days,
            "aanwezig": history.present[-1],
            "instroom_per_dag": round(found.arrivals_per_day, 2),
            "scenario": made.scenario.name,
            "factor": made.scenario.factor,
            "eigen_instroom_per_dag": made.scenario.level_per_day,
            "verwachte_komst": sum(each.people for each in made.known.arriving),
            "particulier": made.known.hosting.people,
        },
        "eigen_geschiedenis": [
            {
                "dagen_vooruit": row.horizon_days,
                "keer": row.forecasts,
                "binnen": row.covered,
                "onder": row.below,
                "boven": row.above,
                "breedte": round(row.mean_width, 1),
            }
            for row in made.backtest.rows
        ],
        "opmerkingen": _remarks(made),
    }


def _remarks(made: Made) -> list[str]:
    return [*made.remarks, *made.known.remarks, *made.forecast.remarks, *made.backtest.remarks]


def _shortage(found: "Shortage") -> dict[str, Any]:
    return {
        "dag": found.first_on.isoformat(),
        "kans": round(found.probability, 4),
        "drempel": found.threshold,
        "tekort_p50": found.short_p50,
        "tekort_p90": found.short_p90,
        "grootste_dag": found.worst_on.isoformat(),
        "grootste_p50": found.worst_p50,
        "grootste_p90": found.worst_p90,
        "vroegst": found.early_on.isoformat(),
        "oplossing": [
            {
                "plaatsen": each.places,
                "vanaf": each.from_on.isoformat(),
                "kans_daarna": each.probability,
                "per_week": [
                    {"vanaf": week.from_on.isoformat(), "plaatsen": week.places} for week in each.weeks
                ],
            }
            for each in found.remedies
        ],
    }


def _told(made: Made) -> Iterator[str]:
    found, history = made.forecast, made.known.history
    yield (
        f"Vooruitblik over {dutch.counted(len(found.days), one='dag', many='dagen')}, scenario "
        f"{_scenario_told(made.scenario)}. Aanwezig op {dutch.date(history.last)}: "
        f"{dutch.number(history.present[-1])}."
    )
    yield _row("dag", "verwacht", "10 %", "50 %", "90 %", "plaatsen", "kans op tekort")
    yield from (
        _row(
            dutch.date(each.day),
            dutch.number(each.expected, decimals=0),
            dutch.number(each.p10),
            dutch.number(each.p50),
            dutch.number(each.p90),
            dutch.number(each.places, decimals=0),
            dutch.share(each.shortage_probability),
        )
        for each in found.days
    )
    yield from _told_shortage(found.shortage)
    yield from _told_backtest(made.backtest)
    yield from (f"Let op: {remark}" for remark in _remarks(made))


def _scenario_told(scenario: "Scenario") -> str:
    if scenario.level_per_day is None:
        return scenario.name
    whole = scenario.level_per_day.is_integer()
    return (
        f"{scenario.name} ({dutch.number(scenario.level_per_day, decimals=0 if whole else 2)} mensen per dag)"
    )


def _told_shortage(found: "Shortage | None") -> Iterator[str]:
    if found is None:
        yield "Er is geen dag waarop een tekort zo waarschijnlijk is als de drempel."
        return
    yield (
        f"Eerste tekort: {dutch.date(found.first_on)} (kans {dutch.share(found.probability)}), dan "
        f"{dutch.number(found.short_p50)} plaatsen te weinig, of {dutch.number(found.short_p90)} als het "
        "tegenzit."
    )
    yield (
        f"Het grootst op {dutch.date(found.worst_on)}: {dutch.number(found.worst_p50)} te weinig, of "
        f"{dutch.number(found.worst_p90)} als het tegenzit."
    )
    for each in found.remedies:
        yield (
            f"Met {dutch.number(each.places)} plaatsen meer vanaf {dutch.date(each.from_on)} blijft de kans "
            f"op elke dag onder {dutch.share(each.probability)}; de eerste week vraagt er "
            f"{dutch.number(each.weeks[0].places)}."
        )


def _told_backtest(found: "Backtest") -> Iterator[str]:
    for row in found.rows:
        if row.forecasts:
            yield (
                f"Achteraf, {row.horizon_days} dagen vooruit: {row.covered} van de {row.forecasts} keer "
                "binnen 10–90 %; dat hoort vier op de vijf te zijn."
            )


def _row(*cells: str) -> str:
    widths = (22, 9, 7, 7, 7, 9, 15)
    return "  ".join(
        cell.ljust(width) if place == 0 else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ).rstrip()
