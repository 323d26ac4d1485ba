"""Whether there will be enough places: people present per day with their uncertainty, against places."""

from regietafel.reception.engine.forecast.backtesting import HORIZONS, Backtest, BacktestRow, backtest
from regietafel.reception.engine.forecast.forecasting import (
    FEWEST_DAYS,
    Forecast,
    ForecastDay,
    NoHistory,
    forecast,
)
from regietafel.reception.engine.forecast.history import History, Movement, MovementKind, history_of
from regietafel.reception.engine.forecast.known import Known, Line, LineKind, known_on, last_told, lines_of
from regietafel.reception.engine.forecast.setting import (
    MOST_DAYS,
    MOST_UNSEEN_DAYS,
    SCENARIOS,
    THRESHOLD,
    Coming,
    Hosting,
    Offer,
    Scenario,
    Setting,
    Supply,
    scenario_named,
    supply_of,
)
from regietafel.reception.engine.forecast.shortage import Need, Remedy, Shortage

__all__ = [
    "FEWEST_DAYS",
    "HORIZONS",
    "MOST_DAYS",
    "MOST_UNSEEN_DAYS",
    "SCENARIOS",
    "THRESHOLD",
    "Backtest",
    "BacktestRow",
    "Coming",
    "Forecast",
    "ForecastDay",
    "History",
    "Hosting",
    "Known",
    "Line",
    "LineKind",
    "Movement",
    "MovementKind",
    "Need",
    "NoHistory",
    "Offer",
    "Remedy",
    "Scenario",
    "Setting",
    "Shortage",
    "Supply",
    "backtest",
    "forecast",
    "history_of",
    "known_on",
    "last_told",
    "lines_of",
    "scenario_named",
    "supply_of",
]
