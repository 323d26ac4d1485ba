"""Many questions from a file: one JSON object per line, each read, filled in and guarded."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from regietafel.monitor.adapters.names import name_lists
from regietafel.monitor.engine.privacy import persons_in_query
from regietafel.monitor.engine.query import Query, QueryError, parse

DIALECTS = ("regietafel", "obi", "lucene", "meltwater")
_MAX_LINE = 1_000_000
_SHAPE = (
    'Schrijf elke regel zo: {"id": "borne", "vraag": "azc <plaatsnaam>", "vul": {"plaatsnaam": "Borne"}}.'
)


class QuestionRejected(ValueError):
    """A line holds no question that may be asked; the message says why (Dutch)."""


def read_questions(path: Path) -> tuple[dict[str, Query], list[dict[str, Any]]]:
    """Read questions from JSON lines: ``id``, ``vraag``, and if need be ``dialect`` and ``vul``.

    Returns:
        The questions by id, their blanks filled in, and the lines that were refused: file, line, and why.

    Raises:
        OSError: the file cannot be opened.
    """
    questions: dict[str, Query] = {}
    errors: list[dict[str, Any]] = []
    for number, line in _lines(path):
        try:
            name, query = _read(line)
            if name in questions:
                raise QuestionRejected(f"Het id “{name}” staat er al. Geef elke vraag een eigen id.")
            questions[name] = query
        except QuestionRejected as refusal:
            errors.append({"bestand": path.name, "rij": number, "kolom": None, "melding": str(refusal)})
    return questions, errors


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as handle:
        number = 0
        while line := handle.readline(_MAX_LINE + 1):
            number += 1
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                yield number, line


def _read(line: bytes) -> tuple[str, Query]:
    """Read one line: the id, and the question with its blanks filled in."""
    name, text, dialect, values = _fields(line)
    try:
        query = _parsed(text, dialect)
        persons = persons_in_query(query, names=name_lists(), values=values)
        if persons:
            told = "; ".join(f"“{found.written}”: {found.reason}" for found in persons)
            raise QuestionRejected(f"Deze zoekvraag vraagt naar een persoon, en dat kan niet. {told}.")
        return name, query.filled(values)
    except QueryError as error:
        place = f"regel {error.line}, teken {error.column}"
        raise QuestionRejected(
            f"De zoekvraag is niet te lezen ({place}): {error.message} {error.suggestion}".rstrip()
        ) from error


@lru_cache(maxsize=256)
def _parsed(text: str, dialect: str) -> Query:
    """Read a question; municipalities often share one, each with its own values."""
    return parse(text, dialect=dialect)


def _fields(line: bytes) -> tuple[str, str, str, dict[str, tuple[str, ...]]]:
    try:
        held = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise QuestionRejected(f"Deze regel is geen geldige JSON. {_SHAPE}") from error
    if not isinstance(held, dict):
        raise QuestionRejected(f"Hier hoort een JSON-object te staan. {_SHAPE}")
    name, text, dialect = held.get("id"), held.get("vraag"), held.get("dialect") or DIALECTS[0]
    if not isinstance(name, str | int) or isinstance(name, bool) or not str(name).strip():
        raise QuestionRejected(f"Het id ontbreekt. {_SHAPE}")
    if not isinstance(text, str):
        raise QuestionRejected(f"De vraag ontbreekt. {_SHAPE}")
    if dialect not in DIALECTS:
        raise QuestionRejected(f"De zoektaal “{dialect}” kennen wij niet, wel: {', '.join(DIALECTS)}.")
    return str(name), text, dialect, _values(held.get("vul"))


def _values(held: object) -> dict[str, tuple[str, ...]]:
    if held is None:
        return {}
    if not isinstance(held, Mapping):
        raise QuestionRejected(f"Bij “vul” horen plekken met hun waarden te staan. {_SHAPE}")
    values = {name: value if isinstance(value, list) else [value] for name, value in held.items()}
    if not all(isinstance(value, str) for some in values.values() for value in some):
        raise QuestionRejected(f"De waarden bij “vul” zijn geen tekst. {_SHAPE}")
    return {
        " ".join(name.strip("<> ").lower().split()): tuple(value for value in some if value.strip())
        for name, some in values.items()
    }
