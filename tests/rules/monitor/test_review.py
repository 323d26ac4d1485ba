"""What the review of a question remarks, as tables that a user of the monitor can check."""

import csv
from pathlib import Path

import pytest

from regietafel.monitor.engine.query import Document, parse
from regietafel.monitor.engine.query.reference import answers
from regietafel.monitor.engine.query.telling import canonical
from regietafel.monitor.engine.review import review
from regietafel.monitor.engine.review.covering import superfluous

HERE = Path(__file__).parent


def _rows(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


@pytest.mark.parametrize(("question", "gone", "through", "why"), _rows("review_superfluous.csv"))
def test_superfluous(question: str, gone: str, through: str, why: str) -> None:
    found = [(canonical(term), canonical(stronger)) for term, stronger in superfluous(parse(question).tree)]
    assert found == ([(gone, through)] if gone else []), why


@pytest.mark.parametrize(("question", "text", "seen", "offered", "why"), _rows("review_spelling.csv"))
def test_spelling(question: str, text: str, seen: str, offered: str, why: str) -> None:
    found = [
        finding
        for finding in review(parse(question), [Document(text=text)]).findings
        if finding.kind == "schrijfwijze"
    ]
    assert len(found) == bool(seen), why
    for finding in found:
        assert all(f"“{word}” (1)" in finding.message for word in seen.split(", ")), why
        assert f"Schrijf dan {offered}." in finding.message, why
        assert answers(parse(finding.replacement).tree, Document(text=text)), why
