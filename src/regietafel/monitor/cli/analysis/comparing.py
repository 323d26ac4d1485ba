"""`regietafel monitor vergelijk`: one period against another, or before and after a moment."""

import argparse
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from regietafel.kernel import dutch
from regietafel.kit.commands import DONE, INPUT_ERRORS, CommandError, WrongUsage, add_json, say
from regietafel.monitor.cli.analysis.given import Given, add_given, read_given, span
from regietafel.monitor.cli.arguments import error_lines

if TYPE_CHECKING:
    from regietafel.monitor.engine.volume import Difference, Phase, Phases, Span

SEED = 1


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser("vergelijk", help="een periode met een eerdere, of voor en na een moment")
    add_given(parser)
    parser.add_argument(
        "--periode", type=span, metavar="VAN..TOT", help="de periode, zoals 2022-04-01..2022-04-07"
    )
    parser.add_argument("--met", type=span, metavar="VAN..TOT", help="de periode om mee te vergelijken")
    parser.add_argument(
        "--moment", type=span, metavar="DAG", help="voor, tijdens en na deze dag (of VAN..TOT)"
    )
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def run(options: argparse.Namespace) -> int:
    """Compare and tell."""
    if bool(options.periode) != bool(options.met) or not (options.periode or options.moment):
        raise WrongUsage("Geef --periode en --met samen, of --moment, of alle drie.")
    given = read_given(options)
    counts = given.per_day()
    if not counts:
        raise CommandError(f"{options.bestand}: hier staat geen dag in om te vergelijken.", given.errors)
    differences = _differences(given, counts, options=options) if options.periode else []
    phases = _phases(counts, options) if options.moment else None
    against = _against(options.met) if options.met else ""
    result = {
        "verschillen": [_difference(found, against) for found in differences],
        "fasen": [_phase(each) for each in _each(phases)],
        "sinds_voor": [_difference(found, _BEFORE) for found in _since(phases)],
        "fouten": given.errors,
    }
    text = "\n".join(_lines(differences, phases, against=against, given=given))
    say(result, as_json=options.json, text=text)
    return INPUT_ERRORS if given.errors else DONE


_BEFORE = "de tijd ervoor"


def _against(met: "Span") -> str:
    return dutch.period(met.first, met.last)


def _differences(given: Given, counts: dict[date, int], *, options: argparse.Namespace) -> list["Difference"]:
    from regietafel.monitor.engine.volume import compare_interactions, compare_sentiment, compare_volume

    now, before = options.periode, options.met
    try:
        found = [compare_volume(counts, now=now, before=before)]
    except ValueError as error:
        raise CommandError(
            "De perioden van --periode en --met overlappen. Kies er twee die los staan."
        ) from error
    if given.messages:
        interactions = given.messages.interactions(now), given.messages.interactions(before)
        if any(interactions):
            found.append(compare_interactions(*interactions, seed=SEED))
        tones = given.messages.tones(now), given.messages.tones(before)
        if any(tones):
            found.append(compare_sentiment(*tones, seed=SEED))
    return found


def _phases(counts: dict[date, int], options: argparse.Namespace) -> "Phases":
    from regietafel.monitor.engine.volume import Span, compare_phases

    spans = [each for each in (options.periode, options.met) if each]
    around = Span(
        min((each.first for each in spans), default=min(counts)),
        max((each.last for each in spans), default=max(counts)),
    )
    try:
        return compare_phases(counts, moment=options.moment, around=around)
    except ValueError as error:
        when = dutch.period(around.first, around.last)
        raise CommandError(
            f"Het moment ligt niet binnen {when}, met een dag ervoor en een dag erna."
        ) from error


def _each(phases: "Phases | None") -> tuple["Phase", ...]:
    return (phases.before, phases.during, phases.after) if phases else ()


def _since(phases: "Phases | None") -> tuple["Difference", ...]:
    return (phases.during_against_before, phases.after_against_before) if phases else ()


def _difference(found: "Difference", against: str) -> dict[str, Any]:
    return {
        "wat": found.kind,
        "nu": _rounded(found.now),
        "eerder": _rounded(found.before),
        "verandering": _rounded(found.change),
        "laag": _rounded(found.low),
        "hoog": _rounded(found.high),
        "oordeel": found.verdict,
        "richting": found.direction or None,
        "vergelijkbaar": found.is_similar,
        "toon": found.tone or None,
        "zin": found.sentence(against),
    }


def _phase(phase: "Phase") -> dict[str, Any]:
    return {
        "fase": phase.name,
        "van": phase.span.first.isoformat(),
        "tot": phase.span.last.isoformat(),
        "bekende_dagen": phase.known_days,
        "per_dag": _rounded(phase.mean),
        "laag": _rounded(phase.low),
        "hoog": _rounded(phase.high),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _lines(
    differences: list["Difference"], phases: "Phases | None", *, against: str, given: Given
) -> Iterator[str]:
    yield from (found.sentence(against) for found in differences)
    for phase in _each(phases):
        days = dutch.counted(phase.known_days, one="bekende dag", many="bekende dagen")
        when = dutch.period(phase.span.first, phase.span.last)
        per_day = dutch.interval(phase.mean, low=phase.low, high=phase.high)
        told = f"{per_day} per dag" if phase.low is not None else f"{per_day} per dag; te kort om te zeggen"
        yield f"{phase.name.capitalize()} ({when}, {days}): {told}"
    for name, found in zip(("Tijdens", "Na"), _since(phases), strict=False):
        yield f"{name}: {found.sentence(_BEFORE)}"
    if given.errors:
        yield from ("Niet gelezen:", *error_lines(given.errors))
