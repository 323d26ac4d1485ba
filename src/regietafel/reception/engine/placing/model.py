"""The linear model of a part of a task: pairs that may be chosen, within what the others leave free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from regietafel.reception.engine.placing.aims import Weights
from regietafel.reception.engine.placing.board import NOWHERE, Board, Bools, Floats, Ints
from regietafel.reception.engine.placing.groups import TENTHS

_LEAST_SECONDS = 0.05
_MANY_COLUMNS = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """The pairs of group and location that a model may choose from."""

    groups: Ints
    locations: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Columns: pairs, then (cluster, municipality) together, then municipalities off their share.

    Each aim has its own row of coefficients over the columns. ``bounds`` belong to the rows of ``matrix``.
    The numbers say which rows belong to what: capacity rows to (location, K), together rows to (group,
    municipality), share rows, two per municipality, to municipalities.
    """

    pairs: Pairs
    clusters: Ints
    cluster_municipalities: Ints
    shares: Ints
    matrix: csr_array
    bounds: Floats
    aims: dict[str, Floats]
    capacity_rows: tuple[int, Ints, Ints]
    link_rows: tuple[int, Ints, Ints]
    share_rows: int

    @property
    def columns(self) -> int:
        """The number of columns."""
        return int(self.matrix.shape[1])

    def points(self, weights: Weights) -> Floats:
        """Give the coefficients of all aims together, in tenths."""
        aims = self.aims
        return (
            -weights.person * aims["urgent"]
            - weights.together * aims["together"]
            + aims["km"]
            + weights.fair * aims["unfair"]
            + weights.scarce * aims["scarce"]
        )


@dataclass(slots=True)
class _Rows:
    """Collects rows of a sparse matrix."""

    row: list[Ints] = field(default_factory=list)
    column: list[Ints] = field(default_factory=list)
    value: list[Floats] = field(default_factory=list)
    bounds: list[Floats] = field(default_factory=list)
    count: int = 0

    def add(self, row: Ints, column: Ints, *, value: Floats | float) -> None:
        """Add entries; rows are counted from the next free one."""
        self.row.append(row + self.count)
        self.column.append(column)
        self.value.append(np.broadcast_to(np.asarray(value, dtype=float), row.shape))

    def close(self, bounds: Floats) -> int:
        """End a block of rows with its bounds; give where the block began."""
        self.bounds.append(bounds)
        self.count += len(bounds)
        return self.count - len(bounds)


def model_of(board: Board, pairs: Pairs, *, places: Ints) -> Model:
    """Build the model of the groups in ``pairs``; all others stay where ``places`` says."""
    free = np.unique(pairs.groups)
    left = board.left(places, without=free)
    together = _together(board, pairs, free=free, places=places)
    shares = _shares(board, pairs)
    columns = len(pairs.groups) + len(together[0]) + len(shares)
    rows, at = _Rows(), np.arange(len(pairs.groups))
    rows.add(np.searchsorted(free, pairs.groups), at, value=1.0)
    rows.close(np.ones(len(free)))
    capacity = _capacity_rows(board, pairs, rows=rows, left=left)
    links = _link_rows(board, pairs, rows=rows, together=together)
    share = _share_rows(
        board, pairs, rows=rows, about=(shares, len(pairs.groups) + len(together[0]), places, free)
    )
    matrix = csr_array(
        (np.concatenate(rows.value), (np.concatenate(rows.row), np.concatenate(rows.column))),
        shape=(rows.count, columns),
    )
    return Model(
        pairs=pairs,
        clusters=together[0],
        cluster_municipalities=together[1],
        shares=shares,
        matrix=matrix,
        bounds=np.concatenate(rows.bounds),
        aims=_aims(board, pairs, sizes=(len(together[0]), len(shares))),
        capacity_rows=capacity,
        link_rows=links,
        share_rows=share,
    )


def _aims(board: Board, pairs: Pairs, *, sizes: tuple[int, int]) -> dict[str, Floats]:
    groups, locations = pairs.groups, pairs.locations
    none, together, off = np.zeros(len(groups)), *map(np.zeros, sizes)
    km = board.km[groups, locations].astype(float)
    if board.price is not None:
        km += board.price[groups, locations] * TENTHS
    return {
        "urgent": np.concatenate([board.size[groups] * board.urgency[groups], together, off]).astype(float),
        "together": np.concatenate([none, together + 1, off]),
        "km": np.concatenate([km, together, off]),
        "unfair": np.concatenate([none, together, off + 1]),
        "scarce": np.concatenate([board.scarce[groups, locations], together, off]).astype(float),
    }


