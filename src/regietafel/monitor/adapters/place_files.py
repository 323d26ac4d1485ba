"""A place profile from a file: what is filled in where a question leaves a place open."""

import csv
import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

_SHAPE = 'Schrijf het zo: {"plaatsnaam": ["Borne"], "bijnaam plaats": []}.'


class PlaceFileRejected(ValueError):
    """The file holds no place profile; the message says what is wrong (Dutch)."""


def read_place_file(path: Path) -> dict[str, tuple[str, ...]]:
    """Read a place profile: JSON, TOML, or CSV with a name and a value on each line.

    Raises:
        PlaceFileRejected: the file is not there, or holds something else.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PlaceFileRejected("Dit bestand is er niet, of is niet te lezen als tekst.") from error
    if path.suffix.lower() == ".csv":
        return _from_lines(text)
    try:
        held = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PlaceFileRejected(f"Dit is geen geldig plaatsprofiel. {_SHAPE}") from error
    if not isinstance(held, Mapping):
        raise PlaceFileRejected(f"Hier horen namen van plekken met hun waarden te staan. {_SHAPE}")
    return {name: _values(name, value) for name, value in held.items()}


def _from_lines(text: str) -> dict[str, tuple[str, ...]]:
    separator = ";" if ";" in text else ","
    profile: dict[str, tuple[str, ...]] = {}
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=separator), start=1):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) < 2:
            raise PlaceFileRejected(
                f"Op regel {number} hoort een naam en een waarde te staan: plaatsnaam;Borne."
            )
        name = row[0].strip()
        profile[name] = (*profile.get(name, ()), *_values(name, row[1:]))
    return profile


def _values(name: str, held: object) -> tuple[str, ...]:
    values: Iterable[object] = held if isinstance(held, list) else (held,)
    if not all(isinstance(value, str) for value in values):
        raise PlaceFileRejected(f"De waarden van “{name}” zijn geen tekst. {_SHAPE}")
    return tuple(value.strip() for value in values if isinstance(value, str) and value.strip())
