"""From tables to what a person may do, and from that to the records that person may see."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from regietafel.register.engine.access import Grant, Ownership, Standing, holds, may_read, may_write
from regietafel.register.models import AreaMembership, Dossier, DossierMember, Membership, Organisation, User


def today() -> date:
    """Return the local day."""
    return timezone.localdate()


def active_memberships(user: User, on: date | None = None) -> QuerySet[Membership]:
    """Return the roles a person holds on a day, in active organisations."""
    day = on or today()
    return (
        Membership.objects.filter(user_id=user.pk, user__is_active=True, organisation__is_active=True)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)
        .select_related("organisation__area", "role")
    )


def region_organisation_ids(organisation: Organisation, on: date | None = None) -> frozenset[int]:
    """Return the organisations of the same safety region on a day, the organisation itself included."""
    if organisation.area_id is None:
        return frozenset({organisation.pk})
    regions = _region_ids(organisation, on or today())
    inside = _in_force(AreaMembership.objects.filter(parent_id__in=regions), on or today())
    members = Organisation.objects.filter(
        Q(area_id__in=regions) | Q(area_id__in=inside.values("area_id")), is_active=True
    )
    return frozenset(members.values_list("pk", flat=True)) | {organisation.pk}


def _region_ids(organisation: Organisation, on: date) -> list[int]:
    if organisation.area is None:
        return []
    if organisation.area.kind == "veiligheidsregio":
        return [organisation.area.pk]
    links = AreaMembership.objects.filter(area=organisation.area, parent__kind="veiligheidsregio")
    return list(_in_force(links, on).values_list("parent_id", flat=True))


def _in_force(links: QuerySet[AreaMembership], on: date) -> QuerySet[AreaMembership]:
    return links.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)


def standing_of(user: Any, on: date | None = None) -> Standing:
    """Return what a person may do on a day; nobody and disabled accounts may do nothing.

    The result for today is kept on the user object, which lives as long as one request.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Standing()
    carried: Standing | None = getattr(user, "carried_standing", None)
    if carried is not None:
        return carried  # a program, which holds what its key says
    day = on or today()
    kept: dict[date, Standing] = user.__dict__.setdefault("_standing", {})
    if day not in kept:
        kept[day] = _read_standing(user, day)
    return kept[day]


def _read_standing(user: User, on: date) -> Standing:
    memberships = list(active_memberships(user, on))
    neighbours = {m.organisation_id: region_organisation_ids(m.organisation, on) for m in memberships}
    takes_part = (
        DossierMember.objects.filter(user_id=user.pk)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
        .values_list("dossier_id", "may_write")
        if memberships
        else ()
    )
    pairs = list(takes_part)
    return Standing(
        grants=tuple(_grant(m, neighbours[m.organisation_id]) for m in memberships),
        dossier_ids=frozenset(dossier for dossier, _ in pairs),
        writable_dossier_ids=frozenset(dossier for dossier, writes in pairs if writes),
    )


def _grant(membership: Membership, neighbours: frozenset[int]) -> Grant:
    role = membership.role
    return Grant(
        organisation_id=membership.organisation_id,
        neighbour_ids=neighbours,
        reads_up_to=role.reads_up_to,
        may_write=role.may_write and not membership.is_guest,
        may_publish=role.may_publish and not membership.is_guest,
        may_approve=role.may_approve and not membership.is_guest,
        may_manage=role.may_manage and not membership.is_guest,
        is_guest=membership.is_guest,
    )


def readable(user: Any, prefix: str = "") -> Q:
    """Return the filter that keeps the records a person may read; the queryset twin of `may_read`.

    Args:
        user: who looks; None or anonymous sees nothing.
        prefix: path to the owned record, such as `dossier__` or `monitor__dossier__`.
    """
    standing = standing_of(user)
    rule = Q(**{f"{prefix}pk__in": standing.dossier_ids})
    for grant in standing.staff_grants:
        rule |= _grant_rule(grant, prefix)
    return rule


def _grant_rule(grant: Grant, prefix: str) -> Q:
    own = Q(**{f"{prefix}organisation_id": grant.organisation_id})
    region = Q(**{f"{prefix}shared_with_region": True, f"{prefix}organisation_id__in": grant.neighbour_ids})
    through = Dossier.shared_with.through.objects.filter(organisation_id=grant.organisation_id)
    named = Q(**{f"{prefix}pk__in": through.values("dossier_id")})
    return Q(**{f"{prefix}confidentiality__lte": grant.reads_up_to}) & (own | region | named)


def visible_dossiers(user: Any) -> QuerySet[Dossier]:
    """Return the dossiers a person may read."""
    return Dossier.objects.filter(readable(user)).select_related("organisation", "phase", "area")


def ownership_of(dossier: Dossier) -> Ownership:
    """Return whose a dossier is and with whom it is shared, for the rules in the engine."""
    return Ownership(
        organisation_id=dossier.organisation_id,
        confidentiality=dossier.confidentiality,
        shared_with_region=dossier.shared_with_region,
        shared_with_ids=frozenset(organisation.pk for organisation in dossier.shared_with.all()),
        dossier_id=dossier.pk,
    )


def may_write_dossier(user: Any, dossier: Dossier) -> bool:
    """Say whether a person may change a dossier and what is in it."""
    return may_write(standing_of(user), ownership_of(dossier))


def may_direct_dossier(user: Any, dossier: Dossier) -> bool:
    """Say whether a person directs a dossier: sharing, phase and participants are for the owner's people."""
    standing, record = standing_of(user), ownership_of(dossier)
    return holds(standing, dossier.organisation_id, right="may_write") and may_read(standing, record)


def may(user: Any, right: str, *, organisation_id: int) -> bool:
    """Say whether a person holds a right (`may_write`, `may_publish`, …) in an organisation today."""
    return holds(standing_of(user), organisation_id, right=right)


def organisations_with(user: Any, right: str) -> QuerySet[Organisation]:
    """Return the organisations in which a person holds a right today."""
    ids = {g.organisation_id for g in standing_of(user).staff_grants if getattr(g, right)}
    return Organisation.objects.filter(pk__in=ids)


def own_organisations(user: Any) -> QuerySet[Organisation]:
    """Return the organisations in which a person holds any role today, guests included."""
    return Organisation.objects.filter(pk__in={g.organisation_id for g in standing_of(user).grants})


def people_of(user: Any) -> QuerySet[User]:
    """Return the people a person may name as owner or participant: colleagues with a role today."""
    day = today()
    held = Membership.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        valid_from__lte=day,
        organisation__in=own_organisations(user),
    )
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True)
