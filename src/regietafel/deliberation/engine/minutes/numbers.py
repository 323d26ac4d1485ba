"""Where an agenda item begins: by its number, whatever the numbering, or by the word "Agendapunt"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEYED = re.compile(
    r"^(?:(?P<before>(?:[A-Z]{2,5}\s)?\d{1,3}(?:\.\d{1,3})*[a-z]?)[.)]?\s+)?agendapunt\s*(?P<after>\d{1,3}(?:\.\d{1,3})*[a-z]?)?\s*"
    r"(?:[:.]|[-–](?=\s)|$)\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_AD = re.compile(
    r"^(?:ad|punt)\s(?P<number>\d{1,3}(?:\.\d{1,3})*[a-z]?)\s?[.:)]?\s+(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_DOTTED = re.compile(
    r"^(?P<number>\d{1,2}(?:\.\d{1,2}){1,3}[a-z]?)(?P<sign>[.):])?(?:\s+(?P<rest>.*))?$", re.DOTALL
)
_WHOLE = re.compile(r"^(?P<number>\d{1,3}[a-z]?)(?P<sign>[.):])(?:\s+(?P<rest>.*))?$", re.DOTALL)
_CELL = re.compile(r"^(?:[A-Z]{1,5}[-. ]?)?\d{1,3}(?:\.\d{1,3})*\.?[a-z]?[.):]?$")
_UNIT = re.compile(
    r"^(?:uur|u\b|h\b|miljoen|miljard|procent|%|fte|euro|km|m2|plekken|personen)", re.IGNORECASE
)
_REFERS = re.compile(
    r"\b(?:artikel|art\.?|lid|paragraaf|par\.?|punt|hoofdstuk|bijlage|versie|nr\.?|nummer|en|van|tot|om)$",
    re.IGNORECASE,
)
ENUMERATED = re.compile(r"^(?:(?P<digit>\d{1,2})|(?P<letter>[A-Za-z]))[.)]\s+(?P<rest>\S.*)$", re.DOTALL)
_FURTHEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStart:
    """The number of an agenda item as written, how it was marked, and the rest of its line."""

    number: str
    rest: str
    mark: str = ""
    is_keyed: bool = False


def item_start(text: str, *, before: str, last: str | None) -> ItemStart | None:
    """Return the agenda item that a line begins.

    `before` is the line before it in the same paragraph, `last` the number of the previous item: whole
    numbers go up, so that "1." under agenda item 9 is a list; numbers with a point are free.
    """
    if match := _KEYED.match(text):
        number = match["before"] or match["after"] or ""
        return ItemStart(number=number, rest=match["rest"], mark=_mark(text, match), is_keyed=True)
    if match := _AD.match(text):
        return ItemStart(number=match["number"], rest=match["rest"], mark=_mark(text, match))
    if match := _DOTTED.match(text):
        rest = match["rest"] or ""
        if _begins(rest) and not _REFERS.search(before):
            return ItemStart(number=match["number"], rest=rest)
        return None
    match = _WHOLE.match(text)
    if match and match["rest"] and _begins(match["rest"]) and _follows(match["number"], last):
        return ItemStart(number=match["number"], rest=match["rest"])
    return None


def _mark(text: str, match: re.Match[str]) -> str:
    return text[: len(text) - len(match["rest"])].strip()


def is_number_cell(text: str) -> bool:
    """Say whether a cell holds the number of an agenda item or action and nothing else."""
    return bool(_CELL.match(text.strip()))


def _begins(rest: str) -> bool:
    return not rest or not (_UNIT.match(rest) or rest[0].islower() or rest[0].isdigit())


def _follows(number: str, last: str | None) -> bool:
    """Say whether a whole number can be the next one."""
    found = int(re.match(r"\d+", number)[0])  # type: ignore[index]
    if last is None:
        return found <= _FURTHEST
    previous = re.match(r"\d+", last)
    if previous is None:
        return True
    if last == previous[0] and number != str(found):  # 7 is followed by 7a
        return found == int(previous[0]) or found == int(previous[0]) + 1
    return int(previous[0]) < found <= int(previous[0]) + _FURTHEST or (
        number[-1].isalpha() and found == int(previous[0])
    )
