"""What people do with a proposal: put a group elsewhere, refuse it, ask anew, or confirm and book it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.refusal import Refused
from regietafel.reception.models import Booking, Pool, Proposal, ProposalLine
from regietafel.reception.selectors.alternatives import (
    Table,
    not_there,
    price_for,
    reasons_of,
    table_of,
    unfit_of,
)
from regietafel.reception.selectors.proposing import Span, groups_without_place, is_there, starts_on, stay_of
from regietafel.reception.services.booking import Full, Wanted, book_together, lock_groups
from regietafel.reception.services.proposing import MOST_SECONDS, Order, make_proposal
from regietafel.reception.services.writing import log, reason_given, require_coordination
from regietafel.register.public import User

State = Proposal.State


class Overtaken(Refused):
    """Something changed since the page was shown; nothing was written."""


def change_line(
    *, line: ProposalLine, pool: Pool | None, reason: str, seen: str, by: User | None
) -> ProposalLine:
    """Put a group elsewhere, or nowhere (None), for a reason; who must make room moves as was shown.

    Raises:
        Overtaken: since the page was shown (`seen`) a place was taken or a line changed.
        Refused: a rule makes it impossible, or there is no reason.
    """
    proposal = line.proposal
    require_coordination(proposal.organisation, by)
    told = reason_given(reason, asked=_("Schrijf op waarom u een andere plek kiest."))
    table = table_of(proposal)
    if line.group is None:
        raise Refused(_("Deze groep is gewist."))
    if table.seen != seen:
        raise Overtaken(_("Er is intussen iets veranderd. De prijzen zijn opnieuw berekend; kies opnieuw."))
    places = _places_with(table, line.group.code, pool=pool)
    with transaction.atomic():
        locked = _open(proposal)
        if table_of(locked).seen != seen:
            raise Overtaken(_("Er is intussen iets veranderd. Kies nog een keer."))
        return _write_change(table, line, places=places, why=(told, by))


def _places_with(table: Table, group: str, *, pool: Pool | None) -> dict[str, str]:
    """Return where everybody goes when a person puts one group somewhere."""
    if pool is None:
        return {one: at for one, at in table.places.items() if one != group}
    code = table.ground.codes.get(pool.pk)
    if code is None:
        raise Refused(_("In deze plek kunt u niet plaatsen."))
    price = price_for(table, table.task_for(group), group=group, code=code)
    if price is None:
        raise Refused(_("De gevolgen waren niet op tijd bekend. Probeer het nog een keer."))
    if price.blocked:
        raise Refused(_("Kan niet: %s.") % ", ".join(block.text for block in price.blocked))
    fixed = {one: at for one, at in table.places.items() if one in table.fixed and one != group}
    return {**fixed, **(price.places or {})}


def _write_change(
    table: Table, line: ProposalLine, *, places: dict[str, str], why: tuple[str, User | None]
) -> ProposalLine:
    told = reasons_of(table, places)
    changed, moved = None, 0
    for each in table.lines:
        code = each.group.code if each.group else ""
        pool = table.ground.pools.get(places.get(code, ""))
        is_this = each.pk == line.pk
        is_moved = table.holds(each) and not is_this and each.chosen_id != (pool.pk if pool else None)
        if is_moved:
            moved += 1
            each.change_reason = _("verhuist mee met %s") % line.group
        if each.group is not None and (is_this or is_moved):
            each.people = each.group.people
        each.chosen, each.reason = pool, told.get(code, not_there() if each.group else each.reason)
        if is_this:
            each.is_changed, each.change_reason, changed = True, why[0][:300], each
    assert changed is not None
    fields = ["chosen", "people", "reason", "is_changed", "change_reason"]
    ProposalLine.objects.bulk_update(table.lines, fields)
    _count_again(table)
    _log_change(changed, was=line, moved=moved, why=why)
    return changed


def _count_again(table: Table) -> None:
    placed = sum(line.people for line in table.lines if line.chosen_id)
    unplaced = sum(line.people for line in table.lines if not line.chosen_id)
    Proposal.objects.filter(pk=table.proposal.pk).update(placed=placed, unplaced=unplaced)


def _log_change(
    changed: ProposalLine, *, was: ProposalLine, moved: int, why: tuple[str, User | None]
) -> None:
    reason, by = why
    changes = {"plek": [str(was.chosen or ""), str(changed.chosen or "")], "verhuizen mee": [None, moved]}
    owner = changed.proposal.organisation_id
    log("voorstelregel.gewijzigd", changed, organisation_id=owner, by=by, changes=changes, reason=reason)


def confirm_proposal(*, proposal: Proposal, by: User | None) -> list[Booking]:
    """Book every line of a proposal, or nothing when one of them no longer fits.

    Raises:
        Overtaken: a place was taken or a group changed meanwhile; the message names the line.
        Refused: it was decided already, or somebody may not book there.
    """
    require_coordination(proposal.organisation, by)
    with transaction.atomic():
        locked = _open(proposal)
        lock_groups(locked.lines.filter(group__isnull=False).values_list("group", flat=True))
        _refuse_overtaken(locked)
        lines = list(
            locked.lines.filter(group__isnull=False, chosen__isnull=False)
            .select_related("group", "chosen__location")
            .order_by("pk")
        )
        if not lines:
            raise Refused(_("Er is niets te boeken: geen groep heeft een plek in dit voorstel."))
        made = _booked(locked, lines, by=by)
        for line, booking in zip(lines, made, strict=True):
            line.booking = booking
        ProposalLine.objects.bulk_update(lines, ["booking"])
        _decide(locked, State.CONFIRMED, reason="", by=by)
    return made


def _refuse_overtaken(proposal: Proposal) -> None:
    """Refuse lines that no longer fit: their group or their place changed since they were proposed."""
    table = table_of(proposal)
    unfit = unfit_of(table)
    told = "; ".join([f"{line.group}: {unfit[line.pk]}" for line in table.lines if line.pk in unfit][:5])
    if told:
        raise Overtaken(
            _("Er is niets geboekt. %s. Kies een andere plek, of maak een nieuw voorstel.") % told
        )


def _booked(proposal: Proposal, lines: Sequence[ProposalLine], *, by: User | None) -> list[Booking]:
    try:
        return book_together(wanted=[wanted_of(proposal, line) for line in lines], by=by)
    except Full as full:
        hit = [line.group.code for line in lines if line.group and line.chosen_id == full.pool.pk]
        raise Overtaken(
            _("Er is niets geboekt. %(why)s Het gaat om %(groups)s.")
            % {"why": str(full), "groups": ", ".join(hit)}
        ) from full
    except Refused as refusal:
        raise Refused(_("Er is niets geboekt. %s") % refusal) from refusal


def wanted_of(proposal: Proposal, line: ProposalLine) -> Wanted:
    """Return what a line books: a placement from today on, and a reservation for who still has to come."""
    assert line.group is not None and line.chosen is not None
    _begin, end = stay_of(line.group)
    first = starts_on(proposal, line.group)
    return Wanted(
        pool=line.chosen,
        kind=Booking.Kind.PLACEMENT if first <= timezone.localdate() else Booking.Kind.RESERVATION,
        group=line.group,
        people=line.people,
        from_on=first,
        until_on=min(end or proposal.until_on, proposal.until_on),
        origin=line.group.origin,
        reason=_("Plaatsingsvoorstel %(number)d: %(title)s")
        % {"number": proposal.pk, "title": proposal.title},
    )


def refuse_proposal(*, proposal: Proposal, reason: str, by: User | None) -> Proposal:
    """Put a proposal aside, for a reason; nothing is booked."""
    require_coordination(proposal.organisation, by)
    told = reason_given(reason, asked=_("Schrijf op waarom u dit voorstel niet volgt."))
    with transaction.atomic():
        return _decide(_open(proposal), State.REFUSED, reason=told[:300], by=by)


def renew_proposal(*, proposal: Proposal, by: User | None) -> Proposal:
    """Propose anew for the groups that still have no place; an open proposal gives way to the new one."""
    require_coordination(proposal.organisation, by)
    asked = proposal.lines.filter(group__isnull=False).values("group")
    first = max(proposal.first_on, timezone.localdate())
    if first >= proposal.until_on:
        raise Refused(_("De nachten van dit voorstel zijn voorbij. Maak een voorstel voor andere nachten."))
    span = Span(first, proposal.until_on)
    waiting = list(groups_without_place(proposal.organisation, first).filter(pk__in=asked))
    groups = [group for group in waiting if is_there(group, span)]
    if waiting and not groups:
        raise Refused(_("De groepen zonder plek zijn er in deze nachten niet meer."))
    if not groups:
        raise Refused(_("Alle groepen van dit voorstel hebben een plek."))
    order = Order(
        title=proposal.title,
        first_on=first,
        until_on=proposal.until_on,
        variant=proposal.variant,
        seconds=min(proposal.seconds, MOST_SECONDS),
        seed=proposal.seed,
        later=int(dict(proposal.inputs.get("straks") or {}).get("personen") or 0),
    )
    made = make_proposal(organisation=proposal.organisation, groups=groups, order=order, by=by)
    with transaction.atomic():
        old = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        if old.state == State.OPEN:
            told = _("Vervangen door voorstel %(number)d van %(moment)s.") % {
                "number": made.pk,
                "moment": dutch.moment(made.made_at),
            }
            _decide(old, State.REFUSED, reason=told, by=by)
            made.inputs["vervangt"] = old.pk
            made.save(update_fields=("inputs",))
    return made


def _open(proposal: Proposal) -> Proposal:
    """Lock a proposal that nobody decided on yet."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("organisation")
    locked = rows.get(pk=proposal.pk)
    if locked.state != State.OPEN:
        raise Refused(_("Over dit voorstel is al besloten."))
    return locked


def _decide(proposal: Proposal, state: str, *, reason: str, by: User | None) -> Proposal:
    proposal.state, proposal.reason = state, reason
    proposal.decided_at, proposal.decided_by = timezone.now(), by
    proposal.save(update_fields=("state", "reason", "decided_at", "decided_by"))
    action = "voorstel.bevestigd" if state == State.CONFIRMED else "voorstel.afgewezen"
    log(action, proposal, organisation_id=proposal.organisation_id, by=by, reason=reason)
    return proposal
