"""Placement: who can go where, a proposal with its bound, the reason of every line, the price of others."""

from regietafel.reception.engine.placing.alternatives import (
    Enlargement,
    Price,
    price_of,
    smallest_enlargement,
)
from regietafel.reception.engine.placing.assigning import Assignment, NoAssignment, assign
from regietafel.reception.engine.placing.columns import forbidden_ground
from regietafel.reception.engine.placing.distances import DETOUR, Point, km_between, road_km
from regietafel.reception.engine.placing.explaining import Line, Placeless, Verdict, explain, verdicts
from regietafel.reception.engine.placing.feasibility import NO_ROOM, Block, blocks, crowded, violations
from regietafel.reception.engine.placing.futures import FUTURES, Futures, draw_futures, place_prices
from regietafel.reception.engine.placing.groups import (
    FEATURES,
    KINDS,
    MOST_URGENT,
    TARGET_GROUPS,
    TYPES,
    Group,
    Location,
    PlacingTask,
    Tie,
    UnknownDistance,
)
from regietafel.reception.engine.placing.proposing import Effort, Proposal, propose
from regietafel.reception.engine.placing.slack import Later, Weighed, propose_with_slack
from regietafel.reception.engine.placing.stretches import Stretches, stretches_of
from regietafel.reception.engine.placing.typed_households import Household, Unread, read_households
from regietafel.reception.engine.placing.variants import fall_back, regular, set_aside, without_own_place
from regietafel.reception.engine.placing.wording import listed

__all__ = [
    "DETOUR",
    "FEATURES",
    "FUTURES",
    "KINDS",
    "MOST_URGENT",
    "NO_ROOM",
    "TARGET_GROUPS",
    "TYPES",
    "Assignment",
    "Block",
    "Effort",
    "Enlargement",
    "Futures",
    "Group",
    "Household",
    "Later",
    "Line",
    "Location",
    "NoAssignment",
    "Placeless",
    "PlacingTask",
    "Point",
    "Price",
    "Proposal",
    "Stretches",
    "Tie",
    "UnknownDistance",
    "Unread",
    "Verdict",
    "Weighed",
    "assign",
    "blocks",
    "crowded",
    "draw_futures",
    "explain",
    "fall_back",
    "forbidden_ground",
    "km_between",
    "listed",
    "place_prices",
    "price_of",
    "propose",
    "propose_with_slack",
    "read_households",
    "regular",
    "road_km",
    "set_aside",
    "smallest_enlargement",
    "stretches_of",
    "verdicts",
    "violations",
    "without_own_place",
]
