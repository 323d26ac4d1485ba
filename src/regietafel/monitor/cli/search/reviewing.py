"""`regietafel zoek controle`: what every word and every exclusion of a question does in a file."""

import argparse
from typing import TYPE_CHECKING, Any

from regietafel.kernel.dutch import counted, number
from regietafel.kit.commands import DONE, INPUT_ERRORS, CommandError, add_json, say
from regietafel.monitor.cli.arguments import error_lines
from regietafel.monitor.cli.search.asking import add_question, asked, remark
from regietafel.monitor.cli.search.delivering import add_file, rows_of

if TYPE_CHECKING:
    from regietafel.monitor.engine.review import QuestionReview

EXAMPLES_SHOW = frozenset({"bron", "soort", "sinds"})
HEADS = ("berichten", "treffers", "alleen hierdoor")


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser("controle", help="controleer een zoekvraag aan de hand van een bestand")
    add_question(parser)
    add_file(parser)
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def run(options: argparse.Namespace) -> int:
    """Say what the question finds, what each part of it does, and what to look at."""
    from regietafel.monitor.adapters.homonyms import homonyms
    from regietafel.monitor.engine.query import QueryError
    from regietafel.monitor.engine.review import review

    question = asked(options)
    errors: list[dict[str, Any]] = []
    rows = rows_of(options, [question.query], errors=errors, also=EXAMPLES_SHOW)
    documents = (row.document for some in rows for row in some)
    try:
        seen = review(question.written, documents, values=question.values, homonyms=homonyms())
    except QueryError as error:
        raise CommandError(error.message) from error
    remark(question)
    text = "\n".join([*_told(seen), *error_lines(errors)])
    say(seen.data() | {"fouten": errors}, as_json=options.json, text=text)
    return INPUT_ERRORS if errors else DONE


def _told(seen: "QuestionReview") -> list[str]:
    """Write the review for people."""
    held = seen.data()
    lines = [held["samenvatting"], "", *_table(held["termen"])]
    for part in held["uitsluitingen"]:
        gone = counted(part["haalt_weg"], one="bericht", many="berichten")
        lines.append(f"Uitgesloten met {part['deel']}: {gone}.")
    lines += ["", *(_finding(finding) for finding in held["bevindingen"])]
    lines.append(f"Werk: {held['kosten']['klasse']}. {' '.join(held['kosten']['redenen'])}".rstrip())
    return lines


def _table(terms: list[dict[str, Any]]) -> list[str]:
    wanted = [term for term in terms if not term["uitsluiting"]]
    width = max((len(term["term"]) for term in wanted), default=0)
    lines = [f"{'':{width}}  {'  '.join(HEADS)}"]
    for term in wanted:
        alone = term["alleen_hierdoor"]
        cells = (
            number(term["berichten"]),
            number(term["in_treffers"]),
            "" if alone is None else number(alone),
        )
        shown = "  ".join(f"{cell:>{len(head)}}" for cell, head in zip(cells, HEADS, strict=True))
        lines.append(f"{term['term']:{width}}  {shown}")
    return lines


def _finding(finding: dict[str, Any]) -> str:
    instead = f" Voorstel: {finding['voorstel']}" if finding["voorstel"] else ""
    return f"- {finding['melding']}{instead}"
