"""What the secretary notes during a meeting: what was said, and decisions, bottlenecks and actions.

Two secretaries may write at once: texts are put together line by line, lines of the minutes each stand alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.engine import folding
from regietafel.deliberation.engine.merging import merge
from regietafel.deliberation.models import AgendaItem, Body, Entry
from regietafel.deliberation.selectors.access import readable_items, visible_entries
from regietafel.deliberation.services.writing import lock_item, log
from regietafel.kit.changes import change
from regietafel.kit.refusal import Refused
from regietafel.register.public import User

FIELDS = (
    "kind", "text", "explanation", "condition_kind", "condition", "owner_organisation", "owner_function",
    "owner_person", "due_on", "due_is_inclusive", "due_written", "feedback_via", "about_path", "about_title",
    "supersedes", "carries_out",
)  # fmt: skip
LINKS = ("supersedes", "carries_out")
MERGED = ("text", "explanation")
MOST_SIGNS, MOST_LINES = 50_000, 2_000


@dataclass(frozen=True)
class Noted:
    """What is stored now; `is_double` when two people changed the same lines and both stand there."""

    text: str
    revision: int
    is_double: bool = False
    was_merged: bool = False


@transaction.atomic
def write_notes(*, item: AgendaItem, text: str, was: str, by: User | None) -> Noted:
    """Store what was said about an item; what somebody else wrote since `was` stays.

    `was` is the text as the writer found it.
    """
    locked = _readable_item(item, by)
    text, was = (_lines(one) for one in (text, was))
    found = merge(was, theirs=locked.notes, mine=text)
    if found.text != locked.notes:
        before = locked.notes
        locked.notes, locked.revision = found.text, locked.revision + 1
        locked.save(update_fields=("notes", "revision"))
        log(
            "punt.besproken",
            locked,
            body=locked.meeting.body,
            by=by,
            changes={"besproken": [before, found.text]},
        )
    return Noted(found.text, locked.revision, found.is_double, found.text != text)


def _readable_item(item: AgendaItem, by: User | None) -> AgendaItem:
    """Lock an item for who keeps the minutes and may read it: an item may be more secret than its body."""
    locked = lock_item(item, by)
    if not AgendaItem.objects.filter(readable_items(by), pk=locked.pk).exists():
        raise Refused(_("Dit punt is vertrouwelijker dan u mag lezen."))
    return locked


def _lines(text: str) -> str:
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(kept) > MOST_SIGNS or kept.count("\n") > MOST_LINES:
        raise Refused(_("Deze tekst is te lang voor één punt. Zet een deel in een bijlage."))
    return kept


@transaction.atomic
def add_entry(*, item: AgendaItem, kind: str, text: str, by: User | None, **values: Any) -> Entry:
    """Note a decision (B), a bottleneck (K) or an action (A) under an item."""
    locked = _readable_item(item, by)
    if kind not in Entry.Kind.values:
        raise Refused(_("Kies besluit (B), knelpunt (K) of actie (A)."))
    if not text.strip():
        raise Refused(_("Schrijf op wat het besluit, het knelpunt of de actie is."))
    _refuse_unknown(values)
    if values.get("supersedes") or values.get("carries_out"):
        _check_links(values, of=locked.meeting.body, by=by)
    last = locked.entries.aggregate(last=Max("order"))["last"] or 0
    entry = Entry(item=locked, kind=kind, text=_lines(text).strip(), order=last + 1, created_by=by, **values)
    _check(entry)
    entry.search_text = folded(entry)
    entry.save()
    _supersede(entry)
    log(
        "verslagregel.toegevoegd",
        entry,
        body=locked.meeting.body,
        by=by,
        changes={"tekst": [None, entry.text]},
    )
    return entry


@dataclass(frozen=True)
class Changed:
    """A line as stored; `kept` names the fields in which somebody else was first, whose choice stands."""

    entry: Entry
    kept: tuple[str, ...] = ()


@transaction.atomic
def change_entry(*, entry: Entry, was: Mapping[str, Any], by: User | None, **values: Any) -> Changed:
    """Change fields of a line of the minutes, so that nothing of somebody else is lost.

    `was` holds the same fields as the writer found them. Texts are put together; of another field that
    somebody else changed meanwhile, that choice stands and is told.
    """
    item = _readable_item(entry.item, by)
    _refuse_unknown(values)
    locked = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if locked.state == Entry.State.WITHDRAWN:
        raise Refused(_("Deze regel is ingetrokken."))
    wanted, kept = _beside(locked, was=was, values=values)
    _check_links(
        {name: value for name, value in wanted.items() if value != getattr(locked, name)},
        of=item.meeting.body,
        by=by,
    )
    if "text" in wanted and not wanted["text"]:
        raise Refused(_("Een regel heeft tekst nodig. Hoort zij er niet? Trek haar dan in."))
    before = locked.supersedes
    changes = change(locked, wanted)
    if changes:
        _check(locked)
        locked.search_text, locked.revision = folded(locked), locked.revision + 1
        locked.save()
        _supersede(locked)
        _release(before)
        log("verslagregel.gewijzigd", locked, body=item.meeting.body, by=by, changes=changes)
    return Changed(locked, kept)


def _beside(
    stored: Entry, *, was: Mapping[str, Any], values: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Put texts of two writers together, and leave other fields as whoever came first left them."""
    wanted, kept = {}, []
    for name, mine in values.items():
        theirs, base = getattr(stored, name), was.get(name)
        if name in MERGED:
            began, mine = (_lines(one or "").strip() for one in (base, mine))
            wanted[name] = merge(began, theirs=theirs, mine=mine).text
        elif theirs in (base, mine):
            wanted[name] = mine
        else:
            kept.append(name)
    return wanted, tuple(kept)


