"""A monitor follows topics, not people: what a question may ask, and what it may not (AVG, art. 5 and 6)."""

import csv
import tomllib
from pathlib import Path

import pytest

from regietafel.monitor.adapters.names import name_lists
from regietafel.monitor.engine.privacy import NameLists, persons_in_query, persons_in_values
from regietafel.monitor.engine.query import parse

HERE = Path(__file__).parent
NAMES = HERE.parents[2] / "reference" / "namen"


@pytest.fixture(scope="module")
def names() -> NameLists:
    return name_lists()


def _cases(file: str) -> list[tuple[str, ...]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return [tuple(row) for row in list(csv.reader(handle, delimiter=";"))[1:]]


@pytest.mark.parametrize(("question", "asks_for_person", "why"), _cases("persons.csv"))
def test_question(question: str, asks_for_person: str, why: str, names: NameLists) -> None:
    found = persons_in_query(parse(question), names=names)
    assert bool(found) == (asks_for_person == "ja"), (why, found)


@pytest.mark.parametrize(("name", "value", "asks_for_person", "why"), _cases("persons_in_blanks.csv"))
def test_value_of_a_blank(name: str, value: str, asks_for_person: str, why: str, names: NameLists) -> None:
    found = persons_in_values(name, [value], names=names)
    assert bool(found) == (asks_for_person == "ja"), (why, found)
    filled = persons_in_query(parse(f"azc AND <{name}>"), names=names, values={name: [value]})
    assert bool(filled) == bool(found), (why, filled)


@pytest.mark.parametrize(
    ("question", "filled", "asks_for_person"),
    [
        ("jan AND <bijnaam plaats>", "Bakker", True),
        ("jan NEAR/3 <bijnaam plaats>", "Bakker", True),
        ("azc AND <bijnaam plaats>", "Bakker", False),
        ("azc NOT <bijnaam plaats>", "Jan Bakker", False),
        ("azc NOT (opvang NOT <bijnaam plaats>)", "Jan Bakker", True),
        ("azc AND <naam burgemeester>", "Jan Bakker", False),
    ],
)
def test_no_name_hides_between_a_blank_and_the_rest(
    question: str, filled: str, asks_for_person: bool, names: NameLists
) -> None:
    query = parse(question)
    found = persons_in_query(query, names=names, values={query.blanks()[0]: [filled]})
    assert bool(found) == asks_for_person, found


@pytest.mark.parametrize(
    ("name", "values", "beyond"),
    [
        ("naam burgemeester", ["Anneke van Dijk", "Van Dijk", "A. van Dijk", "burgemeester Van Dijk"], []),
        ("naam burgemeester", ["Anneke van Dijk", "van Dijk", "Karim Bouzidi", "Bouzidi"], []),
        ("naam burgemeester", ["Jan Jansen", "Piet Bakker", "Sanne Smit", "Kees Mulder"], [2, 3]),
        ("naam burgemeester", ["Jan Jansen", "Piet Jansen", "Sanne Jansen"], [2]),
        ("burgemeester", ["Jansen", "Bakker", "Smit"], [2]),
        ("twitteraccount burgemeester", ["@janjansen", "@pbakker", "@sannesmit"], [2]),
    ],
)
def test_an_office_has_who_holds_it_and_who_deputises(
    name: str, values: list[str], beyond: list[int], names: NameLists
) -> None:
    found = persons_in_values(name, values, names=names)
    assert [person.written for person in found] == [values[place] for place in beyond]
    assert all("hoogstens twee" in person.reason for person in found)


@pytest.mark.parametrize(
    ("dialect", "question"),
    [
        ("lucene", 'title:"Jan de Vries"'),
        ("lucene", "+jan +jansen"),
        ("lucene", '"jan bakker"~4'),
        ("obi", "azc OR @jan123"),
        ("meltwater", "jan NEAR/4 bakker"),
        ("meltwater", 'title:"Jan de Vries"^5'),
    ],
)
def test_the_language_a_question_was_pasted_in_makes_no_difference(
    dialect: str, question: str, names: NameLists
) -> None:
    assert persons_in_query(parse(question, dialect=dialect), names=names)


def test_the_model_question_and_what_we_advise_ask_for_nobody(names: NameLists) -> None:
    model = tomllib.loads((NAMES.parent / "modelvraag.toml").read_text(encoding="utf-8"))
    examples = {blank["naam"]: [blank["voorbeeld"]] for blank in model["plek"]}
    assert len(examples) == 7
    assert persons_in_query(parse(model["vraag"]), names=names, values=examples) == ()
    with (NAMES.parent / "homoniemen.csv").open(encoding="utf-8", newline="") as handle:
        advised = [row["in_plaats_daarvan"] for row in csv.DictReader(handle) if row["in_plaats_daarvan"]]
    assert advised
    assert {text: persons_in_query(parse(text), names=names) for text in advised} == dict.fromkeys(
        advised, ()
    )


def test_very_many_names_are_refused_without_being_paired_one_by_one(names: NameLists) -> None:
    given, surnames = sorted(names.given_names)[:400], sorted(names.surnames)[:400]
    query = parse(f"({' OR '.join(given)}) AND ({' OR '.join(surnames)})")
    assert len(persons_in_query(query, names=names)) == 20
