"""Verloop: how much attention there was against what was expected, and the alarms that gave."""

from datetime import timedelta
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.pages import DetailPage, FormPage, Header
from regietafel.monitor.forms.alarms import VerdictForm
from regietafel.monitor.models import Alarm
from regietafel.monitor.selectors.alarms import attention_of, visible_alarms
from regietafel.monitor.services.alarms import judge_alarm
from regietafel.monitor.views.pages import MonitorPage, WritingPage, person

ALARMS_SHOWN = 30
BADGES = {
    Alarm.Verdict.OPEN: "let-op",
    Alarm.Verdict.REAL: "fout",
    Alarm.Verdict.EXPLAINED: "ok",
    Alarm.Verdict.FALSE: "neutraal",
}


class MonitorAttention(MonitorPage, DetailPage):
    """The last eight weeks, day by day, with the alarms and the media that fell silent."""

    template_name = "monitor/attention.html"

    def context(self) -> dict[str, Any]:
        last = timezone.localdate() - timedelta(days=1)
        started = self.monitor.started_at is not None
        alarms = visible_alarms(self.request.user).filter(monitor=self.monitor)[:ALARMS_SHOWN]
        return super().context() | {
            "attention": attention_of(self.monitor, last=last) if started else None,
            "alarms": [(alarm, BADGES[Alarm.Verdict(alarm.verdict)]) for alarm in alarms],
        }


class JudgeAlarm(WritingPage, FormPage):
    """Say what an alarm was."""

    form_class = VerdictForm
    template_name = "monitor/alarm.html"
    step = _("Beoordeel het alarm")
    back = "monitor-attention"
    alarm: Alarm

    def prepare(self) -> None:
        super().prepare()
        alarms = visible_alarms(self.request.user).filter(monitor=self.monitor)
        self.alarm = get_object_or_404(alarms, pk=self.kwargs["alarm"])

    def header(self) -> Header:
        crumbs = (
            (_("Omgeving"), reverse("monitors")),
            (self.monitor.title, self.back_url()),
            (str(self.step), None),
        )
        return Header(_("Alarm van %s") % self.alarm.day.strftime("%d-%m-%Y"), self.monitor.title, crumbs)

    def context(self) -> dict[str, Any]:
        return super().context() | {"alarm": self.alarm}

    def form_arguments(self) -> dict[str, Any]:
        if self.alarm.verdict == Alarm.Verdict.OPEN:
            return {}
        return {"initial": {"verdict": self.alarm.verdict, "reason": self.alarm.judged_because}}

    def save(self, form: VerdictForm) -> str:
        judge_alarm(alarm=self.alarm, by=person(self.request), **form.cleaned_data)
        return self.back_url()


_ONE = "omgeving/monitors/<int:pk>"
urlpatterns = [
    path(f"{_ONE}/verloop", MonitorAttention.as_view(), name="monitor-attention"),
    path(f"{_ONE}/alarmen/<int:alarm>", JudgeAlarm.as_view(), name="monitor-alarm"),
]
