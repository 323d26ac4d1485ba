"""Numbers, dates and durations as Dutch readers write them: on screen, in documents and in messages.

Everything here takes values and gives text. What is not known is "onbekend", never zero and never blank.
"""

import datetime as dt
import math
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

UNKNOWN = "onbekend"
TIME_ZONE = ZoneInfo("Europe/Amsterdam")
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
WEEKDAYS_FULL = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MONTHS_SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

Number = int | float | Decimal
_NO_BREAK = "\u00a0"
_MINUS = "\u2212"
_DASH = "\u2013"


def number(value: Number | None, *, decimals: int | None = None, signed: bool = False) -> str:
    """Write a number with points per thousand and a decimal comma (text).

    Whole numbers get no decimals and others one, unless `decimals` says how many.
    Halves round away from zero.

    >>> number(1200), number(3.5), number(2.345, decimals=2), number(None)
    ('1.200', '3,5', '2,35', 'onbekend')
    >>> number(-54), number(2, signed=True), number(0, signed=True)
    ('−54', '+2', '0')
    """
    if value is None or not math.isfinite(value):
        return UNKNOWN
    exact = Decimal(str(value))
    if decimals is None:
        decimals = 0 if isinstance(value, int) or exact == exact.to_integral_value() else 1
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    digits = f"{abs(rounded):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    if rounded == 0:
        return digits
    return (_MINUS if rounded < 0 else "+" if signed else "") + digits


def share(fraction: Number | None, *, decimals: int = 0) -> str:
    """Write a fraction between 0 and 1 as a percentage (text).

    >>> share(0.354), share(0.354, decimals=1), share(None)
    ('35\\xa0%', '35,4\\xa0%', 'onbekend')
    """
    if fraction is None or not math.isfinite(fraction):
        return UNKNOWN
    return number(Decimal(str(fraction)) * 100, decimals=decimals) + _NO_BREAK + "%"


def interval(value: Number | None, *, low: Number | None, high: Number | None, decimals: int = 1) -> str:
    """Write an estimate with its interval (text).

    >>> interval(3.9, low=1.9, high=7.1), interval(12, low=6, high=20, decimals=0)
    ('3,9 (1,9–7,1)', '12 (6–20)')
    >>> interval(3.9, low=None, high=None), interval(None, low=None, high=None)
    ('3,9 (interval onbekend)', 'onbekend')
    >>> interval(-1.5, low=-2.0, high=-1.0)
    '−1,5 (−2,0 tot −1,0)'
    """
    if value is None:
        return UNKNOWN
    middle = number(value, decimals=decimals)
    if low is None or high is None:
        return f"{middle} (interval {UNKNOWN})"
    between = " tot " if low < 0 else _DASH
    return f"{middle} ({number(low, decimals=decimals)}{between}{number(high, decimals=decimals)})"


def counted(count: int | None, *, one: str, many: str) -> str:
    """Write a count with its noun in the right form (text).

    >>> counted(1, one="dag", many="dagen"), counted(1200, one="bericht", many="berichten")
    ('1 dag', '1.200 berichten')
    >>> counted(None, one="dag", many="dagen")
    'aantal dagen onbekend'
    """
    if count is None:
        return f"aantal {many} {UNKNOWN}"
    return f"{number(count)} {one if abs(count) == 1 else many}"


def local(moment: dt.datetime) -> dt.datetime:
    """Move a moment with a time zone to Dutch clock time; a naive one is taken to be that already (moment).

    >>> local(dt.datetime(2022, 4, 7, 12, 5, tzinfo=dt.UTC)).hour
    14
    """
    return moment.astimezone(TIME_ZONE) if moment.tzinfo else moment


def _day_of(day: dt.date) -> dt.date:
    return local(day).date() if isinstance(day, dt.datetime) else day


def date(day: dt.date | None) -> str:
    """Write a date with its short weekday (text).

    >>> date(dt.date(2022, 4, 7)), date(None)
    ('do 7 april 2022', 'onbekend')
    """
    if day is None:
        return UNKNOWN
    day = _day_of(day)
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def date_full(day: dt.date | None) -> str:
    """Write a date with its weekday in full, for letters and titles (text).

    >>> date_full(dt.date(2022, 4, 7))
    'donderdag 7 april 2022'
    """
    if day is None:
        return UNKNOWN
    day = _day_of(day)
    return f"{WEEKDAYS_FULL[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def date_short(day: dt.date | None) -> str:
    """Write a date as day and short month, for axes and narrow columns (text).

    >>> date_short(dt.date(2022, 3, 25))
    '25 mrt'
    """
    if day is None:
        return UNKNOWN
    day = _day_of(day)
    return f"{day.day} {MONTHS_SHORT[day.month - 1]}"


def clock(moment: dt.datetime | dt.time | None) -> str:
    """Write a time of day in hours and minutes (text).

    >>> clock(dt.time(14, 5)), clock(dt.datetime(2022, 4, 7, 12, 5, tzinfo=dt.UTC)), clock(None)
    ('14:05', '14:05', 'onbekend')
    """
    if moment is None:
        return UNKNOWN
    return f"{local(moment) if isinstance(moment, dt.datetime) else moment:%H:%M}"


