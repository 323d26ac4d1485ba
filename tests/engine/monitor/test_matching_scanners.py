"""Three scanners, one answer: whatever tree is asked of whatever message, as the slow evaluator says."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regietafel.monitor.engine.matching import Hits, Matcher, Texts, available_scanners
from regietafel.monitor.engine.matching import matcher as matching
from regietafel.monitor.engine.query import Document, Query, Term, parse
from regietafel.monitor.engine.query.documents import ZONES
from regietafel.monitor.engine.query.reference import answers
from regietafel.monitor.engine.query.tree import And, Days, Near, Node, Not, Or, Word
from tests.thoroughness import examples

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
    "🔥azc🔥", "🔥\ufe0f", "asiel. Zoekers", "ÅNGSTRØM", "ǿ", "o\u0301", "\x00", "\x81", "\ud800", "\ufeff",
    "≠", "ſ", "K", "🏴\U000e0067\U000e007f", "٣", "ａｚｃ", "\u0301",
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
@settings(max_examples=examples(30), deadline=None)
@given(trees=st.lists(TREES, max_size=6), documents=st.lists(DOCUMENTS, max_size=5))
def test_every_scanner_gives_the_answer_of_the_slow_evaluator(
    scanner: str, trees: list[Node], documents: list[Document]
) -> None:
    numbered = dict(enumerate(trees))
    matcher = Matcher({key: Query("", tree) for key, tree in numbered.items()}, scanner=scanner)
    assert list(matcher.answer_all(documents)) == _right(numbered, documents)


@pytest.mark.parametrize("scanner", SCANNERS)
@settings(max_examples=examples(12), deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, 4), st.one_of(st.none(), TREES)), max_size=12),
    document=DOCUMENTS,
    most=st.integers(0, 3),
)
def test_what_is_put_changed_or_dropped_holds_at_once(
    scanner: str, changes: list[tuple[int, Node | None]], document: Document, most: int
) -> None:
    matcher: Matcher[int] = Matcher(scanner=scanner)
    known: dict[int, Node] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "MOST_CHANGED", most)
        for key, tree in changes:
            if tree is not None:
                matcher.put(key, Query("", tree))
                known[key] = tree
            elif key in known:
                matcher.drop(key)
                del known[key]
            assert matcher.answers(document) == _right(known, [document])[0]
            hits = matcher.match_texts(Texts.of([document.text]), Texts.of([document.title]))
            bare = Document(document.title, document.text)
            assert _answered(hits, 1) == _right(known, [bare])


@pytest.mark.parametrize("scanner", SCANNERS)
@settings(max_examples=examples(15), deadline=None)
@given(
    tree=TREES,
    texts=st.lists(
        st.binary(max_size=20) | TEXTS.map(lambda text: text.encode("utf-8", "replace")), max_size=6
    ),
    before=st.binary(max_size=9),
)
def test_texts_of_arrow_are_read_where_they_lie_whatever_their_bytes(
    scanner: str, tree: Node, texts: list[bytes], before: bytes
) -> None:
    ends = [len(before)]
    for text in texts:
        ends.append(ends[-1] + len(text))
    matcher = Matcher({0: Query("", tree)}, scanner=scanner)
    hits = matcher.match_texts(Texts.from_buffers(before + b"".join(texts), ends))
    documents = [Document(text=text.decode("utf-8", "replace")) for text in texts]
    assert _answered(hits, len(texts)) == _right({0: tree}, documents)


@pytest.mark.parametrize("scanner", [None, *SCANNERS])
def test_batches_of_any_size_give_what_each_message_gives_alone(scanner: str | None) -> None:
    queries = {1: parse("azc* NOT kinderopvang"), 2: parse('"oude markt" OR *hal*'), 3: parse("=IND OR a?c")}
    texts = [
        "Het azc",
        "ind",
        "IND",
        "de oude markt",
        "azcs en kinderopvang",
        "sporthallen",
        "м",
        "",
        "abc",
    ] * 300
    documents = [Document(text=text) for text in texts]
    matcher = Matcher(queries, scanner=scanner)
    alone = {document: matcher.answers(document) for document in documents[:9]}
    assert alone == {document: _right(_trees(queries), [document])[0] for document in documents[:9]}
    assert list(matcher.answer_all(documents)) == [alone[document] for document in documents]
    assert _answered(matcher.match_texts(Texts.of(texts)), len(texts)) == [alone[one] for one in documents]


@pytest.mark.parametrize("scanner", SCANNERS)
def test_long_words_that_differ_only_in_the_middle_are_not_taken_for_each_other(scanner: str) -> None:
    words = ["gemeentehoogeveenstad", "gemeentehoogavoenstad", "gemeentehoogXveenstad".lower()]
    queries = {word: parse(word) for word in words} | {"begin": parse("gemeentehoogavoen*")}
    matcher = Matcher(queries, scanner=scanner)
    assert [matcher.answers(Document(text=word)) for word in words] == [
        {words[0]},
        {words[1], "begin"},
        {words[2]},
    ]


def test_a_question_with_blanks_left_is_refused() -> None:
    with pytest.raises(ValueError, match="blanks"):
        Matcher({1: parse("azc <plaatsnaam>")})


def _trees(queries: Mapping[int, Query]) -> dict[int, Node]:
    return {key: query.tree for key, query in queries.items()}


def _answered(hits: Hits, count: int) -> list[frozenset[int]]:
    answered: list[set[int]] = [set() for _ in range(count)]
    for document, query in zip(hits.document.tolist(), hits.query.tolist(), strict=True):
        answered[document].add(hits.keys[query])
    return [frozenset(keys) for keys in answered]
