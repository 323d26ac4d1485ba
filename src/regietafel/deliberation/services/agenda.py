"""The agenda: what comes on it by itself, what people add, its papers, and the order of it all."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.engine.agenda import PlannedItem, next_number, plan_agenda
from regietafel.deliberation.models import AgendaItem, Meeting, Paper
from regietafel.deliberation.selectors.access import visible_items
from regietafel.deliberation.selectors.meetings import on_agenda, open_things
from regietafel.deliberation.services.writing import lock_item, lock_meeting, log
from regietafel.kit.changes import change
from regietafel.kit.refusal import Refused
from regietafel.register.public import Dossier, User, examine_upload, visible_dossiers


@transaction.atomic
def fill_agenda(*, meeting: Meeting, by: User | None, with_open: bool = True) -> list[AgendaItem]:
    """Put on the agenda what belongs there and is not on it yet: fixed items and all that is open.

    Without `with_open` only the fixed items, for a meeting that is still far away.
    """
    locked = lock_meeting(meeting, by)
    on = timezone.localtime(locked.starts_at).date()
    held = list(locked.items.all())
    fixed = [] if held else [(one.get("nummer", ""), one["titel"]) for one in locked.body.fixed_items]
    there = on_agenda(held)
    found = tuple(open_things(locked)) if with_open else ()
    waiting = [one for one in found if (one.kind, one.key) not in there]
    planned = plan_agenda(fixed, waiting, on=on)
    taken, order = [one.number for one in held], max((one.order for one in held), default=0)
    made = []
    for place, one in enumerate(planned, start=order + 1):
        number = one.number if not held else next_number(taken)
        taken.append(number)
        made.append(_made(locked, one, number=number, order=place))
    if held and made:
        told = {"punten": [None, [str(one) for one in made]]}
        log("agenda.aangevuld", locked, body=locked.body, by=by, changes=told)
    return made


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
    _refuse_closed_dossier(values.get("dossier"), by)
    numbers = list(locked.items.values_list("number", flat=True))
    number = str(values.pop("number", "")).strip() or next_number(numbers)
    last = locked.items.aggregate(last=Max("order"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=locked, order=last + 1, number=number, title=title.strip(), **values
    )
    _refuse_out_of_sight(item, by)
    log("agendapunt.toegevoegd", item, body=locked.body, by=by, changes={"punt": [None, str(item)]})
    return item


def _refuse_closed_dossier(dossier: Dossier | None, by: Any) -> None:
    """Refuse a proposal from a dossier that the person may not read."""
    if dossier is not None and not visible_dossiers(by).filter(pk=dossier.pk).exists():
        raise Refused(_("Kies een dossier dat u mag lezen."))


def _refuse_out_of_sight(item: AgendaItem, by: Any) -> None:
    """Refuse an item so secret that who writes it could not read it back."""
    if not visible_items(by).filter(pk=item.pk).exists():
        raise Refused(_("Zo vertrouwelijk mag u zelf niet lezen. Kies een lagere vertrouwelijkheid."))


@transaction.atomic
def change_item(*, item: AgendaItem, by: User | None, **values: Any) -> AgendaItem:
    """Change number, title, introduction, confidentiality or for whom an item is."""
    locked = lock_item(item, by)
    if not str(values.get("title", locked.title)).strip():
        raise Refused(_("Schrijf op waar het punt over gaat."))
    _refuse_closed_dossier(values.get("dossier"), by)
    changes = change(locked, values)
    if changes:
        _refuse_out_of_sight(locked, by)
        log("agendapunt.gewijzigd", locked, body=locked.meeting.body, by=by, changes=changes)
    return locked


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: User | None) -> None:
    """Let an item change places with its neighbour, the nearest that this person may read."""
    locked = lock_item(item, by)
    items = list(locked.meeting.items.order_by("order", "pk"))
    seen = set(visible_items(by).filter(meeting=locked.meeting).values_list("pk", flat=True))
    place = next(place for place, one in enumerate(items) if one.pk == locked.pk)
    rest = range(place - 1, -1, -1) if up else range(place + 1, len(items))
    other = next((near for near in rest if items[near].pk in seen), None)
    if other is None:
        return
    items.insert(other, items.pop(place))
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
