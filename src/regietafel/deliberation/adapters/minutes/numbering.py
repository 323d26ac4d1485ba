"""The numbers that Word puts before paragraphs by itself: they stand in no text, but people read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_BULLET = "• "


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    document: Any
    _levels: dict[str, list[_Level]] = field(init=False)
    _abstract: dict[str, str] = field(init=False, default_factory=dict)
    _styles: dict[str, tuple[str, int]] = field(init=False)
    _counts: dict[str, list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._levels = self._read_levels()
        self._styles = self._read_styles()

    def label(self, paragraph: Any) -> str:
        """Return the number or sign before a paragraph, with a space behind it; nothing when it has none."""
        found = self._list_of(paragraph)
        if found is None:
            return ""
        identity, place = found
        levels = self._levels.get(self._abstract.get(identity, ""))
        if levels is None or not 0 <= place < len(levels):
            return ""
        counts = self._counts.setdefault(self._abstract[identity], [0] * _LEVELS)
        counts[place] = counts[place] + 1 if counts[place] else levels[place].start
        counts[place + 1 :] = [0] * (_LEVELS - place - 1)
        return _written(levels, counts, place=place)

    def _list_of(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return None
        own = _numbered(properties)
        if own is not None:
            return own if own[0] != "0" else None
        style = properties.find(f"{_W}pStyle")
        return self._styles.get(style.get(f"{_W}val", "")) if style is not None else None

    def _read_levels(self) -> dict[str, list[_Level]]:
        root = _part(self.document, "numbering")
        if root is None:
            return {}
        for number in root.iter(f"{_W}num"):
            abstract = number.find(f"{_W}abstractNumId")
            if abstract is not None:
                self._abstract[number.get(f"{_W}numId", "")] = abstract.get(f"{_W}val", "")
        return {
            each.get(f"{_W}abstractNumId", ""): [_level(one) for one in each.iter(f"{_W}lvl")][:_LEVELS]
            for each in root.iter(f"{_W}abstractNum")
        }

    def _read_styles(self) -> dict[str, tuple[str, int]]:
        root = _part(self.document, "styles")
        found: dict[str, tuple[str, int]] = {}
        for style in [] if root is None else root.iter(f"{_W}style"):
            properties = style.find(f"{_W}pPr")
            numbered = None if properties is None else _numbered(properties)
            if numbered is not None:
                found[style.get(f"{_W}styleId", "")] = numbered
        return found


def _part(document: Any, name: str) -> Any:
    """Return the root of a part that the document may lack."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{name}"):
            return getattr(relation.target_part, "element", None)
    return None


def _numbered(properties: Any) -> tuple[str, int] | None:
    numbered = properties.find(f"{_W}numPr")
    identity = None if numbered is None else numbered.find(f"{_W}numId")
    if identity is None:
        return None
    level = numbered.find(f"{_W}ilvl")
    written = "0" if level is None else level.get(f"{_W}val", "0")
    return identity.get(f"{_W}val", ""), int(written[:9]) if written.isdecimal() else 0


def _level(element: Any) -> _Level:
    def value(name: str, otherwise: str) -> str:
        found = element.find(f"{_W}{name}")
        return otherwise if found is None else str(found.get(f"{_W}val", otherwise))

    start = value("start", "1")
    return _Level(
        value("numFmt", "decimal"), value("lvlText", ""), int(start[:9]) if start.isdecimal() else 1
    )


def _written(levels: list[_Level], counts: list[int], *, place: int) -> str:
    """Write "%1.%2" with the counts of the levels."""
    level = levels[place]
    if level.format == "none":
        return ""
    if level.format == "bullet":
        return _BULLET
    text = level.text
    for at in range(place + 1):
        text = text.replace(f"%{at + 1}", _count(levels[at].format, counts[at] or levels[at].start))
    return f"{text} " if text.strip() else ""


def _count(format: str, number: int) -> str:
    if format in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)
        return letter.upper() if format == "upperLetter" else letter
    if format in {"lowerRoman", "upperRoman"}:
        roman = _roman(number)
        return roman.upper() if format == "upperRoman" else roman
    return str(number)


def _roman(number: int) -> str:
    signs = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    written = ""
    for value, sign in signs:
        while number >= value and len(written) < 20:
            written, number = written + sign, number - value
    return written
