"""The screen on which the secretary notes a meeting; every field is saved by itself."""

from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.models import AgendaItem, Attendance, Entry, Meeting
from regietafel.deliberation.selectors.access import visible_items
from regietafel.deliberation.selectors.minutes import attendances_of
from regietafel.deliberation.selectors.noting import (
    ROUND,
    ShownEntry,
    chips_of,
    entries_of_meeting,
    items_to_note,
    shown,
)
from regietafel.deliberation.services.following import close_bottleneck, report_action
from regietafel.deliberation.services.meetings import close_meeting, open_meeting, reopen_meeting
from regietafel.deliberation.services.noting import Noted, change_entry, write_notes
from regietafel.deliberation.services.noting_along import (
    add_typed_line,
    name_deputy,
    note_presence,
    write_press_line,
)
from regietafel.deliberation.views.pages import KeepingMeetingPage, person
from regietafel.kit.fields import number_sent
from regietafel.kit.pages import Action, DetailPage, PostPage
from regietafel.kit.refusal import Refused

State = Meeting.State
LINE = "deliberation/noting_line.html"


class NotingScreen(KeepingMeetingPage, DetailPage):
    """Agenda left, what is noted in the middle, who is there at the right."""

    template_name = "deliberation/noting.html"
    step = _("Notuleren")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.meeting.state == State.CONFIRMED:
            messages.info(
                request, _("Dit verslag is vastgesteld. Maak een nieuwe versie om iets te wijzigen.")
            )
        if self.meeting.state in (State.CONFIRMED, State.CANCELLED):
            return redirect("meeting-minutes", self.meeting.pk)
        return self.show()

    def actions(self) -> tuple[Action, ...]:
        pk = [self.meeting.pk]
        minutes = Action(_("Bekijk het verslag"), reverse("meeting-minutes", args=pk))
        steps = {
            State.RUNNING: (_("Sluit de vergadering"), "meeting-close"),
            State.DRAFT: (_("Open de vergadering weer"), "meeting-reopen"),
        }
        begin = (_("Begin de vergadering"), "meeting-open")
        label, name = steps.get(State(self.meeting.state), begin)
        is_next = self.meeting.state != State.DRAFT
        return (minutes, Action(label, reverse(name, args=pk), primary=is_next, method="post"))

    def context(self) -> dict[str, Any]:
        items = items_to_note(self.request.user, self.meeting)
        return super().context() | {
            "items": items,
            "chips": chips_of(self.meeting),
            "round": ";".join(f"{one.value}:{one.label}" for one in ROUND),
            "solutions": [line for one in items for line in one.entries if _solves(line.entry)],
            "now": timezone.now(),
        }


def _solves(entry: Entry) -> bool:
    return entry.kind != Entry.Kind.BOTTLENECK and entry.state != Entry.State.WITHDRAWN


