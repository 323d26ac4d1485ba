"""Placement: who can go where, a proposal with its bound, the reason of every line and the price of another."""

from regietafel.reception.engine.placing.feasibility import Block, blocks, violations
from regietafel.reception.engine.placing.groups import (
    FEATURES,
    KINDS,
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
    "KINDS",
    "TYPES",
    "Block",
    "Effort",
    "Group",
    "Location",
    "PlacingTask",
    "Proposal",
    "Tie",
    "UnknownDistance",
    "blocks",
    "propose",
    "violations",
]
