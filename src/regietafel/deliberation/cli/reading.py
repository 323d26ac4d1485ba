"""`regietafel overleg lees`: read existing minutes and show what was understood, without a database."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regietafel.kernel import dutch
from regietafel.kit.commands import DONE, INPUT_ERRORS, CommandError, add_json, day_argument, say

if TYPE_CHECKING:
    from regietafel.deliberation.engine.minutes import MinutesRead, ReadEntry, ReadItem

KINDS = {"B": ("besluit", "besluiten"), "K": ("knelpunt", "knelpunten"), "A": ("actie", "acties")}
_YEARS = range(1900, 2101)


@dataclass(frozen=True)
class Read:
    """A file and what was found in it."""

    name: str
    minutes: "MinutesRead"
    missing: tuple[str, ...]


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser(
        "lees", help="bestaande verslagen lezen: besluiten, knelpunten, acties en presentie"
    )
    parser.add_argument(
        "bestanden", nargs="+", metavar="BESTAND", help="verslag: tekst, DOCX, PDF of Notubiz-JSON"
    )
    parser.add_argument("--jaar", type=_year, metavar="JAAR", help="jaar van datums zonder jaar, zoals 2022")
    parser.add_argument(
        "--datum", type=day_argument, metavar="DAG", help="dag van het overleg, zoals 2022-04-07"
    )
    parser.add_argument(
        "--leden", default="", metavar="NAAM,…", help="wie erbij hoort; wij zeggen wie niet is genoemd"
    )
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def _year(text: str) -> int:
    if not text.isdecimal() or len(text) != 4 or int(text) not in _YEARS:
        raise argparse.ArgumentTypeError(f"“{text}” is geen jaar zoals 2022")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Read every file; one that is refused does not stop the others."""
    read: list[Read] = []
    errors: list[dict[str, Any]] = []
    for name in options.bestanden:
        try:
            read.append(_read(name, options))
        except CommandError as error:
            errors.append({"bestand": name, "melding": str(error)})
    if not read:
        told = "\n".join(f"{error['bestand']}: {error['melding']}" for error in errors)
        raise CommandError(told, errors)
    say(_result(read) | {"fouten": errors}, as_json=options.json, text="\n".join(_told(read, errors)))
    return INPUT_ERRORS if errors else DONE


def _read(name: str, options: argparse.Namespace) -> Read:
    from regietafel.deliberation.adapters.minutes import MinutesRefused, lines_of_file
    from regietafel.deliberation.adapters.names import area_names
    from regietafel.deliberation.engine.minutes import missing, read_minutes

    members = [member.strip() for member in options.leden.split(",") if member.strip()]
    try:
        lines = lines_of_file(Path(name))
    except MinutesRefused as refusal:
        raise CommandError(str(refusal)) from refusal
    except FileNotFoundError as error:
        raise CommandError("Dit bestand is er niet. Controleer de naam en de map.") from error
    except IsADirectoryError as error:
        raise CommandError("Dit is een map. Noem de bestanden erin.") from error
    except PermissionError as error:
        raise CommandError("Dit bestand mag niet worden gelezen. Controleer de rechten.") from error
    minutes = read_minutes(lines, known=(*area_names(), *members), on=options.datum, year=options.jaar)
    return Read(Path(name).name, minutes, missing(members, minutes.attendance))


def _result(read: list[Read]) -> dict[str, Any]:
    entries = [entry for each in read for entry in each.minutes.entries]
    counts = {many: sum(entry.kind == kind for entry in entries) for kind, (_one, many) in KINDS.items()}
    return counts | {
        "items": [_entry(entry, each) for each in read for entry in each.minutes.entries],
        "presentie": [
            {
                "bestand": each.name,
                "organisatie": one.name or None,
                "status": one.status,
                "persoon_genoemd": bool(one.person),
                "regel": one.lines[0],
            }
            for each in read
            for one in each.minutes.attendance
        ],
        "niet_genoemd": [name for each in read for name in each.missing],
        "niet_herkend": [
            {"bestand": each.name, "regel": line.number, "tekst": line.text, "reden": line.reason}
            for each in read
            for line in each.minutes.unassigned
        ],
        "agenda": [_item(item, each) for each in read for item in each.minutes.items],
        "overleg": [
            {
                "bestand": each.name,
                "titel": each.minutes.title or None,
                "datum": _iso(each.minutes.held_on),
                "koppen": [heading.text for heading in each.minutes.headings],
            }
            for each in read
        ],
    }


