"""Housing of permit holders: the task per half-year, and who is behind or ahead over the half-years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

_FIRST_MONTHS = (1, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfYear:
    """What is known of one half-year of one municipality, in people; None is unknown.

    ``official`` is the task on the published list, which leads; ``computed`` is ours.
    """

    begins_on: date
    computed: int | None = None
    official: int | None = None
    housed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingBalance:
    """One half-year in the books: the task that holds, and the balance before and after, in people.

    A balance above 0 is arrears (achterstand), below 0 a lead (voorsprong); None is unknown.
    ``deviation`` is the official task minus ours.
    """

    begins_on: date
    task: int | None
    is_official: bool
    deviation: int | None
    housed: int | None
    before: int | None
    after: int | None


def housing_share(permit_holders: int, *, inhabitants: int, national_inhabitants: int) -> Fraction:
    """Compute the exact share of a municipality in the permit holders of a half-year (precies aandeel).

    Args:
        permit_holders: people to be housed in the whole country in that half-year.
        inhabitants: of the municipality.
        national_inhabitants: of the country, on the same reference day.

    Returns:
        People, not rounded.

    Raises:
        ValueError: a number is below 0, or the municipality has more inhabitants than the country.

    Source: huisvestingswet, article 29 paragraph 1.

    >>> round(float(housing_share(10_000, inhabitants=81_075, national_inhabitants=16_979_120)), 2)
    47.75
    """
    if permit_holders < 0 or not 0 <= inhabitants <= national_inhabitants or not national_inhabitants:
        raise ValueError("Numbers are 0 or more, and a municipality is no larger than the country.")
    return Fraction(permit_holders * inhabitants, national_inhabitants)


def housing_task(permit_holders: int, *, inhabitants: int, national_inhabitants: int) -> int:
    """Compute how many permit holders a municipality must house in a half-year (task).

    Args:
        permit_holders: people to be housed in the whole country in that half-year.
        inhabitants: of the municipality.
        national_inhabitants: of the country, on the same reference day.

    Returns:
        People, rounded upwards; over all municipalities that is always somewhat more than the whole.

    Raises:
        ValueError: a number is below 0, or the municipality has more inhabitants than the country.

    Source: huisvestingswet, article 29 paragraph 1.

    >>> housing_task(10_000, inhabitants=81_075, national_inhabitants=16_979_120)
    48
    """
    return ceil(
        housing_share(permit_holders, inhabitants=inhabitants, national_inhabitants=national_inhabitants)
    )


def keep_books(half_years: Iterable[HalfYear], *, opening: int | None = 0) -> tuple[HousingBalance, ...]:
    """Keep the balance of a municipality over successive half-years (balances).

    Args:
        half_years: each once and without a gap, in any order; they begin on 1 January or 1 July.
        opening: balance before the first, in people: above 0 is arrears. None when unknown.

    Returns:
        In order of time. The official task holds where there is one, and its deviation from ours is told.
        A balance is that before it + task - housed; once something is unknown, so is every later balance.

    Raises:
        ValueError: a half-year begins on another day, is missing in between or comes twice, or a number is
            below 0.

    Source: huisvestingswet, articles 28 and 29. The balance and its sign are our reading.

    >>> first = HalfYear(begins_on=date(2016, 1, 1), computed=48, official=50, housed=41)
    >>> keep_books([first, HalfYear(begins_on=date(2016, 7, 1), computed=48, housed=60)])[-1].after
    -3
    """
    ordered = sorted(half_years, key=lambda each: each.begins_on)
    _refuse_odd(ordered)
    books: list[HousingBalance] = []
    balance = opening
    for each in ordered:
        task = each.computed if each.official is None else each.official
        is_known = balance is not None and task is not None and each.housed is not None
        after = balance + task - each.housed if is_known else None  # type: ignore[operator]
        books.append(
            HousingBalance(
                begins_on=each.begins_on,
                task=task,
                is_official=each.official is not None,
                deviation=_difference(each.official, each.computed),
                housed=each.housed,
                before=balance,
                after=after,
            )
        )
        balance = after
    return tuple(books)


def _difference(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other


def _refuse_odd(ordered: list[HalfYear]) -> None:
    expected: date | None = None
    for each in ordered:
        if each.begins_on.day != 1 or each.begins_on.month not in _FIRST_MONTHS:
            raise ValueError(f"A half-year begins on 1 January or 1 July, not on {each.begins_on}.")
        if expected not in (None, each.begins_on):
            raise ValueError(f"The half-year that begins on {expected} is missing or comes twice.")
        if min(each.computed or 0, each.official or 0, each.housed or 0) < 0:
            raise ValueError(f"The half-year of {each.begins_on} holds a number below 0.")
        is_first = each.begins_on.month == _FIRST_MONTHS[0]
        expected = date(each.begins_on.year + (not is_first), 7 if is_first else 1, 1)
