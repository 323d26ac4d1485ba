"""The marked words are those that made the message answer, at their place in the text as written."""

import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regietafel.monitor.engine.query import Document, Query, parse
from regietafel.monitor.engine.query.marking import marks
from regietafel.monitor.engine.query.placing import MOST_PAIRS, Ground, pairs, vocabulary_of
from regietafel.monitor.engine.query.reference import Span, answers, spans
from regietafel.monitor.engine.query.snippets import origins, pieces, snippet
from regietafel.monitor.engine.query.tree import And, Blank, Near, Node, Not, Or, Term, Word, all_terms
from regietafel.monitor.engine.query.words import Cutting, cut, normalise
from tests.thoroughness import examples

TEXT_WORDS = ["azc", "AZC", "opvang", "noodopvang", "asiel", "zoekers", "Syriërs", "#azc", "@coa", "en", ";"]
WORDS = [
    Word("azc"),
    Word("AZC", is_exact=True),
    Word("azc", sign="#"),
    Word("", sign="#", open_end=True),
    Word("opv", open_end=True),
    Word("vang", open_start=True),
    Word("ie", open_start=True, open_end=True),
    Word("as?el"),
    Word("syriers"),
    Word("en"),
]
FORMS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(tuple)
TERMS = st.builds(
    Term,
    st.just("term"),
    st.lists(FORMS, min_size=1, max_size=2).map(tuple),
    st.sampled_from(["", "", "titel", "bron"]),
)
PLACED = st.recursive(
    TERMS,
    lambda some: st.one_of(
        st.builds(Or, st.lists(some, min_size=1, max_size=3).map(tuple)),
        st.builds(Near, some, some, st.integers(0, 3), st.booleans()),
    ),
    max_leaves=4,
)
TREES = st.recursive(
    st.one_of(TERMS, st.builds(Near, PLACED, PLACED, st.integers(0, 3), st.booleans())),
    lambda some: st.one_of(
        st.builds(And, st.lists(some, min_size=1, max_size=3).map(tuple)),
        st.builds(Or, st.lists(some, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, some),
    ),
    max_leaves=6,
)
TEXTS = st.lists(st.sampled_from(TEXT_WORDS), max_size=9).map(" ".join)


def _marked(text: str, query: str, zone: str = "tekst") -> list[str]:
    document = Document(title=text if zone == "titel" else "", text=text if zone == "tekst" else "")
    return [text[mark.start : mark.end] for mark in marks(parse(query), document) if mark.zone == zone]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Nieuw azc, oud AZC", "azc", ["azc", "AZC"]),
        ("De Syriërs van Borne", "syriers", ["Syriërs"]),
        ("De Syrie\u0308rs van Borne", "syriërs", ["Syrie\u0308rs"]),
        ("as\u00adiel\u200bzoeker", "asielzoeker*", ["as\u00adiel\u200bzoeker"]),
        ("\ufeffazc \u200bin Ĳsselmuiden", "ijsselmuiden", ["Ĳsselmuiden"]),
        ("asiel. Zoekers", '"asiel zoekers"', ["asiel. Zoekers"]),
        ("#azc en azc", "#azc", ["#azc"]),
        ("noodopvang en kinderopvang", "noodopvang NIET (borne OF hengelo)", ["noodopvang"]),
        ("opvang in Borne", "opvang OF (azc EN borne)", ["opvang"]),
        ("azc zonder meer", "opvang", []),
    ],
)
def test_marked_as_written(text: str, query: str, expected: list[str]) -> None:
    assert _marked(text, query) == expected
    assert _marked(text, query, zone="titel") == expected


def test_overlapping_words_become_one_stretch() -> None:
    text = "Asiel zoekers welkom"
    document = Document(text=text)
    (mark,) = marks(parse('zoekers* OF "asiel zoekers" OF asiel OF "zoekers welkom"'), document)
    assert text[mark.start : mark.end] == text
    assert mark.term.written == '"asiel zoekers"'


def test_a_message_in_which_everything_is_near_everything_is_marked_at_its_start() -> None:
    text = "azc opvang " * 3_000
    found = marks(parse("(azc NEAR/100 opvang) NEAR/100 (azc NEAR/100 opvang)"), Document(text=text))
    assert [text[mark.start : mark.end] for mark in found[:4]] == ["azc", "opvang", "azc", "opvang"]
    assert found[0].start == 0


