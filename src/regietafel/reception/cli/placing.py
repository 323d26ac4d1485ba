"""`regietafel opvang voorstel`: propose a place for groups, from files, with the reason of every line."""

import argparse
import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regietafel.kernel.dutch import counted, number
from regietafel.kit.commands import DONE, CommandError, WrongUsage, add_json, say
from regietafel.reception.cli.kilometres import Kilometres, read_kilometres, shipped_kilometres
from regietafel.reception.cli.silence import quiet

if TYPE_CHECKING:
    from regietafel.reception.engine.placing import (
        Effort,
        Enlargement,
        Group,
        Later,
        Line,
        Placeless,
        PlacingTask,
        Price,
        Proposal,
        Verdict,
        Weighed,
    )

SECONDS, MOST_SECONDS, MOST_PEOPLE = 30.0, 3_600.0, 1_000_000
_EXTRA_SECONDS, _EXTRA_PART = 4.0, 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """Everything there is to tell."""

    task: "PlacingTask"
    km: Kilometres
    proposal: "Proposal"
    lines: "tuple[Line, ...]"
    placeless: "tuple[Placeless, ...]"
    enlargement: "Enlargement | None"
    price: "Price | None"
    verdicts: "tuple[Verdict, ...]"
    later: "Later | None"


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser(
        "voorstel", help="een plek voorstellen voor groepen, met de reden van elke regel"
    )
    parser.add_argument("--groepen", required=True, metavar="BESTAND", help="CSV of XLSX met groepen")
    parser.add_argument(
        "--locaties", required=True, metavar="BESTAND", help="CSV of XLSX met locaties en vrije plaatsen"
    )
    parser.add_argument(
        "--afstanden",
        metavar="BESTAND",
        help="CSV of XLSX met kilometers tussen gemeenten (meegeleverd: hemelsbreed tussen hoofdplaatsen, "
        "maal 1,3, als alle gemeenten bekend zijn); geen: alleen in of buiten de gemeente telt",
    )
    parser.add_argument(
        "--seconden", type=seconds, default=SECONDS, metavar="N", help="hoe lang rekenen hoogstens mag (30)"
    )
    parser.add_argument(
        "--variant",
        choices=("regulier", "maatwerk"),
        default="maatwerk",
        help="regulier: banden en wie bij elkaar hoort, tellen niet mee (maatwerk)",
    )
    parser.add_argument("--zaad", type=seed, default=0, metavar="N", help="begingetal van het toeval (0)")
    parser.add_argument(
        "--zet", type=_line, metavar="GROEP=LOCATIE", help="wat het kost als u deze regel kiest"
    )
    parser.add_argument("--waarom", metavar="GROEP", help="per locatie welke regel deze groep tegenhoudt")
    parser.add_argument(
        "--straks", metavar="BESTAND", help="CSV of XLSX met eerdere groepen, om plek te houden voor later"
    )
    parser.add_argument(
        "--straks-personen", type=_people, metavar="N", help="hoeveel mensen er nog komen; moet bij --straks"
    )
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def seconds(text: str) -> float:
    """Read a number of seconds."""
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        found = math.nan
    if not 0 < found <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"“{text}” is geen aantal seconden boven 0 tot en met 3600")
    return found


def seed(text: str) -> int:
    """Read a seed."""
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise argparse.ArgumentTypeError(f"“{text}” is geen heel getal van 0 tot 999999999")
    return int(text)


def _people(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) > MOST_PEOPLE:
        raise argparse.ArgumentTypeError(f"“{text}” is geen aantal mensen van 0 tot {MOST_PEOPLE}")
    return int(text)


def _line(text: str) -> tuple[str, str]:
    group, sign, location = text.partition("=")
    if not (sign and group.strip() and location.strip()):
        raise argparse.ArgumentTypeError(f"“{text}” is niet van de vorm GROEP=LOCATIE")
    return group.strip(), location.strip()


def run(options: argparse.Namespace) -> int:
    """Read the files, propose, explain."""
    started = time.monotonic()
    from regietafel.reception.adapters.placing_files import FileRefused
    from regietafel.reception.engine.placing import UnknownDistance

    try:
        with quiet():
            made = _made(options, started)
    except FileRefused as refusal:
        raise CommandError(str(refusal), [each.as_dict() for each in refusal.mistakes]) from refusal
    except UnknownDistance as unknown:
        raise CommandError(
            f"De afstand van {unknown.one} naar {unknown.other} ontbreekt. Vul haar aan bij --afstanden."
        ) from unknown
    say(_result(made), as_json=options.json, text="\n".join(_told(made)))
    return DONE


