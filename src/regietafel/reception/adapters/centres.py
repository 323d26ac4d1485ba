"""The centres of municipalities that ship with the product, for who works with files only."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from regietafel.reception.adapters.town_names import is_named
from regietafel.reception.engine.placing import Point

FILE = Path(__file__).resolve().parents[4] / "reference" / "middelpunten.csv"


def centres_of(names: Iterable[str]) -> dict[str, Point]:
    """Return the centre of each municipality by the name given; a name of none or of more is left out."""
    return {name: found[0] for name in names if len(found := _named(name)) == 1}


def _named(name: str) -> list[Point]:
    known = _centres()
    exact = [point for official, point in known if official == name]
    return exact or [point for official, point in known if is_named(official, name)]


@lru_cache(maxsize=1)
def _centres() -> tuple[tuple[str, Point], ...]:
    with FILE.open(encoding="utf-8-sig", newline="") as handle:
        return tuple(
            (
                row["gemeentenaam"],
                Point(latitude=float(row["breedtegraad"]), longitude=float(row["lengtegraad"])),
            )
            for row in csv.DictReader(handle)
        )
