"""Reading the moment of publication in the many ways it is written; the answer is always UTC.

A moment without a time zone is Dutch time. An hour that occurs twice in October is taken as the first.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MILLISECONDS_FROM = 100_000_000_000  # as seconds that would be the year 5138
_EPOCH = re.compile(r"\d{9,13}(?:\.\d+)?")
_MONTH_NAMES = (
    "jan january januari", "feb february februari", "mrt mar march maart", "apr april", "mei may",
    "jun june juni",
    "jul july juli", "aug august augustus", "sep sept september", "okt oct october oktober", "nov november",
    "dec december",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_CLOCK = (
    r"(?:[\s,T]+(?:om\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?\s*(?P<half>[AaPp][Mm])?"
    r"(?:\s*uur)?)?"
)
_WEEKDAY = r"(?:[A-Za-z]{2,9}\.?,?\s+)?"
_WRITTEN = (
    re.compile(
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.](?P<year>\d{{4}}|\d{{2}}){_CLOCK}"
    ),
    re.compile(
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[-\s]+(?P<month>[A-Za-z]{{3,9}})\.?[-\s]+(?P<year>\d{{4}}){_CLOCK}"
    ),
    re.compile(
        rf"{_WEEKDAY}(?P<month>[A-Za-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}){_CLOCK}"
    ),
)


class UnreadableMoment(ValueError):
    """A date that cannot be read; the message is Dutch and repeats figures only."""


def read_moment(value: str | float | date) -> datetime:
    """Give the moment a value stands for (moment in UTC).

    Args:
        value: ISO 8601, Dutch (07-04-2022 14:05, 7 april 2022), English, RFC 822, seconds or milliseconds
            since 1970, or a date or datetime from a spreadsheet.

    Returns:
        A moment with time zone UTC; a date without time is midnight in the Netherlands.

    Raises:
        UnreadableMoment: the value is no date we know, or lies before 1990 or after 2100.

    Method: ISO 8601 first, then the Dutch and English ways of writing, then RFC 5322 section 3.3.

    >>> read_moment("07-04-2022 14:05").isoformat()
    '2022-04-07T12:05:00+00:00'
    """
    try:
        moment = _read(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=AMSTERDAM)
        if _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        pass
    raise UnreadableMoment(_refusal(str(value)))


def _refusal(written: str) -> str:
    """Say that this is no date; words are not repeated, for a shifted column may hold who wrote it."""
    what = f"“{written[:40]}” is" if re.fullmatch(r"[\d\s.:,/TZ+-]+", written) else "Hier staat"
    return f"{what} geen datum die wij kunnen lezen. Schrijf bijvoorbeeld 07-04-2022 14:05."


def _read(value: str | float | date) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, int | float):
        return _since_1970(value)
    written = value.strip()
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return _read_written(written)


def _since_1970(number: float) -> datetime:
    return datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS_FROM else number, tz=UTC)


def _read_written(written: str) -> datetime:
    if _EPOCH.fullmatch(written):
        return _since_1970(float(written))
    if written.endswith(" UTC"):
        return datetime.fromisoformat(written.removesuffix(" UTC")).replace(tzinfo=UTC)
    for pattern in _WRITTEN:
        if found := pattern.fullmatch(written):
            return _from_parts(found.groupdict())
    moment = parsedate_to_datetime(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _from_parts(parts: dict[str, str | None]) -> datetime:
    month_written = parts["month"] or ""
    month = int(month_written) if month_written.isdigit() else _MONTHS[month_written.lower()]
    year = int(parts["year"] or 0)
    hour = int(parts["hour"] or 0)
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"].lower() == "pm" else 0)
    return datetime(  # noqa: DTZ001  (the caller gives it the Dutch time zone)
        year + 2000 if year < 100 else year,
        month,
        int(parts["day"] or 0),
        hour,
        int(parts["minute"] or 0),
        int(parts["second"] or 0),
    )
