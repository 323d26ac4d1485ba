"""Dividing an assignment: the key, what every method gives, and how far everybody is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.reception.engine.sharing import (
    DISPERSAL,
    METHODS,
    Caution,
    Division,
    Gap,
    Indivisible,
    Key,
    Origin,
    Sharer,
    UnusableKey,
    agreed_key,
    cautions,
    dispersal_key,
    disperse,
    divide,
    gaps,
    key_of,
    too_small,
)
from regietafel.reception.models import Assignment, Target
from regietafel.reception.selectors.access import Region, visible_assignments
from regietafel.reception.selectors.board import Board
from regietafel.register.public import populations_for_calculation

INHABITANTS, DWELLINGS, PERCENTAGES, DISPERSAL_KEY, OWN = (
    "inwoners",
    "woningen",
    "percentages",
    "spreidingswet",
    "eigen",
)
TYPED = (DWELLINGS, PERCENTAGES, DISPERSAL_KEY, OWN)
UNITS = {INHABITANTS: "inwoners", DWELLINGS: "woningen", PERCENTAGES: "%", OWN: "eenheden"}
ALL_METHODS = (*METHODS, DISPERSAL)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What to divide and by what; figures and durable places are per municipality, by name.

    `figures` holds what was typed: numbers for a key of one's own, SES-WOA scores for the Spreidingswet.
    """

    total: int
    on: date
    key: str = INHABITANTS
    method: str = METHODS[0]
    minimum: int = 0
    figures: Mapping[str, Fraction | None] = field(default_factory=dict)
    durable: Mapping[str, int] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What is known of a municipality for a key: the number and where it comes from, or why there is none."""

    value: Fraction | None
    source: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one method gives, with what to know about it; or why it gives nothing."""

    method: str
    division: Division | None
    cautions: tuple[Caution, ...] = ()
    refusal: str = ""
    is_chosen: bool = False

    @property
    def name(self) -> str:
        """Return the name of the method."""
        return str(Assignment.Method(self.method).label)

    @property
    def label(self) -> str:
        """Return the name of the method, and whether it is the chosen one."""
        return _("%s (gekozen)") % self.name if self.is_chosen else self.name


@dataclass(frozen=True, kw_only=True)
class Shares:
    """A key with what every method makes of it."""

    total: int
    key: Key
    sources: Mapping[str, str]
    outcomes: tuple[Outcome, ...]

    @cached_property
    def chosen(self) -> Outcome:
        """Return what the chosen method gives."""
        return next(one for one in self.outcomes if one.is_chosen)

    @property
    def rows(self) -> list[tuple[str, int | float, float, list[tuple[int | None, bool, str]]]]:
        """Return per municipality weight, quota, and of each method places, whether they differ, label."""
        found: list[tuple[str, int | float, float, list[tuple[int | None, bool, str]]]] = []
        own = self.chosen.division.places if self.chosen.division else {}
        for name, weight in self.key.weights.items():
            quota = self.total * weight / self.key.denominator
            cells: list[tuple[int | None, bool, str]] = []
            for outcome in self.outcomes:
                places = outcome.division.places.get(name) if outcome.division else None
                cells.append((places, places is not None and places != own.get(name), outcome.label))
            found.append((name, plain(weight), float(quota), cells))
        return found

    @property
    def weight(self) -> int | float:
        """Return all weights together."""
        return plain(self.key.denominator)

    @property
    def sums(self) -> list[tuple[int | None, str]]:
        """Return what each method gives together, and its label."""
        return [(one.division.placed if one.division else None, one.label) for one in self.outcomes]

    @property
    def small(self) -> tuple[str, ...]:
        """Return whose share is smaller than the smallest regular facility of the Spreidingswet."""
        return too_small(self.chosen.division) if self.chosen.division else ()


def plain(value: Fraction) -> int | float:
    """Return an exact number as people write it."""
    return value.numerator if value.denominator == 1 else float(value)


def shares_for(region: Region, wish: Wish) -> Shares:
    """Divide as wished, with the other methods beside it.

    Raises:
        UnusableKey: a figure is missing or cannot be used; the message says of whom.
        Indivisible: the chosen method cannot divide this.
    """
    figures = figures_for(region, wish)
    key = _key(wish, figures)
    found = compared(key, wish, sources={name: one.source for name, one in figures.items()})
    if found.chosen.division is None:
        raise Indivisible(found.chosen.refusal)
    return found


