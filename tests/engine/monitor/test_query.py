"""The query language under pressure: any text is read or refused, and the fast path agrees with the slow."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regietafel.monitor.engine.query import Document, QueryError, parse
from regietafel.monitor.engine.query.reading import MAX_LENGTH, MAX_NESTING, MAX_TERMS
from regietafel.monitor.engine.query.reference import answers
from regietafel.monitor.engine.query.words import fold, split_words


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
    tree = parse(question).tree
    assert answers(tree, Document("azc hengelo"))
    assert answers(tree, Document("borne"))
    assert not answers(tree, Document("azc"))