def moment(value: dt.datetime | None) -> str:
    """Write a moment as date and Dutch clock time (text).

    >>> moment(dt.datetime(2022, 4, 7, 12, 5, tzinfo=dt.UTC)), moment(None)
    ('do 7 april 2022, 14:05', 'onbekend')
    """
    return UNKNOWN if value is None else f"{date(value)}, {clock(value)}"


def period(first: dt.date | None, last: dt.date | None) -> str:
    """Write a period from its first day up to and including its last, naming month and year once (text).

    >>> period(dt.date(2022, 4, 1), dt.date(2022, 4, 7))
    '1–7 april 2022'
    >>> period(dt.date(2022, 3, 28), dt.date(2022, 4, 3))
    '28 maart – 3 april 2022'
    >>> period(dt.date(2021, 12, 30), None), period(None, dt.date(2022, 1, 2))
    ('vanaf 30 december 2021', 'tot en met 2 januari 2022')
    """
    if first is None or last is None:
        return _open_period(first, last)
    first, last = _day_of(first), _day_of(last)
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{_DASH}{end}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {MONTHS[first.month - 1]}{year} {_DASH} {end}"


def _open_period(first: dt.date | None, last: dt.date | None) -> str:
    """Write a period of which an end is not known."""
    first, last = first and _day_of(first), last and _day_of(last)
    if first is not None:
        return f"vanaf {first.day} {MONTHS[first.month - 1]} {first.year}"
    if last is not None:
        return f"tot en met {last.day} {MONTHS[last.month - 1]} {last.year}"
    return UNKNOWN


def distance(day: dt.date | None, *, today_on: dt.date) -> str:
    """Say how far a day lies from today; put it beside the date itself, never instead of it (text).

    >>> today = dt.date(2022, 4, 7)
    >>> [distance(today + dt.timedelta(n), today_on=today) for n in (-9, -1, 0, 1, 9)]
    ['9 dagen geleden', 'gisteren', 'vandaag', 'morgen', 'over 9 dagen']
    """
    if day is None:
        return UNKNOWN
    days = (_day_of(day) - today_on).days
    near = {-1: "gisteren", 0: "vandaag", 1: "morgen"}
    if days in near:
        return near[days]
    return f"over {number(days)} dagen" if days > 0 else f"{number(-days)} dagen geleden"


def lateness(due_on: dt.date | None, *, today_on: dt.date) -> str:
    """Say whether something due is late, or how long there is left (text).

    >>> today = dt.date(2022, 4, 7)
    >>> [lateness(today + dt.timedelta(n), today_on=today) for n in (-2, -1, 0, 1, 5)]
    ['2 dagen te laat', '1 dag te laat', 'vandaag', 'nog 1 dag', 'nog 5 dagen']
    >>> lateness(None, today_on=today)
    'geen einddatum'
    """
    if due_on is None:
        return "geen einddatum"
    days = (_day_of(due_on) - today_on).days
    if days == 0:
        return "vandaag"
    amount = counted(abs(days), one="dag", many="dagen")
    return f"nog {amount}" if days > 0 else f"{amount} te laat"


def duration(seconds: Number | None) -> str:
    """Write a length of time in its two largest units (text).

    >>> duration(4), duration(75), duration(3600 * 3 + 60 * 20), duration(86400 * 2 + 3600), duration(None)
    ('4 seconden', '1 min 15 s', '3 uur 20 min', '2 dagen 1 uur', 'onbekend')
    """
    if seconds is None or not math.isfinite(seconds):
        return UNKNOWN
    whole = max(0, round(seconds))
    minutes, rest_s = divmod(whole, 60)
    hours, rest_min = divmod(minutes, 60)
    days, rest_h = divmod(hours, 24)
    if days:
        return counted(days, one="dag", many="dagen") + (f" {rest_h} uur" if rest_h else "")
    if hours:
        return f"{hours} uur" + (f" {rest_min} min" if rest_min else "")
    if minutes:
        return f"{minutes} min" + (f" {rest_s} s" if rest_s else "")
    return counted(whole, one="seconde", many="seconden")


def file_size(size_bytes: int | None) -> str:
    """Write the size of a file in units of a thousand (text).

    >>> file_size(512), file_size(1_240_000), file_size(48_000), file_size(None)
    ('512 bytes', '1,2 MB', '48 kB', 'onbekend')
    """
    if size_bytes is None:
        return UNKNOWN
    if size_bytes < 1_000:
        return f"{size_bytes} bytes"
    if size_bytes < 1_000_000:
        return f"{number(size_bytes // 1_000)} kB"
    unit, name = (1_000_000, "MB") if size_bytes < 1_000_000_000 else (1_000_000_000, "GB")
    return f"{number(size_bytes / unit, decimals=1)} {name}"
