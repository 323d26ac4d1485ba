"""From lines about groups to what a forecast starts from: the past per day, and what is known to come."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from regietafel.kernel import dutch
from regietafel.reception.engine.forecast.history import History, Movement, MovementKind, history_of
from regietafel.reception.engine.forecast.setting import Coming, Hosting
from regietafel.reception.engine.ledger import BookingKind, Ledger, as_known


class LineKind(StrEnum):
    """What a line tells."""

    START = "beginstand"
    RESERVATION = "reservering"
    PLACEMENT = "plaatsing"
    DEPARTURE = "vertrek"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """People of a group ("" where it has no code) on a day; ``people`` None is an unknown number.

    ``until_on``: the agreed first day without them. ``lapses_on``: the day on which a reservation lapses.
    ``recorded_on``: the day it was written down; None if that is not known.
    """

    day: date
    kind: LineKind
    people: int | None
    group: str = ""
    is_private: bool = False
    until_on: date | None = None
    probability: float = 1.0
    lapses_on: date | None = None
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a forecast starts from on a day; ``remarks`` in Dutch tell what was left out."""

    history: History
    arriving: tuple[Coming, ...]
    leaving: tuple[Coming, ...]
    hosting: Hosting
    remarks: tuple[str, ...] = ()
    unseen_days: int = 0


def known_on(
    lines: Iterable[Line],
    *,
    start: date,
    with_private: bool = False,
    returning: float = 1.0,
    told_until: date | None = None,
) -> Known:
    """Sort lines into the past and what is known to come (known).

    Args:
        lines: in any order; those written down after ``start`` were not known and are left out.
        start: the first day of the forecast; a day before it without lines had no movements.
        with_private: count people with private hosts as present too; else they are apart, and may come back.
        returning: the share, 0 to 1, of those leaving a private host that comes into reception.
        told_until: the last day that was kept up with; what happened from there to ``start`` is unknown and
            not nothing. None when lines are kept up to the day before ``start``.

    Returns:
        The past from the first line up to the day before ``start``, or up to ``told_until`` with the number
        of unseen days after it; without a past one unknown day. A group
        that leaves one place for another on a day is no inflow and no outflow. People of a reservation who
        were placed are no longer expected; a reservation that lapsed neither. Who was placed on ``start``
        itself stands among who arrives, as already there.

    Source: bron-003, agendapunten 2.3 en 4.1 (placements, buses expected, private hosting that ends and flows
        in again). Netting moves by group code is our reading.

    >>> lines = [Line(day=date(2022, 4, 4), kind=LineKind.PLACEMENT, people=30, group="bus 1"),
    ...     Line(day=date(2022, 4, 3), kind=LineKind.RESERVATION, people=48, group="bus 1"),
    ...     Line(day=date(2022, 4, 8), kind=LineKind.RESERVATION, people=50, group="bus 2")]
    >>> found = known_on(lines, start=date(2022, 4, 6))
    >>> found.history.present, [(bus.day.day, bus.people) for bus in found.arriving]
    ((30, 30), [(6, 18), (8, 50)])
    """
    every = tuple(lines)
    known = [line for line in every if line.recorded_on is None or line.recorded_on <= start]
    inside = _without_moves([line for line in known if with_private or not line.is_private])
    hosted = [] if with_private else [line for line in known if line.is_private]
    freed = {(line.group, line.day) for line in hosted if line.kind is LineKind.DEPARTURE and line.group}
    begin = start if told_until is None else min(start, told_until + timedelta(days=1))
    return Known(
        history=_history(_movements(inside, start=begin, freed=freed), start=begin),
        arriving=tuple(_arriving(inside, start=begin)),
        leaving=tuple(_leaving(inside, start=begin)),
        hosting=_hosting(_without_moves(hosted), start=begin, returning=returning),
        remarks=tuple(_remarks(every, known, days=(begin, start))),
        unseen_days=(start - begin).days,
    )


