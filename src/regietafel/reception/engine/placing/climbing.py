"""Making a placement better: take a part where the gap is, settle it by itself, keep what is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regietafel.reception.engine.placing.aims import Weights, is_together, points_of, score_of
from regietafel.reception.engine.placing.board import NOWHERE, Board, Bools, Floats, Ints
from regietafel.reception.engine.placing.bounding import Bound, Prices, losses
from regietafel.reception.engine.placing.model import Deadline, Pairs, chosen, model_of, solve_whole

_SMALLEST, _FIRST_SIZE, _LARGEST = 20, 60, 400
_QUICK_SECONDS, _SLOW_SECONDS, _MOST_SECONDS = 0.3, 1.0, 2.0
_LIKED, _CHOICES, _CORE_CHOICES = 12, 5, 3
_MUNICIPALITIES, _THERE, _PASSES = 8, 2, 3
_AT_RANDOM = 0.4
_RELATIVE, _CORE_RELATIVE = 1e-7, 1e-5
_GOOD_ENOUGH = 1e-9


@dataclass(slots=True, kw_only=True)
class Climb:
    """Looks at one part of the task after another; the bound says where something can be gained."""

    board: Board
    weights: Weights
    prices: Prices
    bound: Bound
    chance: np.random.Generator
    size: int = _FIRST_SIZE

    def core(self, places: Ints, deadline: Deadline) -> Ints:
        """Settle everybody at once, each with only the few locations that cost them least."""
        board, reduced = self.board, self.bound.reduced
        most = min(_CORE_CHOICES, board.locations) - 1
        limit = np.partition(reduced, most, axis=1)[:, most]
        pool = (reduced <= limit[:, None]) & board.feasible
        placed = np.flatnonzero(places != NOWHERE)
        pool[placed, places[placed]] = True
        groups, locations = np.nonzero(pool)
        part = Pairs(groups=groups, locations=locations)
        after = self._settled(part, places, how=(deadline.left(), _CORE_RELATIVE))
        return after if after is not None and self._points(after) < self._points(places) else places

    def up(self, places: Ints, deadline: Deadline, *, rounds: int | None) -> Ints:
        """Improve until the time, the rounds or the gap is gone."""
        now, tried = self._points(places), 0
        while deadline.left() > 0 and (rounds is None or tried < rounds):
            if now - self.bound.points <= _GOOD_ENOUGH * abs(now):
                break
            tried += 1
            before = deadline.left()
            after = self._settled(self._part(places), places, how=(min(_MOST_SECONDS, before), _RELATIVE))
            self._resize(before - deadline.left())
            if after is not None and (points := self._points(after)) < now:
                places, now = after, points
        return places

    def unite(self, places: Ints, deadline: Deadline) -> Ints:
        """Bring clusters that are apart together wherever that costs little, in a few passes over them."""
        for _ in range(_PASSES):
            before = self._points(places)
            for cluster in self.board.clusters:
                if deadline.left() > 0 and not is_together(self.board, places, cluster=cluster):
                    places = self._met(cluster, places, deadline=deadline)
            if self._points(places) >= before:
                break
        return places

    def _met(self, cluster: tuple[int, ...], places: Ints, *, deadline: Deadline) -> Ints:
        seconds = min(_MOST_SECONDS, deadline.left())
        after = self._settled(self._meeting(cluster, places), places, how=(seconds, _RELATIVE))
        return after if after is not None and self._points(after) < self._points(places) else places

    def _points(self, places: Ints) -> float:
        return points_of(score_of(self.board, places), self.weights)

    def _settled(self, part: Pairs, places: Ints, *, how: tuple[float, float]) -> Ints | None:
        seconds, gap = how
        if not len(part.groups):
            return None
        model = model_of(self.board, part, places=places)
        done = solve_whole(model, model.points(self.weights), seconds=seconds, gap=gap)
        return None if done.columns is None else chosen(model, done.columns, places=places)

    def _resize(self, seconds: float) -> None:
        if seconds < _QUICK_SECONDS:
            self.size = min(self.size + 4, _LARGEST)
        elif seconds > _SLOW_SECONDS:
            self.size = max(int(self.size * 0.85), _SMALLEST)

    def _part(self, places: Ints) -> Pairs:
        """Choose where the gap is, or now and then anywhere, and take what is around it."""
        if self.chance.random() < _AT_RANDOM:
            return self._around(self.chance.integers(self.board.groups, size=1), places)
        of_groups, of_locations = losses(self.board, self.bound, about=(self.prices, places))
        weight = np.concatenate([of_groups, of_locations, self._apart(places)])
        if weight.sum() <= 0:
            return self._around(self.chance.integers(self.board.groups, size=1), places)
        at = int(self.chance.choice(len(weight), p=weight / weight.sum()))
        groups, locations = len(of_groups), len(of_locations)
        if at < groups:
            return self._around(np.array([at]), places)
        if at < groups + locations:
            return self._around(self._drawn_to(at - groups, places), places)
        return self._meeting(self.board.clusters[at - groups - locations], places)

    def _apart(self, places: Ints) -> Floats:
        apart = [not is_together(self.board, places, cluster=cluster) for cluster in self.board.clusters]
        return np.array(apart, dtype=float) * self.weights.together

    def _drawn_to(self, location: int, places: Ints) -> Ints:
        """Draw some of the groups that would lose little by going to a location."""
        reduced = self.bound.reduced
        now = np.where(places == NOWHERE, 0.0, reduced[np.arange(len(places)), places])
        regret = reduced[:, location] - now
        likely = np.argsort(regret)[: self.size]
        likely = likely[np.isfinite(regret[likely])]
        if not len(likely):
            return self.chance.integers(self.board.groups, size=1)
        return self._drawn(likely, min(max(self.size // 10, 3), len(likely)))

    def _around(self, seeds: Ints, places: Ints) -> Pairs:
        """Take what is around groups, and let each choose from it."""
        groups, locations = self._walk(seeds, places, first=())
        return self._pairs(self._choices(groups, locations, places=places))

    def _meeting(self, cluster: tuple[int, ...], places: Ints) -> Pairs:
        """Choose a municipality where a cluster could be together, and take what is around it there."""
        first = self._meeting_places(cluster)
        groups, locations = self._walk(np.array(cluster), places, first=first)
        allowed = self._choices(groups, locations, places=places)
        allowed[np.ix_(cluster, first)] |= self.board.feasible[np.ix_(cluster, first)]
        return self._pairs(allowed)

    def _meeting_places(self, cluster: tuple[int, ...]) -> list[int]:
        """Draw a municipality that is cheap to all members; give the cheapest few locations of each there."""
        own = self.bound.reduced[list(cluster)]
        home = self.board.municipality
        cheapest = np.full((len(cluster), len(self.board.behind)), np.inf)
        for row, costs in enumerate(own):
            np.minimum.at(cheapest[row], home, costs)
        total = cheapest.sum(axis=0)
        best = np.argsort(total)[:_MUNICIPALITIES]
        best = best[np.isfinite(total[best])]
        if not len(best):
            return []
        there = np.flatnonzero(home == self._drawn(best, 1)[0])
        order = np.argsort(own[:, there], axis=1)[:, :_THERE]
        return [int(each) for each in np.unique(there[order])]

    def _drawn(self, ordered: Ints, many: int) -> Ints:
        """Draw some of a list, those in front sooner."""
        chance = 1.0 / np.arange(1, len(ordered) + 1)
        return np.asarray(self.chance.choice(ordered, many, replace=False, p=chance / chance.sum()))

    def _walk(self, seeds: Ints, places: Ints, *, first: Sequence[int]) -> tuple[Ints, Ints]:
        """Walk from groups to the locations they like, to the groups that are there, and on."""
        size = int(self.chance.integers(_SMALLEST, self.size + 1))
        inside = np.zeros(self.board.groups, dtype=bool)
        inside[seeds] = True
        locations: dict[int, None] = {}
        waiting: list[int] = []
        for location in first:
            waiting += self._enter(location, places, about=(locations, inside, size))
        waiting += [] if first else seeds.tolist()
        while waiting and inside.sum() < size:
            group = waiting.pop(0)
            for location in self._likes(group, places):
                if location not in locations and inside.sum() < size:
                    waiting += self._enter(location, places, about=(locations, inside, size))
        chosen_locations = np.array(list(locations), dtype=np.int64)
        inside |= self._placeless(places, chosen_locations, most=size // 3)
        return np.flatnonzero(inside), chosen_locations

    def _enter(self, location: int, places: Ints, *, about: tuple[dict[int, None], Bools, int]) -> list[int]:
        """Add a location with the groups that are there."""
        locations, inside, size = about
        locations[location] = None
        there = self.chance.permutation(np.flatnonzero((places == location) & ~inside))
        inside[there[:size]] = True
        return [int(each) for each in there]

    def _likes(self, group: int, places: Ints) -> list[int]:
        """Give the location of a group and some that would cost it little, in a loose order."""
        reduced = self.bound.reduced[group]
        most = min(_LIKED, len(reduced))
        best = np.argpartition(reduced, most - 1)[:most]
        best = best[np.isfinite(reduced[best])]
        own = [int(places[group])] if places[group] != NOWHERE else []
        if not len(best):
            return own
        spread = float(np.ptp(reduced[best]))
        order = np.argsort(reduced[best] + self.chance.uniform(0, spread + 1, len(best)))
        return own + [int(each) for each in best[order][:_CHOICES]]

    def _placeless(self, places: Ints, locations: Ints, *, most: int) -> Bools:
        """Mark some of those without a place who could be here."""
        marks = np.zeros(self.board.groups, dtype=bool)
        could = (places == NOWHERE) & self.board.feasible[:, locations].any(axis=1)
        marks[self.chance.permutation(np.flatnonzero(could))[:most]] = True
        return marks

    def _choices(self, groups: Ints, locations: Ints, *, places: Ints) -> Bools:
        """Let each group choose its own location and the few here that cost it least (G, L)."""
        marks = np.zeros(self.board.feasible.shape, dtype=bool)
        own = places[groups]
        locations = np.union1d(locations, own[own != NOWHERE])
        if not len(locations):
            return marks
        reduced = self.bound.reduced[np.ix_(groups, locations)]
        most = min(_CHOICES, len(locations)) - 1
        limit = np.partition(reduced, most, axis=1)[:, most]
        allowed = (reduced <= limit[:, None]) & np.isfinite(reduced)
        allowed |= locations[None, :] == own[:, None]
        marks[np.ix_(groups, locations)] = allowed
        return marks

    @staticmethod
    def _pairs(marks: Bools) -> Pairs:
        groups, locations = np.nonzero(marks)
        return Pairs(groups=groups, locations=locations)