class NotingStep(KeepingMeetingPage):
    """Saves one thing: tells a script what is stored now, and leads a browser without one back."""

    http_method_names = ["post"]

    @abstractmethod
    def save(self) -> dict[str, Any]:
        """Call the service and return what is stored now."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        is_script = request.headers.get("Accept") == "application/json"
        try:
            told = self.save()
        except Refused as refusal:
            if is_script:
                return JsonResponse({"fout": str(refusal)}, status=422)
            messages.error(request, str(refusal))
        else:
            if is_script:
                return JsonResponse({**told, "om": _clock()})
            messages.success(request, told.get("melding") or _("Opgeslagen om %s.") % _clock())
        return redirect(reverse("meeting-noting", args=[self.meeting.pk]) + self.place())

    def place(self) -> str:
        """Return where on the screen to go on."""
        number = self.kwargs.get("item")
        return f"#punt-{number}" if number else ""

    def item(self) -> AgendaItem:
        """Return the item of the address, when this person may read it."""
        return get_object_or_404(
            visible_items(self.request.user), meeting=self.meeting, pk=self.kwargs["item"]
        )

    def sent(self, name: str) -> str:
        """Return a text that was sent."""
        return self.request.POST.get(name, "")


def _clock() -> str:
    return f"{timezone.localtime():%H:%M:%S}"


def _told(noted: Noted) -> dict[str, Any]:
    return {"tekst": noted.text, "samengevoegd": noted.was_merged, "dubbel": noted.is_double}


class SaveNotes(NotingStep):
    """What was said about an item."""

    def save(self) -> dict[str, Any]:
        return _told(
            write_notes(
                item=self.item(), text=self.sent("tekst"), was=self.sent("was"), by=person(self.request)
            )
        )


class SavePressLine(NotingStep):
    """What the meeting tells the press."""

    def save(self) -> dict[str, Any]:
        return _told(
            write_press_line(
                meeting=self.meeting, text=self.sent("tekst"), was=self.sent("was"), by=person(self.request)
            )
        )


class AddLine(NotingStep):
    """A decision, bottleneck or action, typed in one line."""

    def save(self) -> dict[str, Any]:
        entry, is_new = add_typed_line(item=self.item(), line=self.sent("regel"), by=person(self.request))
        return {
            "nr": entry.pk,
            "html": _line(self.request, entry),
            "melding": _("Genoteerd.") if is_new else _("Deze regel staat er al."),
        }


def _line(request: HttpRequest, entry: Entry) -> str:
    return _drawn(request, shown(entry), meeting=entry.item.meeting)


def _drawn(request: HttpRequest, line: ShownEntry, *, meeting: Meeting) -> str:
    """Draw a line by itself, without all that a whole page asks of the database."""
    values = {"line": line, "meeting": meeting, "csrf_token": get_token(request)}
    return render_to_string(LINE, values)


class EntryStep(NotingStep):
    """Saves something of one line of this meeting."""

    def entry(self) -> Entry:
        """Return the line of the address, when this person may read it."""
        found = entries_of_meeting(self.request.user, self.meeting)
        return get_object_or_404(found, pk=self.kwargs["entry"])

    def place(self) -> str:
        return f"#regel-{self.kwargs['entry']}"


class SaveEntryText(EntryStep):
    """The words of a line, or its explanation."""

    FIELDS = ("text", "explanation")

    def save(self) -> dict[str, Any]:
        name = self.sent("veld") if self.sent("veld") in self.FIELDS else "text"
        mine = self.sent("tekst")
        changed = change_entry(
            entry=self.entry(), was={name: self.sent("was")}, by=person(self.request), **{name: mine}
        )
        stored = getattr(changed.entry, name)
        is_merged = stored != mine.replace("\r\n", "\n").strip()
        return {"tekst": stored, "samengevoegd": is_merged, "versie": changed.entry.revision}


class AttendanceStep(NotingStep):
    """Saves something of one chip."""

    def chip(self) -> Attendance:
        """Return the chip of the address."""
        found = self.meeting.attendances.select_related("seat", "guest", "meeting")
        return get_object_or_404(found, pk=self.kwargs["attendance"])

    def place(self) -> str:
        return "#aanwezigheid"


class SavePresence(AttendanceStep):
    """Whether somebody is there."""

    def save(self) -> dict[str, Any]:
        noted = note_presence(
            attendance=self.chip(), status=self.sent("stand"), was=self.sent("was"), by=person(self.request)
        )
        row = noted.attendance
        told = _("Een collega was u voor; die keuze staat er nu.") if noted.was_kept else ""
        return {"stand": row.status, "door": row.replaced_by, "melding": told}


class SaveDeputy(AttendanceStep):
    """Who sat in for somebody."""

    def save(self) -> dict[str, Any]:
        noted = name_deputy(
            attendance=self.chip(), deputy=self.sent("tekst"), was=self.sent("was"), by=person(self.request)
        )
        return {"tekst": noted.attendance.replaced_by, "samengevoegd": noted.was_kept}


class ReportBack(NotingStep):
    """How far an action of an earlier meeting is, told in this one."""

    def save(self) -> dict[str, Any]:
        item = self.item()
        if item.carried is None:
            raise Refused(_("Dit punt komt niet van een eerdere actie."))
        report_action(
            entry=item.carried,
            report=self.sent("terugmelding"),
            is_done=self.sent("klaar") == "ja",
            meeting=self.meeting,
            by=person(self.request),
        )
        return {"melding": _("De terugmelding is genoteerd.")}


class Solve(NotingStep):
    """A bottleneck is closed through a decision or action of this meeting."""

    def save(self) -> dict[str, Any]:
        item, number = self.item(), number_sent(self.sent("door"))
        if item.carried is None:
            raise Refused(_("Dit punt komt niet van een eerder knelpunt."))
        if number is None:
            raise Refused(_("Kies het besluit of de actie waarmee dit knelpunt is opgelost."))
        lines = entries_of_meeting(self.request.user, self.meeting)
        through = get_object_or_404(lines, pk=number)
        close_bottleneck(entry=item.carried, through=through, by=person(self.request))
        return {"melding": _("Het knelpunt is opgelost.")}


class NotingState(KeepingMeetingPage):
    """All that is stored now, for a screen that stays open while a colleague writes too."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        items = items_to_note(request.user, self.meeting)
        return JsonResponse(
            {
                "sleutel": get_token(request),
                "stand": self.meeting.state,
                "perslijn": self.meeting.press_line,
                "punten": [
                    {
                        "nr": one.item.pk,
                        "tekst": one.item.notes,
                        "regels": [self._told(line) for line in one.entries],
                    }
                    for one in items
                ],
                "aanwezig": [
                    {"nr": one.pk, "stand": one.status, "door": one.replaced_by}
                    for one in attendances_of(self.meeting)
                ],
            }
        )

    def _told(self, line: ShownEntry) -> dict[str, Any]:
        html = _drawn(self.request, line, meeting=self.meeting)
        return {"nr": line.entry.pk, "versie": line.entry.revision, "html": html}


