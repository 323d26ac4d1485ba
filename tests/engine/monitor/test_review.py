"""The review counts what the slow evaluator would count, and offers only questions that read as meant."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regietafel.monitor.engine.query import Document, Query, QueryError, parse
from regietafel.monitor.engine.query.reference import answers, spans
from regietafel.monitor.engine.query.tree import And, Days, Near, Node, Not, Or, Term, Word, all_terms, walk
from regietafel.monitor.engine.review import Homonym, compare, review
from regietafel.monitor.engine.review.counts import MOST_NEAR_TERMS
from regietafel.monitor.engine.review.covering import covers, superfluous
from regietafel.monitor.engine.review.pruning import replaced, text_with, text_without
from tests.thoroughness import examples

NEVER: Node = Or(())
TODAY = date(2026, 11, 20)
WORDS = [
    Word("azc"),
    Word("azc", sign="#"),
    Word("AZC", is_exact=True),
    Word("opv", open_end=True),
    Word("opvang"),
    Word("vang", open_start=True),
    Word("borne"),
    Word("bo?ne"),
    Word("pva", open_start=True, open_end=True),
]
TERMS = st.builds(
    lambda forms, zone: Term(" ".join(word.letters for word in forms[0]), forms, zone),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(tuple), min_size=1, max_size=2).map(
        tuple
    ),
    st.sampled_from(["", "", "", "titel", "soort"]),
)
NEARS = st.builds(
    Near,
    st.one_of(TERMS, st.builds(Or, st.tuples(TERMS, TERMS))),
    TERMS,
    st.integers(0, 2),
    st.booleans(),
)
LEAVES = st.one_of(TERMS, TERMS, NEARS)
SOUGHT = st.one_of(LEAVES, st.builds(Or, st.lists(LEAVES, min_size=2, max_size=3).map(tuple)))
DAYS = st.builds(Days, st.just(TODAY - timedelta(days=1)))
TREES = st.builds(
    lambda sought, excluded: And((*sought, *map(Not, excluded))),
    st.tuples(SOUGHT, st.one_of(SOUGHT, DAYS)),
    st.lists(st.one_of(LEAVES, st.builds(Or, st.tuples(LEAVES, LEAVES))), max_size=2),
)
TEXTS = st.lists(
    st.sampled_from(["azc", "AZC", "#azc", "opvang", "noodopvang", "Borne", "en", "bonne"]), max_size=6
).map(" ".join)
DOCUMENTS = st.builds(
    lambda title, text, ago: Document(title, text, kind="nieuws", day=TODAY - timedelta(days=ago)),
    TEXTS,
    TEXTS,
    st.integers(0, 3),
)
SAMPLES = st.lists(DOCUMENTS, max_size=8)


@settings(max_examples=examples(15), deadline=None)
@given(TREES, SAMPLES)
def test_terms_are_counted_as_the_reference_would(tree: Node, sample: list[Document]) -> None:
    seen = review(Query("", tree), sample)
    found = [document for document in sample if answers(tree, document)]
    assert seen.answers == len(found)
    near = {term for node in walk(tree) if isinstance(node, Near) for term in all_terms(node)}
    crowded = near if len(near) > MOST_NEAR_TERMS else set()
    for count in seen.terms:
        gone = replaced(tree, count.term, new=NEVER)
        assert count.messages == sum(bool(spans(count.term, document)) for document in sample)
        assert count.answers == sum(bool(spans(count.term, document)) for document in found)
        alone = sum(not answers(gone, document) for document in found)
        assert count.only_here == (None if count.term in crowded else alone)


@settings(max_examples=examples(15), deadline=None)
@given(TREES, SAMPLES)
def test_exclusions_are_counted_as_the_reference_would(tree: And, sample: list[Document]) -> None:
    seen = review(Query("", tree), sample)
    parts = [
        (node, part)
        for node in tree.parts
        if isinstance(node, Not)
        for part in (node.part.parts if isinstance(node.part, Or) else (node.part,))
    ]
    assert [exclusion.part for exclusion in seen.exclusions] == [part for _, part in parts]
    for exclusion, (node, part) in zip(seen.exclusions, parts, strict=True):
        rest = And(tuple(other for other in tree.parts if other != node))
        removed = [
            document
            for document in sample
            if answers(rest, document) and answers(part, document) and not answers(tree, document)
        ]
        assert exclusion.removed == len(removed)
        assert all(count == sum(bool(spans(term, d)) for d in removed) for term, count in exclusion.also)


@settings(max_examples=examples(15), deadline=None)
@given(TREES, TREES, SAMPLES)
def test_a_comparison_counts_as_the_reference_would(old: Node, new: Node, sample: list[Document]) -> None:
    done = compare(Query("", old), Query("", new), documents=sample)
    was, becomes = ({i for i, d in enumerate(sample) if answers(tree, d)} for tree in (old, new))
    assert (done.gained.messages, done.lost.messages, done.kept) == (
        len(becomes - was),
        len(was - becomes),
        len(was & becomes),
    )
    assert sum(count for _, count in done.gained.per_day) == len(becomes - was)


@settings(max_examples=examples(40), deadline=None)
@given(TERMS, TERMS, DOCUMENTS)
def test_what_is_covered_is_found_by_the_wider_term(wide: Term, narrow: Term, document: Document) -> None:
    if covers(wide, narrow) and spans(narrow, document):
        assert spans(wide, document)


@settings(max_examples=examples(15), deadline=None)
@given(TREES, SAMPLES)
def test_what_is_superfluous_changes_nothing(tree: Node, sample: list[Document]) -> None:
    for joined in tree.parts:  # type: ignore[union-attr]
        if isinstance(joined, Or):
            for term, _stronger in superfluous(joined):
                gone = replaced(joined, term, new=NEVER)
                assert all(answers(joined, d) == answers(gone, d) for d in sample)


@pytest.mark.parametrize(
    ("question", "word", "expected"),
    [
        ("azc OR opvang* OR borne", "azc", "opvang* OR borne"),
        ("azc OF\n  opvang* OF borne", "opvang*", "azc OF borne"),
        ("(azc OR opvang) NOT borne", "borne", "(azc OR opvang)"),
        ("azc AND NOT borne AND hengelo", "borne", "azc AND hengelo"),
        ('("asiel zoekers" OR azc) hengelo', '"asiel zoekers"', "(azc) hengelo"),
        ("azc borne", "azc", ""),
        ("(azc OR opvang) AND (titel:azc OR borne)", "titel:azc", "(azc OR opvang) AND (borne)"),
        ("azc OR (azcs borne) OR opvang", "azc", "(azcs borne) OR opvang"),
    ],
)
def test_a_word_is_left_out_in_the_layout_of_the_writer(question: str, word: str, expected: str) -> None:
    query = parse(question)
    (term,) = parse(word).terms()
    assert text_without(query, term) == expected


@pytest.mark.parametrize(
    ("question", "word", "instead", "expected"),
    [
        ("(azc OF ind)\nborne", "ind", "=IND", "(azc OF =IND)\nborne"),
        ("ind borne", "ind", "ind OR coa", "(ind OR coa) borne"),
        ("azc OR Hengelo", "Hengelo", "(Hengelo NOT Bronckhorst)", "azc OR (Hengelo NOT Bronckhorst)"),
        ("azc NEAR/3 ind", "ind", "=IND", "azc NEAR/3 =IND"),
        ("azc", "ind", "=IND", ""),
        ("ind", "ind", "(((", ""),
    ],
)
def test_a_word_is_replaced_in_the_layout_of_the_writer(
    question: str, word: str, instead: str, expected: str
) -> None:
    (term,) = parse(word).terms()
    assert text_with(parse(question), term, instead=instead) == expected


@given(st.sampled_from(["azc", "opvang*", "borne", '"asiel zoekers"', "#azc"]), st.data())
def test_every_suggestion_can_be_read(word: str, data: Any) -> None:
    text = data.draw(
        st.sampled_from(
            [
                '(azc OR opvang* OR #azc) AND (borne OR "asiel zoekers") NOT (azc OR borne)',
                'azc opvang* (borne OR #azc) NEAR/3 "asiel zoekers"',
                "azc EN NIET borne OF opvang*",
            ]
        )
    )
    (term,) = parse(word).terms()
    suggestion = text_without(parse(text), term)
    if suggestion:
        assert term not in set(all_terms(parse(suggestion).tree))


def test_an_excluded_word_shows_what_else_stood_in_its_messages() -> None:
    sample = [
        Document("Noodopvang in Borne", kind="nieuws", source="Krant"),
        Document("Kinderopvang bij noodopvang in Borne", kind="nieuws", source="Krant"),
        Document("Kinderopvang en noodopvang Borne", kind="sociaal", source="X"),
        Document("Kinderopvang in Borne", kind="nieuws", source="Krant"),
    ]
    query = parse("(noodopvang OR opvang*) borne NOT (kinderopvang OR #nieuws)")
    seen = review(query, sample)
    kept_out, idle = (finding for finding in seen.findings if finding.kind == "uitsluiting")
    assert kept_out.message == (
        "In 4 berichten sluit “kinderopvang” er 2 uit die verder aan de vraag voldoen. "
        "Daarin staat ook: “noodopvang” (2) en “borne” (2). "
        "Geen ander woord van de vraag zoekt “kinderopvang”; zonder deze uitsluiting komen er 2 bij."
    )
    assert kept_out.replacement == "(noodopvang OR opvang*) borne NOT (#nieuws)"
    assert idle.message == "In 4 berichten sluit “#nieuws” niets uit."
    (shown,) = kept_out.examples
    assert [piece.text for piece in shown.title if piece.is_marked] == ["Kinderopvang", "noodopvang", "Borne"]


def test_messages_of_people_are_counted_but_never_shown() -> None:
    sample = [Document(f"azc {number}", kind="sociaal") for number in range(3)]
    done = compare(parse("borne"), parse("azc"), documents=sample)
    assert done.gained.messages == 3
    assert done.gained.examples == ()


def test_numbers_come_with_their_sample_and_period() -> None:
    sample = [Document("azc", day=TODAY - timedelta(days=ago)) for ago in (0, 1, 1, 9)]
    seen = review(parse("azc OR dominverzet"), sample)
    assert (
        seen.summary == "4 van 4 berichten (11–20 november 2026) voldoen aan de vraag, gemiddeld 0,4 per dag."
    )
    assert [finding.message for finding in seen.findings] == [
        "“dominverzet” staat niet in 4 berichten (11–20 november 2026). "
        "Klopt de schrijfwijze, laat het dan staan: het kan nog komen."
    ]


def test_without_messages_only_the_question_itself_is_judged() -> None:
    seen = review(parse("azc* OR azc-bewoners"), [])
    assert seen.summary == "Er zijn nog geen berichten om deze vraag op te proberen."
    assert [finding.message for finding in seen.findings] == [
        "“azc-bewoners” kan weg: “azc*” zegt al genoeg."
    ]
    assert seen.findings[0].replacement == "azc*"


def test_a_homonym_shows_what_another_way_of_writing_leaves() -> None:
    sample = [Document(text) for text in ("De IND beslist", "ind. voor industrie", "de ind", "azc")]
    known = [Homonym("IND", "IND is ook iets anders.", "Zoek met hoofdletters.", "=IND")]
    (finding,) = [
        finding
        for finding in review(parse("ind OR azc"), sample, homonyms=known).findings
        if finding.kind == "homoniem"
    ]
    assert finding.message == (
        "“ind”: IND is ook iets anders. Zoek met hoofdletters. "
        "In 4 berichten vindt dit woord er 3; met =IND worden het er 1."
    )
    assert finding.replacement == "=IND OR azc"
    on_purpose = review(parse("=IND OR azc"), sample, homonyms=known)
    assert "homoniem" not in {finding.kind for finding in on_purpose.findings}


def test_a_homonym_that_somebody_wrote_is_a_warning_in_every_sample() -> None:
    known = [Homonym("IND", "IND is ook iets anders.", "Zoek met hoofdletters.", "=IND")]
    (warning,) = review(parse("ind OR azc"), [Document("azc")], homonyms=known).warnings
    assert warning.kind == "homoniem"
    filled = review(parse("azc OR <dienst>"), [Document("azc")], values={"dienst": ["ind"]}, homonyms=known)
    assert not filled.warnings and "homoniem" in {finding.kind for finding in filled.remarks}


def test_blanks_are_filled_for_counting_and_stay_in_suggestions() -> None:
    query = parse("(azc OR azcs OR azc*) <plaats>")
    seen = review(query, [Document("azc Borne")], values={"plaats": ["Borne", "Hengelo"]})
    assert seen.answers == 1
    offered = {finding.replacement for finding in seen.findings if finding.kind == "overbodig"}
    assert offered == {"(azcs OR azc*) <plaats>", "(azc OR azc*) <plaats>"}
    with pytest.raises(QueryError):
        review(query, [], values={})


def test_a_question_without_a_rare_word_is_heavy() -> None:
    sample = [Document("de raad van Borne") for _ in range(150)]
    seen = review(parse("(de OR azc) NEAR/3 (van OR het)"), sample)
    assert seen.cost.weight == "zwaar"
    assert "NEAR staat tussen woorden die allebei vaak voorkomen." in seen.cost.reasons
    assert review(parse("azc AND de"), sample).cost.weight == "licht"


def test_a_review_can_be_written_as_json() -> None:
    import json

    sample = [Document("azc en kinderopvang", kind="nieuws", day=TODAY)]
    told = json.loads(json.dumps(review(parse("azc NOT kinderopvang"), sample).data()))
    assert told["steekproef"] == {"berichten": 1, "van": "2026-11-20", "tot_en_met": "2026-11-20"}
    assert told["termen"][0] == {
        "term": "azc",
        "uitsluiting": False,
        "berichten": 1,
        "in_treffers": 0,
        "alleen_hierdoor": 0,
        "ook_door_andere": 0,
        "uitgesloten": 1,
    }
    assert told["uitsluitingen"][0]["voorbeelden"][0]["titel"] == "azc en kinderopvang"
