"""Who was there: organisations and functions, one per line or in a list, with or without a name and a mark.

A name of a person is kept only as it stands in the text, beside the organisation or function. Which word is
the organisation is known from the names given; without them only brackets, signs and titles tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from regietafel.deliberation.engine.minutes.found import ReadAttendance, Status
from regietafel.deliberation.engine.minutes.lines import BULLET, Line
from regietafel.deliberation.engine.terms.owners import is_body

_HEADINGS: tuple[tuple[str, Status | None], ...] = (
    (r"(?:afwezig|afgemeld|verhinderd)(?:en)?\s+met\s+(?:kennisgeving|bericht)|(?:met\s+)?berichten?\s+van\s+verhindering"
     r"|afgemeld(?:en)?|afmeldingen|verhinderd(?:en)?|m\.?k\.?a?\.?", "afgemeld"),
    (r"(?:afwezig(?:en)?)(?:\s+zonder\s+(?:kennisgeving|bericht))?|niet\s+aanwezig", "afwezig"),
    (r"aanwezig(?:en)?(?:\s+zijn)?|(?:tevens|ook|verder)\s+aanwezig|deelnemers|toehoorders|gasten",
     "aanwezig"),
    (r"aanwezigheid(?:slijst)?|presentie(?:lijst)?|genodigden|leden", None),
)  # fmt: skip
_HEADING = tuple(
    (
        re.compile(
            rf"^(?:{words})(?:\s*\([^)]{{0,40}}\))?\s*(?P<sign>:|$)\s*(?P<rest>.*)$",
            re.IGNORECASE | re.DOTALL,
        ),
        status,
    )
    for words, status in _HEADINGS
)
_OTHER_USE = re.compile(r"(?:deelnemers|toehoorders|gasten|genodigden|leden)\b", re.IGNORECASE)
_STATES: tuple[tuple[str, Status], ...] = (
    (r"afgemeld|met\s+kennisgeving(?:\s+afwezig)?|afwezig\s+met\s+(?:kennisgeving|bericht)|verhinderd|m\.k\.(?:a\.)?|mk",
     "afgemeld"),
    (r"vervangen(?:\s+door\s+(?P<by>[^()]+))?", "vervangen"),
    (r"afwezig(?:\s+zonder\s+(?:kennisgeving|bericht))?|niet\s+aanwezig", "afwezig"),
    (r"aanwezig|present", "aanwezig"),
    (r"onbekend", "onbekend"),
)  # fmt: skip
_STATE = tuple(
    (re.compile(rf"[\s(:,;|–-]*(?<!\w)(?:{words})\s*\)?[\s.]*$", re.IGNORECASE), status)
    for words, status in _STATES
)
_CELL_STATES: dict[str, Status] = {
    "x": "aanwezig",
    "✓": "aanwezig",
    "√": "aanwezig",
    "ja": "aanwezig",
    "v": "aanwezig",
}
_TITLE = r"(?:de\s+heer|dhr\.?|heer|mevrouw|mevr\.?|mw\.?|drs\.?|mr\.?|ir\.?|dr\.?|prof\.?|ing\.?)"
_INFIX = r"(?:(?:van|de|den|der|ter|ten|te|het|in|’t|'t)\s+)*"
_NAME = r"[A-ZÀ-Þ][a-zà-ÿ’'-]+(?:-[A-ZÀ-Þ][a-zà-ÿ’'-]+)*"
_TITLED = re.compile(rf"^(?:{_TITLE}\s+)+(?:[A-Z]\.\s?)*{_INFIX}\S", re.IGNORECASE)
_INITIALS = re.compile(rf"^(?:(?:[A-Z][a-z]?\.)\s?)+{_INFIX}[A-ZÀ-Þ]")
_FULL_NAME = re.compile(rf"^{_NAME}(?:\s+{_INFIX}{_NAME})+$")
_BRACKETS = re.compile(r"^(?P<one>[^()]+?)\s*\((?P<other>[^()]+)\)$")
_ROLE = re.compile(
    r"^(?P<role>(?:plv\.? )?(?:voorzitter|secretaris|notulist))\s*:\s*(?P<rest>\S.*)$", re.IGNORECASE
)
_SIGNS = re.compile(r"\s*[:|\t]\s*|\s+[-–]\s+|\s{2,}")
_SENTENCE = re.compile(
    r"(?:bericht\s+van\s+verhindering\s+(?:is\s+)?(?:ontvangen\s+|binnengekomen\s+)?van|met\s+kennisgeving\s+afwezig\s+(?:is|zijn))"
    r"\s+(?P<who>[^.]+)\.?\s*$",
    re.IGNORECASE,
)
_COMMA, _AND = re.compile(r"[,;•]"), re.compile(r"\s(?:en|&)\s")
_AS_GUEST = re.compile(r"\s*\((?:gast|toehoorder)\)\s*$", re.IGNORECASE)
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class AttendanceHeading:
    """A heading above a list of names: the status of who stands below it, and what stands behind it.

    Words such as "deelnemers" are one only before the agenda; below it they may be about anything.
    """

    status: Status | None
    rest: str
    written: str
    is_sure: bool


def heading_of(text: str) -> AttendanceHeading | None:
    """Return the heading of a list of those present or absent, if a line is one."""
    for pattern, status in _HEADING:
        if match := pattern.match(text):
            written = text[: len(text) - len(match["rest"])].strip()
            return AttendanceHeading(status, match["rest"], written, not _OTHER_USE.match(written))
    return None


def sentence_of(text: str) -> str:
    """Return who sent word that they could not come, from a sentence that says so."""
    match = _SENTENCE.search(text)
    return match["who"].strip() if match else ""


def can_be_name(text: str) -> bool:
    """Say whether a line can be a name in the list, not a sentence of the meeting."""
    is_short = len(text) <= _LONGEST and len(text.split()) <= 14
    return is_short and not re.search(r"[a-z]{3,}[.!?]$", text) and any(sign.isalpha() for sign in text)


def read_block(
    lines: Sequence[Line],
    *,
    status: Status | None,
    is_list: bool,
    is_row: bool = False,
    known: Sequence[str] = (),
) -> Iterator[ReadAttendance]:
    """Yield who a block of lines names; a list runs on from line to line, otherwise each line is a name.

    A row of a table is one name, also when it holds a comma: "Gemeente Borne, burgemeester".
    """
    names = tuple(known)
    if is_list:
        numbers = tuple(number for line in lines for number in line.numbers)
        for written in split_list(" ".join(line.text for line in lines), names):
            yield from read_name(written, status=status, known=names, lines=numbers)
        return
    for raw, numbers in _wrapped(lines, names):
        for written in split_list(raw, names) if re.search(r"[,;]", raw) and not is_row else [raw]:
            yield from read_name(written, status=status, known=names, lines=numbers)


def _wrapped(lines: Sequence[Line], known: tuple[str, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the lines, those together that form one known name ("Hof van" and "Twente")."""
    waiting: tuple[str, tuple[int, ...]] | None = None
    for line in lines:
        raw = BULLET.sub("", line.raw.strip()).replace("\u00ad", "")
        if (
            waiting
            and _fold(f"{waiting[0]} {raw}") in _folded(known)
            and _fold(waiting[0]) not in _folded(known)
        ):
            waiting = (f"{waiting[0]} {raw}", (*waiting[1], *line.numbers))
            continue
        if waiting:
            yield waiting
        waiting = (raw, line.numbers)
    if waiting:
        yield waiting


