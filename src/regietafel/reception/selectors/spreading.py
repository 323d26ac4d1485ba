"""How the places of a municipality are spread over its wijken, and over how many inhabitants."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from regietafel.reception.engine.sharing import places_per_1000
from regietafel.reception.models import Location
from regietafel.reception.selectors.board import OwnLine
from regietafel.register.public import Area, districts_of, populations_for_calculation


@dataclass(frozen=True, kw_only=True)
class SpreadRow:
    """One wijk, or what lies in none that is known: places, people there, and inhabitants with their source.

    ``usable`` is None where nobody knows how many places there are; ``inhabitants`` is None where no recent
    number is known, and then ``why`` says so.
    """

    area: Area | None
    locations: tuple[Location, ...]
    usable: int | None
    occupied: int
    unknown_blocks: int
    inhabitants: int | None = None
    counted: str = ""
    why: str = ""

    @property
    def per_1000(self) -> float | None:
        """Return places per 1,000 inhabitants; None where one of them is unknown."""
        return places_per_1000(self.usable, self.inhabitants)


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The wijken of a municipality with their places, and the municipality as a whole."""

    rows: tuple[SpreadRow, ...]
    whole: SpreadRow
    has_districts: bool

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Return where the numbers of inhabitants come from, each once."""
        return tuple(dict.fromkeys(row.counted for row in (*self.rows, self.whole) if row.counted))

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Return why numbers of inhabitants are missing, each reason once with whose number it is."""
        named: dict[str, list[str]] = {}
        for row in (*self.rows, self.whole):
            if row.why and row.area:
                named.setdefault(row.why, []).append(row.area.name)
        return tuple(f"{', '.join(names)}: {why}" for why, names in named.items())


def spread_of(municipality: Area, lines: Sequence[OwnLine], *, on: date) -> Spread:
    """Spread the places of some locations over the wijken of their municipality.

    A buurt counts in the wijk it lies in. A wijk without a location has 0 places: that is known.
    """
    districts = districts_of([municipality])
    counted = {one.area.pk: one.counted_in for one in districts}
    wijken = list({one.counted_in.pk: one.counted_in for one in districts}.values())
    found = populations_for_calculation([municipality, *wijken], on=on)
    home = {line.location.pk: counted.get(line.location.district_id or 0) for line in lines}
    rows = [
        _row(area, [line for line in lines if home[line.location.pk] == area], choice=found[area.pk])
        for area in sorted(wijken, key=lambda area: area.name)
    ]
    if loose := [line for line in lines if home[line.location.pk] is None]:
        rows.append(_row(None, loose, choice=None))
    return Spread(
        rows=tuple(rows), whole=_row(municipality, lines, choice=found[municipality.pk]),
        has_districts=bool(wijken),
    )  # fmt: skip


def _row(area: Area | None, lines: Iterable[OwnLine], *, choice: Any) -> SpreadRow:
    there = list(lines)
    usable = [line.places.usable for line in there if line.places.usable is not None]
    people = choice.population if choice else None
    return SpreadRow(
        area=area,
        locations=tuple(line.location for line in there),
        usable=sum(usable) if usable or not there else None,
        occupied=sum(line.places.occupied for line in there),
        unknown_blocks=sum(line.places.unknown_blocks for line in there),
        inhabitants=people.count if people else None,
        counted=f"{people.source}, {_plain_day(people.reference_on)}" if people else "",
        why=choice.reason if choice else "",
    )


def _plain_day(day: date) -> str:
    """Write a reference day as figures do: 1-1-2026."""
    return f"{day.day}-{day.month}-{day.year}"
