"""What a question means and where it goes wrong, as tables that a user of the monitor can check."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from regietafel.monitor.engine.matching import Matcher, available_scanners
from regietafel.monitor.engine.query import Document, Query, QueryError, parse
from regietafel.monitor.engine.query.reference import answers

HERE = Path(__file__).parent
PROPERTIES = {
    "bron": "source",
    "domein": "domain",
    "taal": "language",
    "plaats": "place",
    "url": "url",
    "soort": "kind",
}


def _rows(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


def _document(title: str, text: str, properties: str) -> Document:
    found: dict[str, Any] = {}
    for name, value in (one.split("=", 1) for one in properties.split("; ") if one):
        if name == "dag":
            found["day"] = date.fromisoformat(value)
        elif name == "label":
            found["labels"] = tuple(value.split(", "))
        else:
            found[PROPERTIES[name]] = value
    return Document(title, text, **found)


def _holds(query: Query, document: Document) -> bool:
    return bool(Matcher({True: query}).answers(document))


@pytest.mark.parametrize(
    ("subject", "question", "title", "text", "properties", "hits", "why"), _rows("query.csv")
)
def test_meaning(
    subject: str, question: str, title: str, text: str, properties: str, hits: str, why: str
) -> None:
    query = parse(question)
    document = _document(title, text, properties)
    assert answers(query.tree, document) == (hits == "ja"), (subject, why)
    assert _holds(query, document) == (hits == "ja"), f"the fast path: {subject}, {why}"
    assert parse(query.canonical()).tree == query.tree, "the fixed form means the same"


@pytest.mark.parametrize("scanner", available_scanners())
def test_every_scanner_gives_every_verdict_of_the_table(scanner: str) -> None:
    rows = _rows("query.csv")
    matcher = Matcher({number: parse(row[1]) for number, row in enumerate(rows)}, scanner=scanner)
    found = matcher.answer_all(_document(*row[2:5]) for row in rows)
    verdicts = ["ja" if number in keys else "nee" for number, keys in enumerate(found)]
    assert verdicts == [row[5] for row in rows]


@pytest.mark.parametrize(("question", "line", "column", "part", "remedy"), _rows("query_errors.csv"))
def test_error_names_place_reason_and_remedy(
    question: str, line: str, column: str, part: str, remedy: str
) -> None:
    with pytest.raises(QueryError) as caught:
        parse(question)
    error = caught.value
    assert part in error.message
    assert remedy in error.suggestion
    assert (error.line, error.column) == (int(line), int(column))
    assert error.caret(question).splitlines()[-1] == " " * (int(column) - 1) + "^"


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(QueryError) as caught:
        parse("(as*iel OR a*) AND\nOR title:x\n-borne (")
    first = caught.value
    places = [(error.line, error.column) for error in (first, *first.others)]
    assert places == [(1, 2), (1, 12), (1, 16), (2, 4), (3, 1), (3, 8)]
    assert [error.others for error in first.others] == [()] * 5


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ('azc AND (borne\nNOT "kade', [(1, 9), (2, 5)]),
        ('azc AND (borne NOT "kade)', [(1, 20)]),
        ('(azc AND (borne NOT "kade)', [(1, 1), (1, 21)]),
        ('titel:"azc', [(1, 7)]),
        ("azc AND (<plaats OR borne)", [(1, 10)]),
        ('"azc', [(1, 1)]),
        ("(OR) azc", [(1, 2)]),
    ],
)
def test_what_only_follows_from_a_mistake_is_no_mistake(question: str, places: list[tuple[int, int]]) -> None:
    with pytest.raises(QueryError) as caught:
        parse(question)
    assert [(error.line, error.column) for error in (caught.value, *caught.value.others)] == places


def test_a_mistake_is_shown_in_its_own_line() -> None:
    with pytest.raises(QueryError) as caught:
        parse("azc OR\r\n\tbor*ne OR x")
    assert caught.value.caret("azc OR\r\n\tbor*ne OR x") == "\tbor*ne OR x\n\t^"


@pytest.mark.parametrize(("question", "part", "replacement"), _rows("query_hints.csv"))
def test_hint_shows_what_could_stand_there(question: str, part: str, replacement: str) -> None:
    query = parse(question)
    assert len(query.hints) == bool(part)
    for hint in query.hints:
        assert part in str(hint)
        assert hint.replacement == replacement
        if not replacement:
            continue
        better = question[: hint.start] + replacement + question[hint.end :]
        assert better != question
        assert parse(better).hints == ()


def test_hint_stands_where_the_word_stands() -> None:
    (hint,) = parse("hen\u00adgelo\nof borne").hints
    assert str(hint) == "“of” zoeken wij als gewoon woord. Bedoelt u het verband, schrijf dan OF."
    assert (hint.line, hint.column, hint.start, hint.end) == (2, 1, 9, 11)


@pytest.mark.parametrize(("dialect", "question", "read", "hint_part", "why"), _rows("query_dialects.csv"))
def test_dialect_is_read_as_its_makers_mean_it(
    dialect: str, question: str, read: str, hint_part: str, why: str
) -> None:
    if read.startswith("fout: "):
        with pytest.raises(QueryError) as caught:
            parse(question, dialect=dialect)
        assert read.removeprefix("fout: ") in caught.value.message, why
        return
    query = parse(question, dialect=dialect)
    assert query.canonical() == read, why
    assert parse(read).tree == query.tree, "the fixed form is in our own way of writing"
    assert hint_part in " ".join(map(str, query.hints))
    assert bool(query.hints) == bool(hint_part)


@pytest.mark.parametrize(("question", "filled", "read", "why"), _rows("query_filled.csv"))
def test_blanks_are_filled(question: str, filled: str, read: str, why: str) -> None:
    pairs = (pair.split("=", 1) for pair in filled.split("; ") if pair)
    values = {name: value.split("|") for name, value in pairs}
    if read.startswith("fout: "):
        with pytest.raises(QueryError) as caught:
            parse(question).filled(values)
        assert read.removeprefix("fout: ") in caught.value.message, why
        assert caught.value.suggestion
        assert caught.value.column == question.index("<") + 1
        return
    query = parse(question).filled(values)
    assert query.canonical() == read, why
    assert query.blanks() == ()
    assert parse(read).tree == query.tree


@pytest.mark.parametrize(("question", "told"), _rows("query_explained.csv"))
def test_explanation_is_plain_dutch(question: str, told: str) -> None:
    assert parse(question).explain() == told


MODEL = """\
(allocht* OR arbeidsmigra* OR asielzoek* OR "asiel zoekers" OR azc* OR buitenlander* OR coa OR
crisisopvang* OR crisislo* OR crisisnoodopvang* OR dominverzet OR kominverzet OR gelukszoeker* OR
gelukzoeker* OR goudzoeker* OR IND OR migrant* OR noodopvang* OR opvang* OR spoedopvang* OR
statushouder* OR syri* OR verblijfsvergunning* OR vergunninghouder* OR vluchteling* OR vlugteling*
OR zelfzorgarrangement* OR zza OR AMV*)
AND
(<plaatsnaam> OR <opvanglocatie> OR <straatnaam> OR <bijnaam plaats> OR <gemeentenaam> OR
<naam burgemeester> OR <twitteraccount gemeente>)
NOT
(kinderopvang OR buitenschoolse OR #nieuws OR #nieuwstwitter)
"""
PLACE = {
    "plaatsnaam": "Hengelo",
    "opvanglocatie": ["Twentehal", "oude melkfabriek"],
    "straatnaam": "Oude Dijk",
    "bijnaam plaats": "'t Heem",
    "gemeentenaam": "",
    "naam burgemeester": "burgemeester De Wit",
    "twitteraccount gemeente": "gemeentehengelo",
}


def test_model_query_of_source_004_has_its_parts() -> None:
    query = parse(MODEL)
    subject, place, excluded = query.data()["delen"]
    assert [len(part["delen"]) for part in (subject, place, excluded["deel"])] == [29, 7, 4]
    assert query.blanks() == tuple(name for name in PLACE)
    assert len(query.terms()) == 29 + 4
    assert [hint.replacement for hint in query.hints] == ["=IND", "=AMV*"]


@pytest.mark.parametrize("dialect", ["regietafel", "obi", "meltwater"])
def test_model_query_means_the_same_in_every_dialect_that_joins_with_and(dialect: str) -> None:
    assert parse(MODEL, dialect=dialect).tree == parse(MODEL).tree


@pytest.mark.parametrize(("title", "text", "hits", "why"), _rows("query_model.csv"))
def test_model_query_on_a_sentence(title: str, text: str, hits: str, why: str) -> None:
    query = parse(MODEL).filled(PLACE)
    document = Document(title, text)
    assert answers(query.tree, document) == (hits == "ja"), why
    assert _holds(query, document) == (hits == "ja"), why


def test_model_query_may_be_broken_over_lines_anywhere() -> None:
    broken = MODEL.replace(" ", "\n")
    assert parse(broken.replace('"asiel\nzoekers"', '"asiel zoekers"')).tree == parse(MODEL).tree


def test_model_query_is_told_in_a_few_sentences() -> None:
    told = parse(MODEL).explain()
    assert told.startswith("Wij zoeken berichten met minstens één van deze 29: allocht…, arbeidsmigra…, ")
    assert "één van de invulplekken ‹plaatsnaam›, ‹opvanglocatie›" in told
    assert "Berichten met kinderopvang, buitenschoolse, de hashtag #nieuws of" in told
    assert not {"AND", "OR", "NOT", "*"} & set(told.replace(",", " ").split())


def test_reading_as_a_list_names_what_must_and_must_not_be_there() -> None:
    subject, place, excluded = parse(MODEL).reading()
    assert [(part.role, len(part.parts)) for part in (subject, place, excluded)] == [
        ("moet", 29),
        ("moet", 7),
        ("mag niet", 4),
    ]
    assert (subject.parts[0].role, subject.parts[0].text) == ("één van", "allocht…")
