"""Minutes of others, between reading and storing: what a person may correct, and who is meant by a name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from regietafel.deliberation.engine.folding import folded
from regietafel.deliberation.engine.minutes import MinutesRead, ReadEntry

LEFT_OUT = ""
ONLY_A_PERSON = "deelnemer (naam niet overgenomen)"
KINDS = ("B", "K", "A", LEFT_OUT)
_TITLES = re.compile(r"\b(?:gemeente|de|het|burgemeester|wethouder|namens|provincie)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A decision (B), bottleneck (K) or action (A) as it will be stored; no kind means: leave it out.

    ``item`` is the place of its agenda item, ``lines`` are the numbers of the lines it was read from.
    """

    kind: str
    text: str
    item: int | None = None
    explanation: str = ""
    owner: str = ""
    feedback_via: str = ""
    due_on: date | None = None
    due_is_inclusive: bool = True
    due_written: str = ""
    condition_kind: str = ""
    condition: str = ""
    lines: tuple[int, ...] = ()
    is_sure: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItem:
    """An agenda item as it will be stored: number as written, subject and what was said."""

    number: str
    title: str
    notes: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPresence:
    """Somebody in the list of those present, and the status that stands there."""

    name: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Minutes as they were understood and corrected; ``rest`` are lines that belong nowhere, by number."""

    held_on: date | None = None
    title: str = ""
    items: tuple[DraftItem, ...] = ()
    lines: tuple[DraftLine, ...] = ()
    presence: tuple[DraftPresence, ...] = ()
    rest: tuple[tuple[int, str], ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Return how many decisions, bottlenecks and actions there are."""
        return {kind: sum(one.kind == kind for one in self.lines) for kind in KINDS[:3]}

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back the same."""
        return {
            "dag": _day(self.held_on),
            "titel": self.title,
            "punten": [_item_json(one) for one in self.items],
            "regels": [_line_json(one) for one in self.lines],
            "presentie": [{"naam": one.name, "status": one.status} for one in self.presence],
            "rest": [list(one) for one in self.rest],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Draft:
        """Read what `to_json` wrote."""
        return cls(
            held_on=_as_day(data["dag"]),
            title=data["titel"],
            items=tuple(_item(one) for one in data["punten"]),
            lines=tuple(_line(one) for one in data["regels"]),
            presence=tuple(
                DraftPresence(name=one["naam"], status=one["status"]) for one in data["presentie"]
            ),
            rest=tuple((int(number), text) for number, text in data["rest"]),
        )


def draft_of(read: MinutesRead) -> Draft:
    """Give minutes as read as a draft to correct (concept).

    Args:
        read: what was found.

    Returns:
        The same items, lines and attendance; explanations of an item stand with its notes. Headings that are
        no title of an item and what was not understood are the rest, in the order of the text. Of who is
        named only as a person the name is not taken over.

    Source: bron-003, the whole text; what a person may correct is our reading.

    >>> from regietafel.deliberation.engine.minutes import SourceLine, read_minutes
    >>> draft = draft_of(read_minutes([SourceLine(number=1, text="4.3 B: Het kader is toegevoegd.")]))
    >>> [(one.kind, draft.items[one.item].number) for one in draft.lines]
    [('B', '4.3')]
    """
    items = tuple(
        DraftItem(
            number=one.number,
            title=one.title or one.section,
            notes="\n".join(part for part in (one.notes, one.explanation) if part),
            lines=one.lines,
        )
        for one in read.items
    )
    rest = [(one.number, one.text) for one in read.unassigned]
    titled = {line for one in read.items for line in one.lines}
    rest += [(one.lines[0], one.text) for one in read.headings if set(one.lines) - titled]
    names = [(one.name or ONLY_A_PERSON, one.status) for one in read.attendance]
    return Draft(
        held_on=read.held_on,
        title=read.title,
        items=items,
        lines=tuple(_draft_line(one) for one in read.entries),
        presence=tuple(DraftPresence(name=name, status=status) for name, status in names),
        rest=tuple(sorted(rest)),
    )


def _draft_line(one: ReadEntry) -> DraftLine:
    line = DraftLine(
        kind=one.kind,
        text=one.text,
        item=one.item,
        explanation=one.explanation,
        owner=one.owner.name if one.owner and not one.owner.is_channel else "",
        feedback_via=one.via or (one.owner.name if one.owner and one.owner.is_channel else ""),
        lines=one.lines,
        is_sure=one.certainty == "zeker",
        reason=one.reason,
    )
    if one.due:
        line = replace(
            line, due_on=one.due.day, due_is_inclusive=one.due.is_inclusive, due_written=one.due.written
        )
    if one.condition:
        line = replace(line, condition_kind=one.condition.kind, condition=one.condition.written)
    return line


def seat_called(name: str, seats: Mapping[int, Sequence[str]]) -> int | None:
    """Say which seat a name in minutes means (zetel).

    Args:
        name: as written, such as "Voorzitter / Enschede" or "Hof van Twente".
        seats: per seat the names it goes by: its organisation, its function.

    Returns:
        The seat of which a name is the same but for words as "gemeente" and "burgemeester"; a part before or
        after a slash counts too. None when none or more than one fits.

    Source: bron-003 r.159-181 (how members are named there); our reading.

    >>> seats = {7: ("Gemeente Hengelo",), 8: ("Adviseur politie",)}
    >>> seat_called("Hengelo", seats), seat_called("Voorzitter / Hengelo", seats), seat_called("OM", seats)
    (7, 7, None)
    """
    parts = {_bare(part) for part in (name, *name.split("/"))} - {""}
    found = {seat for seat, names in seats.items() if parts & {_bare(one) for one in names}}
    return found.pop() if len(found) == 1 else None


def _bare(name: str) -> str:
    return " ".join(re.findall(r"\w+", _TITLES.sub(" ", folded(name))))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _as_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _item_json(one: DraftItem) -> dict[str, Any]:
    return {"nr": one.number, "titel": one.title, "besproken": one.notes, "van": list(one.lines)}


def _item(data: Mapping[str, Any]) -> DraftItem:
    return DraftItem(
        number=data["nr"], title=data["titel"], notes=data["besproken"], lines=tuple(data["van"])
    )


def _line_json(one: DraftLine) -> dict[str, Any]:
    return {
        "soort": one.kind,
        "tekst": one.text,
        "punt": one.item,
        "toelichting": one.explanation,
        "eigenaar": one.owner,
        "via": one.feedback_via,
        "termijn": _day(one.due_on),
        "inclusief": one.due_is_inclusive,
        "termijn_tekst": one.due_written,
        "voorwaarde_soort": one.condition_kind,
        "voorwaarde": one.condition,
        "van": list(one.lines),
        "zeker": one.is_sure,
        "reden": one.reason,
    }


def _line(data: Mapping[str, Any]) -> DraftLine:
    return DraftLine(
        kind=data["soort"],
        text=data["tekst"],
        item=data["punt"],
        explanation=data["toelichting"],
        owner=data["eigenaar"],
        feedback_via=data["via"],
        due_on=_as_day(data["termijn"]),
        due_is_inclusive=data["inclusief"],
        due_written=data["termijn_tekst"],
        condition_kind=data["voorwaarde_soort"],
        condition=data["voorwaarde"],
        lines=tuple(data["van"]),
        is_sure=data["zeker"],
        reason=data["reden"],
    )
