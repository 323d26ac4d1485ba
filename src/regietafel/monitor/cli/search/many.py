"""`regietafel zoek veel`: many questions at once, and per message which of them it answers."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from regietafel.kernel.dutch import counted, number
from regietafel.kit.commands import DONE, INPUT_ERRORS, CommandError, add_json, refuse_overwriting, say
from regietafel.monitor.cli.arguments import error_lines
from regietafel.monitor.cli.search.delivering import add_file, bad_rows, rows_of

if TYPE_CHECKING:
    from regietafel.monitor.engine.query import Query


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser("veel", help="stel veel zoekvragen tegelijk aan een bestand")
    parser.add_argument(
        "--vragen",
        required=True,
        metavar="BESTAND",
        help="zoekvragen als JSON-regels met id en vraag, en zo nodig dialect en vul",
    )
    add_file(parser)
    parser.add_argument(
        "--uit", default="-", metavar="BESTAND", help="waar de treffers komen als JSON-regels (-: het scherm)"
    )
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def run(options: argparse.Namespace) -> int:
    """Ask all questions of every message in one pass; write the messages that answer any."""
    refuse_overwriting(options.uit, inputs=(options.vragen, options.bestand))
    questions, errors = all_questions(options.vragen)
    with written(options.uit) as out:
        bad: list[dict[str, Any]] = []
        read, hits = _ask(options, questions, errors=bad, out=out)
        errors += bad
    result = {
        "vragen": len(questions),
        "gelezen": read,
        "treffers": hits,
        "uit": options.uit,
        "fouten": errors,
    }
    asked = counted(len(questions), one="zoekvraag", many="zoekvragen")
    hit = counted(hits, one="treffer", many="treffers")
    told = "\n".join([f"{asked}, {number(read)} gelezen, {hit}.", *error_lines(errors)])
    if options.uit == "-":  # the hits are the output; what else there is to say goes beside it
        sys.stderr.write(told + "\n")
    else:
        say(result, as_json=options.json, text=told)
    return INPUT_ERRORS if errors else DONE


def all_questions(file: str) -> tuple[dict[str, "Query"], list[dict[str, Any]]]:
    """Read the questions; those that were refused come beside, and none at all ends the command."""
    from regietafel.monitor.adapters.questions import read_questions

    try:
        questions, errors = read_questions(Path(file))
    except OSError as error:
        raise CommandError(f"{file}: dit bestand is er niet of mag niet worden gelezen.") from error
    if not questions:
        told = "\n".join(error_lines(errors))
        raise CommandError(f"{file}: hier staat geen zoekvraag die te lezen is.\n{told}".rstrip(), errors)
    return questions, errors


def _ask(
    options: argparse.Namespace, questions: dict[str, "Query"], *, errors: list[dict[str, Any]], out: TextIO
) -> tuple[int, int]:
    from regietafel.monitor.engine.matching import Matcher

    matcher = Matcher(questions)
    read = hits = 0
    for rows in rows_of(options, list(questions.values()), errors=errors):
        read += len(rows)
        verdicts = matcher.answer_all(row.document for row in rows)
        for row, answered in zip(rows, verdicts, strict=True):
            if answered:
                hits += 1
                out.write(json.dumps({"id": row.id, "vragen": sorted(answered)}, ensure_ascii=False) + "\n")
    return read + bad_rows(errors), hits


@contextmanager
def written(name: str) -> Iterator[TextIO]:
    """Open what is written to; a file appears under its name only when it is whole."""
    if name == "-":
        yield sys.stdout
        return
    target = Path(name)
    partial = target.with_name(f".{target.name}.deel")
    try:
        if target.is_dir():
            raise IsADirectoryError
        out = partial.open("w", encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError, PermissionError, IsADirectoryError) as error:
        raise CommandError(f"{target}: hier kan niet worden geschreven. Controleer de map.") from error
    try:
        with out:
            yield out
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
