"""Possible futures: so many paths of people present and of places, drawn with a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from regietafel.reception.engine.forecast.history import History
from regietafel.reception.engine.forecast.levels import WEEK, Level, Numbers
from regietafel.reception.engine.forecast.setting import Coming, Offer, Scenario, Setting, Supply

Paths = NDArray[np.int64]
_MOST_A_DAY = 1e6
_FURTHEST = 5.0
_TREND_KEPT = 0.98  # what is left of a trend a day later


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """What the past says: the level of arrivals, and of departures that nobody agreed on, per person present.

    ``stays``: days that were agreed on arrival, with the share of arrivals that each was agreed with.
    """

    arrivals: Level
    departures: Level
    stays: tuple[tuple[int, float], ...]
    known_share: Numbers  # per day ahead: the part of the arrivals that would have been announced by now


def draw_people(history: History, flows: Flows, *, setting: Setting) -> Paths:
    """Draw people present at the end of each day (days by paths).

    Who has an agreed end leaves then, unless they left before at the rate of departures that nobody agreed
    on; others leave at that rate only. Who still comes agrees on a stay as people did so far.
    """
    chance = np.random.default_rng(setting.seed)
    weekday = (history.last.weekday() + 1) % WEEK
    arrivals = _arrivals(flows, setting, weekday=weekday, chance=chance)
    known = _known(setting.arriving, setting, since=history.last, chance=chance)
    arrivals += known + _returning(history, setting, chance=chance)
    ends = _known(setting.leaving, setting, since=history.last, chance=chance)
    rates = _intensities(flows.departures, setting, weekday=weekday, chance=chance)
    agreed = sum(each.people for each in setting.leaving)
    bound = np.full(setting.paths, min(history.present[-1], agreed), dtype=np.int64)
    stay = _Stay(bound=bound, free=history.present[-1] - bound, ending=bound.copy(), to_come=agreed - bound)
    present = np.empty_like(arrivals)
    for step in range(setting.steps):
        stay.end(ends[step])
        stay.thin(rates[step], chance)
        with_end = stay.come(known[step])
        planned = _planned(arrivals[step] - with_end, flows.stays, step=step, chance=chance, ends=ends)
        stay.bound, stay.ending = stay.bound + planned, stay.ending + planned
        stay.free = stay.free + arrivals[step] - with_end - planned
        present[step] = stay.bound + stay.free
    return present


@dataclass(slots=True, kw_only=True)
class _Stay:
    """People present (paths): ``bound`` have an agreed end and ``free`` have none.

    ``ending`` counts the agreed ends still ahead, also of those who have left since; ``to_come`` those of
    people who are only known to come.
    """

    bound: Paths
    free: Paths
    ending: Paths
    to_come: Paths

    def end(self, ends: Paths) -> None:
        """Let go whose end this is, as far as they are still there."""
        own = np.minimum(ends, self.ending)
        gone = np.rint(self.bound * (own / np.maximum(self.ending, 1))).astype(np.int64)
        self.bound, self.ending = self.bound - gone, self.ending - own
        self.free = np.maximum(self.free - (ends - own), 0)

    def thin(self, rates: Numbers, chance: np.random.Generator) -> None:
        """Let some leave whom nobody expected to."""
        self.free = _thinned(self.free, rates, chance=chance)
        self.bound = _thinned(self.bound, rates, chance=chance)

    def come(self, known: Paths) -> Paths:
        """Let people come whose end is known; give how many."""
        joined = np.minimum(known, self.to_come)
        self.bound, self.ending = self.bound + joined, self.ending + joined
        self.to_come = self.to_come - joined
        return joined


def _planned(
    people: Paths,
    stays: tuple[tuple[int, float], ...],
    *,
    step: int,
    chance: np.random.Generator,
    ends: Paths,
) -> Paths:
    """Draw who of those who come agrees on which stay, and put down the ends; give how many did (paths)."""
    left, others = people, 1.0
    for days, share in stays:
        some = chance.binomial(left, min(share / max(others, 1e-9), 1.0))
        if step + days < len(ends):
            ends[step + days] += some
        left, others = left - some, others - share
    return people - left


def _thinned(people: Paths, rates: Numbers, *, chance: np.random.Generator) -> Paths:
    if not people.any():
        return people
    return people - np.minimum(chance.poisson(np.minimum(rates, 1) * people), people)


def draw_places(history: History, supply: Supply, *, setting: Setting) -> Paths:
    """Draw usable places on each day (days by paths); offers go ahead or not, each by itself."""
    chance = np.random.default_rng([setting.seed, 1])
    lines = np.stack([_line(offer, setting, since=history.last) for offer in supply.offers] or
                     [np.zeros(setting.steps)])  # fmt: skip
    sizes = np.array([offer.places for offer in supply.offers] or [0], dtype=np.float64)
    odds = np.array([offer.probability for offer in supply.offers] or [1.0])
    certain = odds >= 1
    places = np.repeat((sizes[certain] @ lines[certain])[:, None], setting.paths, axis=1)
    if not certain.all():
        goes = chance.random((int((~certain).sum()), setting.paths)) < odds[~certain][:, None]
        places += (lines[~certain] * sizes[~certain][:, None]).T @ goes
    return np.rint(places).astype(np.int64)


def _line(offer: Offer, setting: Setting, *, since: date) -> Numbers:
    """Give 1 on the days of the forecast on which an offer stands, and 0 on the others."""
    start = (offer.from_on - since).days - 1
    end = setting.steps if offer.until_on is None else (offer.until_on - since).days - 1
    steps = np.arange(setting.steps)
    line: Numbers = ((steps >= start) & (steps < end)).astype(np.float64)
    return line


def _arrivals(flows: Flows, setting: Setting, *, weekday: int, chance: np.random.Generator) -> Paths:
    level = flows.arrivals
    factor = _factor(level, setting.scenario)
    rates = _intensities(level, setting, weekday=weekday, chance=chance) * factor
    rates *= (1 - flows.known_share)[:, None]
    return chance.poisson(np.minimum(rates, _MOST_A_DAY))


def _factor(level: Level, scenario: Scenario) -> float:
    if scenario.level_per_day is None:
        return scenario.factor
    return scenario.factor * scenario.level_per_day / max(level.expected, 1e-9)


def _intensities(
    level: Level, setting: Setting, *, weekday: int, chance: np.random.Generator
) -> NDArray[np.float64]:
    """Draw what each day would bring on average: a world, a level, its walk, the weekday and the day."""
    shape = (setting.steps, setting.paths)
    world = chance.choice(len(level.weights), size=setting.paths, p=level.weights)
    start = chance.standard_gamma(level.shape[world]) * (level.mean / level.shape)[world]
    walk = np.cumsum(chance.standard_normal(shape) * level.sigma[world], axis=0)
    walk += np.outer(np.cumsum(_TREND_KEPT ** np.arange(setting.steps)), level.drift[world])
    np.clip(walk, -_FURTHEST, _FURTHEST, out=walk)
    spread = chance.standard_gamma(np.broadcast_to(1 / level.phi[world], shape)) * level.phi[world]
    days = level.factors[(weekday + np.arange(setting.steps)) % WEEK][:, None]
    intensities: NDArray[np.float64] = np.exp(walk) * spread * start * days
    return intensities


def _known(coming: Sequence[Coming], setting: Setting, *, since: date, chance: np.random.Generator) -> Paths:
    """Give the people of buses and agreed ends on their days; each bus comes or does not."""
    people = np.zeros((setting.steps, setting.paths), dtype=np.int64)
    for each in coming:
        step = (each.day - since).days - 1
        if 0 <= step < setting.steps:
            people[step] += each.people * (chance.random(setting.paths) < each.probability)
    return people


def _returning(history: History, setting: Setting, *, chance: np.random.Generator) -> Paths:
    """Draw who leaves a private host and comes into reception."""
    hosting = setting.hosting
    people = np.zeros((setting.steps, setting.paths), dtype=np.int64)
    if not hosting.people and not hosting.ends:
        return people
    ends = _known(hosting.ends, setting, since=history.last, chance=chance)
    others = max(hosting.people - sum(each.people for each in hosting.ends), 0)
    hosted = np.full(setting.paths, others, dtype=np.int64)
    for step in range(setting.steps):
        left = chance.binomial(hosted, hosting.leaving_per_day)
        hosted = hosted - left
        people[step] = chance.binomial(left + ends[step], hosting.returning)
    return people
