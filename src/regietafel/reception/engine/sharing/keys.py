"""Keys: what places are divided by, each with its source, reference day and denominator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from regietafel.kernel.dutch import number

INHABITANTS, DWELLINGS, PERCENTAGES = "inwoners", "woningen", "%"
WHOLE_UNITS = frozenset({INHABITANTS, DWELLINGS})
_HUNDRED = Fraction(100)


class UnusableKey(ValueError):
    """The figures cannot be a key; ``message`` says why, in Dutch, and ``names`` which municipalities."""

    def __init__(self, message: str, *, names: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.names = names


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where figures come from: their name and unit, the source, and the day they are of; None is unknown."""

    name: str
    unit: str
    source: str | None = None
    reference_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Weights by name, with where they come from; ``rest`` is what agreed percentages lack to a hundred."""

    origin: Origin
    weights: Mapping[str, Fraction]
    rest: Fraction = Fraction(0)

    @property
    def denominator(self) -> Fraction:
        """Add up the weights, in the unit of the key."""
        return sum(self.weights.values(), Fraction(0))


def key_of(figures: Mapping[str, Fraction | None], *, origin: Origin) -> Key:
    """Make a key of one figure per municipality (key).

    Args:
        figures: per municipality a number of 0 or more, in the unit of ``origin``; None where unknown.
        origin: name, unit, source and reference day; inhabitants and dwellings are whole numbers.

    Returns:
        A key; its weights are the figures.

    Raises:
        UnusableKey: a figure is unknown, below 0 or not whole where it counts something, or all are 0.
            An unknown figure never counts as 0.

    Source: bron-002, r.1438-3698: a figure goes with its denominator and reference day. Refusing is ours.

    >>> key_of({"Borne": Fraction(22343), "Losser": None}, origin=Origin(name="inwoners", unit="inwoners"))
    Traceback (most recent call last):
    ...
    regietafel.reception.engine.sharing.keys.UnusableKey: Van Losser is niet bekend: inwoners.
    """
    if unknown := tuple(name for name, figure in figures.items() if figure is None):
        raise UnusableKey(f"Van {', '.join(unknown)} is niet bekend: {origin.name}.", names=unknown)
    known = {name: figure for name, figure in figures.items() if figure is not None}
    if below := tuple(name for name, figure in known.items() if figure < 0):
        raise UnusableKey(f"Onder nul bij {', '.join(below)}: {origin.name}.", names=below)
    broken = tuple(name for name, figure in known.items() if figure.denominator != 1)
    if origin.unit in WHOLE_UNITS and broken:
        raise UnusableKey(f"Geen heel aantal {origin.unit} bij {', '.join(broken)}.", names=broken)
    if not any(known.values()):
        raise UnusableKey(f"Alle getallen zijn 0 of er zijn er geen: {origin.name}.")
    return Key(origin=origin, weights=known)


def agreed_key(percentages: Mapping[str, Fraction | None], *, origin: Origin) -> Key:
    """Make a key of percentages that were agreed upon (key).

    Args:
        percentages: per municipality its part of a hundred.
        origin: name, source and the day of the agreement.

    Returns:
        A key with the percentages as weights, and in ``rest`` what they lack to a hundred: no more than
        rounding each of them to the decimals it has can explain. That rest is divided in proportion.

    Raises:
        UnusableKey: as ``key_of``, or together they are not a hundred.

    Source: bron-002, r.1282-1285, where percentages add up to 90. What rounding explains is our reading.

    >>> thirds = {name: Fraction("33.3") for name in ("Borne", "Losser", "Wierden")}
    >>> agreed_key(thirds, origin=Origin(name="afspraak", unit="%")).rest
    Fraction(1, 10)
    """
    key = key_of(percentages, origin=origin)
    rest = _HUNDRED - key.denominator
    allowed = sum((_half_of_last_decimal(part) for part in key.weights.values()), Fraction(0))
    if rest and abs(rest) > allowed:
        word = "te weinig" if rest > 0 else "te veel"
        raise UnusableKey(
            f"De percentages zijn samen {_told(key.denominator)} %: {_told(abs(rest))} {word}. "
            "Vul ze aan tot 100, of kies een kolom met aantallen."
        )
    return Key(origin=origin, weights=key.weights, rest=rest)


def _half_of_last_decimal(part: Fraction) -> Fraction:
    """Half a unit in the last decimal; nothing for whole percentages, which nobody means as rounded."""
    decimals = next((many for many in range(7) if (part * 10**many).denominator == 1), 7)
    return Fraction(1, 2 * 10**decimals) if decimals else Fraction(0)


def _told(value: Fraction) -> str:
    return number(float(value), decimals=0 if value.denominator == 1 else 2)
