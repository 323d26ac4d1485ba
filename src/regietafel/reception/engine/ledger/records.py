"""What the ledger consists of: blocks of places, and bookings that claim them, with what we knew when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar


class PlaceKind(StrEnum):
    """What kind of reception a place belongs to; private hosting is a kind of its own."""

    CRISIS = "crisisnoodopvang"
    EMERGENCY = "noodopvang"
    ASYLUM_CENTRE = "azc"
    MUNICIPAL = "gemeentelijk"
    PRIVATE = "particulier"
    TRANSIT = "doorstroom"
    ROUND_THE_CLOCK = "24/7"


class BookingKind(StrEnum):
    """What a line of the ledger does: hold places, fill them, or give them back."""

    RESERVATION = "reservering"
    PLACEMENT = "plaatsing"
    DEPARTURE = "vertrek"


class Pool(NamedTuple):
    """Places that may be exchanged for each other: one location, kind and target group ("" is everyone)."""

    location: str
    kind: PlaceKind
    target_group: str = ""

    @property
    def is_private(self) -> bool:
        """Whether these are places with private hosts."""
        return self.kind is PlaceKind.PRIVATE


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityBlock:
    """Places of a pool from ``from_on`` up to but not including ``until_on`` (None: no end agreed).

    ``places`` is None when nobody knows how many; that is not 0, but nobody can be promised such a place.
    ``blocked`` places exist and cannot be used. ``probability`` is that of the block going ahead at all.
    """

    id: str
    pool: Pool
    places: int | None
    from_on: date
    until_on: date | None = None
    blocked: int = 0
    probability: float = 1.0
    recorded_at: datetime
    superseded_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.until_on is not None and self.until_on <= self.from_on:
            raise ValueError("A block ends after it begins.")
        if self.blocked < 0 or (self.places is not None and not self.blocked <= self.places):
            raise ValueError("Blocked places are some of the places of a block.")
        if not 0 <= self.probability <= 1:
            raise ValueError("A probability lies between 0 and 1.")

    @property
    def is_certain(self) -> bool:
        """Whether its places can be promised: it goes ahead, and how many there are is known."""
        return self.places is not None and self.probability == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A line of the ledger about a group, known by its code and its number of people only.

    A reservation and a placement hold ``places`` (as many as people unless rooms are taken whole) from
    ``from_on`` up to but not including ``until_on``. ``of`` is the id of the reservation that a placement
    makes true, or of the booking that a departure ends, wholly or for some of its people. A reservation of
    which ``lapses_at`` has passed holds nothing from that day on.
    """

    id: str
    kind: BookingKind
    pool: Pool
    group: str
    people: int
    from_on: date
    until_on: date | None = None
    places: int | None = None
    lapses_at: datetime | None = None
    of: str = ""
    recorded_at: datetime
    superseded_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.people < 1 or (self.places is not None and self.places < self.people):
            raise ValueError("A booking is of at least one person, and of no fewer places than people.")
        if self.until_on is not None and self.until_on <= self.from_on:
            raise ValueError("A booking ends after it begins.")
        if self.kind is BookingKind.DEPARTURE and not self.of:
            raise ValueError("A departure says of which booking.")

    @property
    def claimed(self) -> int:
        """How many places the booking takes."""
        return self.people if self.places is None else self.places


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Everything written down. ``municipalities``: the municipality of each location.

    Locations that do not stand in ``municipalities`` count as a municipality without a name.
    """

    blocks: tuple[CapacityBlock, ...] = ()
    bookings: tuple[Booking, ...] = ()
    municipalities: Mapping[str, str] = field(default_factory=dict)


class Recorded(Protocol):
    """What carries the moment it was written down, and the moment something else took its place."""

    @property
    def recorded_at(self) -> datetime: ...
    @property
    def superseded_at(self) -> datetime | None: ...


R = TypeVar("R", bound=Recorded)


def as_known(records: Iterable[R], at: datetime) -> tuple[R, ...]:
    """Keep what stood in the ledger at a moment (known then).

    Args:
        records: blocks or bookings, in any order, also those replaced since.
        at: the moment, with time zone.

    Returns:
        The records written down at or before that moment and not yet replaced then, in the same order.

    Source: bron-003, agendapunt 2.3 (compared with the position of 5 April); two times per record is ours.

    >>> from datetime import UTC
    >>> pool = Pool("Kade", PlaceKind.MUNICIPAL)
    >>> first, then = datetime(2022, 4, 1, tzinfo=UTC), datetime(2022, 4, 6, tzinfo=UTC)
    >>> fifty = CapacityBlock(id="a", pool=pool, places=50, from_on=date(2022, 4, 1), recorded_at=first,
    ...     superseded_at=then)
    >>> forty = CapacityBlock(id="b", pool=pool, places=40, from_on=date(2022, 4, 1), recorded_at=then)
    >>> [block.places for block in as_known([fifty, forty], datetime(2022, 4, 5, tzinfo=UTC))]
    [50]
    >>> [block.places for block in as_known([fifty, forty], datetime(2022, 4, 7, tzinfo=UTC))]
    [40]
    """
    return tuple(
        record
        for record in records
        if record.recorded_at <= at and (record.superseded_at is None or record.superseded_at > at)
    )


def places_for(people: int, *, room_size: int) -> int:
    """Say how many places a group takes that shares its rooms with nobody (places).

    Args:
        people: in the group, at least 1.
        room_size: places per room, at least 1; 1 for a hall or where groups do share.

    Returns:
        Places: whole rooms, so that the rest of a room is not promised to others.

    Raises:
        ValueError: fewer than one person, or a room without places.

    Source: bron-003, agendapunt 2.3 (operational places); that a room is taken whole is our reading.

    >>> places_for(3, room_size=4), places_for(5, room_size=4), places_for(5, room_size=1)
    (4, 8, 5)
    """
    if people < 1 or room_size < 1:
        raise ValueError("A group has a person, and a room has a place.")
    return -(-people // room_size) * room_size
