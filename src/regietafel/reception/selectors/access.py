"""From tables to the rule of who reads and fills places, and from that to the records a person may see."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from regietafel.reception.engine import access
from regietafel.reception.models import Assignment, AssistanceRequest, Booking, Group, Location, Proposal
from regietafel.register.public import (
    Area,
    Confidentiality,
    Organisation,
    municipalities_within,
    region_of,
    standing_of,
)

READ_SCOPE, WRITE_SCOPE = "opvang:lezen", "opvang:schrijven"
"""What a key needs for the places of its organisation and its region."""


@dataclass(frozen=True)
class Region:
    """A safety region: its area, its coordination point (None where it has none), its municipalities."""

    area: Area
    point: Organisation | None
    municipalities: tuple[Area, ...]

    @property
    def organisation_ids(self) -> tuple[int, ...]:
        """Return the organisations that lie in the region, the coordination point included."""
        inside = Organisation.objects.filter(
            Q(area__in=[one.pk for one in self.municipalities]) | Q(area=self.area), is_active=True
        )
        return tuple(inside.values_list("pk", flat=True))


def grants_of(user: Any) -> access.Grants:
    """Return the roles of today as the rules see them; a guest of an organisation brings none.

    They are kept on the user object beside the standing they come from, which lives as long as one request.
    """
    standing = standing_of(user)
    if not standing.staff_grants:
        return ()
    kept = user.__dict__.get("_reception_grants")
    if kept is None or kept[0] is not standing:
        grants = _read_grants(standing)
        grants = grants if (scopes := getattr(user, "scopes", None)) is None else _of_program(grants, scopes)
        kept = user.__dict__["_reception_grants"] = (standing, grants)
    found: access.Grants = kept[1]
    return found


def _of_program(grants: access.Grants, scopes: frozenset[str]) -> access.Grants:
    """Return what a key gives: as far as its scopes go, and of its neighbours what the region counts.

    The standing of a program names no neighbours. Places that are shared with the region are there to be
    counted by everybody in it, so that a program counts what people count.
    """
    if not scopes & {READ_SCOPE, WRITE_SCOPE}:
        return ()
    homes = Organisation.objects.select_related("area").in_bulk([one.organisation_id for one in grants])
    return tuple(
        replace(one, neighbours=_around(homes[one.organisation_id]), may_write=WRITE_SCOPE in scopes)
        for one in grants
    )


def _around(home: Organisation) -> frozenset[int]:
    region = region_of_point(home)
    return frozenset({home.pk, *(region.organisation_ids if region else ())})


def _read_grants(standing: Any) -> access.Grants:
    staff = standing.staff_grants
    points = set(
        Organisation.objects.filter(
            pk__in=[grant.organisation_id for grant in staff], kind=Organisation.Kind.SAFETY_REGION
        ).values_list("pk", flat=True)
    )
    return tuple(
        access.Grant(
            organisation_id=grant.organisation_id,
            neighbours=grant.neighbour_ids,
            coordinates=grant.organisation_id in points,
            reads_up_to=grant.reads_up_to,
            may_write=grant.may_write,
        )
        for grant in staff
    )


def keeping_of(location: Location) -> access.Keeping:
    """Return whose a location is and with whom it is shared, for the rules in the engine."""
    return access.Keeping(
        organisation_id=location.organisation_id,
        confidentiality=location.confidentiality,
        shared_with_region=location.shared_with_region,
        shared_with=frozenset(organisation.pk for organisation in location.shared_with.all()),
    )


def readable_locations(user: Any, prefix: str = "") -> Q:
    """Return the filter that keeps locations a person may read; the queryset twin of `may_read_location`.

    Args:
        user: who looks; nobody and guests see nothing.
        prefix: path to the location, such as `pool__location__`.
    """
    rule = Q(pk__in=[])
    for grant in grants_of(user):
        own = Q(**{f"{prefix}organisation_id": grant.organisation_id})
        region = Q(**{f"{prefix}shared_with_region": True, f"{prefix}organisation_id__in": grant.neighbours})
        named = Q(**{f"{prefix}pk__in": _named_to(grant)})
        rule |= Q(**{f"{prefix}confidentiality__lte": grant.reads_up_to}) & (own | region | named)
    return rule


def _named_to(grant: access.Grant) -> QuerySet[Any, Any]:
    """Return the numbers of the locations shared with an organisation by name."""
    shared = Location.shared_with.through._default_manager.filter(organisation_id=grant.organisation_id)
    return shared.values("location_id")


def bookable_locations(user: Any, prefix: str = "") -> Q:
    """Return the filter that keeps locations a person may fill; the queryset twin of `may_book`."""
    rule = Q(pk__in=[])
    for grant in grants_of(user):
        if not grant.may_write:
            continue
        level = Q(**{f"{prefix}confidentiality__lte": grant.reads_up_to})
        rule |= level & Q(**{f"{prefix}organisation_id": grant.organisation_id})
        if grant.coordinates:
            near = Q(**{f"{prefix}organisation_id__in": grant.neighbours})
            named = Q(**{f"{prefix}pk__in": _named_to(grant)})
            rule |= level & near & (Q(**{f"{prefix}shared_with_region": True}) | named)
    return rule


def readable_of_region(user: Any, prefix: str = "") -> Q:
    """Return the filter that keeps what a coordination point shares; the twin of `may_read_region`."""
    rule = Q(pk__in=[])
    for grant in grants_of(user):
        if grant.reads_up_to >= Confidentiality.INTERNAL:
            near = {f"{prefix}organisation_id__in": grant.neighbours}
            point = Q(**near, **{f"{prefix}organisation__kind": Organisation.Kind.SAFETY_REGION})
            rule |= Q(**{f"{prefix}organisation_id": grant.organisation_id}) | point
    return rule


def coordinated(user: Any, prefix: str = "") -> Q:
    """Return the filter that keeps what a person coordinates; the twin of `may_coordinate`."""
    return Q(**{f"{prefix}organisation_id__in": _point_ids(user)})


def visible_locations(user: Any) -> QuerySet[Location]:
    """Return the locations a person may read."""
    rows = Location.objects.filter(readable_locations(user))
    return rows.select_related("organisation", "municipality", "district", "dossier")


def visible_bookings(user: Any) -> QuerySet[Booking]:
    """Return the lines of the ledger a person may read, also those replaced since."""
    rows = Booking.objects.filter(readable_locations(user, "pool__location__"))
    return rows.select_related("pool__location__municipality", "group")


def visible_groups(user: Any) -> QuerySet[Group]:
    """Return the groups a person may read: who coordinates them, and who keeps a place they are promised."""
    promised = Booking.objects.filter(
        readable_locations(user, "pool__location__"), group__isnull=False, superseded_at__isnull=True
    )
    return Group.objects.filter(coordinated(user) | Q(pk__in=promised.values("group_id")))


def visible_assignments(user: Any) -> QuerySet[Assignment]:
    """Return the assignments of the regions a person works in."""
    return Assignment.objects.filter(readable_of_region(user)).select_related("organisation")


def visible_requests(user: Any) -> QuerySet[AssistanceRequest]:
    """Return the requests for assistance to the regions a person works in."""
    return AssistanceRequest.objects.filter(readable_of_region(user)).select_related("organisation")


def visible_proposals(user: Any) -> QuerySet[Proposal]:
    """Return the proposals of who coordinates; they tell of groups that have no place yet."""
    return Proposal.objects.filter(coordinated(user)).select_related("organisation")


def may_read_location(user: Any, location: Location) -> bool:
    """Say whether a person may read a location."""
    return access.may_read_location(grants_of(user), keeping_of(location))


def may_keep(user: Any, location: Location) -> bool:
    """Say whether a person may change a location and its places."""
    return access.may_keep_location(grants_of(user), keeping_of(location))


def may_book(user: Any, location: Location) -> bool:
    """Say whether a person may promise and fill places of a location."""
    return access.may_book(grants_of(user), keeping_of(location))


def may_coordinate(user: Any, organisation_id: int) -> bool:
    """Say whether a person coordinates the places of a region."""
    return access.may_coordinate(grants_of(user), organisation_id)


def points_of(user: Any) -> QuerySet[Organisation]:
    """Return the organisations for which a person places people: a coordination point, or a municipality."""
    return Organisation.objects.filter(pk__in=_point_ids(user))


def _point_ids(user: Any) -> list[int]:
    grants = grants_of(user)
    return [one.organisation_id for one in grants if access.may_coordinate(grants, one.organisation_id)]


def regions_of(user: Any) -> list[Region]:
    """Return the safety regions in which a person works today, by name; guests work in none."""
    staff = [grant.organisation_id for grant in standing_of(user).staff_grants if grant.reads_up_to]
    homes = Organisation.objects.filter(pk__in=staff).select_related("area")
    areas = {area.pk: area for home in homes if (area := region_of(home)) is not None}
    return [region_around(area) for area in sorted(areas.values(), key=lambda area: area.name)]


def region_around(area: Area) -> Region:
    """Return a safety region with its coordination point and the municipalities of today."""
    points = Organisation.objects.filter(
        area=area, kind=Organisation.Kind.SAFETY_REGION, is_active=True
    ).order_by("pk")
    return Region(area=area, point=points.first(), municipalities=tuple(municipalities_within(area)))


def region_of_point(organisation: Organisation) -> Region | None:
    """Return the region an organisation is, or lies in; None where it lies in none."""
    area = region_of(organisation)
    return region_around(area) if area is not None and area.kind == Area.Kind.REGION else None