def split_list(text: str, known: tuple[str, ...]) -> list[str]:
    """Split an enumeration at its commas and its last "en"; brackets and known names stay whole."""
    found: list[str] = []
    for part in _outside_brackets(text, _COMMA):
        halves = [part] if _fold(part) in _folded(known) else _outside_brackets(part, _AND)
        found += [half.strip(" .") for half in halves]
    return [part for part in found if part]


def _outside_brackets(text: str, sign: re.Pattern[str]) -> list[str]:
    """Split a text at the signs that stand outside brackets."""
    parts, start, depth = [], 0, 0
    for match in re.finditer(rf"[()]|{sign.pattern}", text):
        if match[0] in "()":
            depth = max(0, depth + (1 if match[0] == "(" else -1))
        elif not depth:
            parts.append(text[start : match.start()].strip(" ."))
            start = match.end()
    return [*parts, text[start:].strip(" .")]


def read_name(
    written: str, *, status: Status | None, known: tuple[str, ...] = (), lines: tuple[int, ...]
) -> Iterator[ReadAttendance]:
    """Yield who one piece of the list names: organisation or function, person beside it, and status."""
    bare, stated, by = _status(written)
    bare = _AS_GUEST.sub("", bare)
    for name, person in _told_apart(bare, known):
        person = by or person
        own = stated or status or ("aanwezig" if person else "onbekend")
        yield ReadAttendance(
            name=_tidy(name), person=_tidy(person), status=own, written=_tidy(written), lines=lines
        )


