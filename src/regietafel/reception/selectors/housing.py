"""The task to house permit holders: computed beside official, and the balance over the half-years."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from regietafel.reception.engine.sharing import HalfYear, HousingBalance, housing_task, keep_books
from regietafel.reception.models import HousingTask
from regietafel.reception.selectors.access import points_of, readable_of_region
from regietafel.register.public import Area, Organisation, populations_for_calculation, region_of


@dataclass(frozen=True, kw_only=True)
class KeyFigures:
    """Inhabitants of a municipality and of the country on the same day; None where the register has none."""

    inhabitants: int | None
    national: int | None
    on: date | None
    reason: str = ""


def key_day(starts_on: date) -> date:
    """Return the day of the inhabitants that count for a half-year: 1 January of the year before."""
    return date(starts_on.year - 1, 1, 1)


def key_figures(municipality: Area, starts_on: date) -> KeyFigures:
    """Return the inhabitants to compute a task with, or why that cannot be done."""
    on = key_day(starts_on)
    country = Area.objects.filter(kind=Area.Kind.COUNTRY).defer("geometry").first()
    found = populations_for_calculation([municipality, country] if country else [municipality], on=on)
    own, whole = found[municipality.pk], found[country.pk] if country else None
    if own.population is None:
        return KeyFigures(inhabitants=None, national=None, on=None, reason=own.reason)
    if whole is None or whole.population is None:
        reason = whole.reason if whole else "Nederland staat nog niet bij de gebieden."
        return KeyFigures(inhabitants=None, national=None, on=None, reason=f"Nederland: {reason}")
    if own.population.reference_on != whole.population.reference_on:
        return KeyFigures(
            inhabitants=None,
            national=None,
            on=None,
            reason="De inwonertallen van de gemeente en van Nederland zijn niet van dezelfde dag.",
        )
    return KeyFigures(
        inhabitants=own.population.count, national=whole.population.count, on=own.population.reference_on
    )


def computed_task(task: HousingTask) -> int | None:
    """Return the task by the formula; None when a number for it is not known."""
    numbers = (task.permit_holders, task.inhabitants, task.national_inhabitants)
    if None in numbers or not task.national_inhabitants:
        return None
    return housing_task(
        task.permit_holders or 0,
        inhabitants=task.inhabitants or 0,
        national_inhabitants=task.national_inhabitants,
    )


@dataclass(frozen=True, kw_only=True)
class BookRow:
    """One half-year in the books; without a record it is a half-year nobody wrote down."""

    task: HousingTask | None
    balance: HousingBalance
    computed: int | None
    contradiction: int | None = None

    @property
    def begins_on(self) -> date:
        """Return its first day."""
        return self.balance.begins_on

    @property
    def official(self) -> int | None:
        """Return the task on the published list."""
        return self.task.official if self.task else None


@dataclass(frozen=True, kw_only=True)
class Book:
    """The half-years of one municipality as one organisation keeps them."""

    organisation: Organisation
    municipality: Area
    rows: tuple[BookRow, ...]

    @property
    def last(self) -> BookRow:
        """Return the newest half-year."""
        return self.rows[-1]


def visible_tasks(user: Any) -> QuerySet[HousingTask]:
    """Return the records a person may read: of the own organisation, and of the coordination point."""
    rows = HousingTask.objects.filter(readable_of_region(user))
    return rows.select_related("organisation", "municipality")


def books_of(tasks: Iterable[HousingTask]) -> list[Book]:
    """Return the books per municipality and per organisation that keeps them."""
    grouped: dict[tuple[str, int, int], list[HousingTask]] = {}
    for task in tasks:
        key = (task.municipality.name, task.municipality_id, task.organisation_id)
        grouped.setdefault(key, []).append(task)
    return [
        Book(
            organisation=found[0].organisation,
            municipality=found[0].municipality,
            rows=tuple(_rows(sorted(found, key=lambda one: one.starts_on))),
        )
        for _key, found in sorted(grouped.items(), key=lambda pair: pair[0])
    ]


def _rows(tasks: list[HousingTask]) -> list[BookRow]:
    """Keep the books from each balance that was written down up to the next one."""
    found: list[BookRow] = []
    for stretch in _stretches(tasks):
        opening = stretch[0].opening_balance
        before = found[-1].balance.after if found else None
        balances = keep_books(_half_years(stretch), opening=opening)
        by_day = {one.starts_on: one for one in stretch}
        for number, balance in enumerate(balances):
            task = by_day.get(balance.begins_on)
            differs = number == 0 and None not in (before, opening) and before != opening
            found.append(
                BookRow(
                    task=task,
                    balance=balance,
                    computed=computed_task(task) if task else None,
                    contradiction=before if differs else None,
                )
            )
    return found


def _stretches(tasks: list[HousingTask]) -> list[list[HousingTask]]:
    found: list[list[HousingTask]] = []
    for task in tasks:
        if not found or task.opening_balance is not None:
            found.append([])
        found[-1].append(task)
    return found


def _half_years(tasks: list[HousingTask]) -> list[HalfYear]:
    """Give every half-year from the first to the last; of one that was not written down nothing is known."""
    by_day = {one.starts_on: one for one in tasks}
    day, last, found = tasks[0].starts_on, tasks[-1].starts_on, []
    while day <= last:
        task = by_day.get(day)
        found.append(
            HalfYear(
                begins_on=day,
                computed=computed_task(task) if task else None,
                official=task.official if task else None,
                housed=task.housed if task else None,
            )
        )
        day = next_half_year(day)
    return found


def next_half_year(day: date) -> date:
    """Return the first day of the half-year after the one that begins on a day."""
    return date(day.year, 7, 1) if day.month == 1 else date(day.year + 1, 1, 1)


def keepers_of(user: Any, municipality: Area) -> QuerySet[Organisation]:
    """Return the organisations for which a person keeps these books: the municipality, or its region."""
    found = [one.pk for one in points_of(user).select_related("area") if _keeps(one, municipality)]
    return Organisation.objects.filter(pk__in=found).order_by("name")


def _keeps(organisation: Organisation, municipality: Area) -> bool:
    if organisation.area_id == municipality.pk:
        return True
    if organisation.kind != Organisation.Kind.SAFETY_REGION:
        return False
    region = region_of(organisation)
    return region is not None and municipality.parents.filter(parent=region).exists()
