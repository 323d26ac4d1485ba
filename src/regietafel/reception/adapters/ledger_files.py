"""Files of bookings and of blocks of places, as a coordinator keeps them, without any personal data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from regietafel.reception.adapters.records import (
    CellRefused,
    RecordError,
    Row,
    chance,
    day,
    optional_count,
    optional_day,
    read_records,
    short_text,
    text,
)
from regietafel.reception.adapters.tables import Cell
from regietafel.reception.engine.forecast import Line, LineKind
from regietafel.reception.engine.ledger import CapacityBlock, PlaceKind, Pool

BOOKING_COLUMNS = (
    "dag", "soort", "aantal", "groep", "locatie", "opvang", "tot", "kans", "vervalt", "vastgelegd",
)  # fmt: skip
BLOCK_COLUMNS = (
    "blok", "locatie", "gemeente", "opvang", "doelgroep", "plaatsen", "geblokkeerd", "van", "tot", "kans",
    "bron",
)  # fmt: skip
_FROM_A_FILE = datetime(1990, 1, 1, tzinfo=UTC)
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingFile:
    """The lines of a file, and what is wrong with it."""

    lines: tuple[Line, ...]
    errors: tuple[RecordError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockFile:
    """The blocks of a file, and what is wrong with it."""

    blocks: tuple[CapacityBlock, ...]
    errors: tuple[RecordError, ...]

    @property
    def private_locations(self) -> frozenset[str]:
        """Locations where all places are with private hosts."""
        private = {block.pool.location for block in self.blocks if block.pool.is_private}
        return frozenset(
            private - {block.pool.location for block in self.blocks if not block.pool.is_private}
        )


def read_bookings(path: Path, *, private_locations: frozenset[str] = frozenset()) -> BookingFile:
    """Read reservations, placements and departures; a line may be a total of a day without a group."""
    records = read_records(path, columns=BOOKING_COLUMNS, required=("dag", "soort", "aantal"))
    lines = [_line(row, private_locations) for row in records.rows]
    return BookingFile(lines=tuple(line for line in lines if line is not None), errors=tuple(records.errors))


def read_blocks(path: Path) -> BlockFile:
    """Read blocks of places with their days."""
    records = read_records(path, columns=BLOCK_COLUMNS, required=("locatie", "plaatsen", "van"))
    blocks = [_block(row) for row in records.rows]
    return BlockFile(
        blocks=tuple(block for block in blocks if block is not None), errors=tuple(records.errors)
    )


def _line(row: Row, private_locations: frozenset[str]) -> Line | None:
    before = len(row.errors)
    first, kind = row.read("dag", day), row.read("soort", _of(LineKind))
    people, until = row.read("aantal", optional_count), row.read("tot", optional_day)
    group, location = row.read("groep", short_text), row.read("locatie", short_text)
    place, probability = row.read("opvang", _optional(PlaceKind)), row.read("kans", chance)
    lapses, recorded = row.read("vervalt", optional_day), row.read("vastgelegd", optional_day)
    if first and until and until <= first:
        row.fault("tot", "Dit is de eerste dag zonder deze mensen; die ligt na de dag van de regel.")
    if lapses and kind is not LineKind.RESERVATION and kind is not None:
        row.fault("vervalt", "Alleen een reservering vervalt. Haal deze datum weg.")
    if people == 0:
        row.fault(
            "aantal", "Een regel gaat over minstens één mens. Laat het leeg als u het aantal niet weet."
        )
    if len(row.errors) > before or first is None or kind is None:
        return None
    return Line(
        day=first,
        kind=kind,
        people=people,
        group=group or "",
        is_private=place is PlaceKind.PRIVATE or (place is None and location in private_locations),
        until_on=until,
        probability=1.0 if probability is None else probability,
        lapses_on=lapses,
        recorded_on=recorded,
    )


def _block(row: Row) -> CapacityBlock | None:
    before = len(row.errors)
    location, first = row.read("locatie", _name), row.read("van", day)
    places, blocked = row.read("plaatsen", optional_count), row.read("geblokkeerd", optional_count)
    until, probability = row.read("tot", optional_day), row.read("kans", chance)
    kind, group = row.read("opvang", _optional(PlaceKind)), row.read("doelgroep", short_text)
    if first and until and until <= first:
        row.fault("tot", "Dit is de eerste dag zonder deze plaatsen; die ligt na “van”.")
    if places is not None and (blocked or 0) > places:
        row.fault("geblokkeerd", f"Er zijn {blocked} plaatsen geblokkeerd van de {places}. Dat kan niet.")
    if len(row.errors) > before or location is None or first is None:
        return None
    return CapacityBlock(
        id=text(row.cells.get("blok")) or str(row.number),
        pool=Pool(location, kind or PlaceKind.MUNICIPAL, group or ""),
        places=places,
        from_on=first,
        until_on=until,
        blocked=0 if places is None else blocked or 0,
        probability=1.0 if probability is None else probability,
        recorded_at=_FROM_A_FILE,
    )


def _name(cell: Cell) -> str:
    written = short_text(cell)
    if not written:
        raise CellRefused("Hier hoort de naam of code van de locatie.")
    return written


def _optional(kinds: type[E]) -> Callable[[Cell], E | None]:
    def read(cell: Cell) -> E | None:
        return _of(kinds)(cell) if text(cell) else None

    return read


def _of(kinds: type[E]) -> Callable[[Cell], E]:
    def read(cell: Cell) -> E:
        written = text(cell).casefold()
        if written not in {kind.value for kind in kinds}:
            told = f"“{written[:40]}” kennen wij niet" if written else "Hier staat niets"
            raise CellRefused(f"{told}. Kies uit: {', '.join(kind.value for kind in kinds)}.")
        return kinds(written)

    return read
