"""Before when a request of a data subject must be answered (AVG, art. 12 lid 3)."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from regietafel.monitor.engine.workflow import answer_before, term_objections

with (Path(__file__).parent / "answer_terms.csv").open(encoding="utf-8", newline="") as handle:
    ROWS = list(csv.reader(handle, delimiter=";"))[1:]


@pytest.mark.parametrize(("received", "extended", "expected"), ROWS)
def test_table(received: str, extended: str, expected: str) -> None:
    assert answer_before(date.fromisoformat(received), extended=extended == "ja").isoformat() == expected


def test_a_term_is_extended_once_and_in_time() -> None:
    received = date(2026, 3, 5)
    month, longer = answer_before(received), answer_before(received, extended=True)
    assert term_objections(received, ends_on=month, on=month) == ()
    assert [each.field for each in term_objections(received, ends_on=longer, on=month)] == ["ends_on"]
    late = month + timedelta(days=1)
    assert [each.field for each in term_objections(received, ends_on=month, on=late)] == ["on"]
