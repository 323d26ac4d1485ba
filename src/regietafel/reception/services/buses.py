"""A bus that is announced: its households become groups without a place, known by a code only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from regietafel.kit.refusal import Refused
from regietafel.reception.adapters.town_names import is_named
from regietafel.reception.engine.placing import Household
from regietafel.reception.models import Group
from regietafel.reception.selectors.proposing import tie_areas
from regietafel.reception.services.groups import create_group
from regietafel.reception.services.writing import require_coordination
from regietafel.register.public import Area, Organisation, User


@dataclass(frozen=True, kw_only=True)
class Bus:
    """A bus: what it is called, when it comes, until when (None: not known), and who is in it."""

    name: str
    arrives_on: date
    households: Sequence[Household]
    leaves_on: date | None = None


def add_bus(*, organisation: Organisation, bus: Bus, by: User | None) -> list[Group]:
    """Make a group of every household of a bus: all of them, or none.

    Args:
        organisation: who places them.
        bus: the households, with the municipalities of their ties as typed; those of the region are known.
        by: who does it.

    Raises:
        Refused: the bus has no name or households, a municipality is not known, or a text could be a person.
    """
    require_coordination(organisation, by)
    name = " ".join(bus.name.split())
    if not name or not bus.households:
        raise Refused(_("Geef de bus een naam en ten minste één huishouden."))
    known = tie_areas(organisation)
    codes = _codes(organisation, name, count=len(bus.households))
    with transaction.atomic():
        return [
            create_group(organisation=organisation, by=by, code=code, **_values(household, bus, known=known))
            for code, household in zip(codes, bus.households, strict=True)
        ]


def _codes(organisation: Organisation, name: str, *, count: int) -> list[str]:
    """Give codes that nobody has yet: the name of the bus with a number."""
    short = name[:34]
    taken = set(
        Group.objects.filter(organisation=organisation, code__startswith=short).values_list("code", flat=True)
    )
    if count == 1 and short not in taken:
        return [short]
    free = (f"{short}-{number}" for number in range(1, count + len(taken) + 2))
    return [code for code in free if code not in taken][:count]


def _values(household: Household, bus: Bus, *, known: Sequence[Area]) -> dict[str, Any]:
    return {
        "people": household.size,
        "origin": " ".join(bus.name.split())[:120],
        "needs": sorted(household.needs),
        "accessible": household.typed.get("toegankelijk", 0),
        "care": household.typed.get("zorg", 0),
        "urgency": household.urgency,
        "link": _link(bus, household),
        "earlier": _area(household.earlier, known),
        "tied_to": _area(household.tied_to, known),
        "arrives_on": bus.arrives_on,
        "leaves_on": bus.leaves_on,
    }


def _link(bus: Bus, household: Household) -> str:
    """Give a link that only households of this bus share."""
    return f"{bus.name.strip()[:19]}/{household.link}"[:40] if household.link else ""


def _area(name: str, known: Sequence[Area]) -> Area | None:
    if not name:
        return None
    found = next((area for area in known if is_named(area.name, name)), None)
    if found is None:
        raise Refused(_("“%s” is geen gemeente van deze regio.") % name[:60])
    return found
