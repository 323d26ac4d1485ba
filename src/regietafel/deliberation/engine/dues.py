"""When an action is late, and when somebody is reminded of one or of a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SOON_DAYS = 3
ANSWER_DAYS = 2
OLD_DAYS = 30


class Step(StrEnum):
    """Why somebody is reminded: the term is near, or it is over."""

    SOON = "bijna"
    LATE = "te-laat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A day by which something must be done, and whether that day itself still counts."""

    due_on: date
    is_inclusive: bool = True


def last_day(term: Term) -> date:
    """Give the last day on which something is in time (uiterste dag).

    Args:
        term: the day that was agreed.

    Returns:
        That day when it counts; the day before when it was said with "voor".

    Source: bron-003 r.123 ("voor 19 april"); that the day itself is then too late is our reading.

    >>> last_day(Term(due_on=date(2022, 4, 19), is_inclusive=False)).isoformat()
    '2022-04-18'
    """
    return term.due_on if term.is_inclusive else term.due_on - timedelta(days=1)


def days_late(term: Term, *, today: date) -> int:
    """Count the days that something is late (dagen te laat).

    Args:
        term: the day that was agreed.
        today: the day of asking.

    Returns:
        Days since the last day on which it was in time; 0 on that day, negative before.

    Source: bron-003 r.123 ("voor 19 april"); our reading.

    >>> before, until = (Term(due_on=date(2022, 4, 19), is_inclusive=counts) for counts in (False, True))
    >>> [days_late(one, today=date(2022, 4, 19)) for one in (before, until)]
    [1, 0]
    """
    return (today - last_day(term)).days


def action_reminder(term: Term, *, today: date, reminded_on: date | None = None) -> Step | None:
    """Say whether who owes an action is reminded today (herinnering).

    Args:
        term: the day that was agreed.
        today: the day of asking.
        reminded_on: when the last reminder went; None for never.

    Returns:
        "bijna" once from three days before the last day, "te-laat" once in the thirty days after it,
        otherwise None: minutes of years ago that are read in remind nobody.

    Source: bron-003 r.79, r.123, r.135 (actions with a term and feedback); the days are our choice.

    >>> term = Term(due_on=date(2022, 4, 19))
    >>> [action_reminder(term, today=date(2022, 4, day), reminded_on=last and date(2022, 4, last))
    ...  for day, last in ((15, None), (16, None), (17, 16), (20, 16), (21, 20))]
    [None, <Step.SOON: 'bijna'>, None, <Step.LATE: 'te-laat'>, None]
    """
    last = last_day(term)
    if today > last:
        if today > last + timedelta(days=OLD_DAYS):
            return None
        return Step.LATE if reminded_on is None or reminded_on <= last else None
    is_near = today >= last - timedelta(days=SOON_DAYS)
    return Step.SOON if is_near and reminded_on is None else None


def answer_reminder(answer_by: date, *, today: date, reminded_on: date | None = None) -> bool:
    """Say whether who did not answer a question yet is reminded today (herinnering).

    Args:
        answer_by: the last day for an answer.
        today: the day of asking.
        reminded_on: when the last reminder went; None for never.

    Returns:
        True once, from two days before the last day up to that day.

    Source: bron-003 r.96, r.117-124 (questions to the members with a term); the two days are our choice.

    >>> [answer_reminder(date(2022, 4, 19), today=date(2022, 4, day)) for day in (16, 17, 19, 20)]
    [False, True, True, False]
    """
    if reminded_on is not None:
        return False
    return answer_by - timedelta(days=ANSWER_DAYS) <= today <= answer_by
