"""What reception has to say on Vandaag, and on the pages of a dossier."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.navigation import Notice
from regietafel.reception.engine import ledger
from regietafel.reception.engine.ledger import Private
from regietafel.reception.models import (
    Assignment,
    AssistanceRequest,
    CapacityBlock,
    Location,
    PlaceDay,
    Pool,
)
from regietafel.reception.selectors.access import (
    coordinated,
    readable_locations,
    visible_assignments,
    visible_locations,
    visible_requests,
)
from regietafel.reception.selectors.assistance import states_of, waiting_requests
from regietafel.reception.selectors.board import Question, days_before, known_on, lines_of_locations
from regietafel.reception.selectors.ledger import block_of, pool_of
from regietafel.register.public import Area, Dossier

WITHIN_DAYS = 14
NEWS_LIMIT = 30


def end_of(day: date) -> datetime:
    """Return the last minute of a day."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def waiting_for(user: Any, now: datetime) -> list[Notice]:
    """Return what waits for a person: requests for assistance without the answer of the own municipality."""
    today = timezone.localdate(now)
    found = [_owed(request, area, today=today) for request, area in waiting_requests(user)]
    return [*found, *_to_close(user, today)]


def _owed(request: AssistanceRequest, area: Area, *, today: date) -> Notice:
    late = request.answer_by < today
    words = dutch.lateness(request.answer_by, today_on=today)
    title = _("Antwoord van %(area)s op het bijstandsverzoek van %(region)s") % {
        "area": area.name,
        "region": request.asked_by,
    }
    return Notice(
        at=end_of(request.answer_by),
        kind=_("Bijstand"),
        title=title,
        url=reverse("assistance-request", args=[request.pk]),
        detail=dutch.counted(request.people, one=_("plaats gevraagd"), many=_("plaatsen gevraagd")),
        badge=("fout", words) if late else ("let-op", _("te beantwoorden")),
        is_whole_day=True,
    )


def _to_close(user: Any, today: date) -> list[Notice]:
    """Tell who coordinates that the last day is over and the other region still waits."""
    rows = visible_requests(user).filter(coordinated(user), closed_at__isnull=True, answer_by__lt=today)
    return [
        Notice(
            at=end_of(state.request.answer_by),
            kind=_("Bijstand"),
            title=_("Sluit het bijstandsverzoek van %s af") % state.request.asked_by,
            url=reverse("assistance-request", args=[state.request.pk]),
            detail=_("%(answered)s van %(all)s gemeenten antwoordden")
            % {"answered": state.answered, "all": len(state.rows)},
            badge=("fout", dutch.lateness(state.request.answer_by, today_on=today)),
            is_whole_day=True,
        )
        for state in states_of(rows, user)
    ]


def coming_changes(user: Any, now: datetime, *, within_days: int = WITHIN_DAYS) -> list[Notice]:
    """Return the contracts that end and the places that open in the coming days."""
    first = timezone.localdate(now)
    last = first + timedelta(days=within_days)
    rows = CapacityBlock.objects.filter(
        readable_locations(user, "pool__location__"), superseded_at__isnull=True
    )
    near = rows.filter(Q(until_on__gt=first, until_on__lte=last) | Q(from_on__gt=first, from_on__lte=last))
    touched = Pool.objects.filter(pk__in=near.values("pool")).select_related("location__municipality")
    pools = {pool_of(pool): pool for pool in touched.order_by("pk")}
    kept = {pool.pk: key for key, pool in pools.items()}
    blocks = tuple(block_of(one, kept[one.pool_id]) for one in rows.filter(pool__in=kept).order_by("pk"))
    ends = ledger.contracts_ending(
        ledger.Ledger(blocks=blocks), on=first, at=now, months=within_days // 28 + 1
    )
    opens = ledger.places_opening(blocks, after=first, until=last, at=now)
    return [
        *(_ending(one, pools[one.pool].location) for one in ends if one.ends_on <= last),
        *(_opening(one, pools[one.pool].location) for one in opens),
    ]


