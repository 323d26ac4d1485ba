"""`regietafel monitor label exporteer` and `importeer`: labels of a stored monitor, out and in."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regietafel.kernel.dutch import counted
from regietafel.kit.commands import DONE, INPUT_ERRORS, CommandError, add_json, say, write_whole
from regietafel.monitor.cli.arguments import error_lines

if TYPE_CHECKING:
    from regietafel.monitor.adapters.label_files import LabelFile
    from regietafel.monitor.models import Monitor
    from regietafel.register.public import User

LAYOUTS = (".csv", ".xlsx", ".jsonl")
PURPOSES = ("training", "steekproef")
NOTHING = {"nieuw": 0, "gewijzigd": 0, "ongewijzigd": 0, "nieuwer_bewaard": 0}
Errors = list[dict[str, Any]]


def add_tasks(tasks: Any) -> None:
    """Add both tasks."""
    export = tasks.add_parser("exporteer", help="schrijf de labels van een monitor naar een bestand")
    _add_monitor(export)
    export.add_argument(
        "--uit", type=_target, required=True, metavar="BESTAND", help="X.csv, X.xlsx of X.jsonl"
    )
    export.add_argument("--soort", choices=PURPOSES, default="", help="alleen labels van deze soort")
    export.add_argument("--door", default="", metavar="E-MAIL", help="alleen labels van deze collega")
    take_in = tasks.add_parser("importeer", help="lees labels van één collega in bij een monitor")
    take_in.add_argument("bestand", metavar="BESTAND", help="CSV, XLSX of JSONL: id, labels, door, op, soort")
    _add_monitor(take_in)
    take_in.add_argument(
        "--door", required=True, metavar="E-MAIL", help="account van de collega die de labels gaf"
    )
    for task, run in ((export, export_to_file), (take_in, import_from_file)):
        add_json(task)
        task.set_defaults(run=run)


def _add_monitor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--monitor", type=int, required=True, metavar="NR", help="nummer van een monitor")


def _target(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in LAYOUTS:
        raise argparse.ArgumentTypeError(f"“{text}” eindigt niet op .csv, .xlsx of .jsonl")
    return path


def export_to_file(options: argparse.Namespace) -> int:
    """Write the labels; ids, codes and roles, never a text or a name."""
    from regietafel.monitor.selectors.labelled import labellings_of
    from regietafel.monitor.services.label_files import export_labels

    monitor = _monitor(options.monitor)
    owner = _person(options.door) if options.door else None
    made = export_labels(
        monitor=monitor, layout=options.uit.suffix.lower()[1:], by=None, purpose=options.soort, owner=owner
    )
    write_whole(options.uit, made)
    count = labellings_of(monitor, purpose=options.soort, owner=owner).count()
    result = {"bestand": str(options.uit), "monitor": monitor.pk, "labels": count}
    say(result, as_json=options.json, text=f"{counted(count, one='label', many='labels')}: {options.uit}")
    return DONE


def import_from_file(options: argparse.Namespace) -> int:
    """Take in all labels of a file, or none when a row is wrong."""
    monitor, owner = _monitor(options.monitor), _person(options.door)
    read = _read(options.bestand, monitor, owner=owner)
    errors: Errors = [
        {"bestand": options.bestand, "rij": one.row, "kolom": one.column, "melding": one.message}
        for one in read.errors
    ]
    errors = sorted(errors + _faults(monitor, read, owner=owner, name=options.bestand), key=_place)
    told = dict(NOTHING) if errors else _taken_in(monitor, read, owner=owner)
    result = {"monitor": monitor.pk, "gelezen": len(read.labels), **told, "fouten": errors}
    say(result, as_json=options.json, text="\n".join(_told(result)))
    return INPUT_ERRORS if errors else DONE


def _faults(monitor: "Monitor", read: "LabelFile", *, owner: "User", name: str) -> Errors:
    from regietafel.monitor.services.label_files import faults_in_labels

    return [
        {"bestand": name, "rij": read.rows[one.place], "kolom": one.column, "melding": one.message}
        for one in faults_in_labels(monitor=monitor, labels=read.labels, owner=owner)
    ]


def _place(error: dict[str, Any]) -> int:
    return error["rij"] or 0


def _taken_in(monitor: "Monitor", read: "LabelFile", *, owner: "User") -> dict[str, int]:
    from regietafel.kit.refusal import Refused
    from regietafel.monitor.services.label_files import import_labels

    try:
        return import_labels(monitor=monitor, labels=read.labels, owner=owner, by=None)
    except Refused as refusal:
        raise CommandError(str(refusal)) from refusal


def _read(name: str, monitor: "Monitor", *, owner: "User") -> "LabelFile":
    from regietafel.monitor.adapters.label_files import read_label_file
    from regietafel.monitor.adapters.label_scheme import role_codes
    from regietafel.monitor.adapters.readers import FileRejected
    from regietafel.monitor.selectors.labelled import role_codes_of
    from regietafel.monitor.selectors.labelling import scheme_of

    organisation = monitor.dossier.organisation
    roles = role_codes() | role_codes_of(organisation, owner)
    try:
        return read_label_file(Path(name), name=Path(name).name, scheme=scheme_of(organisation), roles=roles)
    except FileRejected as refusal:
        raise CommandError(f"{name}: {refusal.message}") from refusal
    except OSError as error:
        raise CommandError(f"{name}: dit bestand is er niet of mag niet worden gelezen.") from error


def _monitor(number: int) -> "Monitor":
    from regietafel.monitor.selectors.monitors import monitor_numbered

    found = monitor_numbered(number)
    if found is None:
        raise CommandError(f"Er is geen monitor {number}. Het nummer staat in het adres van de monitor.")
    return found


def _person(email: str) -> "User":
    from regietafel.register.public import person_by_email

    found = person_by_email(email)
    if found is None or not found.is_active:
        raise CommandError(f"Er is geen account met het e-mailadres {email}. Controleer --door.")
    return found


def _told(result: dict[str, Any]) -> list[str]:
    if result["fouten"]:
        begin = "Niets ingelezen. Herstel deze rijen en lees het bestand opnieuw in:"
        return [begin, *error_lines(result["fouten"])]
    lines = [
        f"{counted(result['nieuw'], one='label', many='labels')} nieuw, {result['gewijzigd']} gewijzigd, "
        f"{result['ongewijzigd']} stond er al."
    ]
    if result["nieuwer_bewaard"]:
        lines.append(
            f"{result['nieuwer_bewaard']} niet overgenomen: op het scherm is later iets anders gezegd."
        )
    return lines
