"""What people can choose from in the forms of reception."""

from typing import Any

from django.db.models import QuerySet

from regietafel.reception.models import Group, Location
from regietafel.reception.selectors.access import coordinated, regions_of
from regietafel.register.public import Area, Organisation, organisations_with


def municipalities_for(user: Any) -> QuerySet[Area]:
    """Return the municipalities of the regions a person works in, and those of the own organisations."""
    numbers = {area.pk for region in regions_of(user) for area in region.municipalities}
    own = organisations_with(user, "may_write").filter(area__kind=Area.Kind.MUNICIPALITY)
    numbers |= set(own.values_list("area", flat=True))
    return Area.objects.filter(pk__in=numbers).order_by("name")


def organisations_to_share_with(location: Location) -> QuerySet[Organisation]:
    """Return the organisations a location can be shared with by name."""
    return Organisation.objects.filter(is_active=True).exclude(pk=location.organisation_id).order_by("name")


def groups_to_book(user: Any) -> QuerySet[Group]:
    """Return the groups for which a person places people."""
    return Group.objects.filter(coordinated(user)).order_by("arrives_on", "code")
