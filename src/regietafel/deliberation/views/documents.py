"""Minutes and agendas as files to hand on, with what this person may read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import gettext as _

from regietafel.deliberation.adapters.exporters import FORMS, write_agenda, write_minutes
from regietafel.deliberation.selectors.minutes import minutes_for
from regietafel.deliberation.services.exporting import note_file
from regietafel.deliberation.views.pages import MeetingPage, person
from regietafel.kit.downloads import download

AGENDA_FORMS = ("docx", "pdf")


class MinutesFile(MeetingPage):
    """The minutes as a file; before the meeting is over only its secretariat has them."""

    def allowed(self) -> bool:
        return self.meeting.closed_at is not None or self.may_change

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kind = self.kwargs["kind"]
        if kind not in FORMS:
            raise Http404
        content = minutes_for(request.user, self.meeting)
        note_file(meeting=self.meeting, what=_("verslag als %s") % kind.upper(), by=person(request))
        return download(write_minutes(content, kind=kind), name=slugify(f"verslag {self.meeting}"), kind=kind)


class AgendaFile(MeetingPage):
    """The agenda as a file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kind = self.kwargs["kind"]
        if kind not in AGENDA_FORMS:
            raise Http404
        content = minutes_for(request.user, self.meeting)
        note_file(meeting=self.meeting, what=_("agenda als %s") % kind.upper(), by=person(request))
        return download(write_agenda(content, kind=kind), name=slugify(f"agenda {self.meeting}"), kind=kind)


urlpatterns = [
    path("overleg/vergaderingen/<int:pk>/bestand/<str:kind>", MinutesFile.as_view(), name="meeting-file"),
    path("overleg/vergaderingen/<int:pk>/agenda/<str:kind>", AgendaFile.as_view(), name="agenda-file"),
]