def last_told(lines: Iterable[Line], *, start: date) -> date | None:
    """Give the last day that lines were kept up to, as far as they show it (day).

    Args:
        lines: in any order.
        start: the first day of a forecast.

    Returns:
        The day of the last thing that happened. People expected tell nothing of the past: not a reservation,
        not a departure from ``start`` on, and not a placement from ``start`` on that was written down before
        it. None when nothing happened.

    Source: bron-003, agendapunt 2.3 (placements, reservations). What shows that lines were kept is our
        reading.

    >>> line = Line(day=date(2022, 4, 4), kind=LineKind.PLACEMENT, people=0)
    >>> planned = Line(day=date(2022, 5, 1), kind=LineKind.DEPARTURE, people=8)
    >>> last_told([line, planned], start=date(2022, 4, 20))
    datetime.date(2022, 4, 4)
    """
    return max((line.day for line in lines if _happened(line, start=start)), default=None)


def _happened(line: Line, *, start: date) -> bool:
    if line.kind is LineKind.RESERVATION:
        return False
    if line.day < start:
        return True
    is_expected = line.recorded_on is not None and line.recorded_on <= start
    return line.kind is not LineKind.DEPARTURE and not is_expected


def lines_of(ledger: Ledger, *, at: datetime) -> tuple[Line, ...]:
    """Turn the bookings of a ledger into lines, as known at a moment (lines).

    Args:
        ledger: all records, in any order.
        at: the moment of knowing, with time zone.

    Returns:
        A line per booking; a departure is private where its place is.

    Source: bron-003, agendapunt 2.3 (placements and reservations).

    >>> from datetime import UTC
    >>> from regietafel.reception.engine.ledger import Booking, PlaceKind, Pool
    >>> now = datetime(2022, 4, 6, tzinfo=UTC)
    >>> bus = Booking(id="r", kind=BookingKind.RESERVATION, pool=Pool("Kade", PlaceKind.MUNICIPAL),
    ...     group="bus 1", people=50, from_on=date(2022, 4, 8), recorded_at=now)
    >>> [(line.kind.value, line.people) for line in lines_of(Ledger(bookings=(bus,)), at=now)]
    [('reservering', 50)]
    """
    return tuple(
        Line(
            day=booking.from_on,
            kind=LineKind(booking.kind.value),
            people=booking.people,
            group=booking.group,
            is_private=booking.pool.is_private,
            until_on=None if booking.kind is BookingKind.DEPARTURE else booking.until_on,
            lapses_on=booking.lapses_at and dutch.local(booking.lapses_at).date(),
            recorded_on=dutch.local(booking.recorded_at).date(),
        )
        for booking in as_known(ledger.bookings, at)
    )


def _without_moves(lines: Sequence[Line]) -> list[Line]:
    """Take people of a group who leave and are placed again on one day out of both lines."""
    sums: dict[tuple[str, date], Counter[LineKind]] = defaultdict(Counter)
    for line in lines:
        if line.group:
            sums[line.group, line.day][line.kind] += line.people or 0
    moved = {
        key: min(kinds[LineKind.PLACEMENT], kinds[LineKind.DEPARTURE])
        for key, kinds in sums.items()
        if kinds[LineKind.PLACEMENT] and kinds[LineKind.DEPARTURE]
    }
    left = {
        (*key, kind): people
        for key, people in moved.items()
        for kind in (LineKind.PLACEMENT, LineKind.DEPARTURE)
    }
    return [_less(line, left) for line in lines]


def _less(line: Line, left: dict[tuple[str, date, LineKind], int]) -> Line:
    key = (line.group, line.day, line.kind)
    taken = min(left.get(key, 0), line.people or 0)
    if not taken:
        return line
    left[key] -= taken
    return replace(line, people=(line.people or 0) - taken)


def _history(movements: Iterable[Movement], *, start: date) -> History:
    past = [movement for movement in movements if movement.day < start]
    last = start - timedelta(days=1)
    if past:
        return history_of(past, first=min(movement.day for movement in past), last=last, private=None)
    return History(first=last, arrivals=(None,), departures=(None,), ended=(0,), present=(0,))


