"""Whether there will be enough places: the ledger of a region as a forecast reads it, and what it says."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.reception.engine import forecast as engine
from regietafel.reception.engine import ledger
from regietafel.reception.models import Booking, CapacityBlock, Location, OutlookScenario
from regietafel.reception.selectors.access import Region, readable_of_region
from regietafel.reception.selectors.ledger import ledger_of, shared_locations

DAYS, SEED = 56, 1
KEPT_SECONDS = 600
DAYS_A_WEEK = 7
_Kept = TypeVar("_Kept")


@dataclass(frozen=True)
class Asked:
    """What somebody asks; `scenario` is a name that everybody has, or the number of an own one.

    `known_on`: look as one could have looked on that day; None is now.
    """

    scenario: str = "midden"
    days: int = DAYS
    with_private: bool = False
    seed: int = SEED
    known_on: date | None = None


@dataclass(frozen=True)
class Plan:
    """A scenario ready to reckon with: what it is called, what it rests on, and what it assumes."""

    name: str
    scenario: engine.Scenario
    source: str
    returning: float = 1.0
    leaving_per_day: float | None = None


@dataclass(frozen=True)
class Ending:
    """A contract that ends within the days looked at: `on` is the first day without those places."""

    location: str
    on: date
    places: int | None
    claimed: int
    is_certain: bool = True

    @property
    def last_on(self) -> date:
        """The last day with those places."""
        return self.on - timedelta(days=1)


@dataclass(frozen=True)
class Outlook:
    """Everything the page shows. `forecast` is None when there is no history at all to go by."""

    region: Region
    asked: Asked
    plan: Plan
    start: date
    known: engine.Known
    supply: engine.Supply
    endings: tuple[Ending, ...]
    forecast: engine.Forecast | None
    backtest: engine.Backtest | None
    has_locations: bool
    remarks: tuple[str, ...] = field(default_factory=tuple)

    @property
    def certain_places(self) -> int:
        """The places that are certain on the first day."""
        return sum(offer.places for offer in self.supply.offers if _stands(offer, self.start))

    @property
    def last(self) -> date:
        """The last day looked at."""
        return self.start + timedelta(days=self.asked.days - 1)

    @property
    def buses(self) -> tuple[engine.Coming, ...]:
        """Everybody who came on the first day or is known to come, added up per day and probability."""
        found: Counter[tuple[date, bool, float]] = Counter()
        for one in self.known.arriving:
            found[one.day, not one.is_there, one.probability] += one.people
        return tuple(
            engine.Coming(day=day, people=people, probability=probability, is_there=not is_coming)
            for (day, is_coming, probability), people in sorted(found.items())
        )


def _stands(offer: engine.Offer, day: date) -> bool:
    return (
        offer.probability >= 1 and offer.from_on <= day and (offer.until_on is None or day < offer.until_on)
    )


def visible_scenarios(user: Any) -> QuerySet[OutlookScenario]:
    """Return the own scenarios of the regions a person works in."""
    return OutlookScenario.objects.filter(readable_of_region(user)).select_related("organisation")


def scenarios_for(user: Any, region: Region) -> QuerySet[OutlookScenario]:
    """Return the own scenarios that count for one region."""
    return visible_scenarios(user).filter(organisation__in=region.organisation_ids)


def plan_of(asked: str, own: Iterable[OutlookScenario]) -> Plan:
    """Return the scenario that was asked for; what nobody offered is the middle one."""
    found = next((one for one in own if str(one.pk) == asked), None)
    if found is not None:
        return _own_plan(found)
    names = [each.name for each in engine.SCENARIOS]
    scenario = engine.scenario_named(asked if asked in names else "midden")
    ground = _("Onze aanname: %s keer de instroom van de afgelopen tijd.") % dutch.number(scenario.factor)
    return Plan(name=scenario.name, scenario=scenario, source=ground)


def _own_plan(own: OutlookScenario) -> Plan:
    weekly = own.leaving_percent_a_week
    return Plan(
        name=own.name,
        scenario=engine.Scenario(name=own.name, factor=own.factor, level_per_day=own.level_per_day),
        source=own.source,
        returning=own.returning_percent / 100,
        leaving_per_day=None if weekly is None else 1 - (1 - weekly / 100) ** (1 / DAYS_A_WEEK),
    )


def outlook_of(region: Region, asked: Asked, *, own: Iterable[OutlookScenario] = ()) -> Outlook:
    """Look ahead for a region, on what it shares; kept until the ledger changes or a day passes."""
    plan = plan_of(asked.scenario, own)
    locations = list(shared_locations(region))
    today = timezone.localdate()
    parts = (region.area.pk, asked, plan, today, ledger_version(locations))
    return _kept(f"vooruitblik:{parts!r}", lambda: _looked(region, asked, plan=plan, locations=locations))


def _looked(region: Region, asked: Asked, *, plan: Plan, locations: list[Location]) -> Outlook:
    at, start = _moment(asked.known_on), asked.known_on or timezone.localdate()
    book = ledger_of(locations, known_at=at)
    known = engine.known_on(
        engine.lines_of(book, at=at),
        start=start,
        with_private=asked.with_private,
        returning=plan.returning,
    )
    supply = engine.supply_of(ledger.as_known(book.blocks, at), private=None if asked.with_private else False)
    looked = Outlook(
        region=region,
        asked=asked,
        plan=plan,
        start=start,
        known=known,
        supply=supply,
        endings=endings_of(book, locations, on=start, at=at, days=asked.days),
        forecast=None,
        backtest=None,
        has_locations=bool(locations),
        remarks=known.remarks,
    )
    return _foretold(looked)


def _foretold(looked: Outlook) -> Outlook:
    """Add the forecast and the back-test, unless nothing is known of the past."""
    history, asked = looked.known.history, looked.asked
    try:
        found = engine.forecast(history, looked.supply, setting=setting_of(looked))
    except engine.NoHistory:
        return looked
    tested = engine.backtest(history, seed=asked.seed) if history.known_days else None
    told = (*looked.remarks, *found.remarks, *(tested.remarks if tested else ()))
    return replace(looked, forecast=found, backtest=tested, remarks=told)


def setting_of(looked: Outlook) -> engine.Setting:
    """Return what the engine is asked; a scenario may say how fast private hosting ends."""
    hosting = looked.known.hosting
    if looked.plan.leaving_per_day is not None:
        hosting = replace(hosting, leaving_per_day=looked.plan.leaving_per_day)
    return engine.Setting(
        days=looked.asked.days,
        seed=looked.asked.seed,
        scenario=looked.plan.scenario,
        arriving=looked.known.arriving,
        leaving=looked.known.leaving,
        hosting=hosting,
    )


def endings_of(
    book: ledger.Ledger, locations: Iterable[Location], *, on: date, at: datetime, days: int
) -> tuple[Ending, ...]:
    """Return the contracts that end within so many days, with who would still be there."""
    names = {str(one.pk): f"{one.name}, {one.municipality.name}" for one in locations}
    last = on + timedelta(days=days)
    months = days // 28 + 1
    return tuple(
        Ending(names[end.pool.location], end.ends_on, end.places, end.claimed, end.is_certain)
        for end in ledger.contracts_ending(book, on=on, at=at, months=months)
        if end.ends_on <= last
    )


def ledger_version(locations: Iterable[Location]) -> tuple[Any, ...]:
    """Return what changes as soon as anything is written in the ledger of these locations."""
    numbers = tuple(sorted(one.pk for one in locations))
    rows = (
        model._default_manager.filter(pool__location__in=numbers).aggregate(
            count=Count("pk"), newest=Max("pk"), written=Max("recorded_at"), replaced=Max("superseded_at")
        )
        for model in (Booking, CapacityBlock)
    )
    names = tuple(sorted((one.pk, one.name, one.municipality_id) for one in locations))
    return (names, *(tuple(sorted(row.items())) for row in rows))


def _moment(day: date | None) -> datetime:
    """Return the last moment of a day, or now."""
    if day is None or day >= timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) - timedelta(seconds=1)


def _kept(key: str, make: Callable[[], _Kept]) -> _Kept:
    import hashlib

    name = hashlib.sha256(key.encode()).hexdigest()
    found: _Kept | None = cache.get(name)
    if found is None:
        found = make()
        cache.set(name, found, KEPT_SECONDS)
    return found
