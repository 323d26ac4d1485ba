"""What changed between two versions of minutes, in the order in which one reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from regietafel.deliberation.engine.content import EntryContent, ItemContent, MinutesContent
from regietafel.deliberation.engine.wording import condition_told, term_told

_KINDS = {"B": "Besluit", "K": "Knelpunt", "A": "Actie"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One change: where, what stood there and what stands there; an empty text is nothing at all."""

    place: str
    what: str
    before: str
    after: str


def differences_of(before: MinutesContent, after: MinutesContent) -> tuple[Difference, ...]:
    """Compare two versions of the minutes of one meeting (verschil).

    Args:
        before: the earlier version, limited to what the reader may see.
        after: the later version, limited alike.

    Returns:
        What was changed, added or left out: the meeting itself, who was there, each item and its lines.
        Versions that say the same give nothing.

    Source: bron-003 r.1-181 (minutes are laid down in the next meeting); that every change is shown is ours.

    >>> from datetime import datetime
    >>> one = MinutesContent(body="BAO", organisation="VR", meeting="BAO 1", number=1, state="vastgesteld",
    ...     starts_at=datetime(2022, 4, 7), ends_at=datetime(2022, 4, 7), press_line="Geen persbericht.")
    >>> differences_of(one, one)
    ()
    """
    return (
        *_meeting(before, after),
        *_attendance(before, after),
        *_items(before, after),
    )


def _meeting(before: MinutesContent, after: MinutesContent) -> Iterator[Difference]:
    for name, what in (("place", "Plaats"), ("chair", "Voorzitter"), ("press_line", "Perslijn")):
        yield from _told("Vergadering", what, before=getattr(before, name), after=getattr(after, name))


def _told(place: str, what: str, *, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        yield Difference(place=place, what=what, before=before, after=after)


def _attendance(before: MinutesContent, after: MinutesContent) -> Iterator[Difference]:
    then, now = (
        {one.name: f"{one.status} {one.replaced_by}".strip() for one in content.attendance}
        for content in (before, after)
    )
    for name in then | now:
        yield from _told("Aanwezigheid", name, before=then.get(name, ""), after=now.get(name, ""))


def _items(before: MinutesContent, after: MinutesContent) -> Iterator[Difference]:
    then, now = ({one.key: one for one in content.items} for content in (before, after))
    for key in now | then:
        yield from _item(then.get(key), now.get(key))


def _item(before: ItemContent | None, after: ItemContent | None) -> Iterator[Difference]:
    old, new = _title(before), _title(after)
    place = new or old
    yield from _told(place, "Agendapunt", before=old, after=new)
    said, says = (one.notes if one else "" for one in (before, after))
    yield from _told(place, "Besproken", before=said, after=says)
    came, comes = (one.outcome if one else "" for one in (before, after))
    yield from _told(place, "Uitkomst", before=came, after=comes)
    then, now = ({line.key: line for line in one.entries} if one else {} for one in (before, after))
    for key in now | then:
        yield from _line(place, before=then.get(key), after=now.get(key))


def _title(item: ItemContent | None) -> str:
    return f"{item.number} {item.title}".strip() if item else ""


def _line(place: str, *, before: EntryContent | None, after: EntryContent | None) -> Iterator[Difference]:
    shown = after or before
    what = _KINDS.get(shown.kind, shown.kind) if shown else ""
    if before is None or after is None:
        was, now = (one.text if one else "" for one in (before, after))
        yield from _told(place, what, before=was, after=now)
        return
    yield from _told(place, what, before=_named(before), after=_named(after))
    for part, said in _PARTS.items():
        yield from _told(place, f"{what}, {part}", before=said(before), after=said(after))
    yield from _told(place, f"{what}, ingetrokken", before=_withdrawn(before), after=_withdrawn(after))


def _withdrawn(line: EntryContent) -> str:
    """Name the line beside the reason, which alone never says what was withdrawn."""
    return f"{line.text}\nReden: {line.withdrawn_reason}" if line.withdrawn_reason else ""


def _named(line: EntryContent) -> str:
    return f"{_KINDS.get(line.kind, line.kind)}: {line.text}"


def _term(line: EntryContent) -> str:
    return term_told(line.due_on, is_inclusive=line.due_is_inclusive, written=line.due_written)


def _condition(line: EntryContent) -> str:
    return condition_told(line.condition_kind, line.condition)


_PARTS: dict[str, Callable[[EntryContent], str]] = {
    "toelichting": lambda line: line.explanation,
    "actiehouder": lambda line: line.owner,
    "terugkoppeling": lambda line: line.feedback_via,
    "termijn": _term,
    "voorwaarde": _condition,
}
