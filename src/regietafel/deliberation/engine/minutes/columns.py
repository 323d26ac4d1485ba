"""Tables: which column is what, by the words of its head; in files with cells and in text with wide spaces.

Two kinds come out. Where one column holds decisions, bottlenecks and actions together, as in "Nr | Besluit
(B) / Knelpunt (K) / Actie (A) | Toelichting", its cells are read as running text with the explanation beside
it. Where decisions or actions have columns of their own, each row is a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from regietafel.deliberation.engine.minutes.attendance import heading_of
from regietafel.deliberation.engine.minutes.found import SourceLine
from regietafel.deliberation.engine.minutes.lines import Line, tidy
from regietafel.deliberation.engine.minutes.numbers import is_number_cell

_ROLES: tuple[tuple[str, str], ...] = (
    ("mixed", r"(?=.*\bbesluit)(?=.*\b(?:knelpunt|actie)).*|b\s*/\s*k\s*/\s*a|b/k/a"),
    ("kind", r"soort|type|b/?k/?a"),
    ("point", r"agendapunt(?:\s*nr\.?)?|ap\s*nr"),
    ("number", r"nr\.?|nummer|no\.?|#|volgnr\.?|volgnummer|kenmerk|id"),
    ("decision", r"besluit(?:en)?(?:\s*\(b\))?|genomen besluit(?:en)?"),
    ("action", r"acties?(?:\s*\(a\))?|actiepunt(?:en)?|te ondernemen actie"),
    ("bottleneck", r"knelpunt(?:en)?(?:\s*\(k\))?"),
    ("explanation", r"toelichting|opmerking(?:en)?|bijzonderheden|noot"),
    ("owner", r"wie|actiehouder(?:s)?|houder|eigenaar|trekker|verantwoordelijke?|uitvoering|door(?: wie)?"),
    ("due", r"(?:voor )?wanneer|termijn|deadline|gereed(?:\s*(?:op|datum))?|datum(?:\s*gereed)?|planning"),
    ("state", r"status|stand(?: van zaken)?|voortgang"),
    ("subject", r"onderwerp|omschrijving|bespreekpunt|punt|wat"),
    ("notes", r"bespreking|verslag|notulen|besprokene"),
    ("body", r"organisatie(?:s|\s+of\s+functie)?|gemeente|lid|leden|partner|functie"),
    ("presence", r"aanwezig(?:heid)?|presentie|status"),
    ("person", r"naam|vertegenwoordiger|deelnemer"),
)  # fmt: skip
_ROLE = tuple((role, re.compile(rf"^(?:{words})$", re.IGNORECASE)) for role, words in _ROLES)
_ENTRIES = {"mixed", "decision", "action", "bottleneck"}
_GAP = re.compile(r"\t+|\s{2,}")
_SHIFT = 3  # places that a word may stand left of the head of its column

Cells = dict[str, list[tuple[int, str]]]


@dataclass(slots=True)
class Record:
    """A row of a table with columns for decisions or actions: the pieces of text per role."""

    cells: Cells = field(default_factory=dict)
    numbers: tuple[int, ...] = ()

    def text(self, role: str) -> str:
        """Return what stands in a column, as one text."""
        return tidy(" ".join(piece for _number, piece in self.cells.get(role, [])))


@dataclass(slots=True)
class Head:
    """The head of a table: which column is what; where the columns begin if they are only wide spaces."""

    line: Line
    roles: dict[int, str]
    places: tuple[int, ...] = ()
    splits_at: str = ""

    @property
    def is_mixed(self) -> bool:
        """Whether one column holds decisions, bottlenecks and actions together."""
        return "mixed" in self.roles.values()

    @property
    def has_no_records(self) -> bool:
        """Whether the rows are running text or names, not records with a column for each thing."""
        return self.is_mixed or "presence" in self.roles.values()


@dataclass(slots=True)
class Presence:
    """A row of a table of those present."""

    line: Line


Block = Line | Record | Head | Presence


def role_of(text: str) -> str:
    """Return what a column is about, by its head."""
    written = tidy(text).rstrip(":")
    return next((role for role, pattern in _ROLE if pattern.match(written)), "") if written else ""


def roles_of(cells: Sequence[str]) -> dict[int, str]:
    """Return the roles of a head, or nothing when these cells are no head of a table that we read."""
    roles = {place: role for place, cell in enumerate(cells) if (role := role_of(cell))}
    found = set(roles.values())
    if found == {"body", "state"} or ({"body", "presence"} <= found or {"person", "presence"} <= found):
        return {place: "presence" if role == "state" else role for place, role in roles.items()}
    is_list = bool(_ENTRIES & found) or {"subject", "owner"} <= found or "kind" in found
    is_whole = len(roles) >= 2 and len(roles) * 2 > sum(bool(cell.strip()) for cell in cells)
    return roles if is_list and is_whole else {}


def blocks(lines: Sequence[SourceLine]) -> Iterator[Block]:
    """Yield the text as lines, records and heads of tables, in its order."""
    for is_table, group in groupby(lines, key=lambda line: line.table is not None and line.row is not None):
        if is_table:
            for _table, rows in groupby(group, key=lambda line: line.table):
                yield from _of_table(list(rows))
        else:
            yield from _of_text(list(group))


def _of_table(lines: list[SourceLine]) -> Iterator[Block]:
    """Read a table of which the reader knew the cells."""
    head: Head | None = None
    for _row, group in groupby(lines, key=lambda line: line.row):
        row = [line for line in group if line.text.strip()]
        cells: dict[int, list[SourceLine]] = {}
        for line in row:
            cells.setdefault(line.column or 0, []).append(line)
        if not row:
            continue
        found = _head_of_cells(cells)
        if found is not None:
            head = found
            yield head
        elif head is None:
            yield from _plain_row(cells)
        elif head.is_mixed:
            yield from _mixed_row(cells, head)
        elif "presence" in head.roles.values():
            yield Presence(
                Line(tuple(line.number for line in row), "  ".join(tidy(line.text) for line in row))
            )
        else:
            yield Record(_by_role(cells, head), tuple(line.number for line in row))


def _by_role(cells: dict[int, list[SourceLine]], head: Head) -> Cells:
    pieces: Cells = {}
    for place, its in sorted(cells.items()):
        named = pieces.setdefault(head.roles.get(place, ""), [])
        named += [(line.number, tidy(line.text)) for line in its]
    return pieces


def _head_of_cells(cells: dict[int, list[SourceLine]]) -> Head | None:
    texts = [" ".join(line.text for line in cells.get(place, [])) for place in range(max(cells) + 1)]
    roles = roles_of(texts)
    numbers = tuple(line.number for its in cells.values() for line in its)
    return Head(Line(numbers, " | ".join(text for text in texts if text)), roles) if roles else None


def _plain_row(cells: dict[int, list[SourceLine]]) -> Iterator[Line]:
    """Read a row without a head: the first paragraphs of its cells as one line, then what is left of each."""
    first = [its[0] for _place, its in sorted(cells.items())]
    yield Line(tuple(line.number for line in first), "  ".join(tidy(line.text) for line in first), gap=1)
    for _place, its in sorted(cells.items()):
        yield from (Line((line.number,), line.text) for line in its[1:])


def _mixed_row(cells: dict[int, list[SourceLine]], head: Head) -> Iterator[Line]:
    """Read a row of "Nr | B/K/A | Toelichting": paragraphs of the second column, the third beside them."""
    row: list[Line] = []
    side: list[tuple[int, str]] = []
    for place, its in sorted(cells.items()):
        role = head.roles.get(place, "")
        if role == "explanation":
            side = [(line.number, tidy(line.text)) for line in its]
        elif role == "number" and len(its) == 1 and is_number_cell(tidy(its[0].text)):
            row.append(Line((its[0].number,), "", gap=1, number_cell=tidy(its[0].text)))
        else:
            row += [Line((line.number,), line.text, gap=1) for line in its]
    if side:
        beside = frozenset(line.number for its in cells.values() for line in its)
        row.append(Line((), "", side=side, beside=beside))
    yield from row


def _of_text(lines: list[SourceLine]) -> Iterator[Block]:
    """Read running text, and tables in it that are only wide spaces, tabs or bars."""
    head: Head | None = None
    record: Record | None = None
    gap = 1
    for source in lines:
        if not source.text.strip():
            gap += 1
            continue
        line, gap = Line((source.number,), source.text.rstrip(), gap=gap), 0
        found = _head_of_text(line)
        if found is not None or (head and _ends_table(line, head)):
            head, done, record = found, record, None
            yield from (done, found or line) if done else (found or line,)
        elif head is None or head.has_no_records or not any(sign.isalnum() for sign in line.text):
            yield _as_line(line, head)
        else:
            record, done = _row(line, head, record=record)
            yield from (done,) if done else ()
    if record:
        yield record


def _as_line(line: Line, head: Head | None) -> Line | Presence:
    if head is None or not head.has_no_records:
        return line
    return _beside(line, head) if head.is_mixed else Presence(line)


def _row(line: Line, head: Head, *, record: Record | None) -> tuple[Record, Record | None]:
    """Add a line to the record that is open, or begin the next; return that, and the one that is done."""
    pieces = _pieces(line, head)
    done = None
    if record is None or _begins_record(pieces, head):
        done, record = record, Record()
    _add(record, pieces, head=head, line=line)
    return record, done


def _head_of_text(line: Line) -> Head | None:
    sign = "|" if "|" in line.raw else "\t" if "\t" in line.raw.strip() else ""
    cells = line.raw.strip(" |").split(sign) if sign else _GAP.split(line.raw.strip())
    roles = roles_of(cells) if len(cells) > 1 and len(line.raw) < 250 else {}
    if not roles:
        return None
    places, start = [], 0
    for cell in cells:
        start = line.raw.index(cell, start)
        places.append(start)
        start += len(cell)
    return Head(line, roles, tuple(places), sign)


def _ends_table(line: Line, head: Head) -> bool:
    """Say whether the text goes on below the table."""
    if heading_of(line.text):
        return True
    if head.is_mixed or head.splits_at == "|":
        return head.splits_at == "|" and "|" not in line.raw
    pieces = _pieces(line, head)
    if line.gap and len(pieces) == 1 and 0 in pieces and not is_number_cell(pieces[0]):
        return head.roles.get(0) in {"number", "point"} or len(pieces[0]) > 60
    return False


def _pieces(line: Line, head: Head) -> dict[int, str]:
    """Split a line into the columns of the head."""
    if head.splits_at:
        cells = line.raw.rstrip(" |" if head.splits_at == "|" else " ").split(head.splits_at)
        if head.splits_at == "|" and head.line.raw.lstrip().startswith("|"):
            cells = cells[1:]
        if len(cells) > len(head.places):
            cells = [*cells[: len(head.places) - 1], " ".join(cells[len(head.places) - 1 :])]
        return {place: tidy(cell) for place, cell in enumerate(cells) if cell.strip()}
    pieces: dict[int, str] = {}
    start = 0
    for gap in [*_GAP.finditer(line.raw), None]:
        end = gap.start() if gap else len(line.raw)
        if segment := line.raw[start:end].strip():
            place = max(
                (each for each, begin in enumerate(head.places) if begin <= start + _SHIFT), default=0
            )
            pieces[place] = f"{pieces[place]} {segment}" if place in pieces else segment
        start = gap.end() if gap else end
    return pieces


def _beside(line: Line, head: Head) -> Line:
    """Split a line of running text from the explanation beside it."""
    pieces = _pieces(line, head)
    by_role: dict[str, str] = {}
    for place, text in sorted(pieces.items()):
        role = head.roles.get(place, "")
        by_role[role] = f"{by_role[role]} {text}" if role in by_role else text
    side = by_role.pop("explanation", "")
    number = by_role.pop("number", "")
    if number and not is_number_cell(number):
        by_role, number = {"": " ".join([number, *by_role.values()])}, ""
    made = Line(line.numbers, " ".join(by_role.values()), gap=line.gap, number_cell=number)
    made.side = [(line.numbers[0], side)] if side else []
    return made


def _begins_record(pieces: dict[int, str], head: Head) -> bool:
    roles = {head.roles.get(place, "") for place in pieces}
    first = next(iter(sorted(head.roles)))
    if head.roles[first] in {"number", "point"}:
        return head.roles[first] in roles
    return first in pieces and bool(roles & {"owner", "due", "state", "kind"})


def _add(record: Record, pieces: dict[int, str], *, head: Head, line: Line) -> None:
    record.numbers += line.numbers
    for place, text in pieces.items():
        record.cells.setdefault(head.roles.get(place, ""), []).append((line.numbers[0], text))
