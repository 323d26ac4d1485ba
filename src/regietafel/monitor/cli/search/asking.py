"""The question of a command: how it is given, filled in, and refused with its place."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regietafel.kit.commands import CommandError, WrongUsage

if TYPE_CHECKING:
    from regietafel.monitor.engine.query import Query, QueryError

DIALECTS = ("regietafel", "obi", "lucene", "meltwater")
Values = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """A question that may be asked: as written, filled in, and what is to be said about it (Dutch)."""

    written: "Query"
    query: "Query"
    values: Mapping[str, Sequence[str]]
    remarks: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The question as people may read it: in their own words, or with its blanks filled in."""
        return self.query.canonical() if self.written.blanks() else self.written.text.strip()


class QuestionRefused(CommandError):
    """A question that cannot be read or may not be asked; its errors say where."""


def add_question(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Add the two ways to give a question, and how to read and fill it."""
    group = parser.add_mutually_exclusive_group(required=required)
    group.add_argument("--vraag", metavar="TEKST", help="de zoekvraag")
    group.add_argument("--vraagbestand", metavar="BESTAND", help="bestand met de zoekvraag")
    add_filling(parser)


def add_filling(parser: argparse.ArgumentParser) -> None:
    """Add how a question is written, and what belongs in its blanks."""
    parser.add_argument(
        "--dialect", choices=DIALECTS, default=DIALECTS[0], help="de zoektaal waarin de vraag is geschreven"
    )
    parser.add_argument(
        "--vul",
        action="append",
        type=_name_and_value,
        default=[],
        metavar="PLEK=WAARDE",
        help="vul een <plek> in; vaker dezelfde plek is “een van deze”",
    )
    parser.add_argument(
        "--plaatsprofiel", metavar="BESTAND", help="waarden van alle plekken, als JSON, TOML of CSV"
    )


def _name_and_value(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise argparse.ArgumentTypeError(f"“{text}” is geen plek met een waarde, zoals plaatsnaam=Borne")
    return plain_name(name), value.strip()


def plain_name(name: str) -> str:
    """Give the name of a blank as questions hold it."""
    return " ".join(name.strip("<> ").lower().split())


def question_text(options: argparse.Namespace) -> str:
    """Give the text of the question, as typed or from a file."""
    if not options.vraagbestand:
        return str(options.vraag)
    try:
        return Path(options.vraagbestand).read_text(encoding="utf-8-sig").rstrip()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{options.vraagbestand}: dit bestand is niet te lezen als tekst.") from error


def asked(options: argparse.Namespace) -> Asked:
    """Read and fill the question; a mistake in it ends the command with the place and a suggestion."""
    query = read_question(question_text(options), options.dialect)
    return fill(query, given_values(options, query))


def remark(question: Asked) -> None:
    """Say what is to be said about a question beside the outcome, so that programs read only that."""
    sys.stderr.writelines(f"Let op: {told}\n" for told in question.remarks)


def read_question(text: str, dialect: str) -> "Query":
    """Read a question as written in a dialect.

    Raises:
        QuestionRefused: it cannot be read; every mistake is named.
    """
    from regietafel.monitor.engine.query import QueryError, parse

    try:
        return parse(text, dialect=dialect)
    except QueryError as error:
        raise _unreadable(error, text) from error


def given_values(options: argparse.Namespace, query: "Query") -> Values:
    """Give what the blanks of a question are filled with; what was typed goes before the profile.

    Raises:
        WrongUsage: a name was typed that the question does not have.
        CommandError: the profile cannot be read.
    """
    typed: Values = {}
    for name, value in options.vul:
        typed[name] = (*typed.get(name, ()), *filter(None, (value,)))
    if unknown := next((name for name in typed if name not in query.blanks()), ""):
        raise WrongUsage(_unknown_blank(unknown, query.blanks()))
    return _profile(options.plaatsprofiel) | typed


def _profile(file: str | None) -> Values:
    from regietafel.monitor.adapters.place_files import PlaceFileRejected, read_place_file

    if not file:
        return {}
    try:
        return {plain_name(name): values for name, values in read_place_file(Path(file)).items()}
    except PlaceFileRejected as refusal:
        raise CommandError(f"{file}: {refusal}") from refusal


def _unknown_blank(name: str, known: Sequence[str]) -> str:
    if not known:
        return f"Bij --vul: deze zoekvraag heeft geen plekken om in te vullen, dus ook niet <{name}>."
    meant = "".join(f" Bedoelt u <{close}>?" for close in get_close_matches(name, known, n=1))
    return f"Bij --vul: deze zoekvraag heeft geen plek <{name}>, wel {named(known)}.{meant}"


def named(blanks: Sequence[str]) -> str:
    """List blanks as they stand in a question."""
    return ", ".join(f"<{name}>" for name in blanks)


def fill(query: "Query", values: Mapping[str, Sequence[str]]) -> Asked:
    """Fill the blanks of a question, and say which of them stayed empty.

    Raises:
        QuestionRefused: it asks for a person, a value cannot be read, or a part would have nothing left.
    """
    from regietafel.monitor.engine.query import QueryError

    refuse_persons(query, values)
    empty = [name for name in query.blanks() if not values.get(name)]
    try:
        filled = query.filled(values)
    except QueryError as error:
        raise _unreadable(error, query.text) from error
    told = [f"Niet ingevuld en daarom weggelaten: {named(empty)}."] if empty else []
    if offices := [name for name in query.blanks() if values.get(name) and _is_of_office(name)]:
        told.append(f"Vul bij {named(offices)} alleen de naam in van wie het ambt nu bekleedt.")
    return Asked(query, filled, values, (*map(str, query.hints), *told))


def _is_of_office(name: str) -> bool:
    from regietafel.monitor.adapters.names import name_lists
    from regietafel.monitor.engine.privacy import is_of_office

    return is_of_office(name, names=name_lists())


def refuse_persons(query: "Query", values: Mapping[str, Sequence[str]]) -> None:
    """Refuse a question that asks for a private person, also in what its blanks are filled with."""
    from regietafel.monitor.adapters.names import name_lists
    from regietafel.monitor.engine.privacy import persons_in_query

    persons = persons_in_query(query, names=name_lists(), values=values)
    if not persons:
        return
    told = "\n".join(f"  “{found.written}”: {found.reason}" for found in persons)
    errors = []
    for found in persons:
        before = query.text[: max(query.text.find(found.written), 0)]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"Deze zoekvraag vraagt naar een persoon, en dat kan niet: {found.reason}."
        errors.append(_error(line, column, message=message, suggestion=_NO_PERSONS))
    raise QuestionRefused(f"Deze zoekvraag vraagt naar een persoon, en dat kan niet.\n{told}", errors)


_NO_PERSONS = "Vraag naar het onderwerp, de plaats of de organisatie; de monitor volgt geen personen."


def _error(line: int, column: int, *, message: str, suggestion: str) -> dict[str, Any]:
    return {"regel": line, "kolom": column, "melding": message, "voorstel": suggestion}


def _unreadable(error: "QueryError", text: str) -> QuestionRefused:
    """Say what is wrong in a question, at which place, and what to write instead."""
    every = (error, *error.others)
    told = []
    for one in every:
        shown = "\n".join(f"  {line}" for line in one.caret(text).splitlines())
        place = f"regel {one.line}, teken {one.column}"
        told.append(
            f"De zoekvraag is niet te lezen ({place}): {one.message}\n{shown}\n{one.suggestion}".rstrip()
        )
    errors = [_error(one.line, one.column, message=one.message, suggestion=one.suggestion) for one in every]
    return QuestionRefused("\n".join(told), errors)
