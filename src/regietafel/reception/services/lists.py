"""Lists that somebody sends as a file: read, looked at by a person, and then stored, all or nothing."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.erasing import forget_erased_bytes
from regietafel.kit.jobs import Daily, job
from regietafel.kit.refusal import Refused
from regietafel.reception.adapters.list_columns import COLUMNS
from regietafel.reception.adapters.list_keeping import judge
from regietafel.reception.adapters.lists import left_out
from regietafel.reception.adapters.records import RecordError, sentence, text
from regietafel.reception.adapters.tables import TableRefused, table_of
from regietafel.reception.models import ListImport
from regietafel.reception.selectors.lists import Trial, surroundings_of, understood
from regietafel.reception.services.list_rows import store_rows
from regietafel.reception.services.writing import log, require_coordination
from regietafel.register.public import Organisation

KEPT_DAYS = 7
MOST_CELLS = 500_000
MOST_TRIED = 200


class ListRefused(Refused):
    """Rows of a list cannot be stored; nothing was, and every row that was met is named."""

    def __init__(self, errors: tuple[RecordError, ...]) -> None:
        super().__init__(_("Er is niets opgeslagen: niet elke rij kan. Hieronder staat welke en waarom."))
        self.errors = errors


def receive_list(
    *, organisation: Organisation, kind: str, file: tuple[str, bytes], day: date, by: Any
) -> ListImport:
    """Read a list from a file; nothing counts before a person looked at it.

    Columns that would say who somebody is, or where from, are left out before anything is kept, and so is
    every column that is none of ours by its heading and cannot be by its cells.

    Args:
        organisation: for which organisation.
        kind: one of `ListImport.Kind`.
        file: name and content.
        day: the day that an occupancy list is of.
        by: who sends it.
    """
    require_coordination(organisation, by)
    _refuse_later(kind, day)
    name, content = file
    try:
        table = table_of(content)
    except TableRefused as refusal:
        raise Refused(sentence(str(refusal)), field="file") from refusal
    (_number, head), *rows = table.rows
    if not rows:
        raise Refused(
            _("Dit bestand heeft wel een kop, maar geen rijen. Kies een ander bestand."), field="file"
        )
    if len(rows) * len(head) > MOST_CELLS:
        big = _("Deze lijst is te groot om na te kijken. Haal kolommen weg die niet nodig zijn.")
        raise Refused(big, field="file")
    header = [text(cell) for cell in head]
    made = ListImport(organisation=organisation, kind=kind, file_name=name[:200], day=day, created_by=by)
    _keep_little(made, header=header, rows=rows, by=by)
    return check_list(reading=_store_new(made, by), by=by)


def _refuse_later(kind: str, day: date) -> None:
    """Refuse to be told who will be somewhere: that is reserved, not counted."""
    if kind == ListImport.Kind.OCCUPANCY and day > timezone.localdate():
        later = _("Wie er later is, weet nog niemand. Kies als peildag vandaag of eerder.")
        raise Refused(later, field="day")


def _keep_little(made: ListImport, *, header: list[str], rows: Any, by: Any) -> None:
    """Keep of a file what can be read as one of our columns; of what cannot only the heading stays."""
    out = left_out(header, [cells for _row, cells in rows], kind=made.kind)
    asked = [place for place in range(len(header)) if place not in out]
    cut = [[cells[place] if place < len(cells) else None for place in asked] for _row, cells in rows]
    names = [header[place] for place in asked]
    judged = judge(names, cut, kind=made.kind, known=surroundings_of(by, day=made.day))
    places = sorted(judged.kept)
    made.header = [names[place] for place in places]
    made.rows = [
        [number, [judged.kept[place](cells[place]) for place in places]]
        for (number, _cells), cells in zip(rows, cut, strict=True)
    ]
    made.mapping = {name: places.index(place) for name, place in judged.mapping.items()}
    told = _("niet herkend, inhoud: %s")
    unread = {asked[place]: told % sort for place, sort in judged.unknown.items()}
    made.left_out = [[header[place], ground] for place, ground in sorted((out | unread).items())]


@transaction.atomic
def _store_new(made: ListImport, by: Any) -> ListImport:
    made.save()
    changes = {"bestand": [None, made.file_name], "rijen": [None, len(made.rows)]}
    log("lijst.ingelezen", made, organisation_id=made.organisation_id, by=by, changes=changes)
    return made


@transaction.atomic
def confirm_columns(*, reading: ListImport, mapping: Mapping[str, int], day: date, by: Any) -> ListImport:
    """Say which column is which, and of which day the list is; what no column of ours is, is thrown away."""
    locked = _locked(reading, by)
    _refuse_later(locked.kind, day)
    known = {column.name for column in COLUMNS[locked.kind]}
    chosen = {
        name: place for name, place in mapping.items() if name in known and 0 <= place < len(locked.header)
    }
    places = sorted(set(chosen.values()))
    unchosen = [name for place, name in enumerate(locked.header) if place not in places]
    locked.left_out = [*locked.left_out, *([name, _("niet gekozen")] for name in unchosen)]
    locked.header = [locked.header[place] for place in places]
    locked.rows = [[number, [cells[place] for place in places]] for number, cells in locked.rows]
    locked.mapping = {name: places.index(place) for name, place in chosen.items()}
    locked.day = day
    locked.save(update_fields=("mapping", "day", "header", "rows", "left_out"))
    return locked


@transaction.atomic
def check_list(*, reading: ListImport, by: Any) -> ListImport:
    """Look at every row, and keep beside the list what storing would do, or what is in the way.

    A list of at most `MOST_TRIED` rows is stored and taken back, so that names that are not known and places
    that are full are told too. Of a longer one that is told when it is stored: trying holds the places of all
    its locations meanwhile.
    """
    locked = _locked(reading, by)
    found = understood(locked)
    trial = Trial(errors=found.errors)
    if len(locked.rows) <= MOST_TRIED and all(error.row is not None for error in found.errors):
        with transaction.atomic():
            outcome, errors = store_rows(locked, found.rows, by=by)
            transaction.set_rollback(True)
        trial = Trial(errors=_by_row([*found.errors, *errors]), outcome=outcome, is_tried=True)
    locked.trial = trial.as_dict()
    locked.save(update_fields=("trial",))
    return locked


def _by_row(errors: Iterable[RecordError]) -> tuple[RecordError, ...]:
    return tuple(sorted(errors, key=lambda error: error.row or 0))


def store_list(*, reading: ListImport, by: Any) -> dict[str, int]:
    """Store every row of a list, or none; what it says already is not doubled.

    Returns:
        How many were new, changed and already known.

    Raises:
        ListRefused: rows that cannot be stored, each with its reason.
    """
    with transaction.atomic():
        locked = _locked(reading, by)
        found = understood(locked)
        outcome, errors = store_rows(locked, found.rows, by=by)
        if found.errors or errors:
            raise ListRefused(_by_row([*found.errors, *errors]))
        locked.state, locked.rows, locked.trial = ListImport.State.STORED, [], {}
        locked.outcome = outcome
        locked.save(update_fields=("state", "rows", "trial", "outcome"))
        changes = {name: [None, count] for name, count in outcome.items()}
        log("lijst.opgeslagen", locked, organisation_id=locked.organisation_id, by=by, changes=changes)
    return outcome


@transaction.atomic
def drop_list(*, reading: ListImport, by: Any) -> ListImport:
    """Throw away what was read; the cells of the file go with it."""
    locked = _locked(reading, by)
    locked.state, locked.rows, locked.trial = ListImport.State.DROPPED, [], {}
    locked.save(update_fields=("state", "rows", "trial"))
    log("lijst.weggegooid", locked, organisation_id=locked.organisation_id, by=by)
    return locked


def _locked(reading: ListImport, by: Any) -> ListImport:
    rows = ListImport.objects.select_for_update(of=("self",)).select_related("organisation")
    locked = rows.get(pk=reading.pk)
    require_coordination(locked.organisation, by)
    if locked.state != ListImport.State.READ:
        raise Refused(_("Deze lijst is al opgeslagen of weggegooid."))
    return locked


@job(
    "opvang.lijsten-wissen", label=gettext_lazy("Lijsten wissen die niemand opsloeg"), plan=Daily(time(3, 40))
)
def forget_lists(now: datetime | None = None) -> None:
    """Throw away the cells of lists that waited a week."""
    border = (now or timezone.now()) - timedelta(days=KEPT_DAYS)
    waiting = ListImport.objects.filter(state=ListImport.State.READ, created_at__lt=border)
    for one in waiting:
        with transaction.atomic():
            ListImport.objects.filter(pk=one.pk).update(state=ListImport.State.DROPPED, rows=[], trial={})
            log("lijst.verlopen", one, organisation_id=one.organisation_id, by=None)
    forget_erased_bytes()
