"""What a question means and where it goes wrong, as tables that a user of the monitor can check."""

import csv
from pathlib import Path

import pytest

from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.query import Document, Query, QueryError, parse
from regietafel.monitor.engine.query.reference import answers

HERE = Path(__file__).parent


def _rows(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


def matches(query: Query, title: str, text: str = "") -> bool:
    return bool(Matcher({True: query}).answers(Document(title, text)))


@pytest.mark.parametrize(("question", "title", "text", "hits", "why"), _rows("query.csv"))
def test_meaning(question: str, title: str, text: str, hits: str, why: str) -> None:
    query = parse(question)
    assert matches(query, title, text) == (hits == "ja"), why
    assert answers(query.tree, Document(title, text)) == (hits == "ja"), f"the slow evaluator: {why}"
    assert parse(query.canonical()).tree == query.tree, "the fixed form means the same"


@pytest.mark.parametrize(("question", "line", "column", "part"), _rows("query_errors.csv"))
def test_error_names_place_and_reason(question: str, line: str, column: str, part: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(question)
    error = caught.value
    assert part in error.message
    assert (error.line, error.column) == (int(line), int(column))
    assert error.suggestion, "every error says what to write instead"
    assert error.caret(question).splitlines()[-1] == " " * (int(column) - 1) + "^"


def test_model_query_of_source_004_with_places_filled_in() -> None:
    subject = (
        '(allocht* OR arbeidsmigra* OR asielzoek* OR "asiel zoekers" OR azc* OR coa OR crisisopvang* OR IND\n'
        "OR noodopvang* OR opvang* OR statushouder* OR syri* OR vluchteling* OR AMV*)"
    )
    query = parse(f"{subject}\nAND\n(Hengelo OR #hengelo)\nNOT\n(kinderopvang OR buitenschoolse OR #nieuws)")
    assert len(query.terms()) == 14 + 2 + 3
    assert matches(query, "Hengelo opent noodopvang voor Syriërs")
    assert not matches(query, "Hengelo opent kinderopvang naast de noodopvang")
    assert not matches(query, "Borne opent noodopvang")
    assert not matches(query, "Hengelo: opvang #nieuws")


def test_explanation_is_dutch_and_names_what_is_excluded() -> None:
    told = parse('(azc OR "nieuwe opvang") hengelo NIET kinderopvang').explain()
    assert told == (
        "Wij zoeken berichten met azc of de woordgroep “nieuwe opvang”, en ook met hengelo, "
        "maar niet met kinderopvang."
    )


def test_lower_case_operator_is_a_word_with_a_hint() -> None:
    (hint,) = parse("hengelo\nof borne").hints
    assert str(hint) == "“of” zoeken wij als gewoon woord. Bedoelt u het verband, schrijf dan OF."
    assert (hint.line, hint.column, hint.start, hint.end, hint.replacement) == (2, 1, 8, 10, "OF")
    assert parse("hengelo OF borne").hints == ()
