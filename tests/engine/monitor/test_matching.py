"""The fast path agrees with the slow evaluator, whatever is asked of whatever text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from regietafel.monitor.engine.matching import Matcher, match_many
from regietafel.monitor.engine.query import Document, Query, QueryError, parse
from regietafel.monitor.engine.query.reference import answers
from tests.thoroughness import examples

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


@settings(max_examples=examples(60), deadline=None)
@given(question=QUESTIONS, title=TEXTS, text=TEXTS)
def test_fast_path_agrees_with_the_slow_evaluator(question: str, title: str, text: str) -> None:
    try:
        query = parse(question)
    except QueryError:
        return
    document = Document(title, text)
    assert bool(Matcher({True: query}).answers(document)) == answers(query.tree, document)
    assert parse(query.canonical()).tree == query.tree


@settings(max_examples=examples(30), deadline=None)
@given(questions=st.lists(QUESTIONS, max_size=8), texts=st.lists(st.tuples(TEXTS, TEXTS), max_size=6))
def test_many_questions_at_once_give_what_each_gives_alone(
    questions: list[str], texts: list[tuple[str, str]]
) -> None:
    queries = _readable(questions)
    documents = [Document(title, text) for title, text in texts]
    assert list(match_many(queries, documents)) == [
        frozenset(key for key, query in queries.items() if answers(query.tree, document))
        for document in documents
    ]


def _readable(questions: list[str]) -> dict[int, Query]:
    queries = {}
    for number, question in enumerate(questions):
        try:
            queries[number] = parse(question)
        except QueryError:
            continue
    return queries
