"""What else: the price of the line a person prefers, and the smallest enlargement that helps someone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from regietafel.kernel import dutch
from regietafel.reception.engine.placing.aims import score_of
from regietafel.reception.engine.placing.board import NOWHERE, Board, Bools, Floats, Ints, board_of
from regietafel.reception.engine.placing.explaining import places_array
from regietafel.reception.engine.placing.feasibility import Block, blocks, violations
from regietafel.reception.engine.placing.groups import TENTHS, TYPES, PlacingTask
from regietafel.reception.engine.placing.model import (
    Deadline,
    Model,
    Pairs,
    at_least,
    chosen,
    model_of,
    solve_whole,
)
from regietafel.reception.engine.placing.proposing import Effort, is_small

_MOST_GROUPS, _MOST_LOCATIONS = 120, 12
_HALF = 0.5
_TINY = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a line that a person prefers costs, against the proposal.

    ``blocked`` names the rules when the line is impossible; the rest is then 0. ``moved`` are other groups
    that go elsewhere, ``lost`` other groups that lose their place, ``unplaced`` people that have no place
    more than before (negative: fewer), ``together`` and ``km`` what changes in links and person-kilometres.
    ``farther`` is the part of ``km`` of groups that have a place before and after, and ``blind`` how many
    groups move of which a distance is unknown; those are in neither. Without distances (``has_km`` false)
    a tie outside its municipality counts as one for each person. ``unfair`` is how many people municipalities
    come farther (negative: nearer) from their share.
    """

    group: str
    location: str
    blocked: tuple[Block, ...] = ()
    moved: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    unplaced: int = 0
    together: int = 0
    km: float = 0.0
    farther: float = 0.0
    unfair: float = 0.0
    blind: int = 0
    has_km: bool = False
    places: Mapping[str, str] | None = None

    @property
    def text(self) -> str:
        """Say it in a sentence."""
        if self.blocked:
            return f"Kan niet: {', '.join(block.text for block in self.blocked)}."
        moved = dutch.counted(len(self.moved), one="groep verhuist", many="groepen verhuizen")
        told = [f"{moved} mee" if self.moved else "niemand anders verhuist"]
        people = dutch.counted(abs(self.unplaced), one="persoon", many="mensen")
        if self.unplaced:
            told.append(f"{people} {'extra zonder plek' if self.unplaced > 0 else 'minder zonder plek'}")
        else:
            told.append("niemand extra zonder plek")
        told += self.ties
        if self.together:
            told.append(f"{dutch.number(self.together, signed=True)} gekoppeld stel bij elkaar")
        told += self.share
        return _sentence(told)

    @property
    def share(self) -> list[str]:
        """Say how much farther municipalities come from their share; nothing when that is the same."""
        count = abs(round(self.unfair))
        if not count:
            return []
        people = dutch.counted(count, one="persoon", many="mensen")
        return [f"gemeenten samen {people} {'verder van' if self.unfair > 0 else 'dichter bij'} hun aandeel"]

    @property
    def ties(self) -> list[str]:
        """Say how much farther people come from their ties; nothing when that is the same."""
        told, count = [], abs(round(self.farther))
        if count and self.has_km:
            way = "verder van" if self.farther > 0 else "dichter bij"
            told.append(f"samen {dutch.number(count)} km {way} werk, school of eerdere plek")
        elif count:
            ties = dutch.counted(count, one="band", many="banden")
            told.append(f"{ties} {'minder' if self.farther > 0 else 'meer'} in de eigen gemeente")
        if self.blind:
            groups = dutch.counted(self.blind, one="groep", many="groepen")
            told.append(f"van {groups} is niet bekend hoeveel verder of dichterbij")
        return told


def _sentence(parts: list[str]) -> str:
    told = ", ".join(parts)
    return f"{told[:1].upper()}{told[1:]}."


