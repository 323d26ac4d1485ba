"""Rows of tables with columns for decisions, bottlenecks or actions, read as entries."""

from __future__ import annotations

from regietafel.deliberation.engine.minutes.columns import Record
from regietafel.deliberation.engine.minutes.drafts import EntryDraft, ItemDraft
from regietafel.deliberation.engine.minutes.found import Kind
from regietafel.deliberation.engine.minutes.lines import BULLET
from regietafel.deliberation.engine.minutes.marks import Notations, mark_of, says_nothing
from regietafel.deliberation.engine.minutes.numbers import ENUMERATED
from regietafel.deliberation.engine.minutes.walking import Walker
from regietafel.deliberation.engine.terms import due_in_cell
from regietafel.deliberation.engine.terms.owners import owner_named

_COLUMNS: tuple[tuple[str, Kind], ...] = (("decision", "B"), ("bottleneck", "K"), ("action", "A"))
_BESIDE = ("explanation", "state", "notes", "kind", "person", "body", "")
SAME_FOR_ALL = "actiehouder en termijn staan één keer bij meer regels in deze rij"


def take_record(walker: Walker, record: Record) -> None:
    """Read one row: its agenda item, its entries, and what belongs to them."""
    kinds = [(role, kind) for role, kind in _COLUMNS if record.cells.get(role)]
    if not kinds:
        kinds = (
            [("subject", _stated_kind(record))] if record.cells.get("subject") and _is_list(record) else []
        )
    is_agenda = "subject" in record.cells and ("subject", "A") not in kinds and ("subject", "B") not in kinds
    item = _item(walker, record, is_agenda=is_agenda or "point" in record.cells)
    entries = [entry for role, kind in kinds for entry in _entries(walker, record, role=role, kind=kind)]
    if item is None and entries and (number := record.text("number")):
        _number(walker, record, entries=entries, number=number)
    elif item is None and not entries:
        _keep(walker, record.numbers, text=record.text("number"))
    _rest(walker, record, entries=entries)
    walker.leave()


def _is_list(record: Record) -> bool:
    return bool({"owner", "due", "kind", "state"} & set(record.cells)) and "decision" not in record.cells


def _stated_kind(record: Record) -> Kind:
    letter = record.text("kind")[:1].upper()
    return "B" if letter == "B" else "K" if letter == "K" else "A"


def _item(walker: Walker, record: Record, *, is_agenda: bool) -> ItemDraft | None:
    if not is_agenda:
        return None
    number = record.text("point") or record.text("number")
    title = record.text("subject") if "subject" in record.cells else ""
    same = walker.item if walker.item and not title and walker.item.number == number else None
    item = same or walker.record_item(number, title, numbers=record.numbers)
    item.own.add(record.numbers, "")
    return item


def _number(walker: Walker, record: Record, *, entries: list[EntryDraft], number: str) -> None:
    """Keep the number of a row: of a decision it is that of the agenda item, of an action its own."""
    if any(entry.kind != "A" for entry in entries):
        item = walker.record_item(number, "", numbers=record.numbers)
        for entry in entries:
            entry.item = item.place
            item.entries.append(entry)
    else:
        for entry in entries:
            entry.item = None
            if entry.label:
                entry.explanation.add(record.numbers[:1], number)
            else:
                entry.label = number


def _entries(walker: Walker, record: Record, *, role: str, kind: Kind) -> list[EntryDraft]:
    """Read a cell: a new list sign, number or notation begins the next entry."""
    found: list[EntryDraft] = []
    notations = walker.notations
    preamble = ""
    for number, piece in record.cells[role]:
        begun = _begun(piece, kind, notations=notations)
        if not found and (opening := _preamble(piece, notations)):
            preamble = opening
        elif says_nothing(piece) or (not found and not piece):
            _keep(walker, (number,), text=piece)
        elif begun or not found:
            entry = begun or EntryDraft(kind, "", None)
            text = entry.draft.pieces.pop()[1] if begun else piece
            entry.item = walker.item.place if walker.item else None
            entry.mark = entry.mark or preamble
            entry.draft.add((number,), text)
            found.append(walker.entry(entry))
        else:
            found[-1].draft.add((number,), piece)
    if preamble and not found:
        _keep(walker, (record.cells[role][0][0],), text=preamble)
    return found


def _preamble(piece: str, notations: Notations) -> str:
    """Return "Het college besluit:" when it stands alone above the decisions of a cell."""
    mark = mark_of(piece, notations)
    return mark.written if mark and mark.sort == "sentence" and not mark.rest else ""


def _begun(piece: str, kind: Kind, *, notations: Notations) -> EntryDraft | None:
    """Return the entry that a piece of a cell begins, with its text as only piece."""
    bare = BULLET.sub("", piece)
    entry = None
    if mark := mark_of(bare, notations, is_start=False):
        entry = EntryDraft(mark.kind, mark.written, None, mark.label, mark.holder)
        bare = mark.rest
    elif enumerated := ENUMERATED.match(piece):
        entry = EntryDraft(kind, "", None, enumerated["digit"] or enumerated["letter"])
        bare = enumerated["rest"]
    elif bare != piece:
        entry = EntryDraft(kind, "", None)
    if entry is not None:
        entry.draft.add((0,), bare)
    return entry


def _rest(walker: Walker, record: Record, *, entries: list[EntryDraft]) -> None:
    """Give owner, term and explanation to the entries of the row, or keep them as notes."""
    owner, term = record.text("owner"), record.text("due")
    leftover = [
        (role, text)
        for role, text, is_used in (
            ("owner", owner, bool(entries and owner_named(owner))),
            ("due", term, bool(entries and due_in_cell(term))),
        )
        if text and not is_used
    ]
    for entry in entries:
        entry.holder = entry.holder or (owner if owner_named(owner) else "")
        entry.term = term if due_in_cell(term) else ""
        entry.draft.pieces += [(number, "", False) for number in record.numbers]
        if len(entries) > 1 and (owner or term):
            entry.doubt(SAME_FOR_ALL)
    for role in _BESIDE:
        leftover += [(role, text) for _number, text in record.cells.get(role, []) if text]
    for role, text in leftover:
        if entries:
            target = entries[-1].explanation
            target.add(record.numbers[:1], text, is_new=bool(target.pieces) and role != "")
        else:
            _keep(walker, record.numbers, text=text)


def _keep(walker: Walker, numbers: tuple[int, ...], *, text: str) -> None:
    if text:
        walker.note(numbers, text)