def _made(options: argparse.Namespace, started: float) -> _Made:
    from regietafel.reception.engine.placing import (
        Effort,
        explain,
        smallest_enlargement,
    )

    later = _later(options)
    task, km = _task(options, later)
    _known(task, options)
    extra = min(_EXTRA_PART * options.seconden, _EXTRA_SECONDS)
    ends_at = started + options.seconden - extra
    effort = Effort(clock=time.monotonic, seconds=max(ends_at - time.monotonic(), 0.1), seed=options.zaad)
    weighed = _weighed(task, later, how=(options, effort))
    proposal = weighed.proposal
    lines, placeless = explain(task, proposal.places)
    left = Effort(clock=time.monotonic, seconds=max(started + options.seconden - time.monotonic(), 0.1))
    price = _price(task, proposal, how=(options, left))
    left = Effort(clock=time.monotonic, seconds=max(started + options.seconden - time.monotonic(), 0.1))
    return _Made(
        task=task,
        km=km,
        proposal=proposal,
        later=weighed.later,
        lines=lines,
        placeless=placeless,
        enlargement=smallest_enlargement(task, proposal.places, effort=left),
        price=price,
        verdicts=_verdicts(task, proposal, options=options),
    )


def _later(options: argparse.Namespace) -> "tuple[Group, ...]":
    from regietafel.reception.adapters.placing_files import read_groups

    if options.straks and options.straks_personen is None:
        raise WrongUsage("Bij --straks hoort hoeveel mensen er nog komen. Zet --straks-personen erbij.")
    if options.straks_personen is not None and not options.straks:
        raise WrongUsage(
            "Bij --straks-personen hoort een bestand met eerdere groepen, waaruit wij trekken wie er "
            "komt. Zet --straks erbij."
        )
    groups = read_groups(Path(options.straks), days=None) if options.straks else ()
    return groups if options.straks_personen else ()


def _task(options: argparse.Namespace, later: "tuple[Group, ...]") -> "tuple[PlacingTask, Kilometres]":
    from regietafel.reception.adapters.placing_files import FileRefused, read_groups, read_locations
    from regietafel.reception.engine.placing import Group, Location, PlacingTask, regular

    mistakes: list[Any] = []
    locations: tuple[Location, ...] = ()
    days: tuple[date, ...] | None = None
    groups: tuple[Group, ...] = ()
    given: Kilometres | None = None
    try:
        locations, days = read_locations(Path(options.locaties))
    except FileRefused as refusal:
        mistakes += refusal.mistakes
    try:
        groups = read_groups(Path(options.groepen), days=days)
    except FileRefused as refusal:
        mistakes += refusal.mistakes
    try:
        given = read_kilometres(options.afstanden)
    except FileRefused as refusal:
        mistakes += refusal.mistakes
    if mistakes:
        raise FileRefused(mistakes)
    if options.variant == "regulier":
        km = given or Kilometres(km={})
        return regular(PlacingTask(groups=groups, locations=locations, km=km.km)), km
    km = shipped_kilometres((*groups, *later), locations) if given is None else given
    return PlacingTask(groups=groups, locations=locations, km=km.km), km


def _known(task: "PlacingTask", options: argparse.Namespace) -> None:
    """Refuse codes on the command line that are not in the files."""
    groups = {each.code for each in task.groups}
    if options.waarom and options.waarom not in groups:
        raise CommandError(f"Bij --waarom: er is geen groep {options.waarom}.")
    if options.zet and options.zet[0] not in groups:
        raise CommandError(f"Bij --zet: er is geen groep {options.zet[0]}.")
    if options.zet and options.zet[1] not in {each.code for each in task.locations}:
        raise CommandError(f"Bij --zet: er is geen locatie {options.zet[1]}.")


def _weighed(
    task: "PlacingTask", later: "tuple[Group, ...]", *, how: "tuple[argparse.Namespace, Effort]"
) -> "Weighed":
    from regietafel.reception.engine.placing import Weighed, draw_futures, propose, propose_with_slack

    options, effort = how
    if not later:
        return Weighed(proposal=propose(task, effort), later=None)
    futures = draw_futures(later, people=options.straks_personen, seed=options.zaad)
    return propose_with_slack(task, futures, effort=effort)


def _price(
    task: "PlacingTask", proposal: "Proposal", *, how: tuple[argparse.Namespace, Any]
) -> "Price | None":
    from regietafel.reception.engine.placing import price_of

    options, effort = how
    if not options.zet:
        return None
    group, location = options.zet
    try:
        return price_of(task, proposal.places, group=group, location=location, effort=effort)
    except TimeoutError as error:
        raise CommandError(
            "De prijs van deze regel was niet op tijd bekend. Geef meer --seconden."
        ) from error


