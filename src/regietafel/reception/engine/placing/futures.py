"""Tomorrow: what a free place will be worth to those who come later, from futures drawn by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from regietafel.reception.engine.placing.aims import broad_weights
from regietafel.reception.engine.placing.board import Floats, board_of
from regietafel.reception.engine.placing.groups import TENTHS, Group, PlacingTask
from regietafel.reception.engine.placing.proposing import Effort
from regietafel.reception.engine.placing.searching import prices_for

FUTURES = 3
MARGIN = 1.1
"""Futures hold a tenth more people than expected: households do not fit in fractions."""

Futures = tuple[tuple[Group, ...], ...]


def draw_futures(seen: Sequence[Group], *, people: int, count: int = FUTURES, seed: int = 0) -> Futures:
    """Draw groups that could still come from groups that came before (futures).

    Args:
        seen: earlier groups; only their sizes, needs and ties are used.
        people: how many people are still expected; a margin comes on top.
        count: how many futures.
        seed: where chance begins.

    Returns:
        So many futures, each of at least that many people and a tenth; empty ones when nobody is expected.

    Method: drawing with replacement (efron-1979).

    >>> from regietafel.reception.engine.placing.groups import Group
    >>> [sum(each.size for each in one) for one in draw_futures((Group(code="A", size=2),), people=5)]
    [6, 6, 6]
    """
    chance = np.random.default_rng(seed)
    futures = []
    for _ in range(count):
        drawn: list[Group] = []
        coming = 0
        while seen and coming < MARGIN * people:
            one = seen[int(chance.integers(len(seen)))]
            drawn.append(replace(one, code=f"straks-{len(drawn) + 1}", link=""))
            coming += one.size
        futures.append(tuple(drawn))
    return tuple(futures)


def place_prices(task: PlacingTask, futures: Sequence[Sequence[Group]], *, effort: Effort) -> Floats:
    """Estimate what each place is worth to those who come later (shadow prices).

    Args:
        task: today's groups and what is free.
        futures: groups that could still come, each future apart.
        effort: the seconds it may take for all futures.

    Returns:
        Person-kilometres per place, per location and kind of place (L, K); a person without a place counts
        as 10,000. 0 where there is enough.

    Raises:
        UnknownDistance: kilometres to a tie are missing.

    Method: huangfu-hall-2018 (the dual prices of one linear programme per future), averaged; the idea of
        prices for scarce places is that of talluri-vanryzin-1998 (bid prices).

    >>> from regietafel.reception.engine.placing.groups import Group, Location, PlacingTask
    >>> hall = Location(code="HAL", municipality="Borne", kind="noodopvang", places=(4,))
    >>> task = PlacingTask(groups=(Group(code="A", size=2),), locations=(hall,))
    >>> float(place_prices(task, [[Group(code="Z", size=4)]], effort=Effort(clock=lambda: 0.0))[0, 0])
    10000.0
    """
    deadline = effort.deadline()
    prices = np.zeros(board_of(replace(task, groups=task.groups[:1])).capacity.shape)
    for number, future in enumerate(futures):
        both = replace(task, groups=(*task.groups, *future))
        share = deadline.part(1 / (len(futures) - number))
        found = prices_for(board_of(both), broad_weights(), deadline=share)
        prices += found.place / TENTHS / len(futures)
    return prices
