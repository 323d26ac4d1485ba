"""How places are counted per day, and when a booking fits."""

import csv
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from regietafel.reception.engine.ledger import (
    Booking,
    BookingKind,
    By,
    CapacityBlock,
    Ledger,
    PlaceKind,
    Pool,
    View,
    count_days,
    fits,
)

HERE = Path(__file__).parent
POOL = Pool("Kade", PlaceKind.MUNICIPAL)
NUMBER = re.compile(r"(vanaf|tot|vervalt|waarvan|kans|in) ([0-9.]+)")


def _rows(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


def _on(day: float) -> date:
    return date(2022, 4, 1) + timedelta(days=int(day) - 1)


def _at(day: float) -> datetime:
    return datetime(2022, 4, 1, 12, tzinfo=UTC) + timedelta(days=int(day) - 1)


def _ledger(lines: str) -> Ledger:
    blocks, bookings = [], []
    for number, line in enumerate(lines.split(", ")):
        if line.startswith("blok"):
            blocks.append(_block(line))
        else:
            bookings.append(_booking(line, str(number)))
    return Ledger(blocks=tuple(blocks), bookings=tuple(bookings))


def _block(line: str) -> CapacityBlock:
    told, places = {name: float(value) for name, value in NUMBER.findall(line)}, line.split()[1]
    return CapacityBlock(
        id="blok",
        pool=POOL,
        places=None if places == "onbekend" else int(places),
        from_on=_on(1),
        until_on=_on(told["tot"]) if "tot" in told else None,
        blocked=int(told.get("waarvan", 0)),
        probability=told.get("kans", 1.0),
        recorded_at=_at(0),
    )


def _booking(line: str, number: str) -> Booking:
    told, words = {name: float(value) for name, value in NUMBER.findall(line)}, line.split()
    kind = BookingKind(words[0])
    belongs = kind is BookingKind.DEPARTURE or "van de reservering" in line
    return Booking(
        id=number,
        kind=kind,
        pool=POOL,
        group="groep",
        people=int(words[1]),
        from_on=_on(told["vanaf"]),
        until_on=_on(told["tot"]) if "tot" in told else None,
        places=int(told["in"]) if "in" in told else None,
        lapses_at=_at(told["vervalt"]) if "vervalt" in told else None,
        of="1" if belongs else "",
        recorded_at=_at(0),
    )


@pytest.mark.parametrize(
    ("lines", "known", "day", "capacity", "occupied", "reserved", "kept", "free", "short", "why"),
    _rows("counting.csv"),
)
def test_count(
    lines: str,
    known: str,
    day: str,
    capacity: str,
    occupied: str,
    reserved: str,
    kept: str,
    free: str,
    short: str,
    why: str,
) -> None:
    view = View(first=_on(1), last=_on(20), at=_at(int(known)), by=By.WHOLE)
    found = count_days(_ledger(lines), view).on("totaal", _on(int(day)))
    counted = (found.capacity, found.occupied, found.reserved, found.kept, found.free, found.short)
    assert counted == tuple(map(int, (capacity, occupied, reserved, kept, free, short))), why


@pytest.mark.parametrize(("lines", "booking", "fit", "full", "why"), _rows("fitting.csv"))
def test_fit(lines: str, booking: str, fit: str, full: str, why: str) -> None:
    found = fits(_ledger(lines), _booking(booking, "nieuw"), at=_at(1))
    assert ("ja" if found.fits else "nee") == fit, why
    assert found.full_on == (_on(int(full)) if full else None), why