def figures_for(region: Region, wish: Wish) -> dict[str, Figure]:
    """Return what is known of every municipality for a key."""
    if wish.key in (INHABITANTS, DISPERSAL_KEY):
        found = populations_for_calculation(region.municipalities, on=wish.on)
        people = {area.name: _inhabitants(found[area.pk]) for area in region.municipalities}
        if wish.key == INHABITANTS:
            return people
        return {name: _with_score(name, one, wish=wish) for name, one in people.items()}
    day = dutch.date(wish.on)
    source = _("%(key)s op %(day)s; %(source)s") % {"key": wish.key, "day": day, "source": wish.source}
    return {
        area.name: Figure(value=wish.figures.get(area.name), source=source) for area in region.municipalities
    }


def _inhabitants(choice: Any) -> Figure:
    if choice.population is None:
        return Figure(value=None, reason=choice.reason)
    found = choice.population
    told = _("%(count)s inwoners op %(day)s; %(source)s") % {
        "count": dutch.number(found.count),
        "day": dutch.date(found.reference_on),
        "source": found.source,
    }
    return Figure(value=Fraction(found.count), source=told)


def _with_score(name: str, people: Figure, *, wish: Wish) -> Figure:
    score = wish.figures.get(name)
    told = _("%(people)s; SES-WOA %(score)s: %(source)s") % {
        "people": people.source,
        "score": dutch.number(float(score)) if score is not None else dutch.UNKNOWN,
        "source": wish.source,
    }
    return Figure(value=people.value, source=told, reason=people.reason)


def _key(wish: Wish, figures: Mapping[str, Figure]) -> Key:
    values = {name: one.value for name, one in figures.items()}
    if without := [name for name, one in figures.items() if one.value is None and one.reason]:
        raise UnusableKey(_reasons(figures, without), names=tuple(without))
    origin = Origin(
        name=wish.key, unit=UNITS.get(wish.key, ""), source=wish.source or None, reference_on=wish.on
    )
    if wish.key == DISPERSAL_KEY:
        return dispersal_key(values, {name: wish.figures.get(name) for name in values}, origin=origin)
    return agreed_key(values, origin=origin) if wish.key == PERCENTAGES else key_of(values, origin=origin)


def _reasons(figures: Mapping[str, Figure], without: Sequence[str]) -> str:
    """Say every reason once, with all municipalities it is of."""
    towns: dict[str, list[str]] = {}
    for name in without:
        towns.setdefault(figures[name].reason, []).append(name)
    return " ".join(f"{', '.join(names)}: {reason}" for reason, names in towns.items())


def compared(key: Key, wish: Wish, *, sources: Mapping[str, str]) -> Shares:
    """Let every method divide by a key, each with its cautions; the chosen one comes first."""
    sharers = tuple(
        Sharer(name=name, weight=weight, least=max(wish.minimum, wish.durable.get(name, 0)))
        for name, weight in key.weights.items()
    )
    methods = ALL_METHODS if wish.key == DISPERSAL_KEY or wish.method == DISPERSAL else METHODS
    ordered = sorted(methods, key=lambda method: method != wish.method)
    outcomes = tuple(_outcome(method, key=key, wish=wish, sharers=sharers) for method in ordered)
    return Shares(total=wish.total, key=key, sources=sources, outcomes=outcomes)


def _outcome(method: str, *, key: Key, wish: Wish, sharers: tuple[Sharer, ...]) -> Outcome:
    is_chosen = method == wish.method
    try:
        division = (
            _dispersed(key, wish) if method == DISPERSAL else divide(wish.total, sharers, method=method)
        )
    except Indivisible as refusal:
        return Outcome(method=method, division=None, refusal=refusal.message, is_chosen=is_chosen)
    found = cautions(division, sharers)
    return Outcome(method=method, division=division, cautions=found, is_chosen=is_chosen)


def _dispersed(key: Key, wish: Wish) -> Division:
    if wish.key != DISPERSAL_KEY:
        raise Indivisible(_("De formule van de Spreidingswet vraagt de sleutel met SES-WOA-scores."))
    if wish.minimum or wish.durable:
        raise Indivisible(
            _("De formule van de Spreidingswet kent geen minimum en geen duurzame plaatsen per gemeente.")
        )
    return disperse(wish.total, key)