def _refuse_unknown(values: dict[str, Any]) -> None:
    if unknown := values.keys() - set(FIELDS):
        raise TypeError(f"not a field of a line: {sorted(unknown)}")


def _check_links(values: Mapping[str, Any], *, of: Body, by: User | None) -> None:
    """Refuse a link to a line that the writer may not read, or to a decision of another body to replace."""
    for name in LINKS:
        other = values.get(name)
        if other is not None and not visible_entries(by).filter(pk=other.pk).exists():
            raise Refused(_("Kies een regel die u mag lezen."))
    replaced = values.get("supersedes")
    if replaced is not None and replaced.item.meeting.body_id != of.pk:
        raise Refused(_("Een besluit kan alleen een besluit van hetzelfde overleg vervangen."))


def _check(entry: Entry) -> None:
    if entry.about_path and not _is_own_page(entry.about_path):
        raise Refused(_("Plak het adres van een bladzijde van Regietafel zelf."))
    if entry.condition_kind and not entry.condition.strip():
        raise Refused(_("Schrijf op wat de voorwaarde is."))
    if entry.supersedes is not None and {entry.kind, entry.supersedes.kind} != {Entry.Kind.DECISION}:
        raise Refused(_("Alleen een besluit kan een eerder besluit vervangen."))
    if entry.supersedes_id is not None and entry.supersedes_id == entry.pk:
        raise Refused(_("Een besluit kan zichzelf niet vervangen."))


def _is_own_page(path: str) -> bool:
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()


def _supersede(entry: Entry) -> None:
    """Mark the decision that this one replaces."""
    if entry.supersedes is not None and entry.kind == Entry.Kind.DECISION:
        Entry.objects.filter(pk=entry.supersedes.pk, state=Entry.State.OPEN).update(
            state=Entry.State.REPLACED
        )


def _release(replaced: Entry | None) -> None:
    """Let a decision hold again when nothing that holds replaces it any more."""
    if replaced is None:
        return
    if not replaced.superseded_by.exclude(state=Entry.State.WITHDRAWN).exists():
        Entry.objects.filter(pk=replaced.pk, state=Entry.State.REPLACED).update(state=Entry.State.OPEN)


@transaction.atomic
def withdraw_entry(*, entry: Entry, reason: str, by: User | None) -> Entry:
    """Take a line back, with the reason; it stays in the minutes, struck through."""
    if not reason.strip():
        raise Refused(_("Schrijf kort waarom deze regel wordt ingetrokken."))
    item = _readable_item(entry.item, by)
    locked = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if locked.state == Entry.State.WITHDRAWN:
        raise Refused(_("Deze regel is al ingetrokken."))
    change(
        locked,
        {
            "state": Entry.State.WITHDRAWN,
            "withdrawn_at": timezone.now(),
            "withdrawn_reason": reason.strip()[:300],
            "revision": locked.revision + 1,
        },
    )
    _release(locked.supersedes)
    log("verslagregel.ingetrokken", locked, body=item.meeting.body, by=by, reason=reason)
    return locked


def folded(entry: Entry) -> str:
    """Return the words of a line as they are searched: small letters, no accents, alike in every database."""
    return folding.folded(" ".join((entry.text, entry.explanation, entry.owner_function)))
