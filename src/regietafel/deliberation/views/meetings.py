"""The meetings of a body: planning, changing, inviting, guests, attendance and cancelling."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.deliberation.adapters.exporters.calendar import body_ics, meeting_ics, meeting_uid
from regietafel.deliberation.forms.meetings import (
    AttendanceForm,
    GuestForm,
    InvitationForm,
    MeetingForm,
    ReasonForm,
    SeriesForm,
)
from regietafel.deliberation.models import Guest, Meeting
from regietafel.deliberation.selectors.bodies import meetings_of
from regietafel.deliberation.selectors.meetings import (
    attendance_rows,
    guests_of,
    shares_of,
    without_address,
)
from regietafel.deliberation.selectors.minutes import calendar_of, minutes_for
from regietafel.deliberation.services.mailing import INVITABLE, send_invitation
from regietafel.deliberation.services.meetings import (
    cancel_meeting,
    change_meeting,
    invite_guest,
    note_attendance,
    plan_meeting,
    plan_series,
    withdraw_guest,
)
from regietafel.deliberation.views.pages import (
    STATE_BADGES,
    BodyPage,
    KeepingBodyPage,
    KeepingMeetingPage,
    MeetingPage,
    person,
)
from regietafel.kernel import dutch
from regietafel.kit.downloads import download
from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.pages import Action, ConfirmPage, DetailPage, Empty, FormPage, ListPage
from regietafel.kit.refusal import Refused


def _plan_actions(page: BodyPage) -> tuple[Action, ...]:
    """Return the buttons that plan meetings, for the secretariat of a body that still meets."""
    if not page.may_change or page.body.ended_on:
        return ()
    pk = [page.body.pk]
    series = (Action(_("Reeks plannen"), reverse("meeting-series", args=pk)),)
    one = Action(_("Vergadering plannen"), reverse("meeting-create", args=pk), primary=True)
    return (*(series if page.body.interval_weeks else ()), one)


class BodyMeetings(BodyPage, ListPage):
    """Every meeting of a body."""

    spec = ListSpec(
        columns=(
            Column("vergadering", _("Vergadering"), str, sort=("number",), key_fact=True),
            Column("begint", _("Wanneer"), "starts_at", sort=("starts_at",), key_fact=True),
            Column("plaats", _("Plaats"), "place"),
            Column(
                "stand",
                _("Stand"),
                "get_state_display",
                sort=("state",),
                badge=lambda meeting: STATE_BADGES[meeting.state],
            ),
        ),
        filters=(Filter("stand", _("Stand"), lambda _user: Meeting.State.choices, "state"),),
        search=("title", "place"),
        default_sort="-begint",
    )

    def actions(self) -> tuple[Action, ...]:
        calendar = Action(_("Zet in agenda"), reverse("body-calendar", args=[self.body.pk]))
        return (calendar, *_plan_actions(self))

    def rows(self) -> QuerySet[Meeting]:
        return meetings_of(self.body)

    def url_of(self, subject: Meeting) -> str:
        return reverse("meeting", args=[subject.pk])

    def empty(self) -> Empty:
        text = _("Plan een vergadering of een hele reeks. De vaste agendapunten komen er vanzelf op.")
        return Empty(_("Er is nog geen vergadering."), text, next(iter(_plan_actions(self)[::-1]), None))


class PlanMeeting(KeepingBodyPage, FormPage):
    """Plan one meeting."""

    form_class = MeetingForm
    step = _("Vergadering plannen")
    submit_label = gettext_lazy("Plan")

    def form_arguments(self) -> dict[str, Any]:
        body = self.body
        return {"initial": {"starts": body.starts_at, "place": body.place}}

    def save(self, form: MeetingForm) -> str:
        told = form.told()
        told = {name: value for name, value in told.items() if value or name != "chair"}
        meeting = plan_meeting(body=self.body, by=person(self.request), **told)
        return reverse("meeting", args=[meeting.pk])

    def success_message(self) -> str:
        return _("De vergadering is gepland. Kijk de agenda na en nodig daarna uit.")


class PlanSeries(KeepingBodyPage, FormPage):
    """Plan meetings in the rhythm of the body."""

    form_class = SeriesForm
    step = _("Reeks plannen")
    submit_label = gettext_lazy("Plan de reeks")
    template_name = "deliberation/series.html"
    planned = 0

    def form_arguments(self) -> dict[str, Any]:
        return {"body": self.body}

    def save(self, form: SeriesForm) -> str:
        until = form.cleaned_data["until"]
        made = plan_series(body=self.body, first=form.first, until=until, by=person(self.request))
        self.planned = len(made)
        return reverse("body-meetings", args=[self.body.pk])

    def success_message(self) -> str:
        return _("%s gepland.") % dutch.counted(self.planned, one=_("vergadering"), many=_("vergaderingen"))


class MeetingStep(KeepingMeetingPage):
    """A step of a meeting that goes back to a page of it."""

    back: ClassVar[str] = "meeting"

    def back_url(self) -> str:
        """Return the page this step was taken from."""
        return reverse(self.back, args=[self.meeting.pk])


class EditMeeting(MeetingStep, FormPage):
    """Change when and where a meeting is."""

    form_class = MeetingForm
    step = _("Wijzig de vergadering")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": MeetingForm.initial_of(self.meeting)}

    def save(self, form: MeetingForm) -> str:
        told = form.told()
        told = {name: value for name, value in told.items() if value is not None or name != "ends_at"}
        revision = form.cleaned_data["revision"] or 0
        change_meeting(meeting=self.meeting, revision=revision, by=person(self.request), **told)
        return self.back_url()

    def success_message(self) -> str:
        if self.meeting.invited_at is None:
            return _("Opgeslagen.")
        return _("Opgeslagen. De leden weten dit nog niet: verstuur de uitnodiging opnieuw.")


class CancelMeeting(MeetingStep, FormPage):
    """Cancel a meeting that has not begun."""

    form_class = ReasonForm
    step = _("Laat de vergadering vervallen")
    submit_label = gettext_lazy("Laat vervallen")

    def save(self, form: ReasonForm) -> str:
        cancel_meeting(
            meeting=self.meeting,
            reason=form.cleaned_data["reason"],
            by=person(self.request),
            site=self.request.build_absolute_uri("/"),
        )
        return self.back_url()

    def success_message(self) -> str:
        if self.meeting.invited_at is None:
            return _("De vergadering is vervallen.")
        return _("De vergadering is vervallen. Wie was uitgenodigd, krijgt bericht.")


class InviteMembers(MeetingStep, FormPage):
    """Mail the agenda to members and guests."""

    form_class = InvitationForm
    step = _("Verstuur de uitnodiging")
    submit_label = gettext_lazy("Verstuur")
    template_name = "deliberation/invite.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "shares": shares_of(self.request.user, self.meeting),
            "without": without_address(self.meeting),
            "may_send": self.meeting.state in INVITABLE,
        }

    def save(self, form: InvitationForm) -> str:
        send_invitation(
            meeting=self.meeting,
            note=form.cleaned_data["note"],
            by=person(self.request),
            site=self.request.build_absolute_uri("/"),
        )
        return self.back_url()

    def success_message(self) -> str:
        return _("De uitnodiging gaat nu per mail weg.")


class InviteGuest(MeetingStep, FormPage):
    """Invite somebody from outside to this meeting."""

    form_class = GuestForm
    step = _("Gast uitnodigen")
    submit_label = gettext_lazy("Toevoegen")

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def save(self, form: GuestForm) -> str:
        invite_guest(meeting=self.meeting, by=person(self.request), **form.cleaned_data)
        return self.back_url()

    def success_message(self) -> str:
        return _("De gast staat erbij. De mail gaat weg als u de uitnodiging verstuurt.")


class WithdrawGuest(MeetingStep, ConfirmPage):
    """Take the invitation of a guest back."""

    step = _("Zeg de gast af")
    confirm_label = gettext_lazy("Zeg af")
    guest: Guest

    def prepare(self) -> None:
        super().prepare()
        self.guest = get_object_or_404(guests_of(self.meeting), pk=self.kwargs["part"])

    def context(self) -> dict[str, Any]:
        told = [
            _("%s ziet niets meer van deze vergadering.") % self.guest,
            _("Er gaat geen mail uit. Laat zelf weten dat de uitnodiging vervalt."),
        ]
        return super().context() | {"consequences": told, "cancel_url": self.back_url()}

    def act(self) -> str:
        withdraw_guest(guest=self.guest, by=person(self.request))
        return self.back_url()


class MeetingAttendance(MeetingPage, DetailPage):
    """Who is expected and who was there; the secretariat notes it."""

    template_name = "deliberation/attendance.html"

    def allowed(self) -> bool:
        return self.reads_body

    @property
    def may_note(self) -> bool:
        """Say whether this person may still note who is there."""
        frozen = (Meeting.State.CONFIRMED, Meeting.State.CANCELLED)
        return self.may_change and self.meeting.state not in frozen

    def context(self) -> dict[str, Any]:
        rows = attendance_rows(self.meeting)
        counts = {label: sum(one.status == status for one in rows) for status, label in _STATUSES}
        form = AttendanceForm(rows=rows) if self.may_note else None
        return super().context() | {"rows": rows, "form": form, "counts": counts, "may_note": self.may_note}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.may_note:
            return self.show(status=422)
        form = AttendanceForm(request.POST, rows=attendance_rows(self.meeting))
        if not form.is_valid():
            return self.show(status=422, form=form)
        try:
            for row, status, by_whom in form.told:
                note_attendance(attendance=row, status=status, replaced_by=by_whom, by=person(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.show(status=422, form=form)
        return redirect("meeting-attendance", pk=self.meeting.pk)


_STATUSES = (
    ("aanwezig", gettext_lazy("aanwezig")),
    ("vervangen", gettext_lazy("vervangen")),
    ("afgemeld", gettext_lazy("afgemeld")),
    ("afwezig", gettext_lazy("afwezig zonder bericht")),
    ("onbekend", gettext_lazy("onbekend")),
)


class MeetingCalendar(MeetingPage, DetailPage):
    """One meeting for one's own calendar, with the items this person may read."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        meeting = self.meeting
        content = meeting_ics(
            minutes_for(request.user, meeting),
            url=request.build_absolute_uri(reverse("meeting", args=[meeting.pk])),
            uid=meeting_uid(meeting.pk),
            sequence=meeting.revision,
            is_cancelled=meeting.state == Meeting.State.CANCELLED,
        )
        return download(content, name=str(meeting), kind="ics")