def visible_targets(user: Any) -> QuerySet[Target]:
    """Return the parts of the assignments a person may read."""
    rows = Target.objects.filter(assignment__in=visible_assignments(user))
    return rows.select_related("assignment__organisation", "municipality")


def assignments_of(region: Region) -> QuerySet[Assignment]:
    """Return the assignments of a region, those in force first."""
    rows = Assignment.objects.filter(organisation=region.point)
    return rows.order_by("ended_on", "-received_on", "-pk")


@dataclass(frozen=True, kw_only=True)
class Share:
    """One municipality in an assignment: its part, what was computed, and how far it is."""

    target: Target
    computed: int | None
    gap: Gap

    @property
    def deviation(self) -> int | None:
        """Return the agreed part minus the computed one."""
        return None if self.computed is None else self.target.places - self.computed

    @property
    def reached(self) -> float | None:
        """Return what is there as a part of what was asked; None when unknown or nothing was asked."""
        return None if self.gap.reached is None else float(self.gap.reached)

    @property
    def rank(self) -> str:
        """Return the rank, as a range where rounding could decide; unknown without one."""
        if self.gap.rank is None:
            return ""
        best, worst = self.gap.rank
        return str(best) if best == worst else f"{best}–{worst}"


@dataclass(frozen=True, kw_only=True)
class AssignmentTold:
    """An assignment with its parts, the sum, the other methods, and why the sum differs where it does."""

    assignment: Assignment
    shares: tuple[Share, ...]
    methods: Shares | None

    @property
    def sum(self) -> int:
        """Return all parts together."""
        return sum(one.target.places for one in self.shares)

    @property
    def realised(self) -> int | None:
        """Return what is there of all parts together; None where one of them is unknown."""
        there = [one.gap.realised for one in self.shares]
        return None if None in there else sum(number or 0 for number in there)

    @property
    def behind(self) -> int | None:
        """Return what is there minus all parts together; below 0 is behind, None is unknown."""
        return None if self.realised is None else self.realised - self.sum

    @property
    def reached(self) -> float | None:
        """Return what is there as a part of all parts together; None when unknown or nothing was asked."""
        return None if self.realised is None or not self.sum else self.realised / self.sum

    @property
    def difference(self) -> int:
        """Return all parts together minus the assignment."""
        return self.sum - self.assignment.total

    @property
    def agreed(self) -> tuple[Share, ...]:
        """Return the parts that were agreed instead of computed."""
        return tuple(one for one in self.shares if one.target.is_agreed)


def assignment_told(assignment: Assignment, board: Board | None) -> AssignmentTold:
    """Return an assignment with its parts, and how far everybody is on the day of a board."""
    targets = list(assignment.targets.select_related("municipality"))
    methods = _again(assignment, targets)
    computed = methods.chosen.division.places if methods and methods.chosen.division else {}
    realised = {line.name: line.realised for line in board.lines} if board else {}
    found = gaps({one.municipality.name: one.places for one in targets}, realised)
    return AssignmentTold(
        assignment=assignment,
        shares=tuple(
            Share(target=target, computed=computed.get(target.municipality.name), gap=gap)
            for target, gap in zip(targets, found, strict=True)
        ),
        methods=methods,
    )


def _again(assignment: Assignment, targets: list[Target]) -> Shares | None:
    """Divide again from what was stored; None when the weights allow no division."""
    weights = {one.municipality.name: Fraction(str(one.weight)) for one in targets}
    if not any(weights.values()):
        return None
    wish = Wish(
        total=assignment.total,
        on=assignment.key_on or assignment.received_on,
        key=assignment.key,
        method=assignment.method,
        minimum=assignment.minimum,
        durable={one.municipality.name: one.durable for one in targets if one.durable},
        source=assignment.key_source,
    )
    origin = Origin(name=assignment.key, unit=UNITS.get(assignment.key, ""), source=assignment.key_source)
    sources = {one.municipality.name: one.source for one in targets}
    return compared(Key(origin=origin, weights=weights), wish, sources=sources)
