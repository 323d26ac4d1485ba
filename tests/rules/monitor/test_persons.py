"""A monitor follows topics, not people: what a question may ask, and what it may not (AVG, art. 5 and 6)."""

import csv
from pathlib import Path

import pytest

from regietafel.monitor.engine.privacy import NameLists, persons_in_query
from regietafel.monitor.engine.query import parse
from regietafel.monitor.engine.query.words import fold

HERE = Path(__file__).parent
NAMES = HERE.parents[2] / "reference" / "namen"


def _column(file: str) -> frozenset[str]:
    with (NAMES / file).open(encoding="utf-8", newline="") as handle:
        return frozenset(fold(row[0]) for row in list(csv.reader(handle))[1:])


@pytest.fixture(scope="module")
def names() -> NameLists:
    return NameLists(
        given_names=_column("voornamen.csv"),
        surnames=_column("achternamen.csv"),
        ordinary_words=_column("gewone_woorden.csv"),
        public_functions=_column("publieke_functies.csv"),
        public_offices=_column("openbare_ambten.csv"),
        public_names=_column("publieke_namen.csv"),
        public_accounts=_column("publieke_accounts.csv"),
        places=_column("plaatsen.csv"),
    )


def _cases() -> list[tuple[str, str, str]]:
    with (HERE / "persons.csv").open(encoding="utf-8", newline="") as handle:
        return [
            (row["vraag"], row["persoon"], row["waarom"]) for row in csv.DictReader(handle, delimiter=";")
        ]


@pytest.mark.parametrize(("question", "asks_for_person", "why"), _cases())
def test_question(question: str, asks_for_person: str, why: str, names: NameLists) -> None:
    found = persons_in_query(parse(question), names=names)
    assert bool(found) == (asks_for_person == "ja"), (why, found)