LONG = {
    "one word": "azc ",
    "every accent apart": "Syrie\u0308rs azc opvang ",
    "a sentence": "Het azc en de opvang in Hengelo. ",
}
REPEATED = [
    "azc",
    "azc* OF =AZC OF opvang",
    '"azc azc"',
    "azc NEAR/5 azc",
    "(azc OF opvang*) NEAR/100 (hengelo OF azc)",
    "(azc NEAR/5 azc) NEAR/5 (azc NEAR/5 opvang)",
    '(azc OF azc* OF "azc opvang") NIET (kermis EN azc)',
]


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("question", REPEATED)
def test_marking_takes_a_few_steps_a_word_however_long_the_text(name: str, question: str) -> None:
    asked, piece = parse(question), LONG[name]
    words = len(piece.split())
    text = piece * (6_000 // words)
    few, many = (_steps(asked, piece * (count // words)) for count in (600, 6_000))
    assert many < 12 * few and many < 15 * 6_000
    assert _steps(asked, text, shown=True) - many < 2_000, "a snippet walks through the whole text"


def _steps(query: Query, text: str, *, shown: bool = False) -> int:
    """Count what is called while a text is marked, and while it is shown."""
    count = 0

    def note(_frame: object, event: str, _called: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    document = Document(text=text)
    marks(query, document)  # what is remembered is remembered
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        found = marks(query, document)
        if shown:
            snippet(text, found)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("is_ordered", [False, True])
def test_no_more_pairs_are_looked_at_than_the_limit(is_ordered: bool) -> None:
    word = Term("azc", ((Word("azc"),),))
    near = Near(word, word, 100, is_ordered)
    ground = Ground(Document(text="azc " * 5_000), vocabulary_of(near))
    everywhere = ground.term_places(word)
    left, right = pairs(near, left=everywhere, right=everywhere)
    assert len(left) == len(right) == MOST_PAIRS * (1 if is_ordered else 2)


def test_a_blank_is_refused() -> None:
    with pytest.raises(ValueError, match="blanks"):
        marks(Query("", And((Term("azc", ((Word("azc"),),)), Blank("plaatsnaam")))), Document("azc"))


@settings(max_examples=examples(40), deadline=None)
@given(TREES, TEXTS, TEXTS)
def test_marks_are_the_words_of_the_reference(tree: Node, title: str, text: str) -> None:
    document = Document(title, text, source="azc")
    found = marks(Query("", tree), document)
    expected = _helping(tree, document) if answers(tree, document) else set()
    assert _words_marked(found, document) == {word for span in expected for word in _words_of(span)}
    for before, behind in pairwise(found):
        assert before.zone != behind.zone or before.end <= behind.start
    assert {mark.term for mark in found} <= set(all_terms(tree))


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_every_normalised_character_comes_from_somewhere(text: str) -> None:
    normal = normalise(text)
    starts, ends = origins(text)
    assert len(starts) == len(ends) == len(normal)
    for place, character in enumerate(normal):
        assert character in normalise(text[starts[place] : ends[place]])


@given(st.text("e\u0301\u0308\u200b\u1112\u1161\u11ab ĳa\u00ad", max_size=30))
def test_a_text_normalises_piece_by_piece(text: str) -> None:
    starts, ends = origins(text)
    clusters = dict.fromkeys(zip(starts, ends, strict=True))
    assert "".join(normalise(text[start:end]) for start, end in clusters) == normalise(text)


@given(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("#@ azcë\u0308\u200b_")), max_size=30))
def test_a_text_cut_at_once_is_cut_the_same(text: str) -> None:
    words = Cutting(text)
    assert [words.token(number) for number in range(len(words.folded))] == list(cut(text))
    assert list(words.written()) == [token.written for token in cut(text)]


def test_pieces_are_the_text() -> None:
    text = "Nieuw azc: bezwaar tegen azc"
    cut_up = pieces(text, marks(parse("azc"), Document(text=text)))
    assert "".join(piece.text for piece in cut_up) == text
    assert [piece.text for piece in cut_up if piece.is_marked] == ["azc", "azc"]


@given(st.text("ab \n", max_size=60), st.integers(1, 40), st.data())
def test_a_snippet_holds_its_first_mark(text: str, characters: int, data: st.DataObject) -> None:
    words = list(cut(text))
    marked = [data.draw(st.sampled_from(words))] if words else []
    shown = snippet(text, marked, characters=characters)
    inner = [piece for piece in shown if "…" not in piece.text]
    assert "".join(piece.text for piece in inner) in text
    assert [piece.text for piece in shown if piece.is_marked] == [token.written for token in marked]


def test_a_snippet_is_short_and_in_whole_words() -> None:
    text = "woord " * 400 + "het azc komt er " + "woord " * 400
    shown = snippet(text, marks(parse("azc"), Document(text=text)))
    told = "".join(piece.text for piece in shown)
    assert told.startswith("… woord") and told.endswith("woord …") and "het azc komt" in told
    assert len(told) <= 250


def test_a_snippet_is_short_where_the_whole_text_is_one_mark() -> None:
    text = "azc " * 5_000
    found = marks(parse('"azc azc"'), Document(text=text))
    assert len(found) == 1
    assert len("".join(piece.text for piece in snippet(text, found))) <= 1_010


def _helping(node: Node, document: Document, *, negated: bool = False) -> set[Span]:
    """Say by brute force which words help the answer."""
    if isinstance(node, Not):
        return _helping(node.part, document, negated=not negated)
    if isinstance(node, And | Or):
        holding = [part for part in node.parts if answers(part, document) is not negated]
        return {span for part in holding for span in _helping(part, document, negated=negated)}
    return set() if negated else {leaf for _, leaves in _combinations(node, document) for leaf in leaves}


def _combinations(node: Node, document: Document) -> set[tuple[Span, frozenset[Span]]]:
    if isinstance(node, Term):
        return {(span, frozenset({span})) for span in spans(node, document)}
    if isinstance(node, Or):
        return {found for part in node.parts for found in _combinations(part, document)}
    assert isinstance(node, Near)
    found = set()
    for one, own in _combinations(node.left, document):
        for other, others in _combinations(node.right, document):
            before, behind = sorted((one, other))
            is_near = one[:2] == other[:2] and 0 <= behind.first - before.after <= node.distance
            if is_near and (before is one or not node.is_ordered):
                found.add((Span(one.zone, one.run, before.first, behind.after), own | others))
    return found


def _words_of(span: Span) -> set[tuple[str, int]]:
    shown = span.zone in ("titel", "tekst")
    return {(span.zone, number) for number in range(span.first, span.after)} if shown else set()


def _words_marked(found: tuple, document: Document) -> set[tuple[str, int]]:  # type: ignore[type-arg]
    texts = {"titel": document.title, "tekst": document.text}
    return {
        (mark.zone, number)
        for mark in found
        for number, token in enumerate(cut(texts[mark.zone]))
        if mark.start <= token.start and token.end <= mark.end
    }
