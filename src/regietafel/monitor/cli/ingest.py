"""`regietafel inname`: take in files and feeds."""

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regietafel.kernel.dutch import counted, number
from regietafel.kit.commands import DONE, INPUT_ERRORS, CommandError, add_json, say
from regietafel.monitor.cli.arguments import add_reading, error_lines, file_error

if TYPE_CHECKING:
    from regietafel.monitor.models import Source
    from regietafel.monitor.services.ingest import Offer, Outcome
    from regietafel.register.public import Organisation

COUNTS = ("gelezen", "nieuw", "dubbel", "gewijzigd", "geweigerd")
MASKED = ("email", "telefoon", "iban")


def add_command(words: Any) -> None:
    """Add the word."""
    parser = words.add_parser("inname", help="berichten uit bestanden of feeds innemen")
    parser.add_argument("bestanden", nargs="+", metavar="BESTAND|URL", help="bestand of adres van een feed")
    parser.add_argument("--bron", default="", metavar="NAAM", help="naam van de bron (de bestandsnaam)")
    parser.add_argument("--organisatie", default="", metavar="CODE", help="voor welke organisatie")
    parser.add_argument("--droog", action="store_true", help="alleen laten zien wat er zou gebeuren")
    add_reading(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take in every file; one that is refused does not stop the others."""
    from regietafel.kit.refusal import Refused
    from regietafel.monitor.selectors.messages import totals_of
    from regietafel.monitor.services.owners import organisation_for_files

    try:
        organisation = organisation_for_files(options.organisatie)
    except Refused as refusal:
        raise CommandError(str(refusal)) from refusal
    counts: Counter[str] = Counter()
    masked: Counter[str] = Counter()
    errors: list[dict[str, Any]] = []
    for name in options.bestanden:
        outcome = _take_in(name, organisation, options=options, errors=errors)
        if outcome is not None:
            counts.update(outcome.counts)
            masked.update(outcome.masked)
            errors += outcome.errors
    result: dict[str, Any] = {name: counts[name] for name in COUNTS} | totals_of(organisation)
    result |= {"gemaskeerd": {name: masked[name] for name in (*MASKED, *masked)}, "fouten": errors}
    say(result, as_json=options.json, text=_told(result, organisation.name, dry_run=options.droog))
    return INPUT_ERRORS if errors else DONE


def _take_in(
    name: str, organisation: "Organisation", *, options: argparse.Namespace, errors: list[dict[str, Any]]
) -> "Outcome | None":
    from regietafel.kit.fetch import FetchRefused
    from regietafel.monitor.adapters.readers import FileRejected
    from regietafel.monitor.services.ingest import take_in

    try:
        return take_in(_offer(name, organisation, options=options), dry_run=options.droog)
    except (FileRejected, FetchRefused) as refusal:
        errors.append(file_error(name, str(refusal)))
    except OSError as error:
        if error.errno is None or isinstance(error, FileNotFoundError | IsADirectoryError | PermissionError):
            errors.append(file_error(name, _unreadable(error)))
        else:
            raise
    return None


def _offer(name: str, organisation: "Organisation", *, options: argparse.Namespace) -> "Offer":
    from regietafel.kit.fetch import fetch
    from regietafel.monitor.services.ingest import offer_bytes, offer_file

    if name.startswith(("http://", "https://")):
        body = fetch(name).body
        source = _source(organisation, options, name=options.bron or name, address=name)
        return offer_bytes(body, name=name, source=source, by=None, kind=options.soort)
    path = Path(name)
    path.open("rb").close()
    source = _source(organisation, options, name=options.bron or path.name.split(".")[0] or path.name)
    return offer_file(path, source=source, by=None, kind=options.soort, columns=options.kolommen)


def _source(
    organisation: "Organisation", options: argparse.Namespace, *, name: str, address: str = ""
) -> "Source":
    from regietafel.monitor.models import Source
    from regietafel.monitor.services.sources import source_named

    kind = Source.Kind.FEED if address else Source.Kind.FILE
    meant = Source(organisation=organisation, name=name[:120], kind=kind, address=address)
    return source_named(meant, keep=not options.droog)


def _unreadable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "Dit bestand is er niet. Controleer de naam en de map."
    if isinstance(error, IsADirectoryError):
        return "Dit is een map. Noem de bestanden erin."
    return "Dit bestand mag niet worden gelezen. Controleer de rechten."


def _told(result: dict[str, Any], organisation: str, *, dry_run: bool) -> str:
    begin = "Zonder op te slaan: " if dry_run else ""
    parts = ", ".join(f"{number(result[name])} {name}" for name in COUNTS)
    held = counted(result["berichten"], one="bericht", many="berichten")
    lines = [f"{begin}{parts}.", f"{organisation} heeft nu {held}."]
    hidden = [f"{name} {number(count)}" for name, count in result["gemaskeerd"].items() if count]
    if hidden:
        lines.append(f"Onleesbaar gemaakt: {', '.join(hidden)}.")
    if result["fouten"]:
        lines += ["Niet ingenomen:", *error_lines(result["fouten"])]
    return "\n".join(lines)
