"""Making a placement better: take a part where the gap is, settle it by itself, keep what is better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regietafel.reception.engine.placing.aims import Weights, is_together, points_of, score_of
from regietafel.reception.engine.placing.board import NOWHERE, Board, Bools, Floats, Ints
from regietafel.reception.engine.placing.bounding import Bound, Prices, losses
from regietafel.reception.engine.placing.model import Deadline, Pairs, chosen, model_of, solve_whole

_SMALLEST, _FIRST_SIZE, _LARGEST = 20, 60, 400
_QUICK_SECONDS, _SLOW_SECONDS, _MOST_SECONDS = 0.3, 1.0, 2.0
_LIKED, _CHOICES, _CORE_CHOICES = 12, 5, 3
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
        return self._around(np.array(self.board.clusters[at - groups - locations]), places)

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
        chance = 1.0 / np.arange(1, len(likely) + 1)
        many = min(max(self.size // 10, 3), len(likely))
        return np.asarray(self.chance.choice(likely, many, replace=False, p=chance / chance.sum()))

    def _around(self, seeds: Ints, places: Ints) -> Pairs:
        """Walk from groups to the locations they like, to the groups that are there, and on."""
        size = int(self.chance.integers(_SMALLEST, self.size + 1))
        inside = np.zeros(self.board.groups, dtype=bool)
        inside[seeds] = True
        locations: dict[int, None] = {}
        waiting = seeds.tolist()
        while waiting and inside.sum() < size:
            group = waiting.pop(0)
            for location in self._likes(group, places):
                if location in locations or inside.sum() >= size:
                    continue
                locations[location] = None
                there = self.chance.permutation(np.flatnonzero((places == location) & ~inside))
                inside[there[:size]] = True
                waiting += there.tolist()
        chosen_locations = np.array(list(locations), dtype=np.int64)
        inside |= self._placeless(places, chosen_locations, most=size // 3)
        return self._choices(np.flatnonzero(inside), chosen_locations, places=places)

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

    def _choices(self, groups: Ints, locations: Ints, *, places: Ints) -> Pairs:
        """Let each group choose its own location and the few here that cost it least."""
        own = places[groups]
        locations = np.union1d(locations, own[own != NOWHERE])
        if not len(locations):
            return Pairs(groups=groups[:0], locations=locations)
        reduced = self.bound.reduced[np.ix_(groups, locations)]
        most = min(_CHOICES, len(locations)) - 1
        limit = np.partition(reduced, most, axis=1)[:, most]
        allowed = (reduced <= limit[:, None]) & np.isfinite(reduced)
        allowed |= locations[None, :] == own[:, None]
        row, column = np.nonzero(allowed)
        return Pairs(groups=groups[row], locations=locations[column])