_TYPED_PLACES = {
    "toegankelijk": ("toegankelijke plaats", "toegankelijke plaatsen"),
    "zorg": ("zorgplaats", "zorgplaatsen"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Enlargement:
    """The fewest extra places, all in one location, with which more people have a place."""

    location: str
    places: int
    typed: Mapping[str, int]
    people: int

    @property
    def text(self) -> str:
        """Say it in a sentence."""
        more = [dutch.counted(self.places, one="plaats erbij", many="plaatsen erbij")] if self.places else []
        for kind, count in self.typed.items():
            one, many = _TYPED_PLACES[kind]
            more += [dutch.counted(count, one=f"{one} meer", many=f"{many} meer")] if count else []
        people = dutch.counted(self.people, one="persoon meer heeft", many="mensen meer hebben")
        return f"{people} een plek met {' en '.join(more)} in {self.location}."


def price_of(
    task: PlacingTask, places: Mapping[str, str], *, group: str, location: str, effort: Effort
) -> Price:
    """Say what changes when a person puts a group in another location (price of an alternative).

    First nobody extra goes without a place and links stay, then as few others move as possible, then the
    distance. In a large task only groups in and around that location may move.

    Args:
        task: the groups and locations.
        places: the proposal, code of the location per code of a group; one that is impossible by now counts
            as none.
        group: code of the group.
        location: code of the location that is preferred.
        effort: the seconds it may take.

    Returns:
        The price; with ``blocked`` when a rule makes it impossible.

    Raises:
        KeyError: there is no such group or location.
        TimeoutError: not settled in the seconds given.

    Method: achterberg-2009 (HiGHS), with this line fixed and the moves as an aim.

    >>> from regietafel.reception.engine.placing.groups import Group, Location, PlacingTask
    >>> halls = tuple(
    ...     Location(code=code, municipality="Borne", kind="noodopvang", places=(2,)) for code in ("X", "Y")
    ... )
    >>> task = PlacingTask(groups=(Group(code="A", size=2), Group(code="B", size=2)), locations=halls)
    >>> effort = Effort(clock=lambda: 0.0)
    >>> price_of(task, {"A": "X", "B": "Y"}, group="A", location="Y", effort=effort).text
    '1 groep verhuist mee, niemand extra zonder plek.'
    """
    rows = {each.code: row for row, each in enumerate(task.groups)}
    columns = {each.code: row for row, each in enumerate(task.locations)}
    line = (rows[group], columns[location])
    blocked = blocks(task.groups[line[0]], task.locations[line[1]])
    if blocked:
        return Price(group=group, location=location, blocked=blocked)
    board = board_of(task)
    before = _possible(board, places_array(task, places))
    after = _with_line(board, before, how=(line, effort.deadline()))
    return _told(task, board, about=(line, before, after))


def _possible(board: Board, before: Ints) -> Ints:
    """Leave out places that became impossible since they were proposed (G)."""
    fits = board.feasible[np.arange(board.groups), before]
    return np.asarray(np.where(fits, before, NOWHERE))


def _with_line(board: Board, before: Ints, *, how: tuple[tuple[int, int], Deadline]) -> Ints:
    (group, location), deadline = how
    model = model_of(board, _movable(board, before, line=(group, location)), places=before)
    row = np.zeros((1, model.columns))
    pairs = model.pairs
    row[0, : len(pairs.groups)] = (pairs.groups == group) & (pairs.locations == location)
    rows = [LinearConstraint(csr_array(row), 1, 1)]
    together = model.aims["together"] / (2 * (1 + len(board.clusters)))
    stays = np.zeros(model.columns)
    stays[: len(pairs.groups)] = before[pairs.groups] == pairs.locations
    stages: list[tuple[Floats, str]] = [
        (-(model.aims["urgent"] + together), "people"),
        (-stays, "stays"),
        (model.aims["km"], ""),
    ]
    after = None
    for cost, kept in stages:
        done = solve_whole(model, cost, seconds=deadline.left(), extra=tuple(rows))
        if done.columns is None:
            break
        after = chosen(model, done.columns, places=before)
        rows += _keeping(model, kept, about=(done.columns, stays))
    if after is None:
        raise TimeoutError
    return after


def _keeping(model: Model, kept: str, *, about: tuple[Floats, Floats]) -> list[LinearConstraint]:
    columns, stays = about
    if kept == "people":
        return [
            at_least(model, aim, value=float(model.aims[aim] @ columns) - _HALF)
            for aim in ("urgent", "together")
        ]
    if kept == "stays":
        return [LinearConstraint(csr_array(stays[None, :]), float(stays @ columns) - _HALF, np.inf)]
    return []


def _movable(board: Board, before: Ints, *, line: tuple[int, int]) -> Pairs:
    """Let everybody move in a small task, otherwise those in and around the location."""
    group, location = line
    if is_small(board):
        groups, locations = np.nonzero(board.feasible)
        return Pairs(groups=groups, locations=locations)
    near = np.argsort(np.where(board.feasible[group], board.km[group], np.iinfo(np.int32).max))
    here = np.concatenate([[location], before[[group]][before[[group]] != NOWHERE], near[:_MOST_LOCATIONS]])
    locations = np.array(list(dict.fromkeys(here.tolist())), dtype=np.int64)
    own = np.flatnonzero(before == location)
    others = np.flatnonzero(np.isin(before, locations) & (before != location))
    room = max(_MOST_GROUPS - len(own), 0)
    groups = np.union1d(np.append(own, group), others[:room])
    allowed = board.feasible[np.ix_(groups, locations)]
    row, column = np.nonzero(allowed)
    return Pairs(groups=groups[row], locations=locations[column])


def _told(task: PlacingTask, board: Board, *, about: tuple[tuple[int, int], Ints, Ints]) -> Price:
    (group, location), before, after = about
    made = {
        each.code: task.locations[after[row]].code
        for row, each in enumerate(task.groups)
        if after[row] != NOWHERE
    }
    if wrong := violations(task, made):
        raise AssertionError("; ".join(wrong[:5]))
    was, now = score_of(board, before), score_of(board, after)
    km, farther, blind = _kilometres(board, before, after=after)
    others = np.arange(board.groups) != group
    had = others & (before != NOWHERE)
    return Price(
        group=task.groups[group].code,
        location=task.locations[location].code,
        moved=_codes(task, had & (after != NOWHERE) & (after != before)),
        lost=_codes(task, had & (after == NOWHERE)),
        unplaced=now.unplaced - was.unplaced,
        together=now.together - was.together,
        km=km,
        farther=farther,
        unfair=now.unfair - was.unfair,
        blind=blind,
        has_km=bool(task.km),
        places=made,
    )


def _kilometres(board: Board, before: Ints, *, after: Ints) -> tuple[float, float, int]:
    """Give the change in person-kilometres, that of who has a place before and after, and who is left out."""
    was, was_blind = _to_ties(board, before)
    now, now_blind = _to_ties(board, after)
    blind = (before != after) & (was_blind | now_blind)
    change = np.where(blind, 0, now - was)
    stay = (before != NOWHERE) & (after != NOWHERE)
    return int(change.sum()) / TENTHS, int(change[stay].sum()) / TENTHS, int((blind & stay).sum())


def _to_ties(board: Board, places: Ints) -> tuple[Ints, Bools]:
    """Give tenths of person-kilometres per group, 0 without a place, and whether one is unknown (G)."""
    rows = np.arange(board.groups)
    placed = places != NOWHERE
    return (
        np.where(placed, board.km[rows, places], 0).astype(np.int64),
        np.asarray(placed & board.blind[rows, places]),
    )


def _codes(task: PlacingTask, marks: Bools) -> tuple[str, ...]:
    return tuple(task.groups[row].code for row in np.flatnonzero(marks))


def smallest_enlargement(
    task: PlacingTask, places: Mapping[str, str], *, effort: Effort
) -> Enlargement | None:
    """Find the fewest extra places, in one location, that give more people a place (smallest enlargement).

    Nobody loses a place. In a small task others may move; in a large one they stay where they are.

    Args:
        task: the groups and locations.
        places: the proposal, code of the location per code of a group.
        effort: the seconds it may take.

    Returns:
        The enlargement; None when nobody is without a place, when room alone helps nobody, or when the time
        was too short.

    Method: achterberg-2009 (HiGHS), with the extra places as whole numbers to be kept small.

    >>> from regietafel.reception.engine.placing.groups import Group, Location, PlacingTask
    >>> hall = Location(code="HAL", municipality="Borne", kind="noodopvang", places=(4,))
    >>> two = (Group(code="A", size=2), Group(code="B", size=3))
    >>> task = PlacingTask(groups=two, locations=(hall,))
    >>> smallest_enlargement(task, {"B": "HAL"}, effort=Effort(clock=lambda: 0.0)).text
    '2 mensen meer hebben een plek met 1 plaats erbij in HAL.'
    """
    board, before = board_of(task), places_array(task, places)
    if (before != NOWHERE).all():
        return None
    if is_small(board):
        return _enlarged(task, replace(board, feasible=board.allowed), how=(before, effort.deadline()))
    return _added(task, board, before=before)


def _enlarged(task: PlacingTask, board: Board, *, how: tuple[Ints, Deadline]) -> Enlargement | None:
    before, deadline = how
    groups, locations = np.nonzero(board.allowed)
    model = model_of(board, Pairs(groups=groups, locations=locations), places=np.full(board.groups, NOWHERE))
    growth = _growth(board, model, nights=task.nights)
    if not growth.slots:
        return None
    keeping = np.isin(groups, np.flatnonzero(before != NOWHERE))
    done = _solve_growth(board, (model, growth, keeping), how=(before, deadline.left()))
    if done is None:
        return None
    extra = {slot: round(done[model.columns + at] * growth.step[at]) for at, slot in enumerate(growth.slots)}
    where = next((one for (one, _), count in extra.items() if count), None)
    if where is None:
        return None
    placed = int(board.size[groups[done[: len(groups)] > _HALF]].sum())
    return Enlargement(
        location=task.locations[where].code,
        places=extra.get((where, 0), 0),
        typed={kind: extra.get((where, at), 0) for at, kind in enumerate(TYPES, 1)},
        people=placed - int(board.size[before != NOWHERE].sum()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Growth:
    """Columns for extra places: (location, kind), places per step, and what they add to each row."""

    slots: list[tuple[int, int]]
    step: Floats
    sites: list[int]
    rows: csr_array


def _growth(board: Board, model: Model, *, nights: int) -> _Growth:
    """Make a column per location and kind of place that can run out; it counts for every night."""
    begin, at, kinds = model.capacity_rows
    own = [(int(one), int(kind) // nights) for one, kind in zip(at, kinds, strict=True)]
    slots = sorted(set(own))
    step = np.array([float(board.room[one]) if kind == 0 else 1.0 for one, kind in slots])
    column = np.array([slots.index(each) for each in own], dtype=np.int64)
    rows = csr_array(
        (-step[column], (begin + np.arange(len(own)), column)), shape=(model.matrix.shape[0], len(slots))
    )
    return _Growth(slots=slots, step=step, sites=sorted({one for one, _ in slots}), rows=rows)


def _solve_growth(
    board: Board, parts: tuple[Model, _Growth, Bools], *, how: tuple[Ints, float]
) -> Floats | None:
    """Place everybody again who had a place, and more, with the fewest extra places in one location."""
    (model, growth, keeping), (before, seconds) = parts, how
    own, slots, sites = model.columns, len(growth.slots), len(growth.sites)
    most = float(board.size.sum() + board.room.max())
    linking = np.zeros((slots + 1, own + slots + sites))
    for number, (one, _) in enumerate(growth.slots):
        linking[number, own + number] = 1
        linking[number, own + slots + growth.sites.index(one)] = -most
    linking[-1, own + slots :] = 1
    padding = np.zeros(slots + sites)
    kept = np.concatenate([keeping, np.zeros(own - len(keeping)), padding])
    urgent = np.concatenate([model.aims["urgent"], padding])
    cost = np.concatenate([np.zeros(own), growth.step, np.zeros(sites)])
    limits = np.concatenate([np.ones(own), np.full(slots, most), np.ones(sites)])
    limits[own - len(model.shares) : own] = np.inf
    whole = np.ones(len(limits))
    whole[len(keeping) : own] = 0
    had = before != NOWHERE
    done = milp(
        cost - _TINY * urgent / max(float(urgent.sum()), 1.0),
        integrality=whole,
        bounds=Bounds(np.zeros(len(limits)), limits),
        constraints=[
            LinearConstraint(
                hstack([model.matrix, growth.rows, csr_array((model.matrix.shape[0], sites))]),
                -np.inf,
                model.bounds,
            ),
            LinearConstraint(csr_array(linking), -np.inf, np.append(np.zeros(slots), 1)),
            LinearConstraint(csr_array(kept[None, :]), float(had.sum()), np.inf),
            LinearConstraint(
                csr_array(urgent[None, :]), float((board.size * board.urgency)[had].sum()) + 1, np.inf
            ),
        ],
        options={"time_limit": max(seconds, _TINY), "mip_rel_gap": 0},
    )
    return None if done.x is None else np.asarray(done.x)


def _added(task: PlacingTask, board: Board, *, before: Ints) -> Enlargement | None:
    """Look, for each group without a place, at what it lacks in each location that would do."""
    left, best = board.left(before), None
    nights = task.nights
    for group in np.flatnonzero((before == NOWHERE) & board.allowed.any(axis=1)):
        locations = np.flatnonzero(board.allowed[group])
        lack = np.maximum(board.usage(np.full(len(locations), group), locations) - left[locations], 0)
        per_kind = lack.reshape(len(locations), -1, nights).max(axis=2)
        room = board.room[locations]
        per_kind[:, 0] = -(-per_kind[:, 0] // room) * room
        at = int(np.argmin(per_kind.sum(axis=1)))
        found = (int(per_kind[at].sum()), -int(board.size[group]), int(locations[at]), per_kind[at])
        if best is None or found[:2] < best[:2]:
            best = found
    if best is None:
        return None
    _, people, where, extra = best
    return Enlargement(
        location=task.locations[where].code,
        places=int(extra[0]),
        typed={kind: int(extra[at]) for at, kind in enumerate(TYPES, 1)},
        people=-people,
    )
