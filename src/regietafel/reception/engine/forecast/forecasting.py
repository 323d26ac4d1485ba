"""The forecast: people present, places, and the probability per day that there are not enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from regietafel.kernel import dutch
from regietafel.reception.engine.forecast.history import History
from regietafel.reception.engine.forecast.levels import Numbers, Prior, fit_level
from regietafel.reception.engine.forecast.setting import Setting, Supply
from regietafel.reception.engine.forecast.shortage import Shortage, shortage_of
from regietafel.reception.engine.forecast.simulating import Flows, Paths, draw_people, draw_places

FEWEST_DAYS = 28
ARRIVALS = Prior()
DEPARTURES = Prior(sigma=0.02, sigma_spread=0.45, phi=1.5, steady=0.9)
_FEWEST_ANNOUNCED = 5
_STEPS_OF_STAYS = 8


class NoHistory(ValueError):
    """Not one day of the past is known, so nothing can be said of the days to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastDay:
    """One day. People present: ``expected`` (mean) and the values that 10, 25, 50, 75 and 90 % stay within.

    ``places``: the mean over uncertain openings; ``certain_places``: those that are certain.
    ``shortage_probability``: that more people are present than there are places.
    """

    day: date
    expected: float
    p10: int
    p25: int
    p50: int
    p75: int
    p90: int
    places: float
    certain_places: int
    shortage_probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Every day, the first shortage if any, the level of arrivals it rests on, and remarks in Dutch."""

    days: tuple[ForecastDay, ...]
    shortage: Shortage | None
    arrivals_per_day: float
    history_days: int
    remarks: tuple[str, ...]


def forecast(history: History, supply: Supply, *, setting: Setting) -> Forecast:
    """Say per day how many people there will be, against how many places (forecast).

    Args:
        history: people per day up to the day before the forecast; unknown days are skipped, not taken as 0.
        supply: usable places with their days and probabilities.
        setting: how many days, which seed and scenario, what is known to come, and when it is a shortage.

    Returns:
        One line per day, first the day after the history and its unseen days. The interval from p10 to p90
        should hold the number present on four days in five; what it does is measured by ``backtest``.

    Raises:
        NoHistory: no day has a known number of arrivals, and the scenario gives no level of its own.

    Method: west-harrison-migon-1985: negative binomial counts around a gamma level whose logarithm walks. The
        walk, its trend and the dispersion are averaged over a grid with a prior, by how well each foretold
        lately (raftery-2010), so that a short history is little believed. Prior and scenarios are ours.

    >>> past = History(first=date(2022, 3, 1), arrivals=(10,) * 40, departures=(8,) * 40, ended=(0,) * 40,
    ...     present=tuple(range(402, 482, 2)))
    >>> from regietafel.reception.engine.forecast.setting import Offer
    >>> supply = Supply(offers=(Offer(places=500, from_on=date(2022, 1, 1), until_on=date(2022, 4, 20)),))
    >>> found = forecast(past, supply, setting=Setting(days=14, seed=1, paths=200))
    >>> found.days[0].day.isoformat(), found.shortage.first_on.isoformat()
    ('2022-04-10', '2022-04-20')
    """
    if not history.known_days and setting.scenario.level_per_day is None:
        raise NoHistory("No day of the history is known.")
    flows = flows_of(history, setting)
    people = draw_people(history, flows, setting=setting)[setting.unseen_days :]
    places = draw_places(history, supply, setting=setting)[setting.unseen_days :]
    first = history.last + timedelta(days=1 + setting.unseen_days)
    days = tuple(_days(people, places, supply=supply, first=first))
    return Forecast(
        days=days,
        shortage=shortage_of(people, places, first=first, threshold=setting.threshold),
        arrivals_per_day=flows.arrivals.expected,
        history_days=history.known_days,
        remarks=tuple(_remarks(history, supply, setting=setting)),
    )


def flows_of(history: History, setting: Setting) -> Flows:
    """Learn the levels of a history."""
    weekday = (history.last.weekday() + 1) % 7
    arrivals, departures = _numbers(history.arrivals), _numbers(history.departures)
    before = np.array((history.present[0], *history.present[:-1]), dtype=np.float64)
    return Flows(
        arrivals=fit_level(arrivals, np.ones_like(arrivals), weekday=weekday, prior=ARRIVALS),
        departures=fit_level(departures, before, weekday=weekday, prior=DEPARTURES),
        stays=_stays(history),
        known_share=_known_share(history, setting),
    )


def _numbers(series: tuple[int | None, ...]) -> Numbers:
    return np.array(series, dtype=np.float64)  # None becomes not a number


def _stays(history: History) -> tuple[tuple[int, float], ...]:
    """Give agreed stays in days with their share of all arrivals, in at most so many steps."""
    agreed = np.repeat(*np.array(history.stays, dtype=np.int64).reshape(-1, 2).T)
    came = max(sum(people for people in history.arrivals if people is not None), len(agreed))
    parts = np.array_split(agreed, min(_STEPS_OF_STAYS, len(agreed))) if len(agreed) else []
    return tuple((round(float(part.mean())), len(part) / came) for part in parts)


def _known_share(history: History, setting: Setting) -> Numbers:
    """Give, per day ahead, which part of the arrivals of that day has been announced by now."""
    announced = sum(people for _lead, people in history.leads)
    total = sum(people for people in history.arrivals if people is not None)
    ahead = np.arange(1, setting.steps + 1)
    if announced < _FEWEST_ANNOUNCED or not total:
        return np.zeros(setting.steps)
    in_time = sum((people * (ahead <= lead) for lead, people in history.leads), np.zeros(setting.steps))
    share: Numbers = np.minimum(in_time / max(total, announced), 1.0)
    return share


def _days(people: Paths, places: Paths, *, supply: Supply, first: date) -> Iterator[ForecastDay]:
    ranks = np.sort(people, axis=1)
    last = people.shape[1] - 1
    at = {share: ranks[:, round(share * last / 100)] for share in (10, 25, 50, 75, 90)}
    short, means, mean_places = (people > places).mean(axis=1), people.mean(axis=1), places.mean(axis=1)
    for step in range(len(people)):
        day = first + timedelta(days=step)
        certain = sum(
            offer.places
            for offer in supply.offers
            if offer.probability >= 1
            and offer.from_on <= day
            and (offer.until_on is None or day < offer.until_on)
        )
        yield ForecastDay(
            day=day,
            expected=float(means[step]),
            p10=int(at[10][step]),
            p25=int(at[25][step]),
            p50=int(at[50][step]),
            p75=int(at[75][step]),
            p90=int(at[90][step]),
            places=float(mean_places[step]),
            certain_places=certain,
            shortage_probability=float(short[step]),
        )


def _remarks(history: History, supply: Supply, *, setting: Setting) -> Iterator[str]:
    if history.known_days < FEWEST_DAYS:
        yield (
            f"Er zijn {history.known_days} bekende dagen; met minder dan {FEWEST_DAYS} is de marge ruim en "
            "vooral een aanname."
        )
    if unknown := len(history.arrivals) - history.known_days:
        days = dutch.counted(unknown, one="dag", many="dagen")
        yield f"Van {days} is de instroom onbekend; die telt niet mee, ook niet als 0."
    if any(history.ended):
        yield (
            "Wie er is en een afgesproken vertrekdag heeft, gaat dan. Wie nog komt, blijft naar verwachting "
            "zo lang als eerder met nieuwe mensen is afgesproken."
        )
    elif not any(history.departures):
        yield "Er is nog nooit iemand vertrokken; de vooruitblik rekent met een kleine kans daarop."
    if supply.unknown:
        blocks = dutch.counted(supply.unknown, one="blok", many="blokken")
        yield f"Van {blocks} is het aantal plaatsen onbekend; die plaatsen tellen niet mee."
    if not supply.offers:
        yield "Er zijn geen plaatsen bekend."
    if setting.hosting.people or setting.hosting.ends:
        share = round(setting.hosting.returning * 100)
        yield (
            f"Van wie uit particuliere opvang vertrekt, komt naar verwachting {share} % terug in de opvang: "
            "een aanname."
        )
