"""By when something must be done, as minutes say it: a named day, a span from the meeting, or only words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from regietafel.deliberation.engine.terms.days import found_days
from regietafel.deliberation.engine.terms.spans import Stretch, UnknownSpan, stretches

NO_MEETING_DAY = "de dag van het overleg is niet bekend"
ONLY_WORDS = "er staat geen dag bij"
_BEFORE_DAY = re.compile(
    r"(?:(?P<strict>uiterlijk(?: op| tot en met)?|ten laatste|t/m|tot en met|deadline:?|termijn:?|gereed:?)"
    r"|(?P<open>v[oó][oó]r|tot)|(?P<on>op))"
    r"(?: (?:de )?(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag))?\s*$",
    re.IGNORECASE,
)
# "de agenda voor 19 april" is about that day; nothing has to be ready before it.
_ABOUT = re.compile(
    r"\b(?:agenda|programma|planning|vergadering|bijeenkomst|overleg|uitnodiging|verslag|notulen|stukken)"
    r"(?: \w+)? $",
    re.IGNORECASE,
)
_BY_ITSELF = re.compile(
    r"\b(?:eerst ?)?volgend(?:e|en)? (?:BAO|DVO|keer|maal|\w*(?:vergadering|overleg|bijeenkomst)(?:en)?)\b"
    r"|\bz\.?s\.?m\.?(?!\w)|\bzo (?:spoedig|snel) mogelijk\b|\bper (?:direct|ommegaande)\b"
    r"|\bop korte termijn\b|\bv[oó][oó]r (?:de|het) (?:zomer|kerst|herfst|voorjaars|mei)?"
    r"(?:zomer|vakantie|reces|kerst|jaarwisseling)\b"
    r"|\bdoorlopend\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A term: as written, the day that is named, and whether that day itself still counts.

    `day` is None when only words are known ("volgend BAO"); `reason` then says why. With `is_approximate`
    the words leave some days open ("medio mei").
    """

    written: str
    day: date | None
    is_inclusive: bool = True
    is_approximate: bool = False
    reason: str = ""

    @property
    def last_day(self) -> date | None:
        """The last day on which it is still in time."""
        if self.day is None or self.is_inclusive:
            return self.day
        return self.day - timedelta(days=1)


class _Candidate(NamedTuple):
    rank: int
    start: int
    due: Due


def due_of(text: str, *, on: date | None = None, year: int | None = None) -> Due | None:
    """Give the term that a sentence sets, if it sets one (term or None).

    Args:
        text: running Dutch text of one decision or action.
        on: day of the meeting; a day without a year is the first one from then on.
        year: year of a day without one, when the day of the meeting is not known.

    Returns:
        The strongest term: "uiterlijk", "voor", "tot" and "binnen" before "over" and "eind", those before
        "op", and words without a day last. None when days are at most mentioned, or lie before the meeting.

    Source: bron-003, 2.6 ("voor 19 april") and 2.9 ("op 21 april"); the order, and that "voor" leaves the
    named day out, are our reading.

    >>> due = due_of("Burgemeesters laten voor 19 april weten of zij kunnen helpen", year=2022)
    >>> str(due.day), due.is_inclusive, str(due.last_day)
    ('2022-04-19', False, '2022-04-18')
    >>> due_of("over 2 weken in BAO bespreken", on=date(2022, 4, 7)).day
    datetime.date(2022, 4, 21)
    >>> due_of("In VB van 11/4 gaan ze inzoomen op de opdracht", year=2022) is None
    True
    """
    found = [*_named(text, on=on, year=year), *_counted(text, on=on, year=year), *_in_words(text)]
    ahead = [one for one in found if on is None or one.due.day is None or one.due.day >= on]
    return min(ahead, key=lambda one: (one.rank, one.start)).due if ahead else None


def due_in_cell(text: str, *, on: date | None = None, year: int | None = None) -> Due | None:
    """Give the term in a cell that holds nothing else (term or None).

    Args:
        text: a cell of a column such as "Termijn" or "Wanneer".
        on: day of the meeting.
        year: year of a day without one, when the day of the meeting is not known.

    Returns:
        The term; a day without a word before it counts itself. None for an empty cell or a dash.

    Source: bron-003, 2.6; that a bare day in such a column still counts is our reading.

    >>> due_in_cell("19-04-2022").last_day, due_in_cell("-")
    (datetime.date(2022, 4, 19), None)
    """
    written = " ".join(text.split())
    if not any(sign.isalnum() for sign in written) or written.lower() in {"nvt", "n.v.t.", "geen"}:
        return None
    if due := due_of(written, on=on, year=year):
        return due
    for day in found_days(written, on=on, year=year, is_ahead=True):
        return Due(written=written, day=day.last, reason=day.reason)
    return Due(written=written, day=None, reason=ONLY_WORDS)


def _named(text: str, *, on: date | None, year: int | None) -> Iterator[_Candidate]:
    """Find the days with a word before them that makes them a term."""
    for day in found_days(text, on=on, year=year, is_ahead=True):
        before = _BEFORE_DAY.search(text, max(0, day.start - 60), day.start)
        if before is None or _is_about(text[max(0, before.start() - 60) : before.start()], before):
            continue
        is_inclusive = before["open"] is None
        written = text[before.start() : day.end]
        last = day.day if not is_inclusive else day.last
        due = Due(written=written, day=last, is_inclusive=is_inclusive, reason=day.reason)
        yield _Candidate(2 if before["on"] else 0, before.start(), due)


def _is_about(before: str, found: re.Match[str]) -> bool:
    """Tell "de agenda voor 19 april" and words that only end in "op" or "tot" from a term."""
    if before and before[-1].isalnum():
        return True
    return bool(found["open"] and found["open"].lower() == "voor" and _ABOUT.search(before))


def _counted(text: str, *, on: date | None, year: int | None) -> Iterator[_Candidate]:
    """Find spans: a number of days from the meeting, a week, a month or a quarter."""
    for stretch in stretches(text):
        yield _Candidate(stretch.rank, stretch.start, _due_at(stretch, on=on, year=year))


def _due_at(stretch: Stretch, *, on: date | None, year: int | None) -> Due:
    try:
        first, last = stretch.between(on, year)
    except UnknownSpan:
        return Due(written=stretch.written, day=None, reason=NO_MEETING_DAY)
    except (ValueError, OverflowError):
        return Due(written=stretch.written, day=None, reason=f"de dag {stretch.written} bestaat niet")
    if stretch.is_before:
        return Due(written=stretch.written, day=first, is_inclusive=False)
    return Due(written=stretch.written, day=last, is_approximate=stretch.is_approximate)


def _in_words(text: str) -> Iterator[_Candidate]:
    for match in _BY_ITSELF.finditer(text):
        due = Due(written=match[0], day=None, reason=ONLY_WORDS)
        yield _Candidate(3, match.start(), due)
