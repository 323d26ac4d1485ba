"""The name lists of the reference data: what is a name, and who holds a public function."""

import csv
from functools import lru_cache
from pathlib import Path

from regietafel.monitor.engine.privacy import Lexicon, NameLists
from regietafel.monitor.engine.query.words import fold

FOLDER = Path(__file__).resolve().parents[4] / "reference" / "namen"
FILES = {
    "given_names": "voornamen.csv",
    "surnames": "achternamen.csv",
    "public_functions": "publieke_functies.csv",
    "public_offices": "openbare_ambten.csv",
    "public_names": "publieke_namen.csv",
    "public_accounts": "publieke_accounts.csv",
    "places": "plaatsen.csv",
    "ordinary_words": "gewone_woorden.csv",
    "parts_of_streets": "straatdelen.csv",
}


@lru_cache(maxsize=1)
def name_lists() -> NameLists:
    """Return the lists, read once; the first column of each file holds the name."""
    names = {field: _first_column(FOLDER / file) for field, file in FILES.items()}
    people = names["given_names"] | names["surnames"]
    names["public_accounts"] |= {account for account in map(_glued, names["places"]) if account not in people}
    return NameLists(**names)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return what words of a running text may be, read once: the name lists and the words around names."""
    contexts: dict[str, list[str]] = {}
    for row in _rows(FOLDER / "verband.csv"):
        contexts.setdefault(row["rol"], []).append(row["woord"])
    known = _rows(FOLDER / "bekende_ambtsdragers.csv")
    holders = {row["naam"]: row["ook_achternaam_alleen"] == "ja" for row in known}
    return Lexicon(name_lists(), contexts=contexts, holders=holders)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _glued(place: str) -> str:
    """Write a place as a municipality names its account: @hofvantwente."""
    return "".join(filter(str.isalnum, place))


def _first_column(path: Path) -> frozenset[str]:
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.reader(handle)
        next(rows, None)
        return frozenset(fold(row[0].strip()) for row in rows if row and row[0].strip())
