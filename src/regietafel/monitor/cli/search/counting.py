"""`regietafel zoek tel`: which messages in a file answer a question."""

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from regietafel.kernel.dutch import counted, number
from regietafel.kit.commands import DONE, INPUT_ERRORS, add_json, say
from regietafel.monitor.cli.arguments import error_lines
from regietafel.monitor.cli.search.asking import add_question, asked, remark
from regietafel.monitor.cli.search.delivering import Row, add_file, bad_rows, rows_of

if TYPE_CHECKING:
    from regietafel.monitor.engine.query import Query
    from regietafel.monitor.engine.query.snippets import Piece


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser("tel", help="tel de berichten die een zoekvraag beantwoorden")
    add_question(parser)
    add_file(parser)
    parser.add_argument("--markeer", action="store_true", help="laat de treffers zien met wat er is gevonden")
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def run(options: argparse.Namespace) -> int:
    """Count and name the messages that answer the question."""
    question = asked(options)
    query = question.query
    errors: list[dict[str, Any]] = []
    read, ids, marked = _count(options, query, errors=errors)
    result: dict[str, Any] = {"gelezen": read, "treffers": len(ids), "ids": ids}
    if options.markeer and options.json:
        result["treffer_teksten"] = [_marked(row, query) for row in marked]
    result["fouten"] = errors
    lines = [] if options.json else [_line(row, query) for row in marked]
    hits = counted(len(ids), one="treffer", many="treffers")
    told = [f"{number(read)} gelezen, {hits}.", query.explain(), *lines, *error_lines(errors)]
    remark(question)
    say(result, as_json=options.json, text="\n".join(told))
    return INPUT_ERRORS if errors else DONE


def _count(
    options: argparse.Namespace, query: "Query", *, errors: list[dict[str, Any]]
) -> tuple[int, list[str], list[Row]]:
    """Give how many rows were read, which of them answer, and those rows when they are to be shown."""
    from regietafel.monitor.engine.matching import Matcher

    matcher = Matcher({True: query})
    read = 0
    ids: list[str] = []
    marked: list[Row] = []
    for rows in rows_of(options, [query], errors=errors):
        read += len(rows)
        verdicts = matcher.answer_all(row.document for row in rows)
        hits = [row for row, verdict in zip(rows, verdicts, strict=True) if verdict]
        ids += [row.id for row in hits]
        marked += hits if options.markeer else []
    return read + bad_rows(errors), ids, marked


def _marked(row: Row, query: "Query") -> dict[str, Any]:
    """Give a hit for machines: its texts, and the stretches that made it answer."""
    from regietafel.monitor.engine.query.marking import marks

    places = [
        {"veld": mark.zone, "begin": mark.start, "einde": mark.end, "term": mark.term.written}
        for mark in marks(query, row.document)
    ]
    return {"id": row.id, "titel": row.document.title, "tekst": row.document.text, "plaatsen": places}


def _line(row: Row, query: "Query") -> str:
    """Give a hit for people on one line, what was found between « and »."""
    from regietafel.monitor.engine.query.documents import TEXT, TITLE
    from regietafel.monitor.engine.query.marking import marks
    from regietafel.monitor.engine.query.snippets import snippet

    found = marks(query, row.document)
    title = snippet(row.document.title, [mark for mark in found if mark.zone == TITLE])
    text = snippet(row.document.text, [mark for mark in found if mark.zone == TEXT])
    shown = " | ".join(part for part in (_written(title), _written(text)) if part)
    return f"  {row.id}: {' '.join(shown.split())}"


def _written(parts: Iterable["Piece"]) -> str:
    return "".join(f"«{piece.text}»" if piece.is_marked else piece.text for piece in parts)
