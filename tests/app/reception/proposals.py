"""A region in which people wait for a place: what the tests of proposals begin with."""

from typing import Any

from regietafel.reception.models import Assignment, Group, Pool, Proposal
from regietafel.reception.services.proposing import Order, make_proposal
from tests.app.reception.places import Places, in_days, location_of, pool_of


def order(**values: Any) -> Order:
    """Ask for ten nights from today, with all aims."""
    told = {"title": "bus 12", "first_on": in_days(0), "until_on": in_days(10), "variant": "maatwerk"}
    return Order(**{**told, "seconds": 4, **values})


def small_hall(places: Places, name: str, count: int, **values: Any) -> Pool:
    """Open a hall of a few places in the south, shared with the region."""
    features = values.pop("features", [])
    location = location_of(places.south, name, shared_with_region=True, features=features)
    return pool_of(location, values.pop("kind", "noodopvang"), places=count, **values)


def waiting(places: Places, code: str, people: int, **values: Any) -> Group:
    """Write down a group of the coordination point that shares rooms, so that places are people."""
    told = {"shares_room": True, "arrives_on": in_days(0), **values}
    made: Group = Group.objects.create(organisation=places.point, code=code, people=people, **told)
    return made


def proposal_for(places: Places, *groups: Group, **values: Any) -> Proposal:
    """Propose a place for these groups."""
    return make_proposal(
        organisation=places.point, groups=list(groups), order=order(**values), by=places.placer
    )


def where(proposal: Proposal) -> dict[str, str]:
    """Say in which location every group of a proposal goes by now; "" is nowhere."""
    lines = proposal.lines.select_related("group", "chosen__location")
    return {str(line.group): line.chosen.location.name if line.chosen else "" for line in lines}


def asked_of(places: Places, *, counts_private: bool = False, **counts: int) -> None:
    """Ask so many places of each of these municipalities of the region."""
    task = Assignment.objects.create(
        organisation=places.point,
        title="Opdracht",
        total=sum(counts.values()),
        received_on=in_days(-9),
        source="brief",
        counts_private=counts_private,
    )
    for name, count in counts.items():
        home = getattr(places, name)
        task.targets.create(municipality=home.area, weight=1, quota=count, places=count, source="proef")
