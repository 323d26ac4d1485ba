"""Proposals of places: reckoned and kept with what they were reckoned from; a proposal never books."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.refusal import Refused
from regietafel.reception.engine import placing
from regietafel.reception.models import Group, Pool, Proposal, ProposalLine
from regietafel.reception.selectors.proposing import (
    Ground,
    Span,
    ground_of,
    is_there,
    placing_locations,
    seen_groups,
)
from regietafel.reception.services.buses import Bus, add_bus
from regietafel.reception.services.writing import log, require_coordination
from regietafel.register.public import Organisation, User

MOST_SECONDS, MOST_GROUPS, MOST_NIGHTS, MOST_LATER = 10, 400, 366, 5_000
_TELLING_PART = 0.2


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is asked: for which nights, in which variant, and how long may be reckoned.

    `later`: people still to come for whom scarce places are kept. `seed`: where chance begins.
    """

    title: str
    first_on: date
    until_on: date
    variant: str = Proposal.Variant.REGULAR
    seconds: int = 8
    seed: int = 1
    later: int = 0


def make_proposal(
    *, organisation: Organisation, groups: Sequence[Group], order: Order, by: User | None
) -> Proposal:
    """Propose a place for groups that have none, and keep it with what it was reckoned from."""
    require_coordination(organisation, by)
    _refuse_odd(order, groups)
    _refuse_nowhere(organisation)
    ground = ground_of(organisation, groups, span=Span(order.first_on, order.until_on), variant=order.variant)
    made = _reckoned(ground, order)
    with transaction.atomic():
        row = Proposal.objects.create(
            organisation=organisation, made_at=timezone.now(), made_by=by, **_values(order, ground, made=made)
        )
        _write_lines(row, ground, made=made)
        changes = {"voor": [None, row.title], "personen": [None, made.proposal.score.placed]}
        log("voorstel.gemaakt", row, organisation_id=organisation.pk, by=by, changes=changes)
    return row


def propose_for_bus(
    *, organisation: Organisation, bus: Bus, groups: Sequence[Group], order: Order, by: User | None
) -> Proposal:
    """Write down the households of a bus and propose a place for them, and for groups that wait.

    Raises:
        Refused: as for `add_bus` and `make_proposal`; then the bus is not written down either.
    """
    require_coordination(organisation, by)
    _refuse_odd(order, groups, more=len(bus.households))
    _refuse_nowhere(organisation)
    coming = add_bus(organisation=organisation, bus=bus, by=by)
    return make_proposal(organisation=organisation, groups=[*groups, *coming], order=order, by=by)


def _refuse_nowhere(organisation: Organisation) -> None:
    if not Pool.objects.filter(location__in=placing_locations(organisation)).exists():
        raise Refused(_("Er zijn geen locaties om in te plaatsen. Voeg er een toe, of laat er een delen."))


def _refuse_odd(order: Order, groups: Sequence[Group], *, more: int = 0) -> None:
    if not groups and not more:
        raise Refused(_("Kies ten minste één groep zonder plek."))
    if len(groups) + more > MOST_GROUPS:
        raise Refused(_("Kies hoogstens %d groepen tegelijk.") % MOST_GROUPS)
    if not 1 <= (order.until_on - order.first_on).days <= MOST_NIGHTS:
        raise Refused(_("Kies een dag van vertrek na de eerste nacht, en hoogstens een jaar later."))
    if not 1 <= order.seconds <= MOST_SECONDS:
        raise Refused(_("Reken hoogstens %d seconden.") % MOST_SECONDS)
    for group in groups:
        if not is_there(group, Span(order.first_on, order.until_on)):
            raise Refused(_("Groep %s is er in deze nachten niet.") % group.code)


@dataclass(frozen=True)
class _Made:
    proposal: placing.Proposal
    reasons: dict[str, str]
    enlargement: str
    seen: int
    later: placing.Later | None


def _reckoned(ground: Ground, order: Order) -> _Made:
    """Reckon outside any transaction, so that nobody waits to book meanwhile."""
    ends_at = time.monotonic() + order.seconds
    futures, seen = _futures(ground, order)
    seconds = (ends_at - time.monotonic()) * (1 - _TELLING_PART)
    effort = placing.Effort(clock=time.monotonic, seconds=max(seconds, 0.5), seed=order.seed)
    made = _weighed(ground, futures, effort=effort)
    proposal = made.proposal
    lines, placeless = placing.explain(ground.task, proposal.places)
    left = placing.Effort(clock=time.monotonic, seconds=max(ends_at - time.monotonic(), 0.5))
    more = placing.smallest_enlargement(ground.task, proposal.places, effort=left)
    return _Made(
        proposal=proposal,
        reasons={line.group: line.reason for line in lines} | {one.group: one.reason for one in placeless},
        enlargement=more.text if more else "",
        seen=seen,
        later=made.later,
    )


def _futures(ground: Ground, order: Order) -> tuple[placing.Futures, int]:
    """Draw who may still come from groups that came before, and say how many those are."""
    if not order.later:
        return (), 0
    came = seen_groups(ground.organisation, order.first_on)
    seen = placing.fall_back(came, placing.without_own_place(ground.task.locations, came))
    if not seen:
        return (), 0
    return placing.draw_futures(seen, people=min(order.later, MOST_LATER), seed=order.seed), len(seen)


def _weighed(ground: Ground, futures: placing.Futures, *, effort: placing.Effort) -> placing.Weighed:
    if futures:
        return placing.propose_with_slack(ground.task, futures, effort=effort)
    return placing.Weighed(proposal=placing.propose(ground.task, effort), later=None)


def _values(order: Order, ground: Ground, *, made: _Made) -> dict[str, Any]:
    proposal, score = made.proposal, made.proposal.score
    return {
        "title": order.title.strip()[:160] or _("Groepen zonder plek"),
        "variant": order.variant,
        "first_on": order.first_on,
        "until_on": order.until_on,
        "seed": order.seed,
        "seconds": order.seconds,
        "placed": score.placed,
        "unplaced": score.unplaced,
        "value": proposal.points,
        "bound": proposal.bound,
        "gap_percent": proposal.gap_pct,
        "is_proven": proposal.is_optimal,
        "inputs": ground.as_dict()
        | {
            "straks": {"personen": order.later, "uit_groepen": made.seen, **_later(made.later)},
            "doelen": {
                "gekoppeld_bij_elkaar": score.together,
                "gekoppeld": score.links,
                "afwijking_van_aandeel": score.unfair,
                "schaars_gebruikt": score.scarce,
            },
            "uitbreiding": made.enlargement,
        },
    }


def _later(later: placing.Later | None) -> dict[str, float]:
    if later is None:
        return {}
    return {
        "verwacht": round(later.coming, 1),
        "vindt_plek": round(later.placed, 1),
        "zonder_speling": round(later.otherwise, 1),
    }


def _write_lines(row: Proposal, ground: Ground, *, made: _Made) -> None:
    pools = {group: ground.pools[code] for group, code in made.proposal.places.items()}
    ProposalLine.objects.bulk_create(
        ProposalLine(
            proposal=row,
            group=group,
            people=group.people,
            pool=pools.get(code),
            chosen=pools.get(code),
            reason=made.reasons[code],
        )
        for code, group in ground.groups.items()
    )
