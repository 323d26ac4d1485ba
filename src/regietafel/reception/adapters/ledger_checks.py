"""What a file of bookings cannot mean: lines that count double, and departures of people who never came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from regietafel.kernel import dutch
from regietafel.reception.adapters.records import RecordError
from regietafel.reception.engine.forecast import Line, LineKind

_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A line with the row of the file it stands in, and the location that is named there."""

    row: int
    line: Line
    location: str


def double(told: Iterable[Told]) -> Iterator[RecordError]:
    """Name the rows that say again what an earlier row said."""
    seen: dict[tuple[object, ...], int] = {}
    for each in told:
        key = _same(each)
        if key is None or (first := seen.setdefault(key, each.row)) == each.row:
            continue
        line = each.line
        group = f" van groep {line.group}" if line.group else ""
        yield RecordError(
            row=each.row,
            column="groep" if line.group else "soort",
            message=f"Rij {first} is ook een {line.kind}{group} op {dutch.date(line.day)}. Samen tellen "
            "zij dubbel: laat er één staan, of tel ze op in één regel.",
        )


def _same(told: Told) -> tuple[object, ...] | None:
    """Give what may stand in a file once; None where a line may be alike another and mean other people."""
    if told.line.group or told.line.kind is LineKind.START:
        return (*_but_number(told), told.line.people)
    return None


def _but_number(told: Told) -> tuple[object, ...]:
    line = told.line
    whose = (line.kind, line.group.casefold(), told.location.casefold(), line.is_private)
    return (*whose, line.day, line.until_on, line.probability, line.recorded_on)


def renumbered(told: Iterable[Told]) -> Iterator[str]:
    """Say which rows of a group differ from an earlier row in the number only: a part, or a correction."""
    seen: dict[tuple[object, ...], Told] = {}
    found = []
    for each in told:
        if not each.line.group:
            continue
        first = seen.setdefault(_but_number(each), each)
        if first.line.people != each.line.people:
            found.append(f"rij {first.row} en rij {each.row}")
    if found:
        yield (
            f"Deze rijen zijn van dezelfde groep op dezelfde dag, met een ander aantal: {_listed(found)}. "
            "Zij tellen elk mee. Haal er een weg als de ene rij de andere verbetert."
        )


def alike(told: Iterable[Told]) -> Iterator[str]:
    """Say which rows without a code are alike: they may be of other people, or stand there twice."""
    seen: dict[tuple[Line, str], int] = {}
    found = []
    for each in told:
        if each.line.group or not each.line.people or each.line.kind is LineKind.START:
            continue
        first = seen.setdefault((each.line, each.location.casefold()), each.row)
        if first != each.row:
            found.append(f"rij {each.row} aan rij {first}")
    if found:
        yield (
            f"Deze rijen van de boekingen zijn gelijk en tellen elk mee: {_listed(found)}. Haal er een "
            "weg als die per ongeluk twee keer in het bestand staat."
        )


def homeless(told: Iterable[Told], locations: frozenset[str]) -> Iterator[str]:
    """Say of which locations there are people and no places; private hosts need no block."""
    known = {name.casefold() for name in locations}
    rows: dict[str, list[str]] = {}
    for each in told:
        if each.location and each.location.casefold() not in known and not each.line.is_private:
            rows.setdefault(each.location, []).append(str(each.row))
    for name, numbers in list(rows.items())[:_MOST_SHOWN]:
        yield (
            f"Locatie “{name}” staat niet in het bestand met blokken, wel bij de boekingen in rij "
            f"{_listed(numbers)}. De mensen tellen mee, plaatsen zijn er niet. Controleer de naam."
        )
    if (more := len(rows) - _MOST_SHOWN) > 0:
        yield f"Dat geldt voor nog {dutch.counted(more, one='andere locatie', many='andere locaties')}."


