"""Days as Dutch minutes write them: "19 april", "13-17 april", "05.04.2022", "11/4"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from regietafel.kernel.dutch import MONTHS, MONTHS_SHORT, WEEKDAYS_FULL

NO_YEAR = "het jaar is niet bekend"
MONTH_NUMBERS = {
    name: number for names in (MONTHS, MONTHS_SHORT) for number, name in enumerate(names, start=1)
} | {"sept": 9, "maa": 3, "febr": 2, "okt": 10}
MONTH_WORDS = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
WEEKDAY_WORDS = "|".join(WEEKDAYS_FULL)
_TO = r"\s*(?:-|–|t/m|tot en met|tot|en)\s*"
_YEAR = r"(?:(?P<year>(?:19|20)\d\d)\b|['’](?P<short>\d\d)\b)"
_NAMED = re.compile(
    rf"(?<![\d.,/:-])(?:(?P<first>[0-3]?\d){_TO})?(?P<day>[0-3]?\d)(?:e|ste|de)?\s+(?P<month>{MONTH_WORDS})\b\.?"
    rf"(?:\s*{_YEAR})?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\d-])")
_NUMBERS = re.compile(
    r"(?<![\d./-])(?P<day>[0-3]?\d)(?P<sign>[./-])(?P<month>[01]?\d)(?P=sign)(?:(?P<year>(?:19|20)\d\d)|(?P<short>\d\d))"
    r"(?![\d/-]|\.\d)"
)
_SLASH = re.compile(
    r"(?P<before>\b(?:van|op|voor|vóór|uiterlijk|t/m|tot|per|vanaf|na|sinds|week(?:dag)?|"
    rf"{WEEKDAY_WORDS})\s+|d\.?d\.?\s+)(?P<day>[0-3]?\d)/(?P<month>[01]?\d)(?![\d/])(?!\s*(?:van\b|deel|fte|uur))",
    re.IGNORECASE,
)
_ALWAYS = ("24", "7")  # "24/7" is no day


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionedDay:
    """A day that a text names: as written, where, and the day itself or why that is not known.

    `last` is the last day of a range ("13-17 april"), otherwise the same as `day`.
    """

    written: str
    start: int
    end: int
    day: date | None
    last: date | None
    reason: str = ""


def days_in(text: str, *, on: date | None = None, year: int | None = None) -> tuple[MentionedDay, ...]:
    """Give the days that a text mentions, whether or not something is due then (mentioned days).

    Args:
        text: running Dutch text.
        on: day of the meeting; a day without a year is then the one nearest to it.
        year: year of a day without one, when the day of the meeting is not known.

    Returns:
        The days in the order of the text; `day` is None, with a reason, when it cannot be known or
        does not exist.

    Source: bron-003, 2.3 ("In VB van 11/4", "T.o.v. 05.04.2022") and 4.1 ("13-17 april"); that "24/7" is
    no day, and the nearest year, are our reading.

    >>> [str(found.day) for found in days_in("In VB van 11/4 en t.o.v. 05.04.2022, 24/7", year=2022)]
    ['2022-04-11', '2022-04-05']
    >>> days_in("in de week van 13-17 april", on=date(2022, 4, 7))[0].last
    datetime.date(2022, 4, 17)
    """
    return tuple(found_days(text, on=on, year=year, is_ahead=False))


def found_days(text: str, *, on: date | None, year: int | None, is_ahead: bool) -> Iterator[MentionedDay]:
    """Yield the days of a text; with `is_ahead` a day without a year is the first one from the meeting on."""
    seen: list[tuple[int, int]] = []
    matches = [match for pattern in (_ISO, _NUMBERS, _NAMED, _SLASH) for match in pattern.finditer(text)]
    for match in sorted(matches, key=lambda match: (match.start("day"), match.start())):
        start = match.end("before") if "before" in match.re.groupindex else match.start()
        if any(start < end and match.end() > begin for begin, end in seen) or _is_no_day(match):
            continue
        seen.append((start, match.end()))
        yield _mentioned(match, start, on=on, year=year, is_ahead=is_ahead)


def _is_no_day(match: re.Match[str]) -> bool:
    month = match["month"].lower()
    number = MONTH_NUMBERS.get(month) or (int(month) if month.isdigit() else 0)
    is_always = match.re is _SLASH and (match["day"], month) == _ALWAYS
    return is_always or not 1 <= number <= 12 or not 1 <= int(match["day"]) <= 31


def _mentioned(
    match: re.Match[str], start: int, *, on: date | None, year: int | None, is_ahead: bool
) -> MentionedDay:
    groups = match.groupdict()
    month = MONTH_NUMBERS.get(match["month"].lower()) or int(match["month"])
    stated = groups.get("year") or (f"20{groups['short']}" if groups.get("short") else None)
    written = match.string[start : match.end()].rstrip(" .")
    numbers = [int(groups[name]) for name in ("first", "day") if groups.get(name)]
    place = (start, start + len(written))
    try:
        if stated:
            found = [date(int(stated), month, number) for number in numbers]
        else:
            found = [day_in_year(month, number, on=on, year=year, is_ahead=is_ahead) for number in numbers]
    except UnknownDay as unknown:
        return _unknown(written, place, reason=str(unknown))
    except ValueError:
        return _unknown(written, place, reason=f"de dag {written} bestaat niet")
    return MentionedDay(written=written, start=place[0], end=place[1], day=found[0], last=found[-1])


def _unknown(written: str, place: tuple[int, int], *, reason: str) -> MentionedDay:
    return MentionedDay(written=written, start=place[0], end=place[1], day=None, last=None, reason=reason)


class UnknownDay(ValueError):
    """A day is written without its year, and nothing says which year is meant."""


def day_in_year(month: int, number: int, *, on: date | None, year: int | None, is_ahead: bool) -> date:
    """Return the day in the year that is meant: from the meeting on, nearest to it, or in the year given."""
    if on is None:
        if year is None:
            raise UnknownDay(NO_YEAR)
        return date(year, month, number)
    options = []
    for candidate in (on.year - 1, on.year, on.year + 1, on.year + 2, on.year + 3, on.year + 4):
        try:
            options.append(date(candidate, month, number))
        except ValueError:
            continue
    if is_ahead:
        options = [day for day in options if day >= on]
    if not options:
        raise ValueError("no such day")
    return min(options, key=lambda day: abs((day - on).days))
