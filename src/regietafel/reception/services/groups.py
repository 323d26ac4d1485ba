"""Groups known by a code only: made, changed, and erased when they have been gone long enough."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.changes import change, told
from regietafel.kit.refusal import Refused
from regietafel.reception.engine import ledger
from regietafel.reception.engine.anonymity import unfit_code, unfit_link
from regietafel.reception.models import Booking, CapacityBlock, Group
from regietafel.reception.selectors.ledger import block_of, pool_of
from regietafel.reception.services.days import FAR, families, lines_of
from regietafel.reception.services.forgetting import forget_in_proposals
from regietafel.reception.services.writing import author_of, log, refuse_personal, require_coordination
from regietafel.register.public import Organisation


@transaction.atomic
def create_group(*, organisation: Organisation, by: Any, code: str = "", **values: Any) -> Group:
    """Write down a group that needs a place; without a code it gets the next one."""
    require_coordination(organisation, by)
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    code = code.strip() or next_code(organisation)
    _refuse_persons({"code": code, **values})
    _refuse_odd(values)
    try:
        with transaction.atomic():
            group = Group.objects.create(
                organisation=organisation, code=code, created_by=author_of(by), **values
            )
    except IntegrityError as error:
        raise Refused(_("Er is al een groep met deze code. Kies een andere code."), field="code") from error
    log("groep.gemaakt", group, organisation_id=organisation.pk, by=by,
        changes=told({"code": code, **values}))  # fmt: skip
    return group


@transaction.atomic
def change_group(*, group: Group, by: Any, **values: Any) -> Group:
    """Change what is known of a group; no fewer people than already have a place."""
    locked = (
        Group.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=group.pk)
    )
    require_coordination(locked.organisation, by)
    _refuse_persons(values)
    _refuse_odd({name: getattr(locked, name) for name in ("people", "accessible", "care")} | values)
    promised = locked.bookings.filter(superseded_at__isnull=True).aggregate(most=Max("people"))["most"] or 0
    if values.get("people", locked.people) < promised:
        told_held = _("Voor deze groep zijn %s plaatsen geboekt. Wijzig eerst die boeking.")
        raise Refused(told_held % dutch.number(promised), field="people")
    try:
        with transaction.atomic():
            changes = change(locked, values)
    except IntegrityError as error:
        raise Refused(_("Er is al een groep met deze code. Kies een andere code."), field="code") from error
    if changes:
        log("groep.gewijzigd", locked, organisation_id=locked.organisation_id, by=by, changes=changes)
    return locked


def next_code(organisation: Organisation) -> str:
    """Return the first free code of this year, such as G26-014."""
    begin = f"G{timezone.localdate():%y}-"
    taken = set(organisation.reception_groups.filter(code__startswith=begin).values_list("code", flat=True))
    numbers = [int(code.removeprefix(begin)) for code in taken if code.removeprefix(begin).isdecimal()]
    return f"{begin}{max(numbers, default=0) + 1:03d}"


def _refuse_persons(values: dict[str, Any]) -> None:
    """Refuse a code or a text that looks as if it says who somebody is."""
    if "code" in values and (why := unfit_code(values["code"])):
        raise Refused(
            _("Deze code heeft %s. Neem een code die niemand verraadt, zoals G-014 of bus 3.") % why,
            field="code",
        )
    refuse_personal(str(values.get("origin", "")), field="origin")
    if why := unfit_link(str(values.get("link", ""))):
        raise Refused(
            _("Wat bij elkaar hoort, heeft %s. Neem een teken dat niemand verraadt, zoals K-12.") % why,
            field="link",
        )


def _refuse_odd(values: dict[str, Any]) -> None:
    people = values.get("people", 0)
    if people < 1:
        raise Refused(_("Vul ten minste 1 persoon in."), field="people")
    for name in ("accessible", "care"):
        if (values.get(name) or 0) > people:
            most = _("De groep telt %s. Vul niet meer plaatsen in dan er mensen zijn.")
            raise Refused(most % dutch.counted(people, one=_("persoon"), many=_("personen")), field=name)
    arrives_on, leaves_on = values.get("arrives_on"), values.get("leaves_on")
    if arrives_on and leaves_on and leaves_on <= arrives_on:
        raise Refused(_("Kies een dag van vertrek na de dag waarop de groep komt."), field="leaves_on")
    latest_on = values.get("latest_on")
    if arrives_on and latest_on and latest_on < arrives_on:
        late = _("De groep komt pas later. Kies als uiterste dag een dag vanaf de komst, of geen.")
        raise Refused(late, field="latest_on")
    _refuse_far(values)


def _refuse_far(values: dict[str, Any]) -> None:
    for name in ("arrives_on", "leaves_on", "latest_on"):
        if (day := values.get(name)) and abs(day - timezone.localdate()) > FAR:
            raise Refused(_("Deze dag ligt te ver weg. Kies een dag binnen tien jaar."), field=name)


def last_day_of(group: Group) -> date | None:
    """Return the day on which the last people of a group left or were to leave; None while some stay."""
    series = group.bookings.filter(superseded_at__isnull=True).values_list("series", flat=True)
    rows = [line for line in families(series) if line.group_id == group.pk]
    if not rows:
        return max(day for day in (group.arrives_on, group.leaves_on, group.latest_on) if day)
    pools = {line.pool_id: pool_of(line.pool) for line in rows}
    blocks = CapacityBlock.objects.filter(pool__in=pools, superseded_at__isnull=True)
    known = ledger.Ledger(
        blocks=tuple(block_of(block, pools[block.pool_id]) for block in blocks),
        bookings=tuple(lines_of(rows)),
    )
    ends = [claim.until_on for claim in ledger.claims_of(known, at=timezone.now())]
    if None in ends:
        return None
    return max([group.arrives_on, *(end for end in ends if end)])


def erase_old_groups() -> int:
    """Erase every group past its term; return how many. Its bookings keep their numbers and days only."""
    before = timezone.localdate() - timedelta(days=settings.RECEPTION_GROUP_DAYS)
    erased: list[Group] = []
    for group in Group.objects.filter(arrives_on__lt=before).order_by("pk"):
        last = last_day_of(group)
        if last is not None and last < before and _erase(group):
            erased.append(group)
    return len(erased)


@transaction.atomic
def _erase(group: Group) -> bool:
    locked = Group.objects.select_for_update(of=("self",)).filter(pk=group.pk).first()
    if locked is None:
        return False
    log("groep.gewist", locked, organisation_id=locked.organisation_id, by=None,
        reason=_("bewaartermijn voorbij"))  # fmt: skip
    Booking.objects.filter(group=locked).update(group=None, origin="", reason="")
    forget_in_proposals(locked)
    locked.delete()
    return True
