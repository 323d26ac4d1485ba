"""Small tasks for the tests of placement, made by hand or drawn by hypothesis."""

from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from regietafel.reception.engine.placing import FEATURES, Effort, Group, Location, PlacingTask, Tie

TOWNS = ("Almelo", "Borne", "Enschede")
KM = {("Almelo", "Borne"): 10.0, ("Almelo", "Enschede"): 23.5, ("Borne", "Enschede"): 14.0}
QUICK = Effort(clock=lambda: 0.0, seconds=20)


def hall(
    code: str, places: int, *, town: str = "Borne", features: str = "", behind: int | None = None
) -> Location:
    """Make a location of one night."""
    return Location(
        code=code,
        municipality=town,
        kind="gemeentelijk",
        places=(places,),
        features=frozenset(features.split()),
        behind=behind,
    )


@st.composite
def locations(draw: st.DrawFn, number: int) -> Location:
    places = draw(st.integers(0, 7))
    return Location(
        code=f"L{number}",
        municipality=draw(st.sampled_from(TOWNS)),
        kind=draw(st.sampled_from(("azc", "particulier"))),
        places=(places,),
        features=frozenset(draw(st.sets(st.sampled_from(FEATURES[:3])))),
        typed={"toegankelijk": (draw(st.integers(0, 3)),)},
        blocked=draw(st.integers(0, min(places, 2))),
        room_size=draw(st.sampled_from((1, 1, 2, 3))),
    )


@st.composite
def groups(draw: st.DrawFn, number: int) -> Group:
    size = draw(st.integers(1, 4))
    ties = draw(st.lists(st.sampled_from(TOWNS), max_size=2))
    return Group(
        code=f"G{number}",
        size=size,
        needs=frozenset(draw(st.sets(st.sampled_from(FEATURES[:3]), max_size=1))),
        typed={"toegankelijk": draw(st.sampled_from((0, 0, 0, size)))},
        kinds=frozenset(draw(st.sampled_from(((), (), ("azc",))))),
        link=draw(st.sampled_from(("", "", "K"))),
        ties=tuple(Tie(municipality=town, kind="werk") for town in ties),
        urgency=draw(st.integers(1, 3)),
        shares_room=draw(st.booleans()),
    )


@st.composite
def tasks(draw: st.DrawFn, most_groups: int = 5, most_locations: int = 3) -> PlacingTask:
    behind = {town: draw(st.integers(-2, 6)) for town in TOWNS}
    made = [draw(locations(number)) for number in range(draw(st.integers(1, most_locations)))]
    hosts = draw(st.booleans())  # whether people with private hosts count for the share
    shared = tuple(
        each if each.kind == "particulier" and not hosts else _behind(each, behind[each.municipality])
        for each in made
    )
    people = tuple(draw(groups(number)) for number in range(draw(st.integers(1, most_groups))))
    return PlacingTask(groups=people, locations=shared, km=KM)


def _behind(location: Location, behind: int) -> Location:
    return replace(location, behind=behind)


def every_placement(task: PlacingTask) -> list[dict[str, str]]:
    """List every way to give groups a location or none, also the impossible ones."""
    choices = [None, *(each.code for each in task.locations)]
    return [
        {group.code: at for group, at in zip(task.groups, row, strict=True) if at}
        for row in product(choices, repeat=len(task.groups))
    ]


def aims(task: PlacingTask, places: dict[str, str]) -> tuple[float, ...]:
    """Count the aims in their order, lower is better, by plain counting and apart from the engine."""
    town = {each.code: each.municipality for each in task.locations}
    placed = [group for group in task.groups if group.code in places]
    urgent = sum(group.size * group.urgency for group in placed)
    km = sum(
        round(
            10
            * group.size
            * sum(task.distance(tie.municipality, town[places[group.code]]) or 0 for tie in group.ties)
        )
        for group in placed
    )
    linked: dict[str, list[str | None]] = {}
    for group in task.groups:
        if group.link:
            linked.setdefault(group.link, []).append(town.get(places.get(group.code, "")))
    together = sum(len(towns) > 1 and None not in towns and len(set(towns)) == 1 for towns in linked.values())
    behind = {each.municipality: each.behind for each in task.locations if each.behind is not None}
    counted = {each.code for each in task.locations if each.behind is not None}
    shares = [group for group in placed if places[group.code] in counted]
    unfair = sum(
        abs(owed - sum(group.size for group in shares if town[places[group.code]] == name))
        for name, owed in behind.items()
    )
    return (-urgent, -together, km, unfair)
