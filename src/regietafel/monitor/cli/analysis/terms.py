"""`regietafel monitor termen`: what sets messages apart, and which words, places and platforms they use."""

import argparse
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from regietafel.kernel import dutch
from regietafel.kit.commands import DONE, INPUT_ERRORS, WrongUsage, add_json, say
from regietafel.monitor.cli.analysis.reading import as_content, read_messages
from regietafel.monitor.cli.analysis.telling import analysis_of, as_text
from regietafel.monitor.cli.arguments import error_lines
from regietafel.monitor.cli.search.asking import add_question, asked, remark
from regietafel.monitor.cli.search.delivering import add_file

if TYPE_CHECKING:
    from regietafel.monitor.engine.content.messages import Message
    from regietafel.monitor.engine.query import Query

Days = tuple[date, date]


class Groups(NamedTuple):
    """The two groups that are compared, and the periods they stand for."""

    messages: list["Message"]
    against: list["Message"]
    periods: list[Days]


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser("termen", help="waarin berichten verschillen: woorden, plaatsen, platforms")
    add_file(parser)
    add_question(parser, required=False)
    parser.add_argument("--tegen", metavar="BESTAND", help="vergelijk met de berichten in dit bestand")
    parser.add_argument(
        "--periode", type=_days, metavar="VAN..TOT", help="de periode, zoals 2022-04-01..2022-04-07"
    )
    parser.add_argument("--met", type=_days, metavar="VAN..TOT", help="de periode om mee te vergelijken")
    parser.add_argument(
        "--eigen", metavar="BESTAND", help="eigen teksten, om woordgebruik mee te vergelijken"
    )
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def _days(text: str) -> Days:
    first, sign, last = text.partition("..")
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is geen periode zoals 2022-04-01..2022-04-07") from error
    if not sign or days[1] < days[0]:
        raise argparse.ArgumentTypeError(f"“{text}”: de laatste dag ligt voor de eerste")
    return days


def run(options: argparse.Namespace) -> int:
    """Compare two groups of messages."""
    _refuse_unclear(options)
    question = asked(options) if options.vraag or options.vraagbestand else None
    errors: list[dict[str, Any]] = []
    groups = _groups(options, question.query if question else None, errors=errors)
    own = _messages(options, options.eigen, errors=errors) if options.eigen else []
    result = analysis_of(groups.messages, groups.against, periods=groups.periods, own=own)
    result["fouten"] = errors
    if question:
        remark(question)
    read = dutch.counted(len(groups.messages), one="bericht", many="berichten")
    against = dutch.counted(len(groups.against), one="bericht", many="berichten")
    told = [f"{read}, vergeleken met {against}.", *as_text(result), *error_lines(errors)]
    say(result, as_json=options.json, text="\n".join(told))
    return INPUT_ERRORS if errors else DONE


def _refuse_unclear(options: argparse.Namespace) -> None:
    """Refuse what leaves open with what is compared.

    Raises:
        WrongUsage: there is no comparison, or there are two.
    """
    if bool(options.periode) != bool(options.met):
        raise WrongUsage("Geef --periode en --met samen: de periode, en die om mee te vergelijken.")
    if options.tegen and options.periode:
        raise WrongUsage(
            "Kies: vergelijken met een ander bestand (--tegen) of met een andere periode (--met)."
        )
    if not (options.tegen or options.periode or options.vraag or options.vraagbestand):
        raise WrongUsage(
            "Geef waarmee er wordt vergeleken: --tegen BESTAND, --periode met --met, of een --vraag "
            "(dan met de rest van het bestand)."
        )


def _groups(options: argparse.Namespace, query: "Query | None", *, errors: list[dict[str, Any]]) -> Groups:
    every = _messages(options, options.bestand, errors=errors)
    hits = _answering(every, query)
    if options.tegen:
        against = _answering(_messages(options, options.tegen, errors=errors), query)
        return Groups(hits, against, _spans(hits, against))
    if options.periode:
        parts = [
            [one for one in hits if first <= one.day <= last]
            for first, last in (options.periode, options.met)
        ]
        return Groups(parts[0], parts[1], [options.periode, options.met])
    found = set(map(id, hits))
    rest = [message for message in every if id(message) not in found]
    return Groups(hits, rest, _spans(hits))


def _messages(options: argparse.Namespace, file: str, *, errors: list[dict[str, Any]]) -> list["Message"]:
    given = argparse.Namespace(**{**vars(options), "bestand": file})
    return [as_content(read.message) for read in read_messages(given, errors=errors)]


def _answering(messages: list["Message"], query: "Query | None") -> list["Message"]:
    if query is None:
        return messages
    from regietafel.monitor.engine.matching import Matcher
    from regietafel.monitor.engine.query import Document

    documents = (
        Document(
            title=message.title,
            text=message.text,
            source=message.outlet,
            domain=message.domain,
            kind=message.kind,
            day=message.day,
        )
        for message in messages
    )
    verdicts: Iterable[Any] = Matcher({True: query}).answer_all(documents)
    return [message for message, verdict in zip(messages, verdicts, strict=True) if verdict]


def _spans(*groups: Sequence["Message"]) -> list[Days]:
    days = [[message.day for message in group] for group in groups if group]
    return [(min(each), max(each)) for each in days]