def _together(board: Board, pairs: Pairs, *, free: Ints, places: Ints) -> tuple[Ints, Ints]:
    """List the (cluster, municipality) where all free members could go and all others are."""
    movable = set(free.tolist())
    reach = _reach(board, pairs)
    clusters: list[int] = []
    municipalities: list[int] = []
    for number, members in enumerate(board.clusters):
        inside = [each for each in members if each in movable]
        outside = {int(places[each]) for each in members if each not in movable}
        if not inside or NOWHERE in outside:
            continue
        common = set.intersection(*(reach[each] for each in inside))
        for each in outside:
            common &= {int(board.municipality[each])}
        clusters += [number] * len(common)
        municipalities += sorted(common)
    return np.array(clusters, dtype=np.int64), np.array(municipalities, dtype=np.int64)


def _reach(board: Board, pairs: Pairs) -> defaultdict[int, set[int]]:
    linked = np.zeros(board.groups, dtype=bool)
    linked[[member for cluster in board.clusters for member in cluster]] = True
    chosen = linked[pairs.groups]
    reach: defaultdict[int, set[int]] = defaultdict(set)
    at = board.municipality[pairs.locations[chosen]]
    for group, municipality in zip(pairs.groups[chosen].tolist(), at.tolist(), strict=True):
        reach[group].add(municipality)
    return reach


def _shares(board: Board, pairs: Pairs) -> Ints:
    there = np.unique(board.municipality[pairs.locations[board.counted[pairs.locations]]])
    return there[~np.isnan(board.behind[there])]


def _capacity_rows(board: Board, pairs: Pairs, *, rows: _Rows, left: Ints) -> tuple[int, Ints, Ints]:
    usage = board.usage(pairs.groups, pairs.locations)
    total = np.zeros_like(left)
    np.add.at(total, pairs.locations, usage)
    locations, kinds = np.nonzero(total > left)
    number = np.full(left.shape, NOWHERE)
    number[locations, kinds] = np.arange(len(locations))
    pair, kind = np.nonzero((number[pairs.locations] != NOWHERE) & (usage > 0))
    rows.add(number[pairs.locations[pair], kind], pair, value=usage[pair, kind].astype(float))
    return rows.close(left[locations, kinds].astype(float)), locations, kinds


def _link_rows(
    board: Board, pairs: Pairs, *, rows: _Rows, together: tuple[Ints, Ints]
) -> tuple[int, Ints, Ints]:
    """Being together in a municipality asks that each member is there."""
    here: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    wanted = {member for number in set(together[0].tolist()) for member in board.clusters[number]}
    at = board.municipality[pairs.locations].tolist()
    for pair, group in enumerate(pairs.groups.tolist()):
        if group in wanted:
            here[group, at[pair]].append(pair)
    keys: list[tuple[int, int]] = []
    entries: list[tuple[int, int, float]] = []
    for column, (number, municipality) in enumerate(zip(*map(np.ndarray.tolist, together), strict=True)):
        for member in board.clusters[number]:
            if found := here.get((member, municipality)):
                entries.append((len(keys), len(pairs.groups) + column, 1.0))
                entries += [(len(keys), pair, -1.0) for pair in found]
                keys.append((member, municipality))
    row, column_of, value = (
        (np.array(part) for part in zip(*entries, strict=True)) if entries else [_EMPTY] * 3
    )
    rows.add(row.astype(np.int64), column_of.astype(np.int64), value=value.astype(float))
    named = np.array(keys, dtype=np.int64).reshape(len(keys), 2)
    return rows.close(np.zeros(len(keys))), named[:, 0], named[:, 1]


_EMPTY = np.zeros(0)


