"""Bodies, their seats and who carries which theme."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.models import Attendance, Body, Meeting, Portfolio, Seat
from regietafel.deliberation.selectors.access import keeps
from regietafel.deliberation.services.writing import log, require_secretariat
from regietafel.kit.changes import change, field_differences
from regietafel.kit.refusal import Refused
from regietafel.register.public import Organisation, User, may

NAME_TAKEN = "Er is al een overleg met deze naam. Kies een andere naam."


@transaction.atomic
def create_body(*, organisation: Organisation, by: User | None, **values: Any) -> Body:
    """Set up a body of which this organisation keeps the secretariat.

    `values` are the fields of a body: kind, name, purpose, confidentiality, interval_weeks, and so on.
    """
    if by is not None and not may(by, "may_write", organisation_id=organisation.pk):
        raise Refused(_("Uw rol geeft u niet het recht om hier een overleg te beginnen."))
    try:
        with transaction.atomic():
            body = Body.objects.create(organisation=organisation, created_by=by, **values)
    except IntegrityError as error:
        raise Refused(_(NAME_TAKEN)) from error
    _refuse_out_of_sight(body, by)
    log("overleg.gemaakt", body, body=body, by=by, changes=field_differences(Body(), values))
    return body


@transaction.atomic
def change_body(*, body: Body, by: User | None, **values: Any) -> Body:
    """Change what is known of a body."""
    locked = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    require_secretariat(locked, by)
    try:
        with transaction.atomic():
            changes = change(locked, values)
    except IntegrityError as error:
        raise Refused(_(NAME_TAKEN)) from error
    if changes:
        _refuse_out_of_sight(locked, by)
        log("overleg.gewijzigd", locked, body=locked, by=by, changes=changes)
    return locked


def _refuse_out_of_sight(body: Body, by: Any) -> None:
    """Refuse a body so secret that who keeps it could not read it back."""
    if by is not None and not keeps(by, body):
        raise Refused(_("Zo vertrouwelijk mag u zelf niet lezen. Kies een lagere vertrouwelijkheid."))


def end_body(*, body: Body, by: User | None) -> Body:
    """Let a body end today; what it met about stays."""
    return change_body(body=body, by=by, ended_on=timezone.localdate())


def resume_body(*, body: Body, by: User | None) -> Body:
    """Let a body that ended meet again."""
    return change_body(body=body, by=by, ended_on=None)


@transaction.atomic
def add_seat(*, body: Body, by: User | None, **values: Any) -> Seat:
    """Give an organisation or a function a seat; an organisation with a seat reads what the body shares."""
    require_secretariat(body, by)
    _refuse_nobody(values)
    last = body.seats.order_by("-order").values_list("order", flat=True).first() or 0
    seat = Seat.objects.create(body=body, **{"order": last + 1, **values})
    if seat.part != Seat.Part.READER:
        Attendance.objects.bulk_create(Attendance(meeting=one, seat=seat) for one in _coming(body))
    log("zetel.toegevoegd", seat, body=body, by=by, changes={"zetel": [None, str(seat)]})
    return seat


@transaction.atomic
def change_seat(*, seat: Seat, by: User | None, **values: Any) -> Seat:
    """Change who sits in a seat, or as what."""
    require_secretariat(seat.body, by)
    locked = Seat.objects.select_for_update(of=("self",)).select_related("body").get(pk=seat.pk)
    _refuse_nobody({"organisation": locked.organisation, "function": locked.function, **values})
    changes = change(locked, values)
    if changes:
        log("zetel.gewijzigd", locked, body=locked.body, by=by, changes=changes)
    return locked


@transaction.atomic
def end_seat(*, seat: Seat, by: User | None) -> Seat:
    """Let a seat end yesterday: the organisation reads no more from now on; what was, stays."""
    yesterday = timezone.localdate() - timedelta(days=1)
    ended = change_seat(seat=seat, by=by, valid_until=yesterday)
    Attendance.objects.filter(seat=ended, meeting__in=_coming(ended.body)).delete()
    return ended


def _coming(body: Body) -> QuerySet[Meeting]:
    """Return the meetings that have not begun, at which who sits now is expected."""
    return body.meetings.filter(state__in=(Meeting.State.PLANNED, Meeting.State.INVITED))


def _refuse_nobody(values: Mapping[str, Any]) -> None:
    if values.get("organisation") is None and not str(values.get("function", "")).strip():
        raise Refused(_("Kies een organisatie of schrijf een functie op."))


@transaction.atomic
def save_portfolios(*, body: Body, rows: Sequence[tuple[str, Seat | None, str]], by: User | None) -> None:
    """Say who carries which theme: theme, seat and project lead of each; themes left out end."""
    require_secretariat(body, by)
    names = [theme.strip() for theme, _seat, _lead in rows]
    if len({name.casefold() for name in names}) < len(names):
        raise Refused(_("Een thema staat er twee keer. Zet het er één keer in."))
    before = {one.theme: [str(one.seat or ""), one.project_lead] for one in body.portfolios.all()}
    body.portfolios.exclude(theme__in=names).delete()
    if any(seat is not None and seat.body_id != body.pk for _theme, seat, _lead in rows):
        raise Refused(_("Kies een trekker uit de leden van dit overleg."))
    for theme, seat, lead in rows:
        Portfolio.objects.update_or_create(
            body=body, theme=theme.strip(), defaults={"seat": seat, "project_lead": lead.strip()}
        )
    after = {theme.strip(): [str(seat or ""), lead.strip()] for theme, seat, lead in rows}
    if before != after:
        log("portefeuilles.verdeeld", body, body=body, by=by, changes={"portefeuilles": [before, after]})
