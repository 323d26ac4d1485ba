"""A task as arrays: what is possible, what it takes, and what each aim says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regietafel.reception.engine.placing.groups import (
    FEATURES,
    KINDS,
    TENTHS,
    TYPES,
    PlacingTask,
    UnknownDistance,
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
NOWHERE = -1
_MOST_SCARCE = 10
_FAR = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Arrays over G groups, L locations, M municipalities and K kinds of place per night.

    ``allowed`` (G, L) says where kind, features and opening day are right, ``feasible`` where there is
    also room as long as nobody else comes. ``demand`` (G, K) and ``capacity`` (L, K) count places,
    ``whole`` (K) marks those that come in rooms. ``km`` (G, L) is in tenths of person-kilometres,
    ``scarce`` (G, L) in people times scarcity. ``behind`` (M) is NaN where the fair share is unknown,
    and ``counted`` (L) marks the locations whose people count for it.
    ``price`` (G, L) is what tomorrow would lose. ``blind`` (G, L) marks where the distance to a tie is
    unknown, and ``km`` counts it as the farthest that is known.
    """

    allowed: Bools
    feasible: Bools
    demand: Ints
    capacity: Ints
    whole: Bools
    room: Ints
    shares: Bools
    size: Ints
    urgency: Ints
    km: NDArray[np.int32]
    blind: Bools
    scarce: NDArray[np.int32]
    municipality: Ints
    behind: Floats
    counted: Bools
    clusters: tuple[tuple[int, ...], ...]
    price: Floats | None = None

    @property
    def groups(self) -> int:
        """The number of groups."""
        return len(self.size)

    @property
    def locations(self) -> int:
        """The number of locations."""
        return len(self.room)

    def usage(self, groups: Ints, locations: Ints) -> Ints:
        """Give the places that each pair takes (pairs, K)."""
        taken = self.demand[groups]
        room = np.where(self.shares[groups], 1, self.room[locations])[:, None]
        return np.where(self.whole, -(-taken // room) * room, taken)

    def left(self, places: Ints, *, without: Ints | None = None) -> Ints:
        """Give the free places (L, K) when groups are where ``places`` says, some of them taken out."""
        here = places.copy()
        if without is not None:
            here[without] = NOWHERE
        placed = np.flatnonzero(here != NOWHERE)
        left = self.capacity.copy()
        np.subtract.at(left, here[placed], self.usage(placed, here[placed]))
        return left


def board_of(task: PlacingTask) -> Board:
    """Turn a task into arrays."""
    municipalities = sorted({each.municipality for each in task.locations})
    number = {name: place for place, name in enumerate(municipalities)}
    municipality = np.array([number[each.municipality] for each in task.locations], dtype=np.int64)
    demand, capacity, whole = _places(task)
    allowed = _possible(task)
    km, blind = _km(task, municipalities)
    bare = Board(
        allowed=allowed,
        feasible=allowed.copy(),
        demand=demand,
        capacity=capacity,
        whole=whole,
        room=np.array([each.room_size for each in task.locations], dtype=np.int64),
        shares=np.array([each.shares_room for each in task.groups], dtype=bool),
        size=np.array([each.size for each in task.groups], dtype=np.int64),
        urgency=np.array([each.urgency for each in task.groups], dtype=np.int64),
        km=km[:, municipality],
        blind=blind[:, municipality],
        scarce=_scarce(task),
        municipality=municipality,
        behind=_behind(task, number),
        counted=np.array([each.behind is not None for each in task.locations], dtype=bool),
        clusters=_clusters(task),
    )
    bare.feasible[...] &= _fits(bare)
    return bare


def _places(task: PlacingTask) -> tuple[Ints, Ints, Bools]:
    nights = task.nights
    demand = np.zeros((len(task.groups), nights * (1 + len(TYPES))), dtype=np.int64)
    for row, group in enumerate(task.groups):
        for night in task.nights_of(group):
            demand[row, night] = group.size
            for column, kind in enumerate(TYPES, 1):
                demand[row, column * nights + night] = group.typed.get(kind, 0)
    capacity = np.array(
        [
            [each.free(kind, night) for kind in ("", *TYPES) for night in range(nights)]
            for each in task.locations
        ],
        dtype=np.int64,
    ).reshape(len(task.locations), demand.shape[1])
    return demand, capacity, np.arange(demand.shape[1]) < nights


def _possible(task: PlacingTask) -> Bools:
    """Say which groups have the right kind, features and opening day where (G, L); room is judged apart."""
    needs = _marks((each.needs for each in task.groups), FEATURES)
    there = _marks((each.features for each in task.locations), FEATURES)
    lacking = needs.astype(np.int32) @ (~there).astype(np.int32).T
    wanted = _marks((each.kinds or KINDS for each in task.groups), KINDS)
    kinds = _marks(([each.kind] for each in task.locations), KINDS)
    right = wanted.astype(np.int32) @ kinds.astype(np.int32).T
    latest = np.array([each.latest_on.toordinal() if each.latest_on else _FAR for each in task.groups])
    opens = np.array([each.opens_on.toordinal() if each.opens_on else 0 for each in task.locations])
    meant = [[not each.only_for or each.only_for in group.needs for each in task.locations]
             for group in task.groups]  # fmt: skip
    kept = np.array(meant, dtype=bool).reshape(right.shape)
    return np.asarray((lacking == 0) & (right > 0) & kept & (opens[None, :] <= latest[:, None]))


def _marks(sets: Iterable[Iterable[str]], words: Sequence[str]) -> Bools:
    rows = [[word in each for word in words] for each in map(frozenset, sets)]
    return np.array(rows, dtype=bool).reshape(len(rows), len(words))


def _fits(board: Board) -> Bools:
    fits = np.ones(board.feasible.shape, dtype=bool)
    everyone = np.arange(board.groups)
    for location in range(board.locations):
        taken = board.usage(everyone, np.full(board.groups, location))
        fits[:, location] = (taken <= board.capacity[location]).all(axis=1)
    return fits


def _km(task: PlacingTask, municipalities: Sequence[str]) -> tuple[NDArray[np.int32], Bools]:
    """Give tenths of person-kilometres to the ties of each group, and where one is unknown (both G, M)."""
    rows: dict[str, Floats] = {}
    km = np.zeros((len(task.groups), len(municipalities)))
    blind = np.zeros(km.shape, dtype=bool)
    far = max(task.km.values(), default=1.0)
    for row, group in enumerate(task.groups):
        for tie in group.ties:
            if tie.municipality not in rows:
                rows[tie.municipality] = _row(task, tie.municipality, municipalities=municipalities)
            unknown = np.isnan(rows[tie.municipality])
            km[row] += tie.weight * np.where(unknown, far, rows[tie.municipality])
            blind[row] |= unknown
        km[row] *= group.size
    return np.rint(km * TENTHS).astype(np.int32), blind


def _row(task: PlacingTask, origin: str, *, municipalities: Sequence[str]) -> Floats:
    found = [task.distance(origin, other) for other in municipalities]
    if None in found and not task.unknown_is_far:
        raise UnknownDistance(origin, municipalities[found.index(None)])
    return np.array(found, dtype=float)


def _scarce(task: PlacingTask) -> NDArray[np.int32]:
    """Count, per pair, the scarce things that the group does not need (G, L), weighed by their scarcity."""
    needs = _marks((each.needs | _typed(each.typed) for each in task.groups), (*FEATURES, *TYPES))
    there = _marks((each.features | _typed(each.typed) for each in task.locations), (*FEATURES, *TYPES))
    size = np.array([each.size for each in task.groups], dtype=np.int64)
    room = np.array([min(each.places, default=0) for each in task.locations], dtype=np.int64)
    wanted, present = size @ needs, room @ there
    scarcity = np.rint(_MOST_SCARCE * np.minimum(1, wanted / np.maximum(present, 1))).astype(np.int64)
    return np.asarray(((~needs) @ (there * scarcity).T) * size[:, None], dtype=np.int32)


def _typed(typed: object) -> frozenset[str]:
    return frozenset(kind for kind, count in dict(typed).items() if np.any(count))  # type: ignore[call-overload]


def _behind(task: PlacingTask, number: dict[str, int]) -> Floats:
    behind = np.full(len(number), np.nan)
    for each in task.locations:
        if each.behind is not None:
            behind[number[each.municipality]] = each.behind
    return behind


def _clusters(task: PlacingTask) -> tuple[tuple[int, ...], ...]:
    members: defaultdict[str, list[int]] = defaultdict(list)
    for row, group in enumerate(task.groups):
        if group.link:
            members[group.link].append(row)
    return tuple(tuple(rows) for rows in members.values() if len(rows) > 1)