def _share_rows(board: Board, pairs: Pairs, *, rows: _Rows, about: tuple[Ints, int, Ints, Ints]) -> int:
    """The deviation of a municipality is at least what it is short, and at least what it is over."""
    shares, first, places, free = about
    here = places.copy()
    here[free] = NOWHERE
    placed = np.flatnonzero(here != NOWHERE)
    placed = placed[board.counted[here[placed]]]
    got = np.bincount(
        board.municipality[here[placed]], weights=board.size[placed], minlength=len(board.behind)
    )
    owed = board.behind[shares] - got[shares]
    number = np.full(len(board.behind), NOWHERE)
    number[shares] = np.arange(len(shares))
    of_pair = number[board.municipality[pairs.locations]]
    known = np.flatnonzero((of_pair != NOWHERE) & board.counted[pairs.locations])
    size = board.size[pairs.groups[known]].astype(float)
    own, column = np.arange(len(shares)), first + np.arange(len(shares))
    for sign, offset in ((1.0, 0), (-1.0, len(shares))):
        rows.add(of_pair[known] + offset, known, value=sign * size)
        rows.add(own + offset, column, value=-1.0)
    return rows.close(np.concatenate([owed, -owed]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """What the solver gave: a placement of the free groups or None, a proven bound or None."""

    columns: Floats | None
    value: float | None
    bound: float | None
    is_proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When to stop: a clock in seconds, and the moment on it."""

    clock: Callable[[], float]
    ends_at: float

    def left(self) -> float:
        """Give the seconds left, 0 when there are none."""
        return max(self.ends_at - self.clock(), 0.0)

    def part(self, share: float) -> Deadline:
        """Give a deadline after a share of the time left."""
        return Deadline(clock=self.clock, ends_at=self.ends_at - (1 - share) * self.left())


def solve_whole(
    model: Model, cost: Floats, *, seconds: float, extra: tuple[LinearConstraint, ...] = (), gap: float = 0.0
) -> Solved:
    """Solve a model in whole numbers, for at most so many seconds."""
    if not model.columns:
        return Solved(columns=np.zeros(0), value=0.0, bound=0.0, is_proven=True)
    whole = np.zeros(model.columns)
    whole[: len(model.pairs.groups)] = 1
    most = np.full(model.columns, np.inf)
    most[: model.columns - len(model.shares)] = 1
    done = milp(
        cost,
        integrality=whole,
        bounds=(np.zeros(model.columns), most),
        constraints=[LinearConstraint(model.matrix, -np.inf, model.bounds), *extra],
        options={"time_limit": max(seconds, _LEAST_SECONDS), "mip_rel_gap": gap},
    )
    return Solved(
        columns=done.x,
        value=None if done.x is None else float(done.fun),
        bound=getattr(done, "mip_dual_bound", None),
        is_proven=bool(done.status == 0),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """The solution of a model without whole numbers: columns, and the price of each row (0 or more)."""

    columns: Floats
    prices: Floats


def solve_relaxed(model: Model, cost: Floats, *, seconds: float) -> Relaxed | None:
    """Solve a model in fractions; None when the time was too short."""
    most = np.full(model.columns, np.inf)
    most[: model.columns - len(model.shares)] = 1
    most[: len(model.pairs.groups)] = np.inf  # the row of the group keeps it at 1
    done = linprog(
        cost,
        A_ub=model.matrix,
        b_ub=model.bounds,
        bounds=np.column_stack([np.zeros(model.columns), most]),
        method="highs-ipm" if model.columns > _MANY_COLUMNS else "highs",
        options={"time_limit": max(seconds, _LEAST_SECONDS)},
    )
    if done.status != 0 or done.x is None:
        return None
    return Relaxed(columns=done.x, prices=-np.minimum(done.ineqlin.marginals, 0.0))


def chosen(model: Model, columns: Floats, *, places: Ints) -> Ints:
    """Read a whole solution back: where everybody is."""
    after = places.copy()
    after[model.pairs.groups] = NOWHERE
    taken: Bools = columns[: len(model.pairs.groups)] > 0.5
    after[model.pairs.groups[taken]] = model.pairs.locations[taken]
    return after


def at_least(model: Model, aim: str, *, value: float) -> LinearConstraint:
    """Make a row that keeps an aim at a value or more."""
    return LinearConstraint(csr_array(model.aims[aim][None, :]), value, np.inf)


def at_most(model: Model, aim: str, *, value: float) -> LinearConstraint:
    """Make a row that keeps an aim at a value or less."""
    return LinearConstraint(csr_array(model.aims[aim][None, :]), -np.inf, value)
