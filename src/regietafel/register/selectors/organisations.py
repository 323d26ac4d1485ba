"""Organisations: which a person may see in administration, and what belongs to them."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from regietafel.register.models import Membership, Organisation
from regietafel.register.selectors.access import organisations_with, today


def is_platform_admin(user: Any) -> bool:
    """Say whether a person looks after the installation as a whole."""
    return bool(getattr(user, "is_platform_admin", False) and user.is_active)


def manageable_organisations(user: Any) -> QuerySet[Organisation]:
    """Return the organisations a person manages: all of them for who looks after the installation."""
    if is_platform_admin(user):
        return Organisation.objects.all()
    return organisations_with(user, "may_manage")


def supervised_organisations(user: Any) -> QuerySet[Organisation]:
    """Return the organisations whose log a person may read: managers and second persons."""
    managing = organisations_with(user, "may_manage").values("pk")
    approving = organisations_with(user, "may_approve").values("pk")
    return Organisation.objects.filter(Q(pk__in=managing) | Q(pk__in=approving))


def with_counts(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Add the number of people with a role today."""
    day = today()
    lasting = Q(memberships__valid_until__isnull=True) | Q(memberships__valid_until__gte=day)
    return rows.select_related("area").annotate(
        people_count=Count(
            "memberships__user",
            filter=lasting & Q(memberships__valid_from__lte=day, memberships__user__is_active=True),
            distinct=True,
        )
    )


def managers_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return who manages an organisation today."""
    day = today()
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    rows = Membership.objects.filter(lasting, organisation=organisation, role__may_manage=True)
    return rows.filter(valid_from__lte=day, user__is_active=True).select_related("user", "role")


def known_organisations(user: Any) -> QuerySet[Organisation]:
    """Return the organisations a person manages or supervises; their details are for no one else."""
    seen = manageable_organisations(user).values("pk")
    supervised = supervised_organisations(user).values("pk")
    return Organisation.objects.filter(Q(pk__in=seen) | Q(pk__in=supervised))
