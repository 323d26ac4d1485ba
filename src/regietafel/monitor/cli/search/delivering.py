"""The file of a command: opened, and its rows as questions see them."""

import argparse
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from regietafel.kit.commands import CommandError
from regietafel.monitor.cli.arguments import add_reading, file_error

if TYPE_CHECKING:
    from regietafel.monitor.adapters.readers import ReadResult, RowError
    from regietafel.monitor.engine.messages import RawItem, RowRejected
    from regietafel.monitor.engine.query import Document, Query

MAX_BYTES = 100_000_000_000  # a file of one's own is read row by row, however large
AT_ONCE = 4_096
ALWAYS = ("id", "url", "titel", "tekst")
FIELDS_OF_ZONE = {
    "bron": ("bron",),
    "taal": ("taal",),
    "plaats": ("plaats",),
    "label": ("labels",),
    "soort": ("soort", "bron"),
    "sinds": ("datum",),
}


class Row(NamedTuple):
    """A row of a file: how it is known, and what a question is asked of."""

    id: str
    document: "Document"


def add_file(parser: argparse.ArgumentParser) -> None:
    """Add the file with messages and how it is read."""
    parser.add_argument(
        "--in", dest="bestand", required=True, metavar="BESTAND", help="bestand met berichten"
    )
    add_reading(parser)


def open_file(options: argparse.Namespace, *, only: Collection[str] | None = None) -> "ReadResult":
    """Open the file with messages; a file that cannot be read ends the command with the reason."""
    from regietafel.monitor.adapters.readers import FileRejected, read_file

    path, columns = Path(options.bestand), options.kolommen or None
    try:
        return read_file(path, kind=options.soort, columns=columns, max_bytes=MAX_BYTES, only=only)
    except FileRejected as refusal:
        raise CommandError(f"{options.bestand}: {refusal.message}") from refusal
    except OSError as error:
        raise CommandError(
            f"{options.bestand}: dit bestand is er niet of mag niet worden gelezen."
        ) from error


def rows_of(
    options: argparse.Namespace,
    queries: Sequence["Query"],
    *,
    errors: list[dict[str, Any]],
    also: Collection[str] = (),
) -> Iterator[list[Row]]:
    """Give the rows that can be read, some thousands at a time; note the others.

    A row shows what it would show once taken in, as far as these questions look (and the zones in ``also``);
    but nothing is taken out.
    """
    from regietafel.monitor.adapters.languages import detect_language
    from regietafel.monitor.engine.messages import CleaningRules, RowRejected, as_document, asked_zones

    name = Path(options.bestand).name
    rules = CleaningRules(source_name=name.split(".")[0], author_key=b"", detect_language=detect_language)
    needed = asked_zones(queries).union(also)

    def readable() -> Iterator[Row]:
        for item in items_of(open_file(options, only=_fields(needed)), errors, name=options.bestand):
            try:
                document = as_document(item, rules=rules, needed=needed)
            except RowRejected as refusal:
                errors.append(refused(item, refusal, name=name))
                continue
            yield Row(item.external_id or item.url or str(item.row), document)

    rows = readable()
    while some := list(islice(rows, AT_ONCE)):
        yield some


def bad_rows(errors: list[dict[str, Any]]) -> int:
    """Count the rows that were read and could not be understood, also one that ends the file."""
    return sum(error["rij"] is not None for error in errors)


def _fields(zones: frozenset[str]) -> frozenset[str]:
    """Give the fields of a row that are read when questions seek in these zones."""
    return frozenset(ALWAYS).union(*(FIELDS_OF_ZONE.get(zone, ()) for zone in zones))


def items_of(opened: "ReadResult", errors: list[dict[str, Any]], *, name: str) -> Iterator["RawItem"]:
    """Give the rows that can be read; note the others."""
    from regietafel.monitor.adapters.readers import FileRejected, RowError

    try:
        for row in opened.rows:
            if isinstance(row, RowError):
                errors.append(_told(row))
            else:
                yield row
    except FileRejected as refusal:
        errors.append(file_error(name, refusal.message) | {"rij": refusal.row})


def refused(item: "RawItem", refusal: "RowRejected", *, name: str) -> dict[str, Any]:
    """Return a row that cannot be used as an entry of the list of errors."""
    return {"bestand": name, "rij": item.row, "kolom": refusal.column, "melding": refusal.message}


def _told(error: "RowError") -> dict[str, Any]:
    return {"bestand": error.file, "rij": error.row, "kolom": error.column, "melding": error.message}
