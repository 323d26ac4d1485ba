"""Minutes as they go onto paper and are frozen: plain values, in the order of the meeting."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryContent:
    """A decision (B), bottleneck (K) or action (A) as the minutes show it."""

    kind: str
    text: str
    explanation: str = ""
    owner: str = ""
    due_on: date | None = None
    due_is_inclusive: bool = True
    due_written: str = ""
    condition_kind: str = ""
    condition: str = ""
    feedback_via: str = ""
    state: str = "open"
    withdrawn_reason: str = ""
    key: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemContent:
    """An agenda item: what was said, and what came of it. ``confidentiality``: 0 public to 2 confidential.

    ``outcome`` says what became of what an earlier meeting left open, as it was told in this one.
    """

    number: str
    title: str
    notes: str = ""
    entries: tuple[EntryContent, ...] = ()
    papers: tuple[str, ...] = ()
    confidentiality: int = 1
    for_guests: bool = False
    dossier: str = ""
    introduction: str = ""
    outcome: str = ""
    key: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceContent:
    """Who was there: an organisation or function, with the status and who replaced it."""

    name: str
    status: str
    replaced_by: str = ""
    is_guest: bool = False
    part: str = "lid"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesContent:
    """The minutes of one meeting, or its agenda when nothing was noted yet."""

    body: str
    organisation: str
    meeting: str
    number: int
    starts_at: datetime
    ends_at: datetime
    state: str
    place: str = ""
    chair: str = ""
    press_line: str = ""
    confirmed_at: datetime | None = None
    version: int | None = None
    is_fictional: bool = False
    items: tuple[ItemContent, ...] = ()
    attendance: tuple[AttendanceContent, ...] = ()

    def limited_to(self, keys: Collection[int]) -> MinutesContent:
        """Return the same minutes with only these items."""
        return replace(self, items=tuple(one for one in self.items if one.key in keys))

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back the same."""
        return {"vorm": VERSION, **_plain(asdict(self))}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> MinutesContent:
        """Read what `to_json` wrote."""
        values = {name: value for name, value in data.items() if name != "vorm"}
        moments = {
            name: datetime.fromisoformat(values[name]) if values[name] else None
            for name in ("starts_at", "ends_at", "confirmed_at")
        }
        items = tuple(_item(one) for one in values["items"])
        attendance = tuple(AttendanceContent(**one) for one in values["attendance"])
        return cls(**{**values, **moments, "items": items, "attendance": attendance})


def _item(data: Mapping[str, Any]) -> ItemContent:
    entries = tuple(
        EntryContent(**{**one, "due_on": date.fromisoformat(one["due_on"]) if one["due_on"] else None})
        for one in data["entries"]
    )
    return ItemContent(**{**data, "entries": entries, "papers": tuple(data["papers"])})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def fingerprint(content: Mapping[str, Any]) -> str:
    """Give the fingerprint of frozen minutes, the same on every machine (vingerafdruk).

    Args:
        content: what `MinutesContent.to_json` gave.

    Returns:
        SHA-256 over the content with its names in order, as 64 hexadecimal signs.

    Method: SHA-256 (FIPS 180-4) over JSON with sorted names and no spaces.

    >>> fingerprint({"b": 1, "a": 2}) == fingerprint({"a": 2, "b": 1})
    True
    """
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
