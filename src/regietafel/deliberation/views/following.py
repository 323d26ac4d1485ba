"""One decision, bottleneck or action: what stands around it, and what is done about it after the meeting."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.deliberation.forms.following import (
    EscalateForm,
    ReopenForm,
    ReplyForm,
    ReportForm,
    SolveForm,
)
from regietafel.deliberation.models import Entry, Escalation
from regietafel.deliberation.selectors.access import keeps, may_report, sits, visible_entries
from regietafel.deliberation.selectors.entries import (
    days_late,
    last_day_of,
    may_reply,
    story_of,
    visible_escalations,
)
from regietafel.deliberation.selectors.minutes import owner_of
from regietafel.deliberation.services.following import (
    close_bottleneck,
    escalate,
    meet_condition,
    reopen_entry,
    reply_escalation,
    report_action,
)
from regietafel.deliberation.views.decisions import badge_of, condition_told, state_told, term_told
from regietafel.deliberation.views.pages import Crumb, person
from regietafel.kit.pages import Action, ConfirmPage, DetailPage, FormPage, Header, Page

HAPPENED = {
    "verslagregel.toegevoegd": gettext_lazy("Vastgelegd"),
    "verslagregel.gewijzigd": gettext_lazy("Gewijzigd"),
    "verslagregel.ingetrokken": gettext_lazy("Ingetrokken"),
    "verslagregel.heropend": gettext_lazy("Weer geopend"),
    "actie.teruggemeld": gettext_lazy("Teruggemeld"),
    "knelpunt.opgelost": gettext_lazy("Opgelost"),
    "knelpunt.doorgeleid": gettext_lazy("Doorgeleid"),
    "doorgeleiding.beantwoord": gettext_lazy("Antwoord genoteerd"),
    "voorwaarde.vervuld": gettext_lazy("Voorwaarde vervuld"),
}
RELATIONS = (
    ("replaces", gettext_lazy("Vervangt")),
    ("replaced_by", gettext_lazy("Vervangen door")),
    ("carries_out", gettext_lazy("Voert uit")),
    ("carried_out_by", gettext_lazy("Uitgevoerd door")),
    ("closed_through", gettext_lazy("Opgelost door")),
    ("solves", gettext_lazy("Lost op")),
)


class EntryPage(Page):
    """A page about one line that the person may read."""

    step = ""
    entry: Entry

    def prepare(self) -> None:
        self.entry = get_object_or_404(visible_entries(self.request.user), pk=self.kwargs["pk"])

    def subject(self) -> Entry:
        return self.entry

    @property
    def keeps(self) -> bool:
        """Say whether this person keeps the secretariat of the body."""
        return keeps(self.request.user, self.entry.item.meeting.body)

    @property
    def is_open(self) -> bool:
        """Say whether the line is still open."""
        return self.entry.state == Entry.State.OPEN

    def entry_url(self) -> str:
        """Return the address of the line."""
        return reverse("entry", args=[self.entry.pk])

    def header(self) -> Header:
        kind = self.entry.get_kind_display().capitalize()
        here: tuple[Crumb, ...] = ((kind, None),)
        if self.step:
            here = ((kind, self.entry_url()), (str(self.step), None))
        crumbs = ((_("Overleg"), reverse("bodies")), *self._above(), *here)
        title = str(self.step) or kind
        return Header(title, "" if not self.step else _shortly(self.entry), crumbs, self.actions())

    def _above(self) -> tuple[Crumb, ...]:
        meeting = self.entry.item.meeting
        reads = sits(self.request.user, meeting)
        body: Crumb = (meeting.body.name, reverse("body", args=[meeting.body_id]) if reads else None)
        return body, (str(meeting), reverse("meeting", args=[meeting.pk]))

    def actions(self) -> tuple[Action, ...]:
        """Return the buttons beside the title."""
        return ()

    def context(self) -> dict[str, Any]:
        return {"entry": self.entry, "cancel_url": self.entry_url()}


def _shortly(entry: Entry) -> str:
    line = " ".join(entry.text.split())
    return line if len(line) <= 140 else line[:139].rstrip() + "…"


class EntryDetail(EntryPage, DetailPage):
    """One decision, bottleneck or action."""

    template_name = "deliberation/entry.html"

    def actions(self) -> tuple[Action, ...]:
        found = []
        if self._may_report():
            found.append(Action(_("Meld terug"), self._step("entry-report"), primary=True))
        if self.keeps:
            found += self._of_secretariat()
        return tuple(found)

    def _may_report(self) -> bool:
        is_action = self.entry.kind == Entry.Kind.ACTION
        return is_action and self.is_open and may_report(self.request.user, self.entry)

    def _step(self, name: str) -> str:
        return reverse(name, args=[self.entry.pk])

    def _of_secretariat(self) -> list[Action]:
        entry, found = self.entry, []
        if entry.kind == Entry.Kind.BOTTLENECK and self.is_open:
            found.append(Action(_("Los op"), self._step("entry-solve"), primary=True))
            found.append(Action(_("Leid door"), self._step("entry-escalate")))
        if entry.condition_kind and entry.condition_met_at is None and self.is_open:
            found.append(Action(_("Voorwaarde vervuld"), self._step("entry-condition"), primary=True))
        if entry.state == Entry.State.CLOSED:
            found.append(Action(_("Heropen"), self._step("entry-reopen")))
        if entry.state != Entry.State.WITHDRAWN:
            ask = reverse("inquiry-ask", args=[entry.item.meeting.body_id])
            found.append(Action(_("Vraag de leden"), f"{ask}?regel={entry.pk}"))
        return found

    def context(self) -> dict[str, Any]:
        story = story_of(self.request.user, self.entry)
        return super().context() | {
            "story": story,
            "relations": [(label, lines) for label, lines in _relations(story) if lines],
            "happened": [(event, HAPPENED.get(event.action, event.action)) for event in story.history],
            "state": (badge_of(self.entry), state_told(self.entry)),
            "owner": owner_of(self.entry),
            "term": term_told(self.entry),
            "last_day": last_day_of(self.entry),
            "days_late": days_late(self.entry),
            "condition": condition_told(self.entry),
            "about": self.entry.about_path if _is_own_page(self.entry.about_path) else "",
        }


def _relations(story: Any) -> list[tuple[Any, list[Entry]]]:
    found = []
    for name, label in RELATIONS:
        lines = getattr(story, name)
        found.append((label, list(lines) if isinstance(lines, tuple) else [lines] if lines else []))
    return found


def _is_own_page(address: str) -> bool:
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


class EntryStep(EntryPage, FormPage):
    """A step about one line for its secretariat, as long as the line is open."""

    kind: Entry.Kind | None = None

    def allowed(self) -> bool:
        return self.keeps and self.is_open and self.entry.kind == self.kind

    def cancel_url(self) -> str:
        return self.entry_url()


class ReportEntry(EntryStep):
    """Say how far an action is."""

    form_class = ReportForm
    template_name = "deliberation/report.html"
    step = _("Meld een actie terug")
    submit_label = gettext_lazy("Meld terug")

    def allowed(self) -> bool:
        is_action = self.entry.kind == Entry.Kind.ACTION
        return is_action and self.is_open and may_report(self.request.user, self.entry)

    def form_arguments(self) -> dict[str, Any]:
        return {"entry": self.entry, "user": self.request.user}

    def cancel_url(self) -> str:
        """Return the list or page the person came from."""
        lists = {reverse(name) for name in ("actions", "actions-mine", "actions-organisation")}
        came_from = self.request.GET.get("van", "")
        return came_from if came_from in lists else self.entry_url()

    def context(self) -> dict[str, Any]:
        return super().context() | {"term": term_told(self.entry), "owner": owner_of(self.entry)}

    def save(self, form: ReportForm) -> str:
        sent = form.cleaned_data
        report_action(
            entry=self.entry,
            report=sent["report"],
            is_done=sent["is_done"] == "ja",
            by=person(self.request),
            meeting=sent.get("meeting"),
        )
        return self.cancel_url()

    def success_message(self) -> str:
        return _("De actie is teruggemeld.")


class SolveEntry(EntryStep):
    """Close a bottleneck; through what is compulsory."""

    form_class = SolveForm
    kind = Entry.Kind.BOTTLENECK
    step = _("Los een knelpunt op")
    submit_label = gettext_lazy("Knelpunt is opgelost")

    def form_arguments(self) -> dict[str, Any]:
        return {"entry": self.entry, "user": self.request.user}

    def save(self, form: SolveForm) -> str:
        close_bottleneck(entry=self.entry, through=form.cleaned_data["through"], by=person(self.request))
        return self.entry_url()


class EscalateEntry(EntryStep):
    """Put a bottleneck before another body."""

    form_class = EscalateForm
    kind = Entry.Kind.BOTTLENECK
    step = _("Leid een knelpunt door")
    submit_label = gettext_lazy("Leid door")

    def form_arguments(self) -> dict[str, Any]:
        return {"entry": self.entry, "user": self.request.user}

    def save(self, form: EscalateForm) -> str:
        escalate(entry=self.entry, by=person(self.request), **form.cleaned_data)
        return self.entry_url()


class ReopenEntry(EntryStep):
    """Open a line again."""

    form_class = ReopenForm
    step = _("Heropen")
    submit_label = gettext_lazy("Heropen")

    def allowed(self) -> bool:
        return self.keeps and self.entry.state == Entry.State.CLOSED

    def save(self, form: ReopenForm) -> str:
        reopen_entry(entry=self.entry, reason=form.cleaned_data["reason"], by=person(self.request))
        return self.entry_url()


class MeetCondition(EntryPage, ConfirmPage):
    """Note that the condition of a decision is met."""

    step = _("Voorwaarde vervuld")
    confirm_label = gettext_lazy("Ja, de voorwaarde is vervuld")

    def allowed(self) -> bool:
        waits = bool(self.entry.condition_kind) and self.entry.condition_met_at is None
        return self.keeps and self.is_open and waits

    def context(self) -> dict[str, Any]:
        ends = self.entry.condition_kind in (Entry.Condition.WHILE, Entry.Condition.UNTIL)
        told = (
            _("Het besluit is daarmee afgerond.") if ends else _("Het besluit geldt dan zonder voorwaarde.")
        )
        return super().context() | {
            "consequences": [_("De voorwaarde is: %s.") % condition_told(self.entry), told]
        }

    def act(self) -> str:
        meet_condition(entry=self.entry, by=person(self.request))
        return self.entry_url()


class EscalationDetail(FormPage):
    """What was asked of another body, and its reply."""

    template_name = "deliberation/escalation.html"
    form_class = ReplyForm
    submit_label = gettext_lazy("Bewaar het antwoord")
    escalation: Escalation

    def prepare(self) -> None:
        found = visible_escalations(self.request.user)
        self.escalation = get_object_or_404(found, pk=self.kwargs["pk"])

    def header(self) -> Header:
        to = self.escalation.to_body or self.escalation.to_name
        crumbs = ((_("Overleg"), reverse("bodies")), (_("Doorgeleid knelpunt"), None))
        return Header(_("Doorgeleid knelpunt"), _("Aan %s.") % to, crumbs)

    @property
    def known_entry(self) -> Entry | None:
        """Return the line itself when this person may read it."""
        return visible_entries(self.request.user).filter(pk=self.escalation.entry_id).first()

    def context(self) -> dict[str, Any]:
        return {
            "escalation": self.escalation,
            "entry": self.known_entry,
            "from_body": self.escalation.entry.item.meeting.body,
            "may_reply": may_reply(self.request.user, self.escalation),
        }

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"reply": self.escalation.reply}}

    def save(self, form: ReplyForm) -> str:
        reply_escalation(
            escalation=self.escalation, reply=form.cleaned_data["reply"], by=person(self.request)
        )
        return reverse("escalation", args=[self.escalation.pk])


_ONE = "overleg/regels/<int:pk>"
urlpatterns = [
    path(_ONE, EntryDetail.as_view(), name="entry"),
    path(f"{_ONE}/terugmelden", ReportEntry.as_view(), name="entry-report"),
    path(f"{_ONE}/oplossen", SolveEntry.as_view(), name="entry-solve"),
    path(f"{_ONE}/doorgeleiden", EscalateEntry.as_view(), name="entry-escalate"),
    path(f"{_ONE}/voorwaarde", MeetCondition.as_view(), name="entry-condition"),
    path(f"{_ONE}/heropenen", ReopenEntry.as_view(), name="entry-reopen"),
    path("overleg/doorgeleidingen/<int:pk>", EscalationDetail.as_view(), name="escalation"),
]
