"""Which number of inhabitants may be used for a calculation: recent, and never silently an old one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class Population:
    """A number of inhabitants with its reference date and source."""

    count: int
    reference_on: date
    source: str


@dataclass(frozen=True)
class Choice:
    """The figure to calculate with, or the Dutch reason why there is none."""

    population: Population | None
    reason: str = ""


def choose_population(figures: Iterable[Population], *, on: date, max_age_years: float = 2) -> Choice:
    """Choose the number of inhabitants for a calculation on a day (inwoners voor een berekening).

    The newest figure with a reference date on or before the day is chosen, if it is not too old.

    Args:
        figures: the known numbers of inhabitants of one area.
        on: the day the calculation is about.
        max_age_years: how old the reference date may be, in years.

    Returns:
        The figure, or no figure with the reason in Dutch.

    Source: bron-002 r.3137 (a rate needs its denominator and year); the age limit is our reading.

    >>> old = Population(80_000, date(2016, 1, 1), "CBS")
    >>> choose_population([old], on=date(2017, 6, 1)).population.count
    80000
    >>> choose_population([old], on=date(2026, 1, 1)).reason[:52]
    'Het nieuwste inwonertal is van 1-1-2016 en daarmee o'
    """
    known = [figure for figure in figures if figure.reference_on <= on]
    if not known:
        return Choice(None, f"Er is geen inwonertal van {_short(on)} of eerder. Lees een inwonertal in.")
    newest = max(known, key=lambda figure: figure.reference_on)
    if (on - newest.reference_on).days > max_age_years * DAYS_PER_YEAR:
        return Choice(
            None,
            f"Het nieuwste inwonertal is van {_short(newest.reference_on)} en daarmee ouder dan "
            f"{max_age_years:g} jaar. Lees eerst een recent inwonertal in.",
        )
    return Choice(newest)


def _short(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