class BodyCalendar(BodyPage, DetailPage):
    """The meetings of a body for one's own calendar, without what is on their agenda."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return download(body_ics(calendar_of(self.body)), name=self.body.name, kind="ics")


_BODY = "overleg/<int:pk>/vergaderingen"
_ONE = "overleg/vergaderingen/<int:pk>"
urlpatterns = [
    path("overleg/<int:pk>/kalender", BodyCalendar.as_view(), name="body-calendar"),
    path(f"{_ONE}/kalender", MeetingCalendar.as_view(), name="meeting-calendar"),
    path(_BODY, BodyMeetings.as_view(), name="body-meetings"),
    path(f"{_BODY}/nieuw", PlanMeeting.as_view(), name="meeting-create"),
    path(f"{_BODY}/reeks", PlanSeries.as_view(), name="meeting-series"),
    path(f"{_ONE}/wijzigen", EditMeeting.as_view(), name="meeting-edit"),
    path(f"{_ONE}/vervallen", CancelMeeting.as_view(), name="meeting-cancel"),
    path(f"{_ONE}/uitnodigen", InviteMembers.as_view(), name="meeting-invite"),
    path(f"{_ONE}/aanwezigheid", MeetingAttendance.as_view(), name="meeting-attendance"),
    path(f"{_ONE}/gasten/nieuw", InviteGuest.as_view(), name="guest-create"),
    path(f"{_ONE}/gasten/<int:part>/afzeggen", WithdrawGuest.as_view(), name="guest-withdraw"),
]
