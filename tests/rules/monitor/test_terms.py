"""How long a monitor runs and keeps raw text, and what a second person decides (AVG, art. 5 lid 1 e)."""

import csv
from datetime import date
from pathlib import Path

import pytest

from regietafel.monitor.engine.workflow import MonitorTerms, extension_objections, objections

HERE = Path(__file__).parent
FIELDS = {
    "begindatum": "starts_on",
    "einddatum": "ends_on",
    "nieuwe einddatum": "new_end_on",
    "bewaartermijn": "retention_days",
    "tweede persoon": "decided_by",
}


def _rows(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _terms(**known: object) -> MonitorTerms:
    complete = {
        "question": "azc",
        "purpose": "communicatie",
        "legal_basis": "Gemeentewet artikel 172",
        "reason": "besluit",
        "dpia_reference": "2026-4",
        "owner": "Team OOV",
        "starts_on": date(2026, 3, 1),
        "source_count": 1,
    }
    return MonitorTerms(**complete | known)  # type: ignore[arg-type]


@pytest.mark.parametrize(("start", "end", "days", "second", "today", "against", "why"), _rows("terms.csv"))
def test_may_run(start: str, end: str, days: str, second: str, today: str, against: str, why: str) -> None:
    terms = _terms(
        starts_on=_day(start), ends_on=_day(end), retention_days=int(days), retention_approved=second == "ja"
    )
    found = objections(terms, on=date.fromisoformat(today))
    assert {objection.field for objection in found} == ({FIELDS[against]} if against else set()), why


@pytest.mark.parametrize(
    ("until", "asked_until", "asks", "decides", "today", "against", "why"), _rows("extensions.csv")
)
def test_may_be_extended(
    until: str, asked_until: str, asks: str, decides: str, today: str, against: str, why: str
) -> None:
    found = extension_objections(
        _terms(ends_on=_day(until)),
        new_end_on=date.fromisoformat(asked_until),
        asked_by=asks,
        decided_by=decides,
        on=date.fromisoformat(today),
    )
    assert {objection.field for objection in found} == ({FIELDS[against]} if against else set()), why
