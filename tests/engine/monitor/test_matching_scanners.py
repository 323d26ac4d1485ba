"""Three scanners, one answer: whatever tree is asked of whatever message, as the slow evaluator says."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regietafel.monitor.engine.matching import Matcher, available_scanners
from regietafel.monitor.engine.query import Document, Query, Term
from regietafel.monitor.engine.query.documents import ZONES
from regietafel.monitor.engine.query.reference import answers
from regietafel.monitor.engine.query.tree import And, Days, Near, Node, Not, Or, Word

SCANNERS = available_scanners()
LETTERS = (
    "azc", "opvang", "noodopvang", "asiel", "zoekers", "asielzoekers", "de", "en", "oude", "syriers", "ind",
    "verblijfsvergunningen", "verblijfsvergunninghouders", "verblijfsvargunningen", "m²", "straße", "ijssel",
    "м", "азц", "لاجئين", "난민", "hengelo_ov", "a", "1",
)  # fmt: skip
STEMS = ("azc", "opva", "asiel", "verblijfsvergunning", "syr", "an", "ij", "stra", "м", "난", "gun", "")
WRITTEN = (
    *LETTERS, "AZC", "IND", "Ind", "Syriërs", "Syrie\u0308rs", "SYRIE\u0308RS", "op\u00advang", "a\u200dzc",
    "ĳssel", "IJssel", "#azc", "@azc", "x#azc", "##azc", "#de", "info@azc.nl", "azc-bewoners", "’s",
    "🔥azc🔥", "🔥\ufe0f", "asiel. Zoekers", "ÅNGSTRØM", "ǿ", "o\u0301", "\x00", "\x81", "\ud800", "\ufeff", "≠",
    "ſ", "K", "🏴\U000e0067\U000e007f", "٣", "ａｚｃ", "\u0301",
)  # fmt: skip
EXACT = ("IND", "Syriërs", "AZC", "de")


def _word(letters: str, ends: tuple[bool, bool], sign: str) -> Word:
    return Word(letters, sign, ends[0], ends[1] or not letters)


ENDS = st.sampled_from([(False, False)] * 3 + [(False, True)] * 3 + [(True, False), (True, True)])
SIGNS = st.sampled_from(["", "", "", "#", "@"])
WORDS = st.one_of(
    st.builds(Word, st.sampled_from(LETTERS), SIGNS),
    st.builds(_word, st.sampled_from(STEMS), ENDS, SIGNS),
    st.builds(Word, st.sampled_from(["?zc", "syri?rs", "op?ang", "??"]), SIGNS),
    st.builds(Word, st.sampled_from(EXACT), is_exact=st.just(True), open_end=st.booleans()),
)
FORMS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(tuple), min_size=1, max_size=2).map(tuple)


def terms(zones: tuple[str, ...] = ("",) * 6 + ZONES) -> st.SearchStrategy[Node]:
    return st.builds(Term, st.just(""), FORMS, st.sampled_from(zones))


NEAR = st.recursive(
    terms(("",)),
    lambda part: st.one_of(
        st.builds(Near, part, part, st.integers(0, 5), st.booleans()),
        st.lists(part, min_size=2, max_size=3).map(tuple).map(Or),
    ),
    max_leaves=4,
)
DAYS = st.builds(
    Days,
    st.sampled_from([None, date(2026, 1, 2)]),
    st.sampled_from([None, date(2026, 1, 2), date(2026, 2, 1)]),
)
TREES = st.recursive(
    st.one_of(terms(), terms(), NEAR, DAYS),
    lambda part: st.one_of(
        st.lists(part, min_size=1, max_size=4).map(tuple).map(And),
        st.lists(part, min_size=1, max_size=4).map(tuple).map(Or),
        st.builds(Not, part),
    ),
    max_leaves=8,
)
TEXTS = st.lists(
    st.one_of(st.sampled_from(WRITTEN), st.text(alphabet="azcopvn ü#@-.ß\u0308", max_size=6)), max_size=14
).map(" ".join)
SHORT = st.sampled_from(["", "azc", "Oude IND", "#azc de", "м азц"])
DOCUMENTS = st.builds(
    Document,
    title=st.one_of(st.just(""), TEXTS),
    text=TEXTS,
    source=SHORT,
    domain=st.sampled_from(["", "azc.nl", "www.azc.nl", "azc.opvang"]),
    language=st.sampled_from(["", "de", "ind"]),
    place=SHORT,
    labels=st.lists(SHORT, max_size=2).map(tuple),
    url=st.sampled_from(["", "https://azc.nl/opvang#azc", "https://user@oude.de:1/"]),
    kind=SHORT,
    day=st.sampled_from([None, date(2026, 1, 1), date(2026, 1, 2), date(2026, 3, 1)]),
)


def _right(trees: dict[int, Node], documents: list[Document]) -> list[frozenset[int]]:
    return [
        frozenset(key for key, tree in trees.items() if answers(tree, document)) for document in documents
    ]


@pytest.mark.parametrize("scanner", SCANNERS)
@settings(max_examples=250, deadline=None)
@given(trees=st.lists(TREES, max_size=6), documents=st.lists(DOCUMENTS, max_size=5))
def test_every_scanner_gives_the_answer_of_the_slow_evaluator(
    scanner: str, trees: list[Node], documents: list[Document]
) -> None:
    numbered = dict(enumerate(trees))
    matcher = Matcher({key: Query("", tree) for key, tree in numbered.items()}, scanner=scanner)
    assert list(matcher.answer_all(documents)) == _right(numbered, documents)
