"""Why: the reason of every line, which rule keeps a group out of which location, and why some fit nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from regietafel.kernel import dutch
from regietafel.reception.engine.placing.board import NOWHERE, Board, Bools, Ints, board_of
from regietafel.reception.engine.placing.feasibility import (
    CLOSED,
    FULL,
    NO_ROOM,
    TARGET,
    TOO_SMALL,
    Block,
    blocks,
)
from regietafel.reception.engine.placing.groups import FEATURES, KINDS, TYPES, Group, PlacingTask
from regietafel.reception.engine.placing.wording import UNKNOWN, counted, listed, told_placeless


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A placed group: where, why there, and how many other locations each rule keeps it out of."""

    group: str
    location: str
    reason: str
    blocked: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeless:
    """A group without a place: why, and how many locations each rule keeps it out of.

    ``one_rule_away`` maps a rule to the locations where only that rule blocks.
    """

    group: str
    size: int
    reason: str
    blocked: Mapping[str, int]
    one_rule_away: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is said of one location for one group: the rules that block, empty when there is room."""

    location: str
    blocked: tuple[Block, ...]


def explain(task: PlacingTask, places: Mapping[str, str]) -> tuple[tuple[Line, ...], tuple[Placeless, ...]]:
    """Give the reason of every line and of every group without a place (reasons).

    Args:
        task: the groups and locations.
        places: code of the location per code of a group.

    Returns:
        The lines of the placed groups and those without a place, both in the order of the task.

    Method: each rule of `blocks` over all locations, and the room that the others leave.

    >>> from regietafel.reception.engine.placing.groups import Group, Location, PlacingTask
    >>> hall = Location(code="HAL", municipality="Borne", kind="noodopvang", places=(4,))
    >>> two = (Group(code="A", size=2), Group(code="B", size=3))
    >>> explain(PlacingTask(groups=two, locations=(hall,)), {"B": "HAL"})[1][0].reason
    'past nergens: de enige locatie is vol'
    """
    table = _Table(task, places)
    lines, placeless = [], []
    for row, group in enumerate(task.groups):
        if group.code in places:
            lines.append(table.line(row, group))
        else:
            placeless.append(table.placeless(row, group))
    return tuple(lines), tuple(placeless)


def verdicts(task: PlacingTask, places: Mapping[str, str], *, group: str) -> tuple[Verdict, ...]:
    """Say of every location what keeps a group out of it, now that the others are where they are (verdicts).

    Args:
        task: the groups and locations.
        places: code of the location per code of a group.
        group: code of the group.

    Returns:
        One per location, in the order of the task; a location that is only full has the rule "vol".

    Raises:
        KeyError: there is no such group.

    Method: the rules of `blocks`; full is what the others leave being less than what the group takes.

    >>> from regietafel.reception.engine.placing.groups import Group, Location, PlacingTask
    >>> hall = Location(code="HAL", municipality="Borne", kind="noodopvang", places=(4,))
    >>> two = (Group(code="A", size=2), Group(code="B", size=3))
    >>> found = verdicts(PlacingTask(groups=two, locations=(hall,)), {"B": "HAL"}, group="A")
    >>> [(each.location, each.blocked[0].text) for each in found]
    [('HAL', 'vol: 1 plaatsen over, 2 nodig')]
    """
    row = next((row for row, each in enumerate(task.groups) if each.code == group), None)
    if row is None:
        raise KeyError(group)
    table = _Table(task, places)
    return tuple(
        Verdict(
            location=each.code, blocked=_with_full(blocks(task.groups[row], each), table.full(row, number))
        )
        for number, each in enumerate(task.locations)
    )


def _with_full(ruled_out: tuple[Block, ...], full: tuple[Block, ...]) -> tuple[Block, ...]:
    """Add that others leave too little room, where no rule speaks of room already."""
    speaks = any(block.rule in NO_ROOM or block.rule in TYPES for block in ruled_out)
    return ruled_out if speaks else (*ruled_out, *full)


def places_array(task: PlacingTask, places: Mapping[str, str]) -> Ints:
    """Turn codes into numbers of locations (G)."""
    number = {each.code: row for row, each in enumerate(task.locations)}
    return np.array([number.get(places.get(each.code, ""), NOWHERE) for each in task.groups], dtype=np.int64)


class _Table:
    """Every rule over all locations at once."""

    def __init__(self, task: PlacingTask, places: Mapping[str, str]) -> None:
        self.task, self.codes = task, dict(places)
        self.board: Board = board_of(task)
        self.places = places_array(task, places)
        self.left = self.board.left(self.places)
        self.features = np.array(
            [[name in each.features for name in FEATURES] for each in task.locations], dtype=bool
        ).reshape(-1, len(FEATURES))
        self.kinds = np.array([KINDS.index(each.kind) for each in task.locations], dtype=np.int64)
        self.unknown: dict[str, Bools] = {
            kind: np.array([kind not in each.typed for each in task.locations], dtype=bool) for kind in TYPES
        }
        self.there = np.array(
            [each.there or [(0, 0)] * task.nights for each in task.locations], dtype=np.int64
        ).reshape(-1, task.nights, 2)
        self.opens = np.array([each.opens_on.toordinal() if each.opens_on else 0 for each in task.locations])
        self.links: dict[str, list[Group]] = {}
        for group in task.groups:
            if group.link:
                self.links.setdefault(group.link, []).append(group)

    def rules(self, row: int, group: Group) -> dict[str, Bools]:
        """Mark, per rule that blocks anything, the locations that it blocks."""
        found: dict[str, Bools] = {}
        if group.kinds:
            found["soort"] = ~np.isin(self.kinds, [KINDS.index(kind) for kind in group.kinds])
        found[TARGET] = np.array(
            [bool(each.only_for) and each.only_for not in group.needs for each in self.task.locations]
        )
        for need in sorted(group.needs):
            found[need] = ~self.features[:, FEATURES.index(need)]
        if group.latest_on:
            found["open"] = self.opens > group.latest_on.toordinal()
        found |= self._room(row)
        return {rule: blocked for rule, blocked in found.items() if blocked.any()}

    def _room(self, row: int) -> dict[str, Bools]:
        board = self.board
        taken = board.usage(np.full(board.locations, row), np.arange(board.locations))
        short = taken > board.capacity
        nights = self.task.nights
        found: dict[str, Bools] = {
            kind: np.asarray(short[:, (at + 1) * nights : (at + 2) * nights].any(axis=1))
            for at, kind in enumerate(TYPES)
        }
        no_room = np.asarray(short[:, :nights].any(axis=1))
        needed = taken[:, :nights]
        always = (self.there[:, :, 0] >= needed).all(axis=1)
        sometimes = ((self.there[:, :, 1] >= needed) & (needed > 0)).any(axis=1)
        found[TOO_SMALL] = no_room & ~sometimes
        found[CLOSED] = no_room & sometimes & ~always
        full = (taken > self._left_for(row)).any(axis=1)
        found[FULL] = np.asarray(no_room & always | full & ~short.any(axis=1))
        return found

    def _left_for(self, row: int) -> Ints:
        if self.places[row] == NOWHERE:
            return self.left
        left = self.left.copy()
        at = self.places[row]
        left[at] += self.board.usage(np.array([row]), np.array([at]))[0]
        return left

    def full(self, row: int, location: int) -> tuple[Block, ...]:
        """Give the rule "vol" when the others leave too little."""
        taken = self.board.usage(np.array([row]), np.array([location]))[0]
        left = self._left_for(row)[location]
        short = np.flatnonzero(taken > left)
        if not len(short):
            return ()
        at = int(short[0])
        kind = ("", *TYPES)[at // self.task.nights]
        what = f"plaatsen {kind}" if kind else "plaatsen"
        return (Block(rule=FULL, text=f"vol: {max(left[at], 0)} {what} over, {taken[at]} nodig"),)

    def line(self, row: int, group: Group) -> Line:
        rules = self.rules(row, group)
        parts = [*self._ties(group, int(self.places[row])), *self._linked(group), *self._closer(row, rules)]
        if group.needs or group.typed:
            needed = [*sorted(group.needs), *(kind for kind in TYPES if group.typed.get(kind))]
            parts.append(f"heeft wat nodig is: {', '.join(needed)}")
        parts += self._share(int(self.places[row]))
        return Line(
            group=group.code,
            location=self.codes[group.code],
            reason="; ".join(parts) or "er is plaats; de groep heeft geen wensen of banden",
            blocked={rule: int(blocked.sum()) for rule, blocked in rules.items()},
        )

    def _share(self, at: int) -> Iterator[str]:
        """Tell that a municipality receives fewer people than its share, whatever it could receive."""
        here = self.task.locations[at]
        if here.behind is not None and here.behind > 0:
            people = dutch.counted(here.behind, one="persoon", many="mensen")
            yield f"{here.municipality} vangt {people} minder op dan haar aandeel"

    def _ties(self, group: Group, at: int) -> Iterator[str]:
        here = self.task.locations[at].municipality
        for tie in group.ties:
            km = self.task.distance(tie.municipality, here)
            if tie.municipality == here:
                yield f"in {here}, waar {_of_tie(tie.kind)} is"
            elif self.task.km and km is not None:
                yield f"{dutch.number(km)} km van {tie.municipality} ({_named(tie.kind)})"
            elif km is None:
                yield f"niet in {tie.municipality} ({_named(tie.kind)}), afstand onbekend"
            else:
                yield f"niet in {tie.municipality} ({_named(tie.kind)})"

    def _linked(self, group: Group) -> Iterator[str]:
        others = [each for each in self.links.get(group.link, ()) if each.code != group.code]
        home = {each.code: each.municipality for each in self.task.locations}
        here = home[self.codes[group.code]]
        for together in (True, False):
            found = [
                each.code for each in others if (home.get(self.codes.get(each.code, "")) == here) is together
            ]
            if found:
                word = f"samen in {here} met" if together else "niet in dezelfde gemeente als"
                yield f"{word} {listed(found)}"

    def _closer(self, row: int, rules: Mapping[str, Bools]) -> Iterator[str]:
        """Tell what keeps the group from locations that are known to be nearer to its ties."""
        km, blind = self.board.km[row], self.board.blind[row]
        here = self.places[row]
        closer = ~blind & ((km == 0) if blind[here] else (km < km[here]))
        if not closer.any():
            return
        counts = {rule: int((blocked & closer).sum()) for rule, blocked in self._worded(rules).items()}
        blocked = np.any([*rules.values()], axis=0) if rules else np.zeros_like(closer)
        open_there = int((closer & ~blocked).sum())
        told = [*counted(counts), *([f"{open_there} vrij"] if open_there else [])]
        many = dutch.counted(int(closer.sum()), one="locatie", many="locaties")
        yield f"{many} dichterbij: {', '.join(told)}"

    def placeless(self, row: int, group: Group) -> Placeless:
        rules = self.rules(row, group)
        matrix = np.array([*rules.values()], dtype=bool).reshape(len(rules), len(self.task.locations))
        alone = matrix & (matrix.sum(axis=0) == 1)
        away = {
            rule: _codes(self.task, marks) for rule, marks in zip(rules, alone, strict=True) if marks.any()
        }
        return Placeless(
            group=group.code,
            size=group.size,
            reason=told_placeless(
                self._worded(rules),
                codes=[each.code for each in self.task.locations],
            ),
            blocked={rule: int(blocked.sum()) for rule, blocked in rules.items()},
            one_rule_away=away,
        )

    def _worded(self, rules: Mapping[str, Bools]) -> dict[str, Bools]:
        """Tell places of a type that nobody counted apart from too few of them."""
        found: dict[str, Bools] = {}
        for rule, blocked in rules.items():
            unknown = self.unknown.get(rule, np.zeros_like(blocked))
            found |= {rule: blocked & ~unknown, f"{rule}{UNKNOWN}": blocked & unknown}
        return {rule: blocked for rule, blocked in found.items() if blocked.any()}


def _codes(task: PlacingTask, marks: Bools) -> tuple[str, ...]:
    return tuple(task.locations[at].code for at in np.flatnonzero(marks))


def _of_tie(kind: str) -> str:
    return {"eerder": "de eerdere plek", "werk": "het werk", "school": "de school"}.get(kind, kind)


def _named(kind: str) -> str:
    return "eerdere plek" if kind == "eerder" else kind
