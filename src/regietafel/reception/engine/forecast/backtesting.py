"""How often past forecasts would have been right: the own history, foretold from each of many days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from regietafel.reception.engine.forecast.forecasting import FEWEST_DAYS, flows_of
from regietafel.reception.engine.forecast.history import History
from regietafel.reception.engine.forecast.setting import Setting
from regietafel.reception.engine.forecast.simulating import draw_people

HORIZONS = (7, 28, 56)
MOST_ORIGINS = 26
FEWEST_ORIGINS = 8
_PATHS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestRow:
    """Forecasts so many days ahead: how many, and in how many the number present was within p10 and p90.

    ``below`` and ``above`` count the others. ``mean_width``: of that interval, in people; ``mean_error``: how
    far the middle was off, in people, regardless of direction.
    """

    horizon_days: int
    forecasts: int
    covered: int
    below: int
    above: int
    mean_width: float
    mean_error: float

    @property
    def share(self) -> float | None:
        """The share covered; None when nothing could be foretold."""
        return self.covered / self.forecasts if self.forecasts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """A row per horizon, and remarks in Dutch on how much may be made of it."""

    rows: tuple[BacktestRow, ...]
    remarks: tuple[str, ...]


def backtest(history: History, *, seed: int, horizons: Sequence[int] = HORIZONS) -> Backtest:
    """Foretell the own past from many days in it, and count how often the interval held (back-test).

    Args:
        history: people per day.
        seed: for the drawn futures.
        horizons: how many days ahead, each at least 1.

    Returns:
        A row per horizon. Starting days are a week apart or further, at most 26, none before the 28th day.
        What was announced at the time is not used, so that a forecast with buses does better than this. An
        agreed end counts as a departure. Forecasts from neighbouring days share most of their future.

    Method: tashman-2000, rolling origin; the choice of origins is ours.

    >>> from datetime import date
    >>> past = History(first=date(2022, 3, 1), arrivals=(10,) * 90, departures=(8,) * 90, ended=(0,) * 90,
    ...     present=tuple(range(402, 582, 2)))
    >>> found = backtest(past, seed=1, horizons=(7,))
    >>> found.rows[0].forecasts, found.rows[0].covered
    (8, 8)
    """
    whole = _merged(history)
    length, furthest = len(whole.present), max(horizons)
    origins = range(FEWEST_DAYS, length - min(horizons) + 1, _step(length))
    outcomes: dict[int, list[tuple[int, int, int, int]]] = {horizon: [] for horizon in horizons}
    for origin in origins:
        past = whole.until(origin)
        if not past.known_days:
            continue
        setting = Setting(days=min(furthest, length - origin), seed=seed + origin, paths=_PATHS)
        ranks = np.sort(draw_people(past, flows_of(past, setting), setting=setting), axis=1)
        for horizon in horizons:
            if horizon <= setting.days and _is_known(whole, origin, horizon=horizon):
                low, middle, high = (int(ranks[horizon - 1, round(share * (_PATHS - 1))])
                                     for share in (0.1, 0.5, 0.9))  # fmt: skip
                outcomes[horizon].append((low, middle, high, whole.present[origin + horizon - 1]))
    rows = tuple(_row(horizon, outcomes[horizon]) for horizon in horizons)
    return Backtest(rows=rows, remarks=tuple(_remarks(rows)))


def _step(length: int) -> int:
    """Give whole weeks between starting days, so that there are not too many."""
    weeks = -(-(length - FEWEST_DAYS) // (7 * MOST_ORIGINS))
    return 7 * max(weeks, 1)


def _merged(history: History) -> History:
    departures = tuple(
        None if left is None else left + ended
        for left, ended in zip(history.departures, history.ended, strict=True)
    )
    return replace(history, departures=departures, ended=(0,) * len(departures), leads=(), stays=())


def _is_known(history: History, origin: int, *, horizon: int) -> bool:
    """Say whether the number present did not pass over a day of unknown size."""
    days = slice(origin, origin + horizon)
    return None not in history.arrivals[days] and None not in history.departures[days]


def _row(horizon: int, outcomes: Sequence[tuple[int, int, int, int]]) -> BacktestRow:
    table = np.array(outcomes, dtype=np.int64).reshape(-1, 4)
    low, middle, high, truth = table.T
    below, above = int((truth < low).sum()), int((truth > high).sum())
    return BacktestRow(
        horizon_days=horizon,
        forecasts=len(table),
        covered=len(table) - below - above,
        below=below,
        above=above,
        mean_width=float((high - low).mean()) if len(table) else 0.0,
        mean_error=float(np.abs(truth - middle).mean()) if len(table) else 0.0,
    )


def _remarks(rows: Sequence[BacktestRow]) -> list[str]:
    remarks = []
    few = [str(row.horizon_days) for row in rows if row.forecasts < FEWEST_ORIGINS]
    if few:
        days = f"{', '.join(few[:-1])} en {few[-1]}" if len(few) > 1 else few[0]
        remarks.append(
            f"Voor {days} dagen vooruit is de geschiedenis te kort om te zeggen hoe vaak het interval klopt."
        )
    for row in rows:
        share = row.share
        if share is not None and row.forecasts >= FEWEST_ORIGINS and share < 0.6:
            remarks.append(
                f"Op {row.horizon_days} dagen vooruit lag het aantal maar {row.covered} van de "
                f"{row.forecasts} keer binnen het interval: neem de marge ruimer dan er staat."
            )
    return remarks
