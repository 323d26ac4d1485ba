"""When something is late, who is reminded, and what the answers to a question come to."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from regietafel.deliberation.engine.dues import (
    Term,
    action_reminder,
    answer_reminder,
    days_late,
    last_day,
)
from regietafel.deliberation.engine.tallying import Reply, tally


def rows(name: str) -> list[list[str]]:
    path = Path(__file__).parent / name
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def term(due_on: str, counts: str) -> Term:
    return Term(due_on=date.fromisoformat(due_on), is_inclusive=counts == "ja")


@pytest.mark.parametrize(("said", "due_on", "counts", "today", "last", "late"), rows("lateness.csv"))
def test_lateness(said: str, due_on: str, counts: str, today: str, last: str, late: str) -> None:
    assert said.startswith("voor") == (counts == "nee")
    agreed = term(due_on, counts)
    assert last_day(agreed) == day(last)
    assert days_late(agreed, today=date.fromisoformat(today)) == int(late)


@pytest.mark.parametrize(
    ("due_on", "counts", "today", "reminded", "step", "why"), rows("action_reminders.csv")
)
def test_action_reminders(due_on: str, counts: str, today: str, reminded: str, step: str, why: str) -> None:
    found = action_reminder(term(due_on, counts), today=date.fromisoformat(today), reminded_on=day(reminded))
    assert (found or "") == step, why


@pytest.mark.parametrize(("answer_by", "today", "reminded", "expected"), rows("answer_reminders.csv"))
def test_answer_reminders(answer_by: str, today: str, reminded: str, expected: str) -> None:
    by, on = date.fromisoformat(answer_by), date.fromisoformat(today)
    assert answer_reminder(by, today=on, reminded_on=day(reminded)) == (expected == "ja")


def _reply(text: str) -> Reply:
    name, _is, said = text.partition("=")
    if said in ("ja", "nee"):
        return Reply(organisation_id=ord(name), is_yes=said == "ja")
    number = None if said == "woorden" else Decimal(said.replace(",", "."))
    return Reply(organisation_id=ord(name), number=number)


@pytest.mark.parametrize(
    ("seats", "replies", "answered", "numbers", "total", "yes", "no", "unknown"), rows("tallies.csv")
)
def test_tallies(
    seats: str, replies: str, answered: str, numbers: str, total: str, yes: str, no: str, unknown: str
) -> None:
    found = tally([ord(name) for name in seats.split()], [_reply(one) for one in replies.split()])
    told = "onbekend" if found.total is None else f"{found.total.normalize():f}"
    assert (f"{found.answered} van {found.asked}", str(found.numbers), told) == (answered, numbers, total)
    assert (str(found.yes), str(found.no), str(found.unknown)) == (yes, no, unknown)
