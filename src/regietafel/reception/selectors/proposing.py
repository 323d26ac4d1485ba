"""From tables to a placement task: groups without a place, and what is free for them on which nights."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from regietafel.reception.engine import ledger, placing
from regietafel.reception.models import (
    Assignment,
    Booking,
    Group,
    Location,
    PlaceKind,
    Pool,
    Proposal,
    ProposalLine,
)
from regietafel.reception.selectors.access import coordinated, region_around
from regietafel.reception.selectors.distances import Distances, distances_for
from regietafel.reception.selectors.forecasting import ledger_version
from regietafel.reception.selectors.free_places import Free
from regietafel.reception.selectors.ledger import ledger_of
from regietafel.register.public import (
    Area,
    Confidentiality,
    Organisation,
    municipalities_within,
    region_of,
)

LATER_DAYS, SEEN_DAYS, MOST_SEEN = 14, 60, 400
Ledger = ledger.Ledger


@dataclass(frozen=True)
class Span:
    """The first night, and the day after the last one."""

    first_on: date
    until_on: date


@dataclass(frozen=True)
class Ground:
    """What a proposal is reckoned from: the task, and which rows its codes stand for."""

    organisation: Organisation
    span: Span
    task: placing.PlacingTask
    pools: Mapping[str, Pool]
    groups: Mapping[str, Group]
    behind: Mapping[str, int]
    distances: Distances
    assignment: Assignment | None
    spread: frozenset[str]
    known_at: datetime
    version: str

    @property
    def codes(self) -> dict[int, str]:
        """The code of each pool by its number."""
        return {pool.pk: code for code, pool in self.pools.items()}

    def as_dict(self) -> dict[str, Any]:
        """Give what was reckoned with, to be kept with the proposal."""
        return {
            "bekend_op": self.known_at.isoformat(),
            "terugval": sorted(self.spread),
            "opdracht": self.assignment.title if self.assignment else None,
            "achterstand": dict(self.behind),
            "afstanden": self.distances.as_dict(self.task),
            "groepen": [
                {"nummer": self.groups[each.code].pk, "personen": each.size} for each in self.task.groups
            ],
            "plekken": [
                {
                    "plek": each.code,
                    "nummer": self.pools[each.code].pk,
                    "vrij": list(each.places),
                    "toegankelijk": _listed(each.typed.get("toegankelijk")),
                    "zorg": _listed(each.typed.get("zorg")),
                }
                for each in self.task.locations
            ],
        }


def _listed(free: tuple[int, ...] | None) -> list[int] | None:
    return None if free is None else list(free)


def placing_locations(organisation: Organisation) -> QuerySet[Location]:
    """Return the locations an organisation places people in.

    The coordination point: what is shared with its region or with itself. A municipality: its own. What is
    confidential is never proposed; who may read it can book it by hand.
    """
    rule = Q(organisation=organisation)
    area = region_of(organisation)
    if organisation.kind == Organisation.Kind.SAFETY_REGION and area is not None:
        inside = Q(organisation__in=region_around(area).organisation_ids)
        rule |= inside & (Q(shared_with_region=True) | Q(pk__in=_named_to(organisation)))
    rows = Location.objects.filter(rule, confidentiality__lte=Confidentiality.INTERNAL)
    return rows.select_related("municipality", "organisation").order_by("name", "pk")


def _named_to(organisation: Organisation) -> QuerySet[Any, Any]:
    shared = Location.shared_with.through._default_manager.filter(organisation_id=organisation.pk)
    return shared.values("location_id")


def groups_without_place(organisation: Organisation, on: date) -> QuerySet[Group]:
    """Return the groups of an organisation that hold no place on a day or later, soonest first.

    Who departed needs none any more; who has only an agreed end behind it does.
    """
    lines = Booking.objects.filter(group=OuterRef("pk"), superseded_at__isnull=True)
    holds = lines.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=on),
        Q(lapses_at__isnull=True) | Q(lapses_at__gt=timezone.now()),
    )
    still = Q(leaves_on__isnull=True) | Q(leaves_on__gt=on)
    waiting = Group.objects.filter(still, ~Exists(holds), organisation=organisation)
    departed = lines.filter(kind=Booking.Kind.DEPARTURE)
    return waiting.exclude(Exists(departed)).select_related("earlier", "tied_to")


def ground_of(organisation: Organisation, groups: Sequence[Group], *, span: Span, variant: str) -> Ground:
    """Return the task for some groups over some nights, on what is free now."""
    at = timezone.now()
    locations = list(placing_locations(organisation))
    book = ledger_of(locations)
    pools = _named(locations)
    cut = placing.stretches_of(span.first_on, span.until_on, stays=[stay_of(group) for group in groups])
    assignment = newest_assignment(organisation)
    behind = behind_of(assignment, book, on=span.first_on, at=at)
    free = Free(book, cut, at=at)
    distances = distances_for(organisation, (pool.location.municipality for pool in pools.values()))
    rooms = tuple(
        free.location(code, pool, behind=behind if _counts(pool, assignment) else {})
        for code, pool in pools.items()
    )
    people = [group_of(group, cut) for group in groups]
    spread = placing.without_own_place(rooms, people)
    task = placing.PlacingTask(
        groups=placing.fall_back(people, spread),
        locations=rooms,
        km=distances.km,
        unknown_is_far=True,
    )
    return Ground(
        organisation=organisation,
        span=span,
        task=placing.regular(task) if variant == Proposal.Variant.REGULAR else task,
        pools=pools,
        groups={group.code: group for group in groups},
        behind=behind,
        distances=distances,
        assignment=assignment,
        spread=spread,
        known_at=at,
        version=_version(locations, groups, km=distances.as_dict(task)["km"]),
    )


def stay_of(group: Group) -> tuple[date | None, date | None]:
    """Return the day a group comes and the day it leaves, where it is known."""
    return group.arrives_on, group.leaves_on


def starts_on(proposal: Proposal, group: Group) -> date:
    """Return the first night of a proposal on which a group is there."""
    return max(group.arrives_on, proposal.first_on)


def is_there(group: Group, span: Span) -> bool:
    """Say whether a group is there on a night of a period."""
    begin, end = stay_of(group)
    return max(begin or span.first_on, span.first_on) < min(end or span.until_on, span.until_on)


def _version(locations: Sequence[Location], groups: Iterable[Group], *, km: Sequence[Any]) -> str:
    """Return what changes when a place is taken, a group changes or a distance is corrected."""
    told = [
        (
            one.pk, one.people, one.needs, one.kinds, one.accessible, one.care, one.link, one.urgency,
            one.shares_room, one.earlier_id, one.tied_to_id, *stay_of(one), one.latest_on,
        )
        for one in groups
    ]  # fmt: skip
    return hashlib.sha256(repr((ledger_version(locations), told, km)).encode()).hexdigest()[:16]


def _named(locations: Sequence[Location]) -> dict[str, Pool]:
    """Return every pool under a name that people recognise and no other pool has."""
    rows = Pool.objects.filter(location__in=[one.pk for one in locations])
    pools = list(rows.select_related("location__municipality").order_by("location__name", "pk"))
    found: dict[str, Pool] = {}
    for naming in (_short_name, _kind_name, _full_name, _sure_name):
        names = Counter(naming(pool) for pool in pools)
        found |= {naming(pool): pool for pool in pools if names[naming(pool)] == 1}
        pools = [pool for pool in pools if names[naming(pool)] > 1]
    return dict(sorted(found.items()))


def _short_name(pool: Pool) -> str:
    return str(pool.location.name)


def _kind_name(pool: Pool) -> str:
    group = f", {pool.get_target_group_display()}" if pool.target_group else ""
    return f"{pool.location.name} ({pool.get_kind_display()}{group})"


def _full_name(pool: Pool) -> str:
    return f"{_kind_name(pool)}, {pool.location.municipality.name}"


def _sure_name(pool: Pool) -> str:
    return f"{_full_name(pool)}, {pool.pk}"


def group_of(group: Group, cut: placing.Stretches) -> placing.Group:
    """Return a group as the engine places it; only size, needs and ties are in it."""
    nights = cut.nights_of(stay_of(group))
    return replace(_alike(group), link=group.link, latest_on=group.latest_on, nights=nights)


def _alike(group: Group) -> placing.Group:
    """Return a group as one that could come again: for all nights, bound to no day and to no other group."""
    ties = [("eerder", group.earlier), ("werk of school", group.tied_to)]
    typed = {"toegankelijk": group.accessible, "zorg": group.care}
    return placing.Group(
        code=group.code,
        size=group.people,
        needs=frozenset(group.needs) & frozenset(placing.FEATURES),
        typed={kind: count for kind, count in typed.items() if count},
        kinds=frozenset(group.kinds) & frozenset(placing.KINDS),
        ties=tuple(placing.Tie(municipality=area.name, kind=kind) for kind, area in ties if area is not None),
        urgency=min(max(group.urgency, 1), placing.MOST_URGENT),
        shares_room=group.shares_room,
    )


def newest_assignment(organisation: Organisation) -> Assignment | None:
    """Return the assignment in force that came last."""
    rows = Assignment.objects.filter(
        organisation=organisation, ended_on__isnull=True, received_on__lte=timezone.localdate()
    )
    return rows.prefetch_related("targets__municipality").order_by("-received_on", "-pk").first()


def behind_of(assignment: Assignment | None, book: Ledger, *, on: date, at: datetime) -> dict[str, int]:
    """Return how many people each municipality takes less than its target, below 0 when it takes more.

    Who is placed there and who is reserved for counts; with private hosts only where the assignment says so.
    """
    if assignment is None:
        return {}
    private = ledger.Private.INCLUDED if assignment.counts_private else ledger.Private.EXCLUDED
    view = ledger.View(first=on, last=on, at=at, by=ledger.By.MUNICIPALITY, private=private)
    counts = ledger.count_days(book, view)
    found = {}
    for target in assignment.targets.all():
        day = counts.on(target.municipality.name, on)
        found[target.municipality.name] = target.places - day.occupied - day.reserved
    return found


def _counts(pool: Pool, assignment: Assignment | None) -> bool:
    """Say whether people in a place count for the share of their municipality."""
    return pool.kind != PlaceKind.PRIVATE or (assignment is not None and assignment.counts_private)


def seen_groups(organisation: Organisation, first: date) -> list[placing.Group]:
    """Return the groups that came in the weeks before a day, from which tomorrow is drawn."""
    since = first - timedelta(days=SEEN_DAYS)
    rows = Group.objects.filter(organisation=organisation, arrives_on__gte=since, arrives_on__lt=first)
    rows = rows.select_related("earlier", "tied_to").order_by("-arrives_on", "pk")[:MOST_SEEN]
    return [_alike(row) for row in rows]


def expected_people(organisation: Organisation, on: date) -> int:
    """Return how many people may still come in two weeks, if it goes on as in the last four."""
    since = on - timedelta(days=28)
    came = Group.objects.filter(organisation=organisation, arrives_on__gte=since, arrives_on__lt=on)
    people = sum(came.values_list("people", flat=True))
    return round(people * LATER_DAYS / 28)


def tie_areas(organisation: Organisation) -> list[Area]:
    """Return the municipalities that groups of an organisation can have a tie with: those of its region."""
    area = region_of(organisation)
    return list(municipalities_within(area)) if area is not None else []


def visible_lines(user: Any) -> QuerySet[ProposalLine]:
    """Return the lines of the proposals a person coordinates."""
    rows = ProposalLine.objects.filter(coordinated(user, "proposal__"))
    return rows.select_related("proposal__organisation", "group", "pool__location", "chosen__location")


def ground_of_proposal(proposal: Proposal) -> Ground:
    """Return the task of a proposal as it is now; who was erased, or is not there any more, is left out."""
    lines = proposal.lines.filter(group__isnull=False).select_related("group__earlier", "group__tied_to")
    span = Span(proposal.first_on, proposal.until_on)
    groups = [line.group for line in lines if line.group is not None and is_there(line.group, span)]
    return ground_of(proposal.organisation, groups, span=span, variant=proposal.variant)


def chosen_places(ground: Ground, lines: Iterable[ProposalLine]) -> dict[str, str]:
    """Return where each group goes by now, in codes of the task; what is gone is left out."""
    codes = ground.codes
    return {
        line.group.code: codes[line.chosen_id]
        for line in lines
        if line.group is not None and line.group.code in ground.groups and line.chosen_id in codes
    }
