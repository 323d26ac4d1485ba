"""What a forecast is asked: how far, under which scenario, and what is already known of the days to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from regietafel.reception.engine.ledger import CapacityBlock

PATHS = 4_000
THRESHOLD = 0.5
MOST_DAYS = 366 * 2
MOST_UNSEEN_DAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """How the inflow that nobody announced compares with the past.

    ``factor``: times as many people as the past alone would give. ``level_per_day``: people per day that
    replace the level of the past; None to keep that.
    """

    name: str
    factor: float = 1.0
    level_per_day: float | None = None

    def __post_init__(self) -> None:
        if self.factor < 0 or (self.level_per_day is not None and self.level_per_day < 0):
            raise ValueError("An inflow is not below 0.")


SCENARIOS = (
    Scenario(name="laag", factor=0.6),
    Scenario(name="midden", factor=1.0),
    Scenario(name="hoog", factor=1.6),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """People who are known to come (a bus), or to leave, on a day; each with the probability that they do.

    ``is_there`` tells that they came on the first day already: they were placed, and no longer expected.
    """

    day: date
    people: int
    probability: float = 1.0
    is_there: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Usable places from a day up to but not including another (None: no end), with their probability."""

    places: int
    from_on: date
    until_on: date | None = None
    probability: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Every offer; ``unknown`` is how many blocks have an unknown number of places and are left out."""

    offers: tuple[Offer, ...] = ()
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """People with private hosts on the last known day, who may come back into reception.

    ``ends``: known ends. ``leaving_per_day``: the share of all others who leave their host each day.
    ``returning``: the share of those who leave that comes into reception.
    """

    people: int = 0
    ends: tuple[Coming, ...] = ()
    leaving_per_day: float = 0.0
    returning: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is asked: so many days after the history, drawn with a seed, under a scenario.

    ``unseen_days``: between the last day of the history and the first day asked for. What happened on them is
    not known, so they are drawn as the days asked for are, and left out of the answer.
    ``threshold``: the probability from which a day counts as one of shortage.
    """

    days: int
    seed: int
    scenario: Scenario = SCENARIOS[1]
    arriving: tuple[Coming, ...] = ()
    leaving: tuple[Coming, ...] = ()
    hosting: Hosting = field(default_factory=Hosting)
    paths: int = PATHS
    threshold: float = THRESHOLD
    unseen_days: int = 0

    @property
    def steps(self) -> int:
        """How many days are drawn."""
        return self.unseen_days + self.days

    def __post_init__(self) -> None:
        if not 1 <= self.days <= MOST_DAYS:
            raise ValueError(f"A forecast is of 1 to {MOST_DAYS} days.")
        if not 0 <= self.unseen_days <= MOST_UNSEEN_DAYS:
            raise ValueError(f"A history may end 0 to {MOST_UNSEEN_DAYS} days too early.")
        if self.paths < 1 or not 0 < self.threshold < 1:
            raise ValueError("A forecast has paths, and a threshold between 0 and 1.")


def supply_of(blocks: Iterable[CapacityBlock], *, private: bool | None = False) -> Supply:
    """Turn blocks of places into what a forecast is set against (supply).

    Args:
        blocks: as known now; blocked places are not offered.
        private: places with private hosts (True), all others (False), or all (None).

    Returns:
        An offer for each block with a known number of places, and how many blocks have none.

    Source: bron-003, agendapunt 2.3 (operational places; contracts of six months).

    >>> from datetime import UTC, datetime
    >>> from regietafel.reception.engine.ledger import PlaceKind, Pool
    >>> block = CapacityBlock(id="a", pool=Pool("Kade", PlaceKind.MUNICIPAL), places=50, blocked=4,
    ...     from_on=date(2022, 4, 1), probability=0.7, recorded_at=datetime(2022, 3, 1, tzinfo=UTC))
    >>> [(offer.places, offer.probability) for offer in supply_of([block]).offers]
    [(46, 0.7)]
    """
    counted = [block for block in blocks if private is None or block.pool.is_private is private]
    return Supply(
        offers=tuple(
            Offer(
                places=block.places - block.blocked,
                from_on=block.from_on,
                until_on=block.until_on,
                probability=block.probability,
            )
            for block in counted
            if block.places is not None
        ),
        unknown=sum(block.places is None for block in counted),
    )


def scenario_named(name: str) -> Scenario:
    """Give one of the three scenarios that everybody has (scenario).

    Args:
        name: laag, midden or hoog.

    Returns:
        The scenario; the factors 0.6, 1 and 1.6 are assumptions, not estimates.

    Raises:
        KeyError: there is no such scenario.

    Source: bron-003, agendapunt 4.1 (expectations differ; an unfavourable scenario). The factors are ours.

    >>> scenario_named("hoog").factor
    1.6
    """
    return {scenario.name: scenario for scenario in SCENARIOS}[name]
