"""What becomes of decisions, bottlenecks and actions after the meeting."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.models import Body, Entry, Escalation, Meeting
from regietafel.deliberation.selectors.access import keeps, may_report, visible_entries
from regietafel.deliberation.selectors.entries import may_reply, visible_escalations
from regietafel.deliberation.services.writing import log, require_secretariat
from regietafel.kit.changes import change
from regietafel.kit.refusal import Refused
from regietafel.register.public import User


def _locked(entry: Entry, by: Any) -> Entry:
    """Lock a line for who may read it: an item may be more secret than its body."""
    if not visible_entries(by).filter(pk=entry.pk).exists():
        raise Refused(_("Deze regel mag u niet lezen."))
    return (
        Entry.objects.select_for_update(of=("self",))
        .select_related("item__meeting__body", "owner_organisation", "owner_person")
        .get(pk=entry.pk)
    )


def _body(entry: Entry) -> Body:
    return entry.item.meeting.body


@transaction.atomic
def report_action(
    *, entry: Entry, report: str, is_done: bool, by: User | None, meeting: Meeting | None = None
) -> Entry:
    """Say how far an action is; done, it is closed. For who owes it and for the secretariat."""
    locked = _locked(entry, by)
    if not may_report(by, locked):
        raise Refused(_("Alleen wie de actie heeft, of het secretariaat, kan terugmelden."))
    if locked.kind != Entry.Kind.ACTION:
        raise Refused(_("Alleen een actie wordt teruggemeld."))
    if locked.state != Entry.State.OPEN:
        raise Refused(_("Deze actie is al afgerond of ingetrokken."))
    if not report.strip():
        raise Refused(_("Schrijf kort wat er is gedaan."))
    if meeting is not None and meeting.body_id != locked.item.meeting.body_id:
        raise Refused(_("Een actie wordt teruggemeld in een vergadering van hetzelfde overleg."))
    now = timezone.now()
    values: dict[str, Any] = {"report": report.strip(), "reported_at": now, "reported_in": meeting}
    if is_done:
        values |= {"state": Entry.State.CLOSED, "closed_at": now}
    changes = change(locked, values)
    log("actie.teruggemeld", locked, body=_body(locked), by=by, changes=changes)
    return locked


@transaction.atomic
def reopen_entry(*, entry: Entry, reason: str, by: User | None) -> Entry:
    """Open again what was closed too early; a condition that was met is then open too."""
    locked = _locked(entry, by)
    require_secretariat(_body(locked), by)
    if locked.state != Entry.State.CLOSED:
        raise Refused(_("Alleen wat afgerond is, kan weer open."))
    if not reason.strip():
        raise Refused(_("Schrijf kort waarom dit weer open moet."))
    opened = {"state": Entry.State.OPEN, "closed_at": None, "closed_through": None, "condition_met_at": None}
    change(locked, opened)
    log("verslagregel.heropend", locked, body=_body(locked), by=by, reason=reason)
    return locked


@transaction.atomic
def close_bottleneck(*, entry: Entry, through: Entry, by: User | None) -> Entry:
    """Close a bottleneck through the decision or action that solved it."""
    locked = _locked(entry, by)
    require_secretariat(_body(locked), by)
    if locked.kind != Entry.Kind.BOTTLENECK or locked.state != Entry.State.OPEN:
        raise Refused(_("Alleen een open knelpunt kan worden opgelost."))
    if through.kind not in (Entry.Kind.DECISION, Entry.Kind.ACTION) or through.state == Entry.State.WITHDRAWN:
        raise Refused(_("Een knelpunt wordt opgelost door een besluit of een actie die geldt."))
    if not keeps(by, _body(through)) or not visible_entries(by).filter(pk=through.pk).exists():
        raise Refused(_("Kies een besluit of actie uit een overleg van uw secretariaat."))
    change(locked, {"state": Entry.State.CLOSED, "closed_at": timezone.now(), "closed_through": through})
    log("knelpunt.opgelost", locked, body=_body(locked), by=by, changes={"door": [None, str(through)]})
    return locked


@transaction.atomic
def meet_condition(*, entry: Entry, by: User | None) -> Entry:
    """Note that the condition of a decision is met: what was decided "zolang" ends, what was "mits" holds."""
    locked = _locked(entry, by)
    require_secretariat(_body(locked), by)
    if locked.kind != Entry.Kind.DECISION or not locked.condition_kind:
        raise Refused(_("Dit besluit heeft geen voorwaarde."))
    if locked.state != Entry.State.OPEN:
        raise Refused(_("Dit besluit geldt niet meer."))
    if locked.condition_met_at is not None:
        raise Refused(_("Dat de voorwaarde is vervuld, staat er al."))
    values: dict[str, Any] = {"condition_met_at": timezone.now()}
    if locked.condition_kind in (Entry.Condition.WHILE, Entry.Condition.UNTIL):
        values |= {"state": Entry.State.CLOSED, "closed_at": timezone.now()}
    changes = change(locked, values)
    log("voorwaarde.vervuld", locked, body=_body(locked), by=by, changes=changes)
    return locked


@transaction.atomic
def escalate(
    *, entry: Entry, question: str, by: User | None, to_body: Body | None = None, to_name: str = ""
) -> Escalation:
    """Put a bottleneck before another body, with what is asked of it."""
    locked = _locked(entry, by)
    require_secretariat(_body(locked), by)
    if locked.kind != Entry.Kind.BOTTLENECK or locked.state != Entry.State.OPEN:
        raise Refused(_("Alleen een open knelpunt wordt doorgeleid."))
    if to_body is None and not to_name.strip():
        raise Refused(_("Kies naar welk overleg dit gaat, of schrijf het op."))
    if to_body is not None and to_body.pk == locked.item.meeting.body_id:
        raise Refused(_("Kies een ander overleg dan dit."))
    if not question.strip():
        raise Refused(_("Schrijf op wat u van het andere overleg vraagt."))
    made = Escalation.objects.create(
        entry=locked, to_body=to_body, to_name=to_name.strip(), question=question.strip(), asked_by=by
    )
    log(
        "knelpunt.doorgeleid",
        locked,
        body=_body(locked),
        by=by,
        changes={"naar": [None, str(to_body or to_name)]},
    )
    return made


@transaction.atomic
def reply_escalation(*, escalation: Escalation, reply: str, by: User | None) -> Escalation:
    """Note what the other body replied: by its secretariat, or by ours when it has none here."""
    locked = (
        Escalation.objects.select_for_update(of=("self",))
        .select_related("entry__item__meeting__body", "to_body")
        .get(pk=escalation.pk)
    )
    body = _body(locked.entry)
    if not visible_escalations(by).filter(pk=locked.pk).exists() or not may_reply(by, locked):
        raise Refused(_("Alleen het secretariaat van een van beide overleggen kan het antwoord noteren."))
    if not reply.strip():
        raise Refused(_("Schrijf op wat het antwoord is."))
    change(locked, {"reply": reply.strip(), "replied_at": timezone.now(), "replied_by": by})
    log(
        "doorgeleiding.beantwoord", locked.entry, body=body, by=by, changes={"antwoord": [None, locked.reply]}
    )
    return locked
