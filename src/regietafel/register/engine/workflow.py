"""How a dossier goes through its phases: the kinds of step as data, each with its ground."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What kind of step it is to go from one phase to another."""

    NEXT = "volgende"
    SKIP = "overslaan"
    BACK = "terug"
    CLOSE = "sluiten"
    REOPEN = "heropenen"


@dataclass(frozen=True)
class Edge:
    """A kind of step: whether it needs a reason, and why that is."""

    needs_reason: bool
    ground: str


EDGES: dict[Step, Edge] = {
    Step.NEXT: Edge(False, "De volgende fase is de gewone gang van zaken."),
    Step.SKIP: Edge(True, "U slaat een fase over. Schrijf op waarom die niet nodig is."),
    Step.BACK: Edge(True, "U gaat terug naar een eerdere fase. Schrijf op wat er is veranderd."),
    Step.CLOSE: Edge(
        True, "Na het afsluiten verandert er niets meer. Schrijf op waarom het dossier klaar is."
    ),
    Step.REOPEN: Edge(True, "U opent een afgesloten dossier opnieuw. Schrijf op waarom."),
}


@dataclass(frozen=True)
class PhaseState:
    """A phase as the rules see it: its code, its place in the order and whether it closes a dossier."""

    code: str
    order: int
    is_closed: bool = False


def step_between(current: PhaseState, target: PhaseState, *, phases: Sequence[PhaseState]) -> Step:
    """Say what kind of step leads from one phase to another (soort stap).

    Args:
        current: the phase the dossier is in.
        target: the phase it should go to.
        phases: all phases of this installation, in any order.

    Returns:
        The kind of step; `EDGES` says whether it needs a reason.

    Raises:
        ValueError: the target is the current phase.

    Source: bron-000 r.146-152 and bron-004 r.63-75 (phases of a decision); the steps are our reading.

    >>> a, b, c = PhaseState("a", 1), PhaseState("b", 2), PhaseState("c", 3)
    >>> [step_between(*pair, phases=(a, b, c)).value for pair in ((a, b), (a, c), (c, a))]
    ['volgende', 'overslaan', 'terug']
    """
    if current.code == target.code:
        raise ValueError("a dossier cannot step to the phase it is in")
    if target.is_closed:
        return Step.CLOSE
    if current.is_closed:
        return Step.REOPEN
    if target.order < current.order:
        return Step.BACK
    between = [p for p in phases if current.order < p.order < target.order]
    return Step.SKIP if between else Step.NEXT
