"""Numbers as people type them: points per thousand or as decimals, and many ways to say unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from regietafel.reception.adapters.tables import Cell

_UNKNOWN = frozenset({"", "-", "–", "—", ".", "?", "x", "onbekend", "n.b.", "nb", "nvt", "n.v.t."})
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.][0-9]{1,12})?")
_OF_ANY_LENGTH = re.compile(r"[+-]?([0-9]+)(?:[.][0-9]+)?")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:[.][0-9]{3})+(?:,[0-9]+)?")
_MOST_DIGITS, _MOST_DECIMALS = 15, 12
_HIGHEST = 10**_MOST_DIGITS
_TOO_HIGH = (
    f"Dit getal is te groot: wij rekenen tot {_MOST_DIGITS} cijfers voor de komma. Controleer of er geen "
    "cijfers te veel staan."
)
_TOO_FINE = (
    f"Dit getal heeft te veel cijfers: rond het af op hoogstens {_MOST_DECIMALS} cijfers achter de komma."
)


class NotANumber(ValueError):
    """What stands in a cell cannot be read as a number; the message says so in Dutch."""


def points_group(cells: Iterable[Cell]) -> bool:
    """Tell whether points in a column stand for thousands: only if that fits every one of them."""
    pointed = [text for cell in cells if isinstance(cell, str) and "." in (text := _bare(cell))]
    return all(_GROUPED.fullmatch(text) for text in pointed if text not in _UNKNOWN)


def read_number(cell: Cell, *, grouped: bool) -> Fraction | None:
    """Read a cell exactly; None where it says that nothing is known.

    Raises:
        NotANumber: it says something else.
    """
    if cell is None:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if abs(cell) >= _HIGHEST:
            raise NotANumber(_TOO_HIGH)
        return Fraction(Decimal(repr(cell)))
    text = _bare(str(cell))
    if text.casefold() in _UNKNOWN:
        return None
    plain = (text.replace(".", "") if grouped else text).replace(",", ".")
    if isinstance(cell, str) and _NUMBER.fullmatch(plain):
        return Fraction(plain)
    if isinstance(cell, str) and (digits := _OF_ANY_LENGTH.fullmatch(plain)):
        raise NotANumber(_TOO_HIGH if len(digits[1].lstrip("0")) > _MOST_DIGITS else _TOO_FINE)
    raise NotANumber(f"“{str(cell)[:40]}” is geen getal. Schrijf bijvoorbeeld 22343 of 0,15.")


def _bare(text: str) -> str:
    """Take off spaces, a percent sign and the long minus."""
    return "".join(text.split()).replace("−", "-").removesuffix("%")
