"""Judging an alarm: a person says what it was, and why."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.refusal import Refused
from regietafel.monitor.models import Alarm
from regietafel.register.public import User


@transaction.atomic
def judge_alarm(*, alarm: Alarm, verdict: str, reason: str, by: User) -> Alarm:
    """Say of an alarm what it was; a later judgement replaces an earlier one, the log keeps both."""
    if verdict not in Alarm.Verdict.values or verdict == Alarm.Verdict.OPEN:
        raise Refused(_("Kies wat er aan de hand was."))
    if not reason.strip():
        raise Refused(_("Schrijf kort waarom."))
    alarm = Alarm.objects.select_for_update(of=("self",)).select_related("monitor__dossier").get(pk=alarm.pk)
    was, alarm.verdict = alarm.verdict, verdict
    alarm.judged_by, alarm.judged_at = by, timezone.now()
    alarm.judged_because = reason.strip()[:300]
    alarm.save(update_fields=("verdict", "judged_by", "judged_at", "judged_because"))
    record(
        "alarm.beoordeeld",
        alarm.monitor,
        organisation_id=alarm.monitor.dossier.organisation_id,
        by=by,
        details={"changes": {str(alarm): [was, verdict]}, "reason": reason.strip()},
    )
    return alarm