def _listed(parts: Sequence[str]) -> str:
    more = len(parts) - _MOST_SHOWN
    return ", ".join(parts[:_MOST_SHOWN]) + (f" en nog {dutch.number(more)}" if more > 0 else "")


@dataclass(slots=True, kw_only=True)
class Departures:
    """Departures that cannot be, and remarks on those of people who may have been there from the start."""

    errors: list[RecordError] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def departures(told: Iterable[Told]) -> Departures:
    """Hold every departure against who had come by then; who is expected counts as having come."""
    every = sorted(told, key=lambda each: (each.line.day, each.line.kind is LineKind.DEPARTURE, each.row))
    there = _There(_placed(every))
    found = Departures()
    unseen = []
    for each in every:
        if each.line.kind is not LineKind.DEPARTURE:
            there.come(each.line)
        elif message := there.objection(each.line):
            found.errors.append(RecordError(row=each.row, column="aantal", message=message))
        else:
            if there.is_unseen(each.line):
                unseen.append(str(each.row))
            there.go(each.line)
    if unseen:
        found.remarks.append(
            f"De groepen van deze vertrekken komen nergens in de boekingen aan: rij {_listed(unseen)}. "
            "Wij nemen aan dat zij bij de mensen zonder code horen."
        )
    return found


def _placed(told: Iterable[Told]) -> Counter[str]:
    placed = Counter[str]()
    for each in told:
        if each.line.group and each.line.kind is LineKind.PLACEMENT:
            placed[each.line.group] += each.line.people or 0
    return placed


@dataclass(slots=True)
class _There:
    """How many have come and not gone: with private hosts or not, and of each group.

    ``placed`` is what is left of placements to take off reservations, so that nobody is counted twice.
    ``unknown`` holds the kinds of places and the groups of which some number is not known.
    """

    placed: Counter[str]
    people: Counter[bool] = field(default_factory=Counter)
    groups: dict[str, int] = field(default_factory=dict)
    unknown: set[bool | str] = field(default_factory=set)
    has_others: bool = False

    def come(self, line: Line) -> None:
        """Take in who came, was there, or is expected."""
        people = line.people or 0
        if line.kind is LineKind.RESERVATION and line.group:
            came = min(self.placed[line.group], people)
            self.placed[line.group] -= came
            people -= came
        if line.people is None:
            self.unknown |= {line.is_private, line.group} if line.group else {line.is_private}
        self.people[line.is_private] += people
        if line.group:
            self.groups[line.group] = self.groups.get(line.group, 0) + people
        else:
            self.has_others = self.has_others or line.people != 0

    def go(self, line: Line) -> None:
        """Let go who left."""
        self.people[line.is_private] -= line.people or 0
        if line.group in self.groups:
            self.groups[line.group] -= line.people or 0

    def is_unseen(self, line: Line) -> bool:
        """Say whether a group leaves that no line told the coming of."""
        return bool(line.group and line.people) and line.group not in self.groups

    def objection(self, line: Line) -> str:
        """Say why a departure cannot be; empty when it can."""
        people = line.people or 0
        if self.is_unseen(line) and not self.has_others:
            return (
                f"Groep {line.group} vertrekt, maar is op die dag nog niet gekomen. Controleer de code en "
                "de dag, of zet haar komst of een beginstand erbij."
            )
        here = self.groups.get(line.group)
        if here is not None and people > here and line.group not in self.unknown:
            return (
                f"Van groep {line.group} vertrekken er {dutch.number(people)}, maar er zijn er "
                f"{dutch.number(here)}. Controleer het aantal, de code en de dag."
            )
        there = self.people[line.is_private]
        if people > there and line.is_private not in self.unknown:
            whose = "bij gastgezinnen" if line.is_private else "in de opvang"
            return (
                f"Er vertrekken er {dutch.number(people)}, maar er zijn er {whose} op die dag "
                f"{dutch.number(there)}. Controleer het aantal en de dag, of zet op de eerste dag een "
                "beginstand."
            )
        return ""
