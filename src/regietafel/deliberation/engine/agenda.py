"""What comes on the agenda by itself, how items are numbered, and when a series meets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from string import ascii_lowercase

MOST_MEETINGS = 60
LONGEST_NUMBER = 12


class Origin(StrEnum):
    """Where an item of the agenda comes from."""

    FIXED = "vast"
    CONFIRMATION = "verslag"
    BOTTLENECK = "knelpunt"
    ACTION = "actie"
    INQUIRY = "uitvraag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Something from an earlier meeting that is still open: its key, its words, since when, and its term."""

    key: int
    kind: str
    text: str
    since: date
    due_on: date | None = None
    confidentiality: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedItem:
    """An item to put on the agenda; ``key`` is that of what it comes from."""

    origin: Origin
    number: str
    title: str
    key: int | None = None
    days_old: int | None = None
    confidentiality: int = 1


def plan_agenda(
    fixed: Sequence[tuple[str, str]], carried: Sequence[Carried], *, on: date
) -> tuple[PlannedItem, ...]:
    """Give the items that stand on an agenda before anybody adds one (agenda).

    Args:
        fixed: number and title of the fixed items of the body, in their order; a number may be empty. What
            has none at the end of the list closes the meeting: it comes after what is open.
        carried: minutes to confirm ("V"), open bottlenecks ("K"), actions ("A") and inquiries ("U").
        on: the day of the meeting.

    Returns:
        The fixed items as numbered; after the first of them minutes to confirm, and behind them what is open:
        bottlenecks oldest first, actions with the earliest term first, inquiries. What has no number gets the
        next whole one; minutes to confirm get the number of the item before them with a letter.

    Source: bron-003 r.3-149 (free numbering) and r.82, r.138 (what comes back at a next meeting).

    >>> old = Carried(key=7, kind="K", text="Geen locatie", since=date(2022, 4, 7))
    >>> [(one.number, one.title, one.days_old) for one in
    ...  plan_agenda([("1", "Opening")], [old], on=date(2022, 4, 21))]
    [('1', 'Opening', None), ('2', 'Geen locatie', 14)]
    >>> [one.number + one.title for one in
    ...  plan_agenda([("1", "Opening"), ("", "Rondvraag")], [old], on=date(2022, 4, 21))]
    ['1Opening', '2Geen locatie', '3Rondvraag']
    """
    stable = [PlannedItem(origin=Origin.FIXED, number=number, title=title) for number, title in fixed]
    confirming = [_carried(one, Origin.CONFIRMATION, on=on) for one in carried if one.kind == "V"]
    stuck = sorted((one for one in carried if one.kind == "K"), key=lambda one: (one.since, one.key))
    owed = sorted(
        (one for one in carried if one.kind == "A"),
        key=lambda one: (one.due_on or date.max, one.since, one.key),
    )
    asked = [_carried(one, Origin.INQUIRY, on=on) for one in carried if one.kind == "U"]
    open_ones = [_carried(one, Origin.BOTTLENECK, on=on) for one in stuck]
    open_ones += [_carried(one, Origin.ACTION, on=on) for one in owed]
    numbered = [place for place, one in enumerate(stable, start=1) if one.number]
    closing = stable[numbered[-1] :] if numbered else []
    stable = stable[: len(stable) - len(closing)]
    return _numbered([*stable[:1], *confirming, *stable[1:], *open_ones, *asked, *closing])


def _carried(one: Carried, origin: Origin, *, on: date) -> PlannedItem:
    return PlannedItem(
        origin=origin,
        number="",
        title=one.text,
        key=one.key,
        days_old=(on - one.since).days,
        confidentiality=one.confidentiality,
    )


def _numbered(items: Sequence[PlannedItem]) -> tuple[PlannedItem, ...]:
    taken = [one.number for one in items if one.number]
    found: list[PlannedItem] = []
    for one in items:
        between = next_letter(found[-1].number, taken) if found and one.origin is Origin.CONFIRMATION else ""
        number = one.number or between or next_number(taken)
        taken.append(number)
        found.append(
            PlannedItem(
                origin=one.origin,
                number=number,
                title=one.title,
                key=one.key,
                days_old=one.days_old,
                confidentiality=one.confidentiality,
            )
        )
    return tuple(found)


def next_letter(number: str, taken: Sequence[str]) -> str:
    """Give a number for an item that comes right after another: that number with a letter (nummering).

    Args:
        number: that of the item before it; empty when it has none.
        taken: numbers as written.

    Returns:
        The number before it, without a letter it may have, with the first letter that is free; empty when
        there is no number to add one to or every letter is taken.

    Source: bron-003 r.3-149: numbers are free text; the suggestion is ours.

    >>> next_letter("1", ["1", "2"]), next_letter("1a", ["1", "1a", "2"]), next_letter("", [])
    ('1a', '1b', '')
    """
    head = number.rstrip(ascii_lowercase)
    free = (f"{head}{letter}" for letter in ascii_lowercase if f"{head}{letter}" not in taken)
    return next(free, "") if head else ""


def next_number(taken: Sequence[str]) -> str:
    """Give the number after those that are taken: the next whole one (nummering).

    Args:
        taken: numbers as written, such as "4.1" or "2b".

    Returns:
        One more than the highest whole number any of them begins with; "1" when none does.

    Source: bron-003 r.3-149: numbers are free text; the suggestion is ours.

    >>> next_number(["4.1", "4.2", "2.9"]), next_number([])
    ('5', '1')
    """
    whole = [int(head) for head in (one.split(".")[0].strip() for one in taken) if head.isdecimal()]
    return str(max(whole, default=0) + 1)


def meeting_days(first: date, *, interval_weeks: int, until: date) -> tuple[date, ...]:
    """Give the days on which a series meets (reeks).

    Args:
        first: the first day.
        interval_weeks: weeks between two meetings, from 1.
        until: no meeting after this day.

    Returns:
        At most sixty days, the first included when it is not after `until`.

    Raises:
        ValueError: when the interval is not positive.

    Source: bron-003 r.146 (every two weeks until the task is done).

    >>> [day.isoformat() for day in meeting_days(date(2022, 4, 7), interval_weeks=2, until=date(2022, 5, 1))]
    ['2022-04-07', '2022-04-21']
    """
    if interval_weeks < 1:
        raise ValueError("the interval must be at least one week")
    days: list[date] = []
    day = first
    while day <= until and len(days) < MOST_MEETINGS:
        days.append(day)
        day += timedelta(weeks=interval_weeks)
    return tuple(days)


def agenda_lines(text: str) -> tuple[tuple[str, str], ...]:
    r"""Read fixed items as people write them: one per line, with or without a number (vaste agendapunten).

    Args:
        text: lines such as "1 Opening" or "4.1 Actueel beeld".

    Returns:
        Number and title of each line that says something; the number is empty when a line begins with none.

    Source: bron-003 r.3-149 (free numbering); the notation is ours.

    >>> agenda_lines("1 Opening\n\n4.1. Actueel beeld\nRondvraag")
    (('1', 'Opening'), ('4.1', 'Actueel beeld'), ('', 'Rondvraag'))
    """
    return tuple(_split(line) for line in (one.strip() for one in text.splitlines()) if line)


def _split(line: str) -> tuple[str, str]:
    head, _space, rest = line.partition(" ")
    number = head.rstrip(".):")
    if number[:1].isdigit() and len(number) <= LONGEST_NUMBER and rest.strip():
        return number, " ".join(rest.split())
    return "", " ".join(line.split())