def _ending(end: ledger.ContractEnd, location: Location) -> Notice:
    maybe = "" if end.is_certain else _(", nog niet zeker")
    return Notice(
        at=end_of(end.last_on),
        kind=_("Laatste dag van contract"),
        title=location.name,
        url=reverse("reception-municipality", args=[location.municipality.code]),
        detail=dutch.counted(end.places, one=_("plaats minder"), many=_("plaatsen minder")) + maybe,
        dossier_id=location.dossier_id,
        is_whole_day=True,
    )


def _opening(more: ledger.Opening, location: Location) -> Notice:
    chance = "" if more.probability == 1 else _(", kans %s") % dutch.share(more.probability)
    return Notice(
        at=end_of(more.from_on),
        kind=_("Plaatsen erbij"),
        title=location.name,
        url=reverse("reception-municipality", args=[location.municipality.code]),
        detail=dutch.counted(more.places, one=_("plaats"), many=_("plaatsen")) + chance,
        dossier_id=location.dossier_id,
        is_whole_day=True,
    )


def signals(user: Any, now: datetime) -> list[Notice]:
    """Return the locations where more places were promised than there are left, from the first such day."""
    today = timezone.localdate(now)
    rows = PlaceDay.objects.filter(readable_locations(user, "pool__location__"), short__gt=0, day__gte=today)
    found = (
        rows.values(
            "day", "pool__location", "pool__location__name", "pool__location__municipality__code",
            "pool__location__dossier_id",
        )
        .annotate(there=Sum("short"))
        .order_by("day", "pool__location__name")
    )  # fmt: skip
    stretches: dict[int, list[dict[str, Any]]] = {}
    for row in found:
        days = stretches.setdefault(row["pool__location"], [])
        if not days or row["day"] - days[-1]["day"] == timedelta(days=1):
            days.append(dict(row))
    return [_short(days) for days in stretches.values()]


def _short(days: list[dict[str, Any]]) -> Notice:
    """Tell the days in a row on which too much is promised, with the most on one of them."""
    row, last = days[0], days[-1]["day"]
    most = max(day["there"] for day in days)
    return Notice(
        at=end_of(row["day"]),
        kind=_("Te weinig plaatsen"),
        title=_("%(name)s: hoogstens %(short)s te veel toegezegd")
        % {
            "name": row["pool__location__name"],
            "short": dutch.counted(most, one=_("plaats"), many=_("plaatsen")),
        },
        url=reverse("reception-municipality", args=[row["pool__location__municipality__code"]]),
        detail=_("%s; zoek een andere plek") % dutch.period(row["day"], last),
        badge=("fout", _("te veel toegezegd")),
        dossier_id=row["pool__location__dossier_id"],
        is_whole_day=True,
    )


def news_since(user: Any, since: datetime) -> list[Notice]:
    """Return the assignments and requests that came since a moment, made by somebody else."""
    assignments = visible_assignments(user).filter(created_at__gt=since).exclude(created_by_id=user.pk)
    requests = visible_requests(user).filter(created_at__gt=since).exclude(created_by_id=user.pk)
    return [
        *(_assignment(one) for one in assignments.order_by("-created_at")[:NEWS_LIMIT]),
        *(_request(one) for one in requests.order_by("-created_at")[:NEWS_LIMIT]),
    ]


def _assignment(assignment: Assignment) -> Notice:
    return Notice(
        at=assignment.created_at,
        kind=_("Opvangopdracht"),
        title=assignment.title,
        url=reverse("assignment", args=[assignment.pk]),
        detail=dutch.counted(assignment.total, one=_("plaats"), many=_("plaatsen")),
    )


def _request(request: AssistanceRequest) -> Notice:
    return Notice(
        at=request.created_at,
        kind=_("Bijstandsverzoek"),
        title=request.asked_by,
        url=reverse("assistance-request", args=[request.pk]),
        detail=_("antwoord uiterlijk op %s") % dutch.date(request.answer_by),
    )


def dossier_panel(user: Any, dossier: Dossier) -> dict[str, Any] | None:
    """Return the locations of a dossier with their places of today, or None without any."""
    rows = list(visible_locations(user).filter(dossier=dossier))
    if not rows:
        return None
    today = timezone.localdate()
    question = Question(day=today, at=known_on(None), private=Private.INCLUDED, since=days_before(today))
    return {"day": today, "lines": lines_of_locations(rows, question)}
