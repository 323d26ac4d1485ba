"""When a day is an alarm, and with which words two periods are compared."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from regietafel.monitor.engine.volume import DayCount, Span, alarms_of, compare_volume

HERE = Path(__file__).parent
MONDAY = date(2026, 1, 5)


def _rows(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


@pytest.mark.parametrize(("week", "known", "today", "alarm", "reason", "why"), _rows("volume_alarms.csv"))
def test_alarm(week: str, known: str, today: str, alarm: str, reason: str, why: str) -> None:
    usual = [int(count) for count in week.split(", ")]
    past = [usual[step % 7] for step in range(int(known))]
    counts = [*past, None if today == "?" else int(today)]
    days = [DayCount(day=MONDAY + timedelta(step), count=count) for step, count in enumerate(counts)]
    judged = alarms_of(days)[-1]
    assert ("ja" if judged.is_alarm else "nee", judged.reason) == (alarm, reason), why


@pytest.mark.parametrize(("before", "now", "words", "why"), _rows("volume_words.csv"))
def test_words(before: str, now: str, words: str, why: str) -> None:
    weeks = [*before.split(", "), *now.split(", ")]
    counts = {
        MONDAY + timedelta(7 * number + step): _of_day(int(week), step)
        for number, week in enumerate(weeks)
        if week != "?"
        for step in range(7)
    }
    first_now = MONDAY + timedelta(7 * len(before.split(", ")))
    last = MONDAY + timedelta(7 * len(weeks) - 1)
    found = compare_volume(
        counts, now=Span(first_now, last), before=Span(MONDAY, first_now - timedelta(days=1))
    )
    assert found.sentence("eerder").startswith(words), why


def _of_day(week: int, step: int) -> int:
    """Spread the messages of a week evenly over its days."""
    return week * (step + 1) // 7 - week * step // 7