def _verdicts(
    task: "PlacingTask", proposal: "Proposal", *, options: argparse.Namespace
) -> "tuple[Verdict, ...]":
    from regietafel.reception.engine.placing import verdicts

    return verdicts(task, proposal.places, group=options.waarom) if options.waarom else ()


def _result(made: _Made) -> dict[str, Any]:
    proposal, score = made.proposal, made.proposal.score
    return {
        "geplaatst": score.placed,
        "niet_geplaatst": score.unplaced,
        "doelwaarde": proposal.points,
        "ondergrens": proposal.bound,
        "kloof_pct": proposal.gap_pct,
        "bewezen_optimaal": proposal.is_optimal,
        "groepen_geplaatst": len(made.lines),
        "doelen": {
            "personen_maal_urgentie": score.urgent,
            "gekoppeld_bij_elkaar": score.together,
            "gekoppeld": score.links,
            "personenkilometer": score.km if made.task.km else None,
            "afwijking_van_aandeel": score.unfair,
            "schaars_gebruikt": score.scarce,
        },
        "straks": made.later
        and {
            "verwacht": made.later.coming,
            "vindt_plek": made.later.placed,
            "zonder_speling": made.later.otherwise,
        },
        "afstanden": made.km.as_dict(),
        "regels": [
            {
                "groep": each.group,
                "locatie": each.location,
                "reden": each.reason,
                "geblokkeerd": dict(each.blocked),
            }
            for each in made.lines
        ],
        "niet_geplaatst_waarom": [
            {
                "groep": each.group,
                "personen": each.size,
                "reden": each.reason,
                "geblokkeerd": dict(each.blocked),
                "een_regel_in_de_weg": {rule: list(codes) for rule, codes in each.one_rule_away.items()},
            }
            for each in made.placeless
        ],
        "uitbreiding": _enlargement(made.enlargement),
        "anders": _other(made.price),
        "waarom": [
            {
                "locatie": each.location,
                "regels": [block.rule for block in each.blocked],
                "uitleg": [block.text for block in each.blocked],
            }
            for each in made.verdicts
        ],
    }


def _enlargement(found: "Enlargement | None") -> dict[str, Any] | None:
    if found is None:
        return None
    typed: Mapping[str, int] = {kind: count for kind, count in found.typed.items() if count}
    return {
        "locatie": found.location,
        "plaatsen": found.places,
        "waarvan": dict(typed),
        "mensen": found.people,
        "uitleg": found.text,
    }


def _other(price: "Price | None") -> dict[str, Any] | None:
    if price is None:
        return None
    return {
        "groep": price.group,
        "locatie": price.location,
        "kan": not price.blocked,
        "verhuizen_mee": list(price.moved),
        "verliezen_plek": list(price.lost),
        "extra_zonder_plek": price.unplaced,
        "gekoppeld_bij_elkaar_verschil": price.together,
        "personenkilometer_verschil": price.km,
        "afwijking_van_aandeel_verschil": price.unfair,
        "uitleg": price.text,
    }


def _later_told(later: "Later") -> str:
    coming, placed = number(later.coming, decimals=0), number(later.placed, decimals=1)
    told = f"Van {coming} mensen die later komen, vinden er naar schatting {placed} een plek"
    if later.placed <= later.otherwise:
        return f"{told}."
    return f"{told}, en {number(later.otherwise, decimals=1)} als alleen vandaag telt."


def _told(made: _Made) -> Iterator[str]:
    yield from _quality_told(made)
    for line in made.lines:
        yield f"{line.group} → {line.location}: {line.reason}"
    for each in made.placeless:
        yield f"{each.group} ({each.size}): {each.reason}"
    if made.enlargement:
        yield made.enlargement.text
    if made.price:
        yield f"{made.price.group} naar {made.price.location}: {made.price.text}"
    for verdict in made.verdicts:
        yield f"{verdict.location}: {', '.join(block.text for block in verdict.blocked) or 'kan'}"


def _quality_told(made: _Made) -> Iterator[str]:
    proposal, score = made.proposal, made.proposal.score
    people = counted(score.placed, one="persoon", many="mensen")
    yield f"{people} met een plek, {number(score.unplaced)} zonder."
    if proposal.is_optimal:
        yield "Bewezen: geen voorstel is beter."
    else:
        yield f"Een ander voorstel is hoogstens {number(proposal.gap_pct, decimals=3)} % beter."
    if score.links:
        yield f"{score.together} van {score.links} gekoppelde stellen in één gemeente."
    if made.later:
        yield _later_told(made.later)
    yield from made.km.told()
