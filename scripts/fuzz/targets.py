"""What must hold of every text, as functions that fail when it does not."""

from collections.abc import Callable, Sequence

from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.query import Document, Query, QueryError, parse
from regietafel.monitor.engine.query.dialects import DIALECTS
from regietafel.monitor.engine.query.reference import answers

Target = Callable[[str, Sequence[str]], None]

_DIALECTS = sorted(DIALECTS)
_MOST_CHARACTERS = 400


def reading(text: str, others: Sequence[str]) -> None:
    """Any text is read or refused with a place, in every dialect, and its fixed form says the same."""
    for dialect in _DIALECTS:
        query = _read(text, dialect)
        if query is None:
            continue
        _check_fixed_form(query)
        query.explain()
        query.reading()
        query.data()
        assert all(0 <= hint.start < hint.end <= len(text) for hint in query.hints)


def filling(text: str, others: Sequence[str]) -> None:
    """Any value fills a blank or is refused with a place."""
    question = "azc (<plaats> OR opvang) NOT <account> titel:<plaats>"
    try:
        query = parse(question).filled({"plaats": [text, *others], "account": others})
    except QueryError as error:
        _check_places(error, question)
        return
    assert not query.blanks()
    _check_fixed_form(query)


def matching(text: str, others: Sequence[str]) -> None:
    """The fast path gives the verdict of the slow evaluator."""
    query = _read(text, "regietafel")
    if query is None:
        return
    try:
        query = query.filled({name: [text[:20], "borne"] for name in query.blanks()})
    except QueryError:
        return
    title, body, *_ = [*others, "", ""]
    document = Document(title[:_MOST_CHARACTERS], body[:_MOST_CHARACTERS] + text[:_MOST_CHARACTERS])
    assert bool(Matcher({True: query}).answers(document)) == answers(query.tree, document)


TARGETS: dict[str, Target] = {"lezen": reading, "invullen": filling, "treffen": matching}


def _read(text: str, dialect: str) -> Query | None:
    try:
        return parse(text, dialect=dialect)
    except QueryError as error:
        _check_places(error, text)
        return None


def _check_places(error: QueryError, text: str) -> None:
    for one in (error, *error.others):
        assert one.suggestion
        assert 1 <= one.line <= text.count("\n") + 1
        assert one.caret(text).endswith("^")


def _check_fixed_form(query: Query) -> None:
    assert parse(query.canonical()).tree == query.tree
