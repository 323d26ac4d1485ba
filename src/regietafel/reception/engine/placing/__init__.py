"""Placement: who can go where, a proposal with its bound, the reason of every line, the price of others."""

from regietafel.reception.engine.placing.alternatives import (
    Enlargement,
    Price,
    price_of,
    smallest_enlargement,
)
from regietafel.reception.engine.placing.assigning import Assignment, NoAssignment, assign
from regietafel.reception.engine.placing.columns import forbidden_ground
from regietafel.reception.engine.placing.explaining import Line, Placeless, Verdict, explain, verdicts
from regietafel.reception.engine.placing.feasibility import Block, blocks, violations
from regietafel.reception.engine.placing.futures import FUTURES, draw_futures, place_prices
from regietafel.reception.engine.placing.groups import (
    FEATURES,
    KINDS,
    MOST_URGENT,
    TYPES,
    Group,
    Location,
    PlacingTask,
    Tie,
    UnknownDistance,
)
from regietafel.reception.engine.placing.proposing import Effort, Proposal, propose

__all__ = [
    "FEATURES",
    "FUTURES",
    "KINDS",
    "MOST_URGENT",
    "TYPES",
    "Assignment",
    "Block",
    "Effort",
    "Enlargement",
    "Group",
    "Line",
    "Location",
    "NoAssignment",
    "Placeless",
    "PlacingTask",
    "Price",
    "Proposal",
    "Tie",
    "UnknownDistance",
    "Verdict",
    "assign",
    "blocks",
    "draw_futures",
    "explain",
    "forbidden_ground",
    "place_prices",
    "price_of",
    "propose",
    "smallest_enlargement",
    "verdicts",
    "violations",
]
