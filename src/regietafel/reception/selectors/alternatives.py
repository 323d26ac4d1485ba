"""What else is possible for a line of a proposal: the rule that blocks a place, or what choosing it costs."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.reception.engine import placing
from regietafel.reception.models import Pool, Proposal, ProposalLine
from regietafel.reception.selectors.proposing import Ground, chosen_places, ground_of_proposal

SECONDS_A_PRICE, SECONDS_IN_ALL = 2.0, 4.0


@dataclass(frozen=True)
class Table:
    """A proposal as it stands now, against what is free now.

    `fixed`: codes of groups that a person put somewhere; nobody moves them to make room for others.
    `seen` changes with every booking and every changed line.
    """

    proposal: Proposal
    ground: Ground
    lines: tuple[ProposalLine, ...]
    places: dict[str, str]
    fixed: frozenset[str]
    seen: str

    def holds(self, line: ProposalLine) -> bool:
        """Say whether the group of a line still exists and is there on a night of the proposal."""
        return line.group is not None and line.group.code in self.ground.groups

    def places_in(self, task: placing.PlacingTask) -> dict[str, str]:
        """Return where the groups of a task are; who was set aside is not in it."""
        known = {each.code for each in task.groups}
        return {one: at for one, at in self.places.items() if one in known}

    def task_for(self, group: str) -> placing.PlacingTask:
        """Return the task in which only those may move who were not put somewhere by a person."""
        return placing.set_aside(self.ground.task, self.places, codes=self.fixed - {group})


@dataclass(frozen=True)
class Alternative:
    """One place for one group: what blocks it, or what it costs; `price` None was not reckoned in time."""

    code: str
    pool: Pool
    municipality: str
    free: int
    is_current: bool
    is_proposed: bool
    blocked: str = ""
    price: placing.Price | None = None

    @property
    def may_be_chosen(self) -> bool:
        """Say whether this can be chosen: nobody chooses what was not priced."""
        return not self.blocked and (self.is_current or self.price is not None)

    @property
    def words(self) -> str:
        """Say what it costs."""
        if self.is_current:
            return _("Zo staat het nu.")
        return price_words(self.price) if self.price else _("De prijs was niet op tijd bekend.")


def table_of(proposal: Proposal) -> Table:
    """Return a proposal beside what is free now."""
    ground = ground_of_proposal(proposal)
    lines = tuple(proposal.lines.select_related("group", "pool__location", "chosen__location__municipality"))
    told = sorted((line.pk, line.chosen_id, line.is_changed) for line in lines)
    return Table(
        proposal=proposal,
        ground=ground,
        lines=lines,
        places=chosen_places(ground, lines),
        fixed=frozenset(
            line.group.code
            for line in lines
            if line.is_changed and line.group is not None and line.group.code in ground.groups
        ),
        seen=hashlib.sha256(repr((ground.version, told)).encode()).hexdigest()[:16],
    )


def trouble_of(table: Table) -> dict[int, str]:
    """Say of every line that no longer fits, by its number, what is in the way now.

    A place in which the lines no longer fit together is said of all of them.
    """
    full = placing.crowded(table.ground.task, table.places)
    found = unfit_of(table, with_full=True)
    for line in table.lines:
        code = table.places.get(line.group.code) if line.group else None
        if code in full:
            found.setdefault(line.pk, _("vol: %s") % full[code])
    return found


def unfit_of(table: Table, *, with_full: bool = False) -> dict[int, str]:
    """Say of every line whose group or place changed since, by its number, why it cannot be any more.

    A place that is only full by now counts `with_full`.
    """
    groups = {each.code: each for each in table.ground.task.groups}
    locations = {each.code: each for each in table.ground.task.locations}
    found: dict[int, str] = {}
    for line in table.lines:
        if line.group is None or line.chosen_id is None:
            continue
        code = table.places.get(line.group.code)
        if not table.holds(line):
            found[line.pk] = not_there()
        elif line.people != line.group.people:
            changed = {"now": line.group.people, "then": line.people}
            found[line.pk] = _("telt nu %(now)d personen, in dit voorstel %(then)d") % changed
        elif code is None:
            found[line.pk] = _("deze plek is niet meer met u gedeeld of gesloten")
        else:
            blocked = placing.blocks(groups[line.group.code], locations[code])
            told = [block.text for block in blocked if with_full or block.rule not in placing.NO_ROOM]
            found |= {line.pk: ", ".join(told)} if told else {}
    return found


def not_there() -> str:
    """Say that a group changed its days since it was proposed for."""
    return _("is er in deze nachten niet meer")


def alternatives_of(table: Table, line: ProposalLine, *, first: str = "") -> list[Alternative]:
    """Return every place for the group of a line: the possible ones with their price first.

    `first`: the number of the place of which the price is reckoned before all others.
    """
    assert line.group is not None
    group, task = line.group.code, table.task_for(line.group.code)
    ends_at = time.monotonic() + SECONDS_IN_ALL
    own = next(each for each in task.groups if each.code == group)
    pools = table.ground.pools
    locations = sorted(task.locations, key=lambda each: str(pools[each.code].pk) != first)
    places = table.places_in(task)
    told = {each.location: each.blocked for each in placing.verdicts(task, places, group=group)}
    found = [
        _alternative(table, line, about=(task, own, each, told[each.code]), ends_at=ends_at)
        for each in locations
    ]
    return sorted(found, key=_order)


def _order(one: Alternative) -> tuple[Any, ...]:
    price = one.price
    cost = (
        (price.unplaced, -price.together, len(price.moved), price.blind, price.km)
        if price
        else (0, 0, 0, 0, 0.0)
    )
    return (bool(one.blocked), not one.is_current, price is None, *cost, one.code)


def _alternative(
    table: Table,
    line: ProposalLine,
    *,
    about: tuple[placing.PlacingTask, placing.Group, placing.Location, Sequence[placing.Block]],
    ends_at: float,
) -> Alternative:
    task, group, location, told = about
    pool = table.ground.pools[location.code]
    blocked = ", ".join(block.text for block in told) if placing.blocks(group, location) else ""
    is_current = table.places.get(group.code) == location.code
    price = None
    if not blocked and not is_current and (left := ends_at - time.monotonic()) > 0:
        price = price_for(table, task, group=group.code, code=location.code, seconds=left)
    return Alternative(
        code=location.code,
        pool=pool,
        municipality=location.municipality,
        free=min((location.free("", night) for night in task.nights_of(group)), default=0),
        is_current=is_current,
        is_proposed=line.pool_id == pool.pk,
        blocked=blocked,
        price=price,
    )


def price_for(
    table: Table, task: placing.PlacingTask, *, group: str, code: str, seconds: float = SECONDS_A_PRICE
) -> placing.Price | None:
    """Return what it costs to put a group somewhere; None when that is not known in time."""
    places = table.places_in(task)
    effort = placing.Effort(clock=time.monotonic, seconds=min(seconds, SECONDS_A_PRICE))
    try:
        return placing.price_of(task, places, group=group, location=code, effort=effort)
    except TimeoutError:
        return None


def price_words(price: placing.Price) -> str:
    """Say what an alternative costs, in words for who chooses."""
    told = ", ".join(_price_parts(price))
    return told[:1].upper() + told[1:] + "."


def _price_parts(price: placing.Price) -> Iterator[str]:
    moved = len(price.moved)
    if moved:
        yield f"{placing.listed(price.moved)} {_('verhuist mee') if moved == 1 else _('verhuizen mee')}"
    else:
        yield _("niemand anders verhuist")
    if price.lost:
        one = len(price.lost) == 1
        yield f"{placing.listed(price.lost)} {_('verliest haar plek') if one else _('verliezen hun plek')}"
    people = dutch.counted(abs(price.unplaced), one=_("persoon"), many=_("mensen"))
    if price.unplaced:
        yield f"{people} {_('extra zonder plek') if price.unplaced > 0 else _('minder zonder plek')}"
    else:
        yield _("niemand extra zonder plek")
    if price.together:
        sets = dutch.counted(abs(price.together), one=_("gekoppeld stel"), many=_("gekoppelde stellen"))
        yield f"{sets} {_('meer bij elkaar') if price.together > 0 else _('minder bij elkaar')}"
    yield from price.ties
    yield from price.share


def reasons_of(table: Table, places: dict[str, str]) -> dict[str, str]:
    """Say for every group why it is where it is, or why it has no place."""
    lines, placeless = placing.explain(table.ground.task, places)
    return {line.group: line.reason for line in lines} | {one.group: one.reason for one in placeless}


def sorted_lines(lines: Sequence[ProposalLine]) -> list[ProposalLine]:
    """Return the lines with those without a place first."""
    return sorted(lines, key=lambda line: (line.chosen_id is not None, line.pk))
