"""What is demanded of the index never loses an answer."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regietafel.monitor.engine.query import Document, QueryError, parse
from regietafel.monitor.engine.query.reference import answers
from regietafel.monitor.engine.searching import (
    MOST_LETTERS,
    AllOf,
    AnyOf,
    Demand,
    Has,
    demanded,
    filed_under,
    number_at,
    place_in_time,
    places_within,
)
from tests.thoroughness import examples

WORDS = st.sampled_from(["azc", "AZC", "Azcs", "opvang", "noodopvang", "Syriërs", "hengelo", "de", "x", "a1"])
WRITTEN = st.sampled_from(["azc-opvang", "AMV's", "#azc", "@azc", "d'azc", "azc_1", "azc,opvang", "ĳs", "-"])
TEXTS = st.lists(WORDS | WRITTEN, max_size=7).map(" ".join)
DOCUMENTS = st.builds(
    Document,
    title=TEXTS,
    text=TEXTS,
    source=TEXTS,
    language=st.sampled_from(["nl", "en", ""]),
    place=TEXTS,
    labels=st.lists(TEXTS, max_size=2).map(tuple),
    url=st.sampled_from(["", "https://www.azc-nieuws.nl/opvang/#azc?x=1", "https://hengelo.nl/a_1"]),
    kind=st.sampled_from(["nieuws", "pers"]),
    day=st.sampled_from([None, date(2026, 3, 1), date(2026, 3, 2)]),
)
LEAVES = st.sampled_from(
    "azc opvang opvang* *opvang *opvang* azc? a?c ?zc =AZC =Syriërs syriers #azc @azc #azc* #* azc-opvang "
    "AMV's titel:azc tekst:opvang bron:azc* domein:azc-nieuws.nl domein:hengelo.nl taal:nl plaats:hengelo "
    "label:azc label:#azc url:opvang url:a_1 soort:nieuws sinds:2026-03-02 tot:2026-03-01 azc_1 ijs".split()
) | st.sampled_from(['"azc opvang"', '"azc opvang*"', '"de azc"~2', '="Azcs de"'])
QUESTIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OF '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' EN '.join(parts)})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} NIET {pair[1]})"),
        st.tuples(LEAVES, LEAVES).map(lambda pair: f"({pair[0]} NABIJ3 {pair[1]})"),
    ),
    max_leaves=6,
)


def holds(demand: Demand, words: frozenset[str]) -> bool:
    """Look a demand up the way a database does."""
    if isinstance(demand, Has):
        return any(
            word == demand.word or (demand.open_end and word.startswith(demand.word)) for word in words
        )
    verdicts = (holds(part, words) for part in demand.parts)
    return all(verdicts) if isinstance(demand, AllOf) else any(verdicts)


@settings(max_examples=examples(90))
@given(question=QUESTIONS, document=DOCUMENTS)
def test_an_answer_is_filed_under_what_is_demanded(question: str, document: Document) -> None:
    try:
        tree = parse(question).tree
    except QueryError:
        return
    if answers(tree, document):
        demand = demanded(tree)
        assert demand is None or holds(demand, filed_under(document))


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("opvang*", Has("opvang", open_end=True)),
        ("=IND", Has("ind")),
        ("Syriërs NIET kermis", Has("syriers")),
        ("bron:tubantia", Has("bron=tubantia")),
        ("#*", Has("#", open_end=True)),
        ("*opvang* borne", Has("borne")),
        ("azc sinds:2026-01-01", Has("azc")),
        ("azc-opvang", AnyOf((AllOf((Has("azc"), Has("opvang"))), Has("azcopvang")))),
    ],
)
def test_as_much_is_demanded_as_an_index_of_words_can_tell(question: str, wanted: Demand) -> None:
    assert demanded(parse(question).tree) == wanted


@pytest.mark.parametrize("letters", [MOST_LETTERS - 1, MOST_LETTERS, MOST_LETTERS + 1, 500])
def test_a_word_of_any_length_is_found(letters: int) -> None:
    word = "a" * letters
    for question in (word, f"{word[:-1]}*", f"{word}*", f"{word[:-1]}?"):
        demand = demanded(parse(question).tree)
        assert demand is not None and holds(demand, filed_under(Document(text=f"Een {word}")))


def test_only_clean_words_reach_a_database() -> None:
    hostile = Document(
        title="'\"); DROP TABLE x; -- NEAR(a b) a* ^b \x00 \u202e",
        url="https://a\"b'c*d) OR (e.nl/x",
        labels=("'", '"'),
        source="Robert'); --",
    )
    assert all(char.isalnum() or char in "_#@=-" for word in filed_under(hostile) for char in word)


def test_a_very_large_question_demands_a_little_of_each_choice() -> None:
    phrases = [" ".join(f"{letter}{number}" for number in range(10, 50)) for letter in "abcdefghijklmno"]
    question = " OF ".join(f'("{one}" "{other}" borne)' for one in phrases for other in phrases[:3])
    demand = demanded(parse(question).tree)
    assert demand == Has("borne")
    assert demanded(parse(" OF ".join(f'"{one}"' for one in phrases)).tree) is not None


def test_the_days_of_a_question_leave_every_moment_of_those_days() -> None:
    first, after = places_within(parse("azc sinds:2026-03-02 tot:2026-03-03").tree)
    for moment in (datetime(2026, 3, 1, 22, 30, tzinfo=UTC), datetime(2026, 3, 3, 22, 59, tzinfo=UTC)):
        assert first <= place_in_time(moment, 2**31 - 1) < after
    assert number_at(place_in_time(datetime(2100, 12, 31, tzinfo=UTC), 2**31 - 1)) == 2**31 - 1
