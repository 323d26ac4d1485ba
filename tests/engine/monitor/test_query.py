"""The query language under pressure: any text is read or refused, and the fast path agrees with the slow."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regietafel.monitor.engine.query import Query, QueryError, match_many, parse
from regietafel.monitor.engine.query.reading import MAX_LENGTH, MAX_NESTING, MAX_TERMS
from regietafel.monitor.engine.query.reference import answers
from regietafel.monitor.engine.query.words import fold, split_words

WORDS = [
    "azc",
    "opvang",
    "asiel",
    "zoekers",
    "asielzoekers",
    "hengelo",
    "borne",
    "Syriërs",
    "#azc",
    "@coa",
    "café",
]
TERMS = [*WORDS, "azc*", "opva*", "asiel-zoekers", '"asiel zoekers"', '"opvang hen*"', "#az*", "AMV's"]


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(parts, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda some: f"({' OF '.join(some)})"),
        several.map(lambda some: f"({' EN '.join(some)})"),
        several.map(lambda some: f"({' '.join(some)})"),
        parts.map(lambda part: f"NIET {part}"),
    )


QUESTIONS = st.recursive(st.sampled_from(TERMS), _joined, max_leaves=12)
TEXTS = st.lists(
    st.sampled_from([*WORDS, "azc-bewoners", "opvangt", "AMV’s", "amvs", "info@coa.nl", ".", "x#azc"]),
    max_size=12,
).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(question=QUESTIONS, title=TEXTS, text=TEXTS)
def test_fast_path_agrees_with_the_slow_evaluator(question: str, title: str, text: str) -> None:
    try:
        query = parse(question)
    except QueryError:
        return
    assert query.matches(title, text) == answers(query.tree, title=title, text=text)
    assert parse(query.canonical()).tree == query.tree


@settings(max_examples=100, deadline=None)
@given(questions=st.lists(QUESTIONS, max_size=8), texts=st.lists(st.tuples(TEXTS, TEXTS), max_size=6))
def test_many_questions_at_once_give_what_each_gives_alone(
    questions: list[str], texts: list[tuple[str, str]]
) -> None:
    queries = _readable(questions)
    together = list(match_many(queries, texts))
    assert together == [
        frozenset(key for key, query in queries.items() if query.matches(title, text))
        for title, text in texts
    ]


def _readable(questions: list[str]) -> dict[int, Query]:
    queries = {}
    for number, question in enumerate(questions):
        try:
            queries[number] = parse(question)
        except QueryError:
            continue
    return queries


@settings(max_examples=500, deadline=None)
@given(
    text=st.text(alphabet=st.sampled_from(list("abAND ORNOTEN()\"*#@<>-'’:~?\n\t.x é\u200b")), max_size=60)
)
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as error:
        assert 1 <= error.line <= text.count("\n") + 1
        assert error.caret(text).endswith("^")
    else:
        assert parse(query.canonical()).tree == query.tree


@given(text=st.text(max_size=80))
def test_words_are_the_same_composed_and_decomposed(text: str) -> None:
    import unicodedata

    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert split_words(forms[0]) == split_words(forms[1])
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "question",
    [
        "(" * 2_000 + "azc" + ")" * 2_000,
        "(" * 2_000,
        ")" * 2_000,
        "NOT " * 4_000 + "azc",
        " OR ".join(f"woord{number}" for number in range(MAX_TERMS + 1)),
        "azc " * MAX_LENGTH,
        '"' + " ".join(["a-b"] * 30) + '"',
        "a-b-c-d" * 500,
        '"' * 1_999,
    ],
    ids=["nested", "opened", "closed", "negated", "terms", "length", "hyphens", "joined", "quotes"],
)
def test_absurd_questions_are_answered_at_once(question: str) -> None:
    started = time.process_time()
    try:
        parse(question)
    except QueryError as error:
        assert error.message
    assert time.process_time() - started < 0.5


def test_limits_still_let_a_large_question_through() -> None:
    question = " OR ".join(f"woord{number}" for number in range(MAX_TERMS))
    assert len(parse("(" * MAX_NESTING + question + ")" * MAX_NESTING).terms()) == MAX_TERMS


def test_deep_but_allowed_nesting_is_evaluated() -> None:
    question = "azc"
    for _ in range(MAX_NESTING - 1):
        question = (
            f"(borne OR (hengelo AND {question}))" if question.count("(") < MAX_NESTING - 2 else question
        )
    assert parse(question).matches("azc hengelo")
    assert parse(question).matches("borne")
    assert not parse(question).matches("azc")
