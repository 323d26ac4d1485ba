"""How minutes are read: notations, terms, conditions, owners and attendance, as tables for those who ask."""

import csv
from datetime import date
from pathlib import Path

import pytest

from regietafel.deliberation.engine.minutes import MinutesRead, SourceLine, read_minutes
from regietafel.deliberation.engine.terms import condition_of, due_of, owner_of

HERE = Path(__file__).parent
MEETING = date(2022, 4, 7)
KNOWN = ("Almelo", "Borne", "Enschede", "Hengelo", "Hof van Twente", "Losser", "Wierden")
KINDS = {"besluit": "B", "knelpunt": "K", "actie": "A"}


def _rows(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


def _read(*lines: str) -> MinutesRead:
    source = [SourceLine(number=at, text=line) for at, line in enumerate(lines, start=1)]
    return read_minutes(source, known=KNOWN)


@pytest.mark.parametrize(("sentence", "written", "last_day", "why"), _rows("terms.csv"))
def test_term(sentence: str, written: str, last_day: str, why: str) -> None:
    due = due_of(sentence, on=MEETING)
    assert ((due.written, str(due.last_day or "")) if due else ("", "")) == (written, last_day), why
    assert not due or due.day or due.reason, "who does not know the day says why"


@pytest.mark.parametrize(("sentence", "written", "effect", "why"), _rows("conditions.csv"))
def test_condition(sentence: str, written: str, effect: str, why: str) -> None:
    condition = condition_of(sentence)
    told = (
        ("", "") if condition is None else (condition.written, "beëindigt" if condition.ends else "begrenst")
    )
    assert told == (written, effect), why


@pytest.mark.parametrize(("sentence", "name", "sort", "why"), _rows("owners.csv"))
def test_owner(sentence: str, name: str, sort: str, why: str) -> None:
    owner = owner_of(sentence, known=KNOWN)
    sorts = {(False, False): "functie of organisatie", (True, False): "persoon", (False, True): "kanaal"}
    told = ("", "") if owner is None else (owner.name, sorts[owner.is_person, owner.is_channel])
    assert told == (name, sort), why


@pytest.mark.parametrize(("line", "kind", "label", "text"), _rows("notations.csv"))
def test_notation(line: str, kind: str, label: str, text: str) -> None:
    found = _read("1. Opening", "B: Een eerste besluit.", "", line).entries[1:]
    assert [(entry.kind, entry.label, entry.text) for entry in found] == (
        [(KINDS[kind], label, text)] if kind else []
    )


@pytest.mark.parametrize(("line", "names", "has_person", "status", "why"), _rows("attendance.csv"))
def test_attendance(line: str, names: str, has_person: str, status: str, why: str) -> None:
    found = _read(*([line] if ":" in line else ["Aanwezigheid", line])).attendance
    assert [each.name for each in found] == names.split(" + "), why
    assert {each.status for each in found} == {status}, why
    assert {bool(each.person) for each in found} == {has_person == "ja"}, why
