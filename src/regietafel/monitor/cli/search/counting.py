"""`regietafel zoek tel`: which messages in a file answer a question, without a database."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regietafel.kit.commands import DONE, INPUT_ERRORS, CommandError, say
from regietafel.monitor.cli.arguments import add_json, add_reading, error_lines, file_error

if TYPE_CHECKING:
    from regietafel.monitor.adapters.readers import ReadResult
    from regietafel.monitor.engine.messages import RawItem
    from regietafel.monitor.engine.query import Query


def add_command(words: Any) -> None:
    """Add the word."""
    parser = words.add_parser("zoek", help="zoeken in een bestand, zonder database")
    actions = parser.add_subparsers(dest="actie", metavar="ACTIE", required=True, parser_class=type(parser))
    count = actions.add_parser("tel", help="tel de berichten die een zoekvraag beantwoorden")
    add_question(count)
    count.add_argument("--in", dest="bestand", required=True, metavar="BESTAND", help="bestand met berichten")
    add_reading(count)
    add_json(count)
    count.set_defaults(run=run, needs_database=False)


def add_question(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Add the two ways to give a question."""
    group = parser.add_mutually_exclusive_group(required=required)
    group.add_argument("--vraag", metavar="TEKST", help="de zoekvraag")
    group.add_argument("--vraagbestand", metavar="BESTAND", help="bestand met de zoekvraag")


def run(options: argparse.Namespace) -> int:
    """Count and name the messages that answer the question."""
    from regietafel.monitor.engine.matching import Matcher
    from regietafel.monitor.engine.query import Document

    query = asked(options)
    matcher = Matcher({True: query})
    opened = open_file(options)
    errors: list[dict[str, Any]] = []
    read, ids = 0, []
    for item in items(opened, errors, name=options.bestand):
        read += 1
        if matcher.answers(Document(item.title, item.text)):
            ids.append(item.external_id or item.url or str(item.row))
    read += len(errors)
    result = {"gelezen": read, "treffers": len(ids), "ids": ids, "fouten": errors}
    lines = [f"{read} gelezen, {len(ids)} treffers.", query.explain(), *error_lines(errors)]
    say(result, as_json=options.json, text="\n".join(lines))
    return INPUT_ERRORS if errors else DONE


def asked(options: argparse.Namespace) -> "Query":
    """Read the question; a mistake in it ends the command with the place and a suggestion."""
    from regietafel.monitor.engine.query import QueryError, parse

    text = options.vraag
    if options.vraagbestand:
        try:
            text = Path(options.vraagbestand).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options.vraagbestand}: dit bestand is niet te lezen als tekst.") from error
    try:
        query = parse(text)
    except QueryError as error:
        place = f"regel {error.line}, teken {error.column}"
        shown = "\n".join(f"  {line}" for line in error.caret(text).splitlines())
        raise CommandError(
            f"De zoekvraag is niet te lezen ({place}): {error.message}\n{shown}\n{error.suggestion}".rstrip()
        ) from error
    _refuse_persons(query)
    return query


def _refuse_persons(query: "Query") -> None:
    from regietafel.monitor.adapters.names import name_lists
    from regietafel.monitor.engine.privacy import persons_in_query

    persons = persons_in_query(query, names=name_lists())
    if persons:
        told = "\n".join(f"  “{found.written}”: {found.reason}" for found in persons)
        raise CommandError(f"Deze zoekvraag vraagt naar een persoon, en dat kan niet.\n{told}")


def open_file(options: argparse.Namespace) -> "ReadResult":
    """Open the file with messages; a file that cannot be read ends the command with the reason."""
    from regietafel.monitor.adapters.readers import FileRejected, read_file

    try:
        return read_file(Path(options.bestand), kind=options.soort, columns=options.kolommen or None)
    except FileRejected as refusal:
        raise CommandError(f"{options.bestand}: {refusal.message}") from refusal
    except OSError as error:
        raise CommandError(
            f"{options.bestand}: dit bestand is er niet of mag niet worden gelezen."
        ) from error


def items(opened: "ReadResult", errors: list[dict[str, Any]], *, name: str) -> Iterator["RawItem"]:
    """Give the rows that can be read; note the others."""
    from regietafel.monitor.adapters.readers import FileRejected, RowError

    try:
        for row in opened.rows:
            if isinstance(row, RowError):
                errors.append(
                    {"bestand": row.file, "rij": row.row, "kolom": row.column, "melding": row.message}
                )
            else:
                yield row
    except FileRejected as refusal:
        errors.append(file_error(name, refusal.message))
