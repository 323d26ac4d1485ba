"""`regietafel zoek lees`: how a question is read, in plain Dutch and for machines."""

import argparse
from typing import Any

from regietafel.kit.commands import DONE, INPUT_ERRORS, add_json, say
from regietafel.monitor.cli.search.asking import (
    Asked,
    QuestionRefused,
    add_filling,
    fill,
    given_values,
    named,
    question_text,
    read_question,
    refuse_persons,
)


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser("lees", help="laat zien hoe een zoekvraag wordt gelezen")
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("vraag", nargs="?", metavar="VRAAG", help="de zoekvraag")
    given.add_argument("--vraagbestand", metavar="BESTAND", help="bestand met de zoekvraag")
    add_filling(parser)
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def run(options: argparse.Namespace) -> int:
    """Say how the question is read, or what is wrong with it."""
    try:
        read = _read(options)
    except QuestionRefused as refusal:
        say(_result(errors=refusal.errors), as_json=options.json, text=str(refusal))
        return INPUT_ERRORS
    query = read.query
    lines = [query.explain(), "", f"Vaste schrijfwijze: {query.canonical()}"]
    lines += [f"Let op: {remark}" for remark in read.remarks]
    say(_result(read), as_json=options.json, text="\n".join(lines))
    return DONE


def _read(options: argparse.Namespace) -> Asked:
    """Read the question; it is filled in only when there is something to fill in."""
    query = read_question(question_text(options), options.dialect)
    values = given_values(options, query)
    if options.vul or options.plaatsprofiel or not query.blanks():
        return fill(query, values)
    refuse_persons(query, values)
    return Asked(query, query, {}, (*map(str, query.hints), f"Nog in te vullen: {named(query.blanks())}."))


def _result(read: Asked | None = None, *, errors: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "geldig": read is not None,
        "uitleg": read.query.explain() if read else "",
        "canoniek": read.query.canonical() if read else "",
        "boom": read.query.data() if read else None,
        "waarschuwingen": list(read.remarks) if read else [],
        "fouten": errors or [],
    }
