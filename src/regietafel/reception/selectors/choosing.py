"""What people can choose from in the forms of reception."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from regietafel.reception.models import Group, Location
from regietafel.reception.selectors.access import coordinated, regions_of
from regietafel.register.public import Area, Organisation, districts_of, organisations_with


def municipalities_for(user: Any) -> QuerySet[Area]:
    """Return the municipalities of the regions a person works in, and those of the own organisations."""
    numbers = {area.pk for region in regions_of(user) for area in region.municipalities}
    own = organisations_with(user, "may_write").filter(area__kind=Area.Kind.MUNICIPALITY)
    numbers |= set(own.values_list("area", flat=True))
    return Area.objects.filter(pk__in=numbers).order_by("name")


def district_choices(municipalities: Iterable[Area]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the wijken and buurten of municipalities, grouped by municipality; those without are absent."""
    shown = list(municipalities)
    inside: dict[int, list[tuple[int, str]]] = {area.pk: [] for area in shown}
    for one in districts_of(shown):
        within = "" if one.counted_in == one.area else _(" in %s") % one.counted_in.name
        label = f"{one.area.name} ({one.area.get_kind_display()}{within})"
        inside[one.municipality_id].append((one.area.pk, label))
    return [(area.name, inside[area.pk]) for area in shown if inside[area.pk]]


def organisations_to_share_with(location: Location) -> QuerySet[Organisation]:
    """Return the organisations a location can be shared with by name."""
    return Organisation.objects.filter(is_active=True).exclude(pk=location.organisation_id).order_by("name")


def groups_to_book(user: Any) -> QuerySet[Group]:
    """Return the groups for which a person places people."""
    return Group.objects.filter(coordinated(user)).order_by("arrives_on", "code")