def _status(written: str) -> tuple[str, Status | None, str]:
    for pattern, status in _STATE:
        match = pattern.search(written)
        if match and match.start() > 0:
            by = match.groupdict().get("by") or ""
            return written[: match.start()].rstrip(" (:,;|–-"), status, by
    cells = re.split(r"\t|\s{2,}|\s*\|\s*", written.strip())
    if len(cells) > 1 and cells[-1].lower() in _CELL_STATES:
        return "  ".join(cells[:-1]), _CELL_STATES[cells[-1].lower()], ""
    return written, None, ""


def _told_apart(text: str, known: tuple[str, ...]) -> list[tuple[str, str]]:
    """Tell organisation and person apart; two organisations on one line are two."""
    text = text.strip(" .,;")
    if role := _ROLE.match(text):
        return [
            (f"{role['role']} / {name}" if name else role["role"], person)
            for name, person in _told_apart(role["rest"], known)
        ]
    for pair in _pairs(text):
        for one, other in (pair, pair[::-1]):
            if _is_organisation(one, known) and (_is_person(other) or not _is_organisation(other, known)):
                return [(one, other)]
        if _is_person(pair[0]) and not _is_person(pair[1]):
            return [(pair[1], pair[0])]
    if _is_person(text) and not _is_organisation(text, known):
        titled = _without_known(text, known)
        return (
            [titled or ("", text)] if _TITLED.match(text) or _INITIALS.match(text) else [titled or (text, "")]
        )
    return _by_known(text, known) or [(text, "")]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    if match := _BRACKETS.match(text):
        yield match["one"], match["other"]
    parts = [part for part in _SIGNS.split(text) if part]
    if len(parts) == 2:
        yield parts[0], parts[1]


def _without_known(text: str, known: tuple[str, ...]) -> tuple[str, str] | None:
    found = _by_known(text, known)
    return found[0] if found and len(found) == 1 and found[0][1] else None


def _by_known(text: str, known: tuple[str, ...]) -> list[tuple[str, str]] | None:
    """Split behind the longest known name at the beginning, or behind a function and a slash."""
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        begin, rest = " ".join(words[:count]), " ".join(words[count:])
        name = begin.rpartition("/")[2].strip() or begin
        if _fold(name) not in _folded(known):
            continue
        if _fold(rest) in _folded(known):
            return [(begin, ""), (rest, "")]
        if _is_person(rest):
            return [(begin, rest)]
    return None


def _is_organisation(text: str, known: tuple[str, ...]) -> bool:
    parts = [part.strip() for part in text.split("/")]
    return any(_fold(part) in _folded(known) for part in parts) or is_body(text, known)


def _is_person(text: str) -> bool:
    text = text.strip()
    return bool(_TITLED.match(text) or _INITIALS.match(text) or _FULL_NAME.match(text))


def missing(members: Iterable[str], attendance: Iterable[ReadAttendance]) -> tuple[str, ...]:
    """Give the members whom the list of attendance does not mention at all (names).

    Args:
        members: names of the organisations or functions that belong to the body.
        attendance: what was read from the minutes.

    Returns:
        The members in the order given; case, "gemeente" before a name and a function before a slash
        make no difference.

    Source: bron-003, attendance (Borne, Twenterand and Wierden stand nowhere in it).

    >>> read = list(read_name("Voorzitter / Enschede", status=None, lines=(1,)))
    >>> missing(["Enschede", "Borne"], read)
    ('Borne',)
    """
    mentioned = {
        _fold(part) for each in attendance for part in (each.name, *re.split(r"\s*[/,]\s*", each.name))
    }
    return tuple(member for member in members if _fold(member) not in mentioned)


def _fold(name: str) -> str:
    return re.sub(r"^gemeente\s+", "", _tidy(name).lower())


@lru_cache(maxsize=8)
def _folded(known: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_fold(name) for name in known)


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,;:")
