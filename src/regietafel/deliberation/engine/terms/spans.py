"""Terms that are counted from the meeting, or that name a week, month or quarter instead of a day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from regietafel.deliberation.engine.terms.days import MONTH_NUMBERS, MONTH_WORDS, WEEKDAY_WORDS
from regietafel.kernel.dutch import WEEKDAYS_FULL

Between = Callable[[date | None, int | None], tuple[date, date]]
_NUMBERS = "een twee drie vier vijf zes zeven acht negen tien elf twaalf".split()
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)}|één)"
_ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "1e": 1, "2e": 2, "3e": 3, "4e": 4}
_NOT_A_DATE = rf"(?!\s+\d{{1,2}}(?:e|ste|de)?\s+(?:{MONTH_WORDS})\b|\s+\d{{1,2}}[-/]\d)"
_FRIDAY = 4
_BEGIN_ENDS, _MIDDLE = 10, 15


class UnknownSpan(ValueError):
    """A span counts from the meeting, and the day of the meeting is not known."""


class Stretch(NamedTuple):
    """A span of days in a text: where, how strong, and how its first and last day are found."""

    written: str
    start: int
    rank: int
    is_before: bool
    is_approximate: bool
    between: Between


def stretches(text: str) -> Iterator[Stretch]:
    """Yield the spans that a text sets as a term."""
    for pattern, maker in _KINDS:
        for match in pattern.finditer(text):
            if (found := maker(match)) is not None:
                before = (match.groupdict().get("before") or "").strip().lower()
                is_before = before in {"voor", "vóór", "tot"}
                is_strong = is_before or before in {"uiterlijk", "binnen"}
                approximate = (match.groupdict().get("part") or "").lower() in {"begin", "medio", "half"}
                yield Stretch(
                    match[0].strip(), match.start(), 0 if is_strong else 1, is_before, approximate, found
                )


def _known(on: date | None) -> date:
    if on is None:
        raise UnknownSpan
    return on


def _year(on: date | None, year: int | None, *, stated: str | None = None) -> int:
    if stated:
        return int(stated)
    if on is not None:
        return on.year
    if year is None:
        raise UnknownSpan
    return year


def _from_meeting(match: re.Match[str]) -> Between:
    """Count days, working days, weeks or months from the meeting."""
    written = match["count"].lower()
    count = int(written) if written.isdigit() else 1 + _NUMBERS.index(written.replace("é", "e"))
    unit = match["unit"].lower()

    def between(on: date | None, _year: int | None) -> tuple[date, date]:
        start = _known(on)
        if unit.startswith("werkdag"):
            day = _after_working_days(start, count)
        elif unit.startswith("maand"):
            day = _months_later(start, count)
        else:
            day = start + timedelta(days=count * (7 if unit.startswith("we") else 1))
        return day, day

    return between


def _after_working_days(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _months_later(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _of_week(match: re.Match[str]) -> Between:
    """Give a week from its Monday to its Friday, or one day of it."""
    ahead = 0 if match["which"].lower() in {"deze", "nog deze"} else 1
    named = (match["weekday"] or "").lower()

    def between(on: date | None, _year: int | None) -> tuple[date, date]:
        start = _known(on)
        monday = start - timedelta(days=start.weekday()) + timedelta(weeks=ahead)
        if named:
            day = monday + timedelta(days=WEEKDAYS_FULL.index(named))
            return day, day
        return monday, monday + timedelta(days=_FRIDAY)

    return between


def _next_weekday(match: re.Match[str]) -> Between:
    number = WEEKDAYS_FULL.index((match["weekday"] or match["other"]).lower())

    def between(on: date | None, _year: int | None) -> tuple[date, date]:
        start = _known(on)
        day = start + timedelta(days=(number - start.weekday() - 1) % 7 + 1)
        return day, day

    return between


def _week_number(match: re.Match[str]) -> Between:
    number = int(match["number"])

    def between(on: date | None, year: int | None) -> tuple[date, date]:
        monday = date.fromisocalendar(_year(on, year, stated=match["year"]), number, 1)
        if on and not match["year"] and monday + timedelta(days=_FRIDAY) < on:
            monday = date.fromisocalendar(on.year + 1, number, 1)
        return monday, monday + timedelta(days=_FRIDAY)

    return between


def _month(match: re.Match[str]) -> Between:
    """Give a month, or its beginning, middle or end."""
    month, part = MONTH_NUMBERS[match["month"].lower()], (match["part"] or "").lower()

    def between(on: date | None, year: int | None) -> tuple[date, date]:
        chosen = _year(on, year, stated=match["year"])
        if on and not match["year"] and month < on.month:
            chosen += 1
        return _part_of_month(date(chosen, month, 1), part)

    return between


def _part_of_month(first: date, part: str) -> tuple[date, date]:
    last = first.replace(day=monthrange(first.year, first.month)[1])
    if part == "begin":
        return first, first.replace(day=_BEGIN_ENDS)
    if part in {"medio", "half"}:
        return first.replace(day=_MIDDLE), first.replace(day=_MIDDLE)
    return (last, last) if part else (first, last)


def _this_month(match: re.Match[str]) -> Between:
    ahead = int("volgende" in match[0].lower())

    def between(on: date | None, _year: int | None) -> tuple[date, date]:
        return _part_of_month(_months_later(_known(on).replace(day=1), ahead), match["part"].lower())

    return between


def _end_of_year(match: re.Match[str]) -> Between:
    def between(on: date | None, year: int | None) -> tuple[date, date]:
        day = date(_year(on, year, stated=match["year"]), 12, 31)
        return day, day

    return between


def _quarter(match: re.Match[str]) -> Between:
    number = int(match["digit"]) if match["digit"] else _ORDINALS[match["ordinal"].lower()]

    def between(on: date | None, year: int | None) -> tuple[date, date]:
        chosen, month = _year(on, year, stated=match["year"]), number * 3
        if on and not match["year"] and month < on.month:
            chosen += 1
        return date(chosen, month - 2, 1), date(chosen, month, monthrange(chosen, month)[1])

    return between


_PATTERNS: tuple[tuple[str, Callable[[re.Match[str]], Between | None]], ...] = (
    (rf"\b(?P<before>binnen|over)\s+{_COUNT}\s+(?P<unit>werkdag(?:en)?|dag(?:en)?|we(?:ek|ken)|maand(?:en)?)\b",
     _from_meeting),
    (rf"\b(?:(?P<before>uiterlijk|voor|vóór)\s+)?(?P<which>volgende|komende|nog deze|deze)\s+week\b"
     rf"(?:\s+(?P<weekday>{WEEKDAY_WORDS})\b)?(?!\s+(?:geen|niet)\b)", _of_week),
    (rf"\b(?P<before>uiterlijk|voor|vóór)\s+(?:(?:komende|aanstaande|a\.s\.)\s+)?(?P<weekday>{WEEKDAY_WORDS})\b"
     rf"(?P<other>){_NOT_A_DATE}", _next_weekday),
    (rf"(?<!voor )(?<!uiterlijk )(?:\b(?:komende|aanstaande|a\.s\.)\s+(?P<weekday>{WEEKDAY_WORDS})\b|"
     rf"\b(?P<other>{WEEKDAY_WORDS})\s+(?:aanstaande|a\.s\.)){_NOT_A_DATE}", _next_weekday),
    (r"(?:\b(?P<before>uiterlijk|voor|vóór|in|eind)\s+)(?P<part>)week\s+(?P<number>[1-5]?\d)\b"
     r"(?:\s+(?P<year>(?:19|20)\d\d)\b)?", _week_number),
    (rf"(?:\b(?P<before>uiterlijk|voor|vóór)\s+)?\b(?P<part>eind(?:e)?|medio|half|begin)\s+(?P<month>{MONTH_WORDS})\b"
     rf"(?:\s+(?P<year>(?:19|20)\d\d)\b)?", _month),
    (rf"\b(?P<before>uiterlijk(?: in)?|v[oó][oó]r|in de loop van)\s+(?P<part>)(?P<month>{MONTH_WORDS})\b"
     rf"(?:\s+(?P<year>(?:19|20)\d\d)\b)?", _month),
    (r"\b(?:(?P<before>uiterlijk|voor|vóór)\s+)?(?P<part>einde?|medio|begin)\s+(?:van\s+)?(?:deze|de|volgende)\s+maand\b",
     _this_month),
    (r"\b(?:(?P<before>uiterlijk)\s+|(?:voor|vóór)\s+(?:het\s+)?)?(?P<part>einde?)\s+(?:van\s+)?"
     r"(?:(?:het|dit)\s+(?:kalender)?jaar|(?P<year>(?:19|20)\d\d))\b",
     _end_of_year),
    (r"\b(?:(?P<before>uiterlijk|voor|vóór|in)\s+)?(?:het\s+)?(?:Q(?P<digit>[1-4])|"
     r"(?P<ordinal>eerste|tweede|derde|vierde|[1-4]e)\s+kwartaal)\b"
     r"(?:\s+(?:van\s+)?(?P<year>(?:19|20)\d\d)\b)?", _quarter),
)  # fmt: skip
_KINDS = tuple((re.compile(pattern, re.IGNORECASE), maker) for pattern, maker in _PATTERNS)