def _entry(entry: "ReadEntry", read: Read) -> dict[str, Any]:
    owner, due, condition = entry.owner, entry.due, entry.condition
    return {
        "bestand": read.name,
        "nr": entry.number,
        "soort": entry.kind,
        "tekst": entry.text,
        "toelichting": entry.explanation,
        "eigenaar": owner.name if owner else None,
        "eigenaar_is_persoon": owner.is_person if owner else None,
        "eigenaar_is_kanaal": owner.is_channel if owner else None,
        "termijn": _iso(due.day) if due else None,
        "termijn_geschreven": due.written if due else None,
        "termijn_telt_mee": due.is_inclusive if due and due.day else None,
        "termijn_laatste_dag": _iso(due.last_day) if due else None,
        "termijn_onbekend_omdat": (due.reason or None) if due else None,
        "terugkoppeling_via": entry.via or None,
        "voorwaarde": condition.written if condition else None,
        "voorwaarde_beeindigt": condition.ends if condition else None,
        "dagen": [{"geschreven": day.written, "dag": _iso(day.day)} for day in entry.days],
        "kenmerk": entry.label,
        "regels": [entry.first_line, entry.last_line],
        "zekerheid": entry.certainty,
        "reden": entry.reason,
    }


def _item(item: "ReadItem", read: Read) -> dict[str, Any]:
    return {
        "bestand": read.name,
        "nr": item.number,
        "onderwerp": item.title,
        "kop": item.section,
        "notities": item.notes,
        "toelichting": item.explanation,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _told(read: list[Read], errors: list[dict[str, Any]]) -> Iterator[str]:
    for each in read:
        yield from _told_file(each)
        yield ""
    if errors:
        yield "Niet gelezen:"
        yield from (f"  {error['bestand']}: {error['melding']}" for error in errors)


def _told_file(read: Read) -> Iterator[str]:
    minutes = read.minutes
    counts = [
        dutch.counted(len(minutes.of_kind(kind)), one=one, many=many)  # type: ignore[arg-type]
        for kind, (one, many) in KINDS.items()
    ]
    on = f", {dutch.date(minutes.held_on)}" if minutes.held_on else ""
    yield f"{read.name}{on}: {', '.join(counts)}."
    for place, item in enumerate(minutes.items):
        if item.section and item.section != item.title:
            yield f"[{item.section}]"
        yield f"{item.number or '–'}  {item.title or '(zonder onderwerp)'}"
        for said, what in ((item.notes, "Besproken"), (item.explanation, "Toelichting")):
            if said:
                yield f"    {what}: {said}".replace("\n", "\n       ")
        yield from (line for entry in minutes.entries if entry.item == place for line in _told_entry(entry))
    yield from (line for entry in minutes.entries if entry.item is None for line in _told_entry(entry))
    yield from _told_attendance(read)
    if minutes.unassigned:
        yield "Niet herkend:"
        yield from (f"  regel {line.number}: {line.text} ({line.reason})" for line in minutes.unassigned)


def _told_entry(entry: "ReadEntry") -> Iterator[str]:
    label = f" {entry.label}" if entry.label else ""
    yield f"    {entry.kind}{label}: {entry.text}".replace("\n", "\n       ")
    if entry.explanation:
        yield f"       Toelichting: {entry.explanation}".replace("\n", "\n       ")
    if entry.owner:
        via = "Via" if entry.owner.is_channel else "Eigenaar"
        yield f"       {via}: {entry.owner.name}{' (een persoon)' if entry.owner.is_person else ''}"
    if entry.due:
        last = (
            f", laatste dag {dutch.date(entry.due.last_day)}" if entry.due.day else f" ({entry.due.reason})"
        )
        yield f"       Termijn: {entry.due.written}{last}"
    if entry.condition:
        yield f"       Voorwaarde: {entry.condition.written}"
    if entry.via:
        yield f"       Terugkoppeling via: {entry.via}"
    if entry.reason:
        yield f"       Let op: {entry.reason}."


def _told_attendance(read: Read) -> Iterator[str]:
    if read.minutes.attendance:
        yield "Presentie:"
        for one in read.minutes.attendance:
            yield f"  {one.name or '(alleen een persoon genoemd)'}: {one.status}"
    if read.missing:
        yield f"Niet genoemd: {', '.join(read.missing)}."