class MeetingStep(KeepingMeetingPage, PostPage):
    """Opens, closes or reopens the meeting."""

    done = ""

    @abstractmethod
    def change(self) -> None:
        """Call the service."""

    def act(self) -> str:
        self.change()
        messages.success(self.request, str(self.done))
        return self.fallback_url()

    def fallback_url(self) -> str:
        return reverse("meeting-noting", args=[self.meeting.pk])


class OpenMeeting(MeetingStep):
    """From now on notes are taken."""

    done = _("De vergadering is begonnen.")

    def change(self) -> None:
        open_meeting(meeting=self.meeting, by=person(self.request))


class CloseMeeting(MeetingStep):
    """What was noted becomes the draft minutes."""

    done = _("De vergadering is gesloten. De leden kunnen het conceptverslag lezen.")

    def change(self) -> None:
        close_meeting(meeting=self.meeting, by=person(self.request))

    def act(self) -> str:
        super().act()
        return reverse("meeting-minutes", args=[self.meeting.pk])


class ReopenMeeting(MeetingStep):
    """Closed too early: go on, and show no draft to the members."""

    done = _("De vergadering is weer open. De leden zien het conceptverslag niet meer.")

    def change(self) -> None:
        reopen_meeting(meeting=self.meeting, by=person(self.request))


_ONE = "overleg/vergaderingen/<int:pk>/notuleren"
urlpatterns = [
    path(_ONE, NotingScreen.as_view(), name="meeting-noting"),
    path(f"{_ONE}/stand", NotingState.as_view(), name="meeting-noting-state"),
    path(f"{_ONE}/perslijn", SavePressLine.as_view(), name="meeting-press-line"),
    path(f"{_ONE}/begin", OpenMeeting.as_view(), name="meeting-open"),
    path(f"{_ONE}/sluit", CloseMeeting.as_view(), name="meeting-close"),
    path(f"{_ONE}/verder", ReopenMeeting.as_view(), name="meeting-reopen"),
    path(f"{_ONE}/punten/<int:item>/besproken", SaveNotes.as_view(), name="item-notes"),
    path(f"{_ONE}/punten/<int:item>/regel", AddLine.as_view(), name="item-line"),
    path(f"{_ONE}/punten/<int:item>/terugmelding", ReportBack.as_view(), name="item-report"),
    path(f"{_ONE}/punten/<int:item>/oplossen", Solve.as_view(), name="item-solve"),
    path(f"{_ONE}/regels/<int:entry>/tekst", SaveEntryText.as_view(), name="entry-text"),
    path(f"{_ONE}/aanwezigheid/<int:attendance>", SavePresence.as_view(), name="attendance-status"),
    path(f"{_ONE}/aanwezigheid/<int:attendance>/vervanger", SaveDeputy.as_view(), name="attendance-deputy"),
]