def _movements(lines: Sequence[Line], *, start: date, freed: set[tuple[str, date]]) -> Iterator[Movement]:
    announced = _announced(lines)
    for line in lines:
        if line.day >= start or line.kind is LineKind.RESERVATION:
            continue
        kind = MovementKind(line.kind.value)
        if line.kind is LineKind.PLACEMENT and (line.group, line.day) in freed:
            kind = MovementKind.START  # came from a private host: present, and no inflow from outside
        told_on = announced.get(line.group) if kind is MovementKind.ARRIVAL else None
        yield Movement(
            day=line.day,
            kind=kind,
            people=line.people,
            announced_on=told_on,
            until_on=line.until_on,
        )
    yield from (
        Movement(day=end.day, kind=MovementKind.END, people=end.people)
        for end in _ends(lines)
        if end.day < start
    )


def _announced(lines: Iterable[Line]) -> dict[str, date]:
    """Give the day on which a reservation for each group was first written down."""
    found: dict[str, date] = {}
    for line in lines:
        if line.kind is LineKind.RESERVATION and line.group and line.recorded_on:
            found[line.group] = min(found.get(line.group, line.recorded_on), line.recorded_on)
    return found


def _ends(lines: Sequence[Line]) -> Iterator[Coming]:
    """Give agreed ends, without the people of the group who left before."""
    left = Counter[str]()
    for line in lines:
        if line.kind is LineKind.DEPARTURE and line.group:
            left[line.group] += line.people or 0
    for line in lines:
        if line.until_on and line.people and line.kind in (LineKind.START, LineKind.PLACEMENT):
            gone = min(left[line.group], line.people)
            left[line.group] -= gone
            if line.people > gone:
                yield Coming(day=line.until_on, people=line.people - gone, probability=line.probability)


def _arriving(lines: Sequence[Line], *, start: date) -> Iterator[Coming]:
    placed = Counter[str]()
    for line in lines:
        if line.kind is LineKind.PLACEMENT and line.group:
            placed[line.group] += line.people or 0
    for line in lines:
        people = line.people or 0
        if line.kind is LineKind.PLACEMENT and line.day >= start and people:
            is_there = line.day == start
            yield Coming(day=line.day, people=people, probability=line.probability, is_there=is_there)
        if line.kind is LineKind.RESERVATION and _stands(line, start=start):
            came = min(placed[line.group], people)
            placed[line.group] -= came
            if people > came:
                yield Coming(
                    day=max(line.day, start), people=people - came, probability=line.probability
                )  # fmt: skip


def _stands(line: Line, *, start: date) -> bool:
    """Say whether a reservation is still waited for; one of the past only if its group can be recognised."""
    is_alive = line.lapses_on is None or line.lapses_on > start
    return is_alive and (line.day >= start or bool(line.group))


def _leaving(lines: Sequence[Line], *, start: date) -> Iterator[Coming]:
    for line in lines:
        if line.kind is LineKind.DEPARTURE and line.day >= start and line.people:
            yield Coming(day=line.day, people=line.people, probability=line.probability)
    yield from (end for end in _ends(lines) if end.day >= start)


def _hosting(lines: Sequence[Line], *, start: date, returning: float) -> Hosting:
    if not lines:
        return Hosting(returning=returning)
    history = _history(_movements(lines, start=start, freed=set()), start=start)
    days = sum(history.present)
    left = sum(people for people in history.departures if people)
    return Hosting(
        people=history.present[-1],
        ends=tuple(_leaving(lines, start=start)),
        leaving_per_day=min(left / days, 1.0) if days else 0.0,
        returning=returning,
    )


def _remarks(every: Sequence[Line], known: Sequence[Line], *, days: tuple[date, date]) -> Iterator[str]:
    begin, start = days
    if begin < start:
        unseen = dutch.counted((start - begin).days, one="dag", many="dagen")
        yield (
            f"Het bestand stopt op {dutch.date(begin - timedelta(days=1))}. Over {unseen} daarna is niets "
            "bekend. Dat telt niet als 0: het is geschat, net als de dagen van de vooruitblik."
        )
    if later := len(every) - len(known):
        lines = dutch.counted(later, one="regel", many="regels")
        yield f"{lines} van na {dutch.date(start)} telt niet mee: die was toen nog niet bekend."
    unknown = sum(
        line.people is None and (line.day >= begin or line.kind is LineKind.RESERVATION) for line in known
    )
    if unknown:
        yield (
            f"Van {dutch.counted(unknown, one='regel', many='regels')} over later is het aantal onbekend; "
            "die telt niet mee."
        )
