"""Lines made ready for reading: spaces, indents, blank lines before them, and what is of the page only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from regietafel.deliberation.engine.minutes.found import SourceLine

PAGE_NUMBER, PAGE_EDGE = "paginanummer", "kop- of voetregel van de bladzijde"
_NUMBER_ONLY = re.compile(r"^[-–\s]*(?:\d{1,3}|\d{1,3}\s*(?:/|van)\s*\d{1,3})[-–\s]*$")
_NUMBER_BESIDE = re.compile(r"\S\s{3,}\d{1,3}\s*(?:/|van)\s*\d{1,3}\s*$")
_PAGE_WORD = re.compile(
    r"^(?:pagina|blad(?:zijde)?|p\.)\s*\d{1,3}(?:\s*(?:/|van)\s*\d{1,3})?\s*$", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
BULLET = re.compile(r"^(?:[•●▪■◦·‣►]\s*(?=\S)|[*–—-]\s+(?=\S)|o\s{1,6}(?=[A-Z]))")
_WRAPS = re.compile(r"[^\W\d_]-$")
_EDGE_LINES = 2


@dataclass(slots=True)
class Line:
    """A line on its way through the reading; `side` is the explanation that stands beside it.

    `beside` are the numbers of all lines in the same row of a table, when only the row is known.
    """

    numbers: tuple[int, ...]
    raw: str
    gap: int = 0
    number_cell: str = ""
    side: list[tuple[int, str]] = field(default_factory=list)
    beside: frozenset[int] = frozenset()
    text: str = ""
    indent: int = 0

    def __post_init__(self) -> None:
        self.text = tidy(self.raw)
        self.indent = len(self.raw) - len(self.raw.lstrip())

    @property
    def is_bullet(self) -> bool:
        """Whether the line begins with the sign of a list."""
        return bool(BULLET.match(self.text))


def tidy(text: str) -> str:
    """Return a text with single spaces and without signs that only say where it may break."""
    return " ".join(text.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "").split())


def page_furniture(lines: Sequence[SourceLine]) -> dict[int, str]:
    """Find the lines that belong to the page: its number, and what is repeated on top or at the bottom."""
    found: dict[int, str] = {}
    edges = list(_edges(lines))
    pages = {page for page, _top, _line in edges}
    for line in lines:
        if _PAGE_WORD.match(line.text.strip()):
            found[line.number] = PAGE_NUMBER
    if len(pages) < 2:
        last = edges[-1][2] if edges and not edges[-1][1] else None
        is_number = last and re.fullmatch(rf"{last.page}(?:\s*(?:/|van)\s*{last.page})?", last.text.strip())
        return found | ({last.number: PAGE_NUMBER} if last and is_number else {})
    repeated = set(_repeated(edges, pages=len(pages)))
    for _page, _top, line in edges:
        if _NUMBER_ONLY.match(line.text):
            found[line.number] = PAGE_NUMBER
        elif line.number in repeated or _NUMBER_BESIDE.search(line.text):
            found.setdefault(line.number, PAGE_EDGE)
    return found


def _repeated(edges: Sequence[tuple[int, bool, SourceLine]], *, pages: int) -> Iterator[int]:
    """Yield what stands on most pages; of two pages only the first line, for a sentence may stand twice."""
    texts = [(top, _DIGITS.sub("0", tidy(line.text))) for _page, top, line in edges]
    counts = Counter(texts)
    first = {page: line.number for page, _top, line in reversed(edges)}
    for text, (page, _top, line) in zip(texts, edges, strict=True):
        if counts[text] * 2 > pages and (pages > 2 or first[page] == line.number):
            yield line.number


def _edges(lines: Sequence[SourceLine]) -> Iterator[tuple[int, bool, SourceLine]]:
    """Yield the first and last lines of each page that are no cells."""
    pages: dict[int, list[SourceLine]] = {}
    for line in lines:
        if line.text.strip() and line.column is None:
            pages.setdefault(line.page, []).append(line)
    for page, its in pages.items():
        top = its[:_EDGE_LINES]
        yield from ((page, True, line) for line in top)
        yield from ((page, False, line) for line in its[-_EDGE_LINES:] if line not in top)


def joined(parts: Iterable[tuple[str, bool]]) -> str:
    """Join pieces of text: a new paragraph or list sign on a line of its own, the rest as running text."""
    text = ""
    for piece, is_new in parts:
        if not piece:
            continue
        if not text:
            text = piece
        elif is_new or BULLET.match(piece):
            text += "\n" + piece
        elif _WRAPS.search(text) and not text.endswith(" -"):
            text = _unhyphenated(text, piece)
        else:
            text += " " + piece
    return text


def _unhyphenated(text: str, piece: str) -> str:
    """Join a word that was broken at the end of a line; "in- en uitstroom" and names keep their sign."""
    if re.match(r"(?:en|of|tot)\b", piece):
        return f"{text} {piece}"
    if piece[:1].islower() and len(text) > 1 and text[-2].islower():
        return text[:-1] + piece
    return text + piece


def ends_sentence(text: str) -> bool:
    """Say whether a text ends as a sentence does."""
    return bool(re.search(r"[.!?…][)’”\"']*$", text))
