"""Files of bookings and of blocks of places, as a coordinator keeps them, without any personal data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from regietafel.reception.adapters.ledger_checks import Told, alike, departures, double, homeless, renumbered
from regietafel.reception.adapters.records import (
    CellRefused,
    RecordError,
    Row,
    chance,
    code,
    day,
    optional_count,
    optional_day,
    plain_text,
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
    """The lines of a file, what is wrong with it, and in Dutch what to look at though it may be right."""

    told: tuple[Told, ...]
    errors: tuple[RecordError, ...]
    remarks: tuple[str, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines without their rows."""
        return tuple(each.line for each in self.told)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockFile:
    """The blocks of a file, and what is wrong with it."""

    blocks: tuple[CapacityBlock, ...]
    errors: tuple[RecordError, ...]

    @property
    def locations(self) -> frozenset[str]:
        """Every location that has a block."""
        return frozenset(block.pool.location for block in self.blocks)

    @property
    def private_locations(self) -> frozenset[str]:
        """Locations where all places are with private hosts, without capitals."""
        others = {block.pool.location.casefold() for block in self.blocks if not block.pool.is_private}
        return frozenset(name.casefold() for name in self.locations) - others


def read_bookings(path: Path, *, blocks: BlockFile) -> BookingFile:
    """Read reservations, placements and departures; a line may be a total of a day without a group.

    What counts double or cannot have happened is an error of its row; the latter is only looked for when
    every row of both files could be read, as a row that is missing would make others look impossible.
    """
    records = read_records(path, columns=BOOKING_COLUMNS, required=("dag", "soort", "aantal"))
    lines = [_line(row, blocks.private_locations) for row in records.rows]
    told = tuple(_alike_named(line for line in lines if line is not None))
    errors = [*records.errors, *double(told)]
    remarks = [*alike(told), *renumbered(told), *homeless(told, blocks.locations)]
    if not errors and not blocks.errors:
        found = departures(told)
        errors += found.errors
        remarks += found.remarks
    return BookingFile(
        told=told, errors=tuple(sorted(errors, key=lambda each: each.row or 0)), remarks=tuple(remarks)
    )


def _alike_named(told: Iterable[Told]) -> Iterator[Told]:
    """Write the code of a group as it was written first, so that capitals make no other group of it."""
    first: dict[str, str] = {}
    for each in told:
        group = first.setdefault(each.line.group.casefold(), each.line.group)
        yield replace(each, line=replace(each.line, group=group))


def read_blocks(path: Path) -> BlockFile:
    """Read blocks of places with their days; one that stands there twice is an error."""
    records = read_records(path, columns=BLOCK_COLUMNS, required=("locatie", "plaatsen", "van"))
    blocks: list[CapacityBlock] = []
    seen: dict[tuple[str, CapacityBlock], int] = {}
    for row in records.rows:
        block = _block(row)
        if block is None:
            continue
        blocks.append(block)
        pool = block.pool._replace(location=block.pool.location.casefold())
        first = seen.setdefault(
            (plain_text(row.cells.get("blok")), replace(block, id="", pool=pool)), row.number
        )
        if first != row.number:
            row.fault(
                "locatie",
                f"Dit blok staat ook in rij {first} en zou dubbel tellen. Haal er één weg. Zijn het twee "
                "blokken, geef ze dan elk een eigen code in de kolom blok.",
            )
    return BlockFile(blocks=tuple(blocks), errors=tuple(records.errors))


def _line(row: Row, private_locations: frozenset[str]) -> Told | None:
    before = len(row.errors)
    first, kind = row.read("dag", day), row.read("soort", _of(LineKind))
    people, until = row.read("aantal", optional_count), row.read("tot", optional_day)
    group, location = row.read("groep", code), row.read("locatie", _location)
    place, probability = row.read("opvang", _optional(PlaceKind)), row.read("kans", chance)
    lapses, recorded = row.read("vervalt", optional_day), row.read("vastgelegd", optional_day)
    if first and until and until <= first:
        row.fault("tot", "Dit is de eerste dag zonder deze mensen; die ligt na de dag van de regel.")
    if lapses and kind is not LineKind.RESERVATION and kind is not None:
        row.fault("vervalt", "Alleen een reservering vervalt. Haal deze datum weg.")
    if len(row.errors) > before or first is None or kind is None:
        return None
    line = Line(
        day=first,
        kind=kind,
        people=people,
        group=group or "",
        is_private=place is PlaceKind.PRIVATE
        or (place is None and (location or "").casefold() in private_locations),
        until_on=until,
        probability=1.0 if probability is None else probability,
        lapses_on=lapses,
        recorded_on=recorded,
    )
    return Told(row=row.number, line=line, location=location or "")


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


def _location(cell: Cell) -> str:
    return short_text(plain_text(cell))


def _name(cell: Cell) -> str:
    written = _location(cell)
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
