"""Groups with and without a place."""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from regietafel.reception.models import Booking, Group
from regietafel.reception.selectors.access import visible_bookings, visible_groups


def groups_of(user: Any) -> QuerySet[Group]:
    """Return the groups a person may read, each with whether it left, has a place or has one held."""
    today, now = timezone.localdate(), timezone.now()
    in_force = Booking.objects.filter(group=OuterRef("pk"), superseded_at__isnull=True)
    lasting = in_force.exclude(until_on__lte=today)
    placed = lasting.filter(kind=Booking.Kind.PLACEMENT)
    held = lasting.filter(kind=Booking.Kind.RESERVATION).exclude(lapses_at__lte=now)
    gone = in_force.filter(kind=Booking.Kind.DEPARTURE, from_on__lte=today).order_by()
    departed = Coalesce(Subquery(gone.values("group").annotate(sum=Sum("people")).values("sum")), 0)
    left = Q(leaves_on__lte=today) | Q(departed__gte=F("people"))
    rows = visible_groups(user).select_related("organisation", "earlier", "tied_to")
    return rows.annotate(
        departed=departed,
        has_left=Case(When(left, then=True), default=False),
        has_place=Exists(placed),
        has_hold=Exists(held),
    )


def by_place(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Keep the groups of `groups_of` that left, have a place, have it held, or have none."""
    if value == "vertrokken":
        return rows.filter(has_left=True)
    if value == "met":
        return rows.filter(has_left=False, has_place=True)
    return rows.filter(has_left=False, has_place=False, has_hold=value == "gereserveerd")


def lines_of_group(user: Any, group: Group) -> QuerySet[Booking]:
    """Return the bookings of a group that a person may read, newest first; also what was replaced."""
    rows = visible_bookings(user).filter(group=group)
    return rows.select_related("pool__location__municipality", "recorded_by", "of").order_by(
        "-from_on", "-pk"
    )


def line_versions(user: Any, booking: Booking) -> QuerySet[Booking]:
    """Return every version of a booking a person may read, newest first."""
    rows = visible_bookings(user).filter(series=booking.series)
    return rows.select_related("recorded_by").order_by("-recorded_at", "-pk")


def lines_about(user: Any, booking: Booking) -> QuerySet[Booking]:
    """Return the placements and departures in force that belong to a booking, by day."""
    rows = visible_bookings(user).filter(of__series=booking.series, superseded_at__isnull=True)
    return rows.order_by("from_on", "pk")
