"""Who needs a place and which places there are: the only facts a placement may rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

# Kinds of location, features that a group can need, and places of which a location has so many and no more.
KINDS = ("crisisnoodopvang", "noodopvang", "azc", "gemeentelijk", "particulier", "doorstroom", "24/7")
FEATURES = ("gezin", "alleenreizend", "amv", "huisdier", "school", "tolk")
# Of these, whom a location can be kept for; nobody else can be placed there.
TARGET_GROUPS = ("gezin", "alleenreizend", "amv")
TYPES = ("toegankelijk", "zorg")
MOST_URGENT = 10
TENTHS = 10
_NONE: Mapping[str, int] = MappingProxyType({})
_NO_PLACES: Mapping[str, tuple[int, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A municipality that a group is tied to, and why: an earlier place, work or school."""

    municipality: str
    kind: str
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who are placed together, known by a code only.

    ``needs`` are features that the location must have, ``typed`` how many of its people need a place of each
    type, ``kinds`` the kinds of location that will do (all when empty). ``link`` is shared by groups that
    belong together. ``nights`` is the first night and the day of leaving, counted from the first night of
    the task; None is all of them. A group that ``shares_room`` takes beds, others take whole rooms.
    """

    code: str
    size: int
    needs: frozenset[str] = frozenset()
    typed: Mapping[str, int] = field(default_factory=lambda: _NONE)
    kinds: frozenset[str] = frozenset()
    link: str = ""
    ties: tuple[Tie, ...] = ()
    urgency: int = 1
    latest_on: date | None = None
    nights: tuple[int, int] | None = None
    shares_room: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A location with its free places per night, of which ``typed`` are of a type.

    ``places`` are free of earlier placements and reservations, ``blocked`` of them may not be used. Places
    come in rooms of ``room_size``. ``behind`` is how many places the municipality owes of its fair share,
    negative when it did more, None when unknown or when people here do not count for it. ``opens_on`` is the
    first day people can come. ``only_for`` is the one target group the location is kept for, empty for
    everyone. ``there`` are the places per night when nobody is in them, at least and at most (nights taken
    together can differ), None when that is not known; with it a location that is full or closes is told from
    one that is too small.
    """

    code: str
    municipality: str
    kind: str
    places: tuple[int, ...]
    features: frozenset[str] = frozenset()
    typed: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: _NO_PLACES)
    blocked: int = 0
    room_size: int = 1
    opens_on: date | None = None
    behind: int | None = None
    only_for: str = ""
    there: tuple[tuple[int, int], ...] | None = None

    def free(self, kind: str, night: int) -> int:
        """Give the places of a type that can be used in a night; the empty type is any place."""
        usable = max(self.places[night] - self.blocked, 0)
        usable -= usable % self.room_size
        return min(usable, self.typed[kind][night] if kind in self.typed else 0) if kind else usable

    def taken_by(self, group: Group) -> int:
        """Give how many places a group takes here: whole rooms, unless it shares."""
        if group.shares_room:
            return group.size
        return -(-group.size // self.room_size) * self.room_size


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacingTask:
    """Groups to place, locations to place them in, and the kilometres between municipalities.

    ``km`` holds each pair once or twice; a municipality is 0 km from itself. Without any ``km`` another
    municipality counts as one. With ``unknown_is_far`` a pair that is not in ``km`` counts as far as the
    farthest that is, so that only being inside the municipality makes a difference; otherwise a pair that is
    needed must be there.
    """

    groups: tuple[Group, ...]
    locations: tuple[Location, ...]
    km: Mapping[tuple[str, str], float] = field(default_factory=lambda: MappingProxyType({}))
    unknown_is_far: bool = False

    @property
    def nights(self) -> int:
        """How many nights the locations give places for."""
        return max((len(each.places) for each in self.locations), default=1)

    def nights_of(self, group: Group) -> range:
        """Give the nights of a group."""
        first, until = group.nights or (0, self.nights)
        return range(first, min(until, self.nights))

    def distance(self, one: str, other: str) -> float | None:
        """Give the kilometres between two municipalities, None when unknown."""
        if one == other:
            return 0.0
        if not self.km:
            return 1.0
        return self.km.get((one, other), self.km.get((other, one)))


class UnknownDistance(ValueError):
    """The kilometres between two municipalities are needed and not given."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} - {other}")
        self.one, self.other = one, other
