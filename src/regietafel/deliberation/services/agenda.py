"""The agenda: what comes on it by itself, what people add, its papers, and the order of it all."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.engine.agenda import Carried, PlannedItem, next_number, plan_agenda
from regietafel.deliberation.models import AgendaItem, Entry, Inquiry, Meeting, Paper
from regietafel.deliberation.services.writing import change, lock_item, lock_meeting, log
from regietafel.kit.refusal import Refused
from regietafel.register.public import User, examine_upload

LONGEST_TITLE = 200


@transaction.atomic
def fill_agenda(*, meeting: Meeting, by: User | None) -> list[AgendaItem]:
    """Put on the agenda what belongs there and is not on it yet: fixed items and all that is open."""
    locked = lock_meeting(meeting, by)
    on = timezone.localtime(locked.starts_at).date()
    held = list(locked.items.all())
    fixed = [] if held else [(one.get("nummer", ""), one["titel"]) for one in locked.body.fixed_items]
    there = _on_agenda(held)
    waiting = [one for one in _open_things(locked) if (one.kind, one.key) not in there]
    planned = plan_agenda(fixed, waiting, on=on)
    taken, order = [one.number for one in held], len(held)
    made = []
    for place, one in enumerate(planned, start=order + 1):
        number = one.number if not held else next_number(taken)
        taken.append(number)
        made.append(_made(locked, one, number=number, order=place))
    return made


def _on_agenda(held: list[AgendaItem]) -> set[tuple[str, int | None]]:
    kinds = {"knelpunt": "K", "actie": "A", "uitvraag": "U", "verslag": "V"}
    return {(kinds.get(one.kind, ""), one.carried_id or one.inquiry_id or one.confirms_id) for one in held}


def _open_things(meeting: Meeting) -> Iterator[Carried]:
    """Give what an earlier meeting of the body left open."""
    for entry in _open_entries(meeting):
        since = timezone.localtime(entry.item.meeting.starts_at).date()
        yield Carried(key=entry.pk, kind=entry.kind, text=_title(entry.text), since=since,
                      due_on=entry.due_on, confidentiality=entry.item.confidentiality)  # fmt: skip
    for inquiry in Inquiry.objects.filter(body=meeting.body, closed_at__isnull=True):
        yield Carried(key=inquiry.pk, kind="U", text=_title(inquiry.question), since=_day(inquiry.asked_at))
    drafts = Meeting.objects.filter(body=meeting.body, state=Meeting.State.DRAFT)
    for draft in drafts.filter(starts_at__lt=meeting.starts_at).order_by("starts_at"):
        title = _("Verslag van %(meeting)s vaststellen") % {"meeting": draft}
        yield Carried(key=draft.pk, kind="V", text=_title(title), since=_day(draft.starts_at))


def _open_entries(meeting: Meeting) -> Iterator[Entry]:
    found = Entry.objects.filter(
        item__meeting__body=meeting.body,
        item__meeting__starts_at__lt=meeting.starts_at,
        item__meeting__closed_at__isnull=False,
        kind__in=(Entry.Kind.BOTTLENECK, Entry.Kind.ACTION),
        state=Entry.State.OPEN,
    )
    yield from found.select_related("item__meeting").order_by("item__meeting__starts_at", "pk")


def _day(moment: Any) -> date:
    return timezone.localtime(moment).date()


def _title(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"


def _made(meeting: Meeting, one: PlannedItem, *, number: str, order: int) -> AgendaItem:
    links = {
        "knelpunt": "carried_id",
        "actie": "carried_id",
        "uitvraag": "inquiry_id",
        "verslag": "confirms_id",
    }
    return AgendaItem.objects.create(
        meeting=meeting,
        order=order,
        number=number,
        title=one.title,
        kind=one.origin.value,
        confidentiality=one.confidentiality,
        **({links[one.origin.value]: one.key} if one.key is not None else {}),
    )


@transaction.atomic
def add_item(*, meeting: Meeting, title: str, by: User | None, **values: Any) -> AgendaItem:
    """Put an item on the agenda, at the end, with the number somebody gave it or the next."""
    locked = lock_meeting(meeting, by)
    if not title.strip():
        raise Refused(_("Schrijf op waar het punt over gaat."))
    numbers = list(locked.items.values_list("number", flat=True))
    number = str(values.pop("number", "")).strip() or next_number(numbers)
    last = locked.items.aggregate(last=Max("order"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=locked, order=last + 1, number=number, title=title.strip(), **values
    )
    log("agendapunt.toegevoegd", item, body=locked.body, by=by, changes={"punt": [None, str(item)]})
    return item


@transaction.atomic
def change_item(*, item: AgendaItem, by: User | None, **values: Any) -> AgendaItem:
    """Change number, title, introduction, confidentiality or for whom an item is."""
    locked = lock_item(item, by)
    changes = change(locked, values)
    if changes:
        log("agendapunt.gewijzigd", locked, body=locked.meeting.body, by=by, changes=changes)
    return locked


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: User | None) -> None:
    """Let an item change places with its neighbour."""
    locked = lock_item(item, by)
    items = list(locked.meeting.items.order_by("order", "pk"))
    place = next(place for place, one in enumerate(items) if one.pk == locked.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]
        for order, one in enumerate(items, start=1):
            if one.order != order:
                AgendaItem.objects.filter(pk=one.pk).update(order=order)


@transaction.atomic
def remove_item(*, item: AgendaItem, by: User | None) -> None:
    """Take an item off the agenda, while nothing was noted under it."""
    locked = lock_item(item, by)
    if locked.entries.exists() or locked.notes.strip():
        raise Refused(_("Onder dit punt is al iets genoteerd. Het blijft op de agenda staan."))
    log(
        "agendapunt.verwijderd",
        locked,
        body=locked.meeting.body,
        by=by,
        changes={"punt": [str(locked), None]},
    )
    locked.delete()


def add_paper(*, item: AgendaItem, upload: Any, by: User | None) -> Paper:
    """Add a paper to an agenda item; the file is looked at before anything is stored."""
    found = examine_upload(upload)
    with transaction.atomic():
        locked = lock_item(item, by)
        if locked.papers.filter(sha256=found.sha256, removed_at__isnull=True).exists():
            raise Refused(_("Dit stuk hangt al aan dit punt."))
        paper = Paper(
            item=locked,
            name=found.name,
            media_type=found.media_type,
            size_bytes=found.size_bytes,
            sha256=found.sha256,
            created_by=by,
        )
        upload.seek(0)
        paper.file.save(found.name, upload, save=True)
        log("stuk.toegevoegd", paper, body=locked.meeting.body, by=by, changes={"stuk": [None, found.name]})
    return paper


@transaction.atomic
def remove_paper(*, paper: Paper, by: User | None) -> None:
    """Take a paper out of sight."""
    item = lock_item(paper.item, by)
    change(paper, {"removed_at": timezone.now()})
    log("stuk.verwijderd", paper, body=item.meeting.body, by=by, changes={"stuk": [paper.name, None]})
