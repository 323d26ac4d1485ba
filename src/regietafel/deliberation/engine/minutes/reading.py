"""Reading existing minutes: from lines to agenda items, decisions, bottlenecks, actions and attendance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

from regietafel.deliberation.engine.minutes.asking import Asked
from regietafel.deliberation.engine.minutes.columns import Block, Head, Presence, Record, blocks
from regietafel.deliberation.engine.minutes.found import MinutesRead, SourceLine, Unassigned
from regietafel.deliberation.engine.minutes.lines import Line, page_furniture, tidy
from regietafel.deliberation.engine.minutes.marks import Notations, list_heading
from regietafel.deliberation.engine.minutes.numbers import item_start
from regietafel.deliberation.engine.minutes.records import take_record
from regietafel.deliberation.engine.minutes.walking import Walker
from regietafel.deliberation.engine.terms import days_in

NOT_PLACED = "niet herkend"
_KEYED = re.compile(r"^.{0,20}?(?P<key>agendapunt)\s*:\s{3,}\S", re.IGNORECASE)  # keys and values in columns
_ABOUT_MEETING = re.compile(
    r"verslag|notulen|besluiten|besluitenlijst|actielijst|overleg|vergadering|\bBAO\b|\bDVO\b|driehoek|^datum\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def read_minutes(
    lines: Sequence[SourceLine], *, known: Sequence[str] = (), on: date | None = None, year: int | None = None
) -> MinutesRead:
    """Give everything that minutes hold (minutes as read).

    Args:
        lines: the text, line by line or cell by cell, as a reader of files gives it.
        known: names of organisations, functions and bodies, to tell them from people.
        on: day of the meeting; found in the text when it is not given.
        year: year of days without one, when no day of the meeting is known.

    Returns:
        Agenda items in the order of the text with the numbers as written, entries of the kinds B, K and A,
        attendance, headings and what was not understood. Every line with anything on it is in one of them.

    Source: bron-003, the whole text (numbering, notations, explanation in a third column, attendance); the
    other notations are our reading of decision lists of councils and committees.

    >>> text = ["4.3 B: Wettelijk kader is toegevoegd.", "A Burgemeesters laten voor 19 april weten."]
    >>> read = read_minutes([SourceLine(number=at, text=line) for at, line in enumerate(text, 1)], year=2022)
    >>> [(entry.number, entry.kind, str(entry.due and entry.due.day)) for entry in read.entries]
    [('4.3', 'B', 'None'), ('4.3', 'A', '2022-04-19')]
    """
    furniture = page_furniture(lines)
    kept = [_without_page(line) if line.number in furniture else line for line in lines]
    read = list(blocks(kept))
    walker = _walk(read, kept)
    held_on = on or _day_of_meeting(walker, year)
    asked = Asked(tuple(known), held_on, year)
    edges = [
        Unassigned(number=line.number, text=line.text.strip(), reason=furniture[line.number])
        for line in lines
        if line.number in furniture and line.text.strip()
    ]
    return _found(walker, asked, lines=lines, edges=edges)


def _without_page(line: SourceLine) -> SourceLine:
    return SourceLine(number=line.number, text="", page=line.page)


def _walk(read: list[Block], lines: Sequence[SourceLine]) -> Walker:
    texts = [tidy(line.text) for line in lines if line.text.strip()]
    indents = sorted(match.start("key") for line in lines if (match := _KEYED.match(line.text)))
    widths = sorted(len(line.text.rstrip()) for line in lines if line.text.strip())
    width = widths[int(len(widths) * 0.9)] if widths else 0
    walker = Walker(
        Notations.of(texts), width=width, key_indent=indents[len(indents) // 2] if indents else None
    )
    above_lists = takewhile(lambda text: list_heading(text) is None, texts)
    walker.has_numbers = any(item_start(text, before="", last=None) for text in above_lists)
    for place, block in enumerate(read):
        if isinstance(block, Record):
            take_record(walker, block)
        elif isinstance(block, Head):
            walker.take_head(block)
        elif isinstance(block, Presence):
            walker.present(block.line)
        else:
            walker.take(block, list(_lines_after(read, place)))
    walker.finish()
    return walker


def _lines_after(read: list[Block], place: int) -> Iterator[Line]:
    for block in read[place + 1 : place + 6]:
        if not isinstance(block, Line):
            return
        yield block


def _day_of_meeting(walker: Walker, year: int | None) -> date | None:
    """Find the day above the agenda: behind "Datum:", or in a title that speaks of the meeting."""
    about = [text for text in _above_agenda(walker) if _ABOUT_MEETING.search(text)]
    for text in sorted(about, key=lambda text: not text.lower().startswith("datum")):
        for day in days_in(text, year=year):
            if day.day and (_YEAR.search(day.written) or year):
                return day.day
    return None


def _above_agenda(walker: Walker) -> list[str]:
    """Return the headings before the first agenda item; the last item may name the next meeting."""
    starts = [min(item.own.numbers()) for item in walker.items[:1] if item.own.numbers()]
    return [
        heading.draft.text()
        for heading in walker.headings
        if not starts or min(heading.draft.numbers(), default=0) < starts[0]
    ]


def _title(walker: Walker) -> str:
    about = (
        text
        for text in _above_agenda(walker)
        if _ABOUT_MEETING.search(text) and not text.lower().startswith("datum")
    )
    return next((text for text in about if len(text) < 200), "")


def _found(
    walker: Walker, asked: Asked, *, lines: Sequence[SourceLine], edges: list[Unassigned]
) -> MinutesRead:
    items = tuple(item.read() for item in walker.items)
    entries = tuple(
        entry.read(items[entry.item].number if entry.item is not None else "", asked)
        for entry in walker.entries
    )
    made = MinutesRead(
        title=_title(walker),
        held_on=asked.on,
        items=items,
        entries=entries,
        attendance=tuple(each for block in walker.attendance for each in block.read(asked.known)),
        headings=tuple(heading.read() for heading in walker.headings),
        unassigned=tuple(sorted([*walker.unassigned, *edges], key=lambda line: line.number)),
    )
    return _whole(made, lines)


def _whole(read: MinutesRead, lines: Sequence[SourceLine]) -> MinutesRead:
    """Add every line that is held nowhere, so that nothing of the text is lost."""
    held = set(read.lines())
    lost = [
        Unassigned(number=line.number, text=line.text.strip(), reason=NOT_PLACED)
        for line in lines
        if line.text.strip() and line.number not in held
    ]
    if not lost:
        return read
    unassigned = sorted([*read.unassigned, *lost], key=lambda line: line.number)
    return MinutesRead(
        title=read.title,
        held_on=read.held_on,
        items=read.items,
        entries=read.entries,
        attendance=read.attendance,
        headings=read.headings,
        unassigned=tuple(unassigned),
    )
