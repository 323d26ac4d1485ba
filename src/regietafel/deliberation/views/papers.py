"""The papers of an agenda item: adding, reading and removing, for who may read the item."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from regietafel.deliberation.forms.meetings import PaperForm
from regietafel.deliberation.models import Paper
from regietafel.deliberation.selectors.meetings import visible_papers
from regietafel.deliberation.services.agenda import add_paper, remove_paper
from regietafel.deliberation.views.agenda import AgendaStep, ItemStep
from regietafel.deliberation.views.pages import MeetingPage, person
from regietafel.kit.downloads import attachment
from regietafel.kit.pages import ConfirmPage, FormPage, Header


class AddPaper(ItemStep, FormPage):
    """Hang a paper on an item of the agenda."""

    form_class = PaperForm
    step = _("Stuk toevoegen")
    submit_label = gettext_lazy("Toevoegen")

    def save(self, form: PaperForm) -> str:
        add_paper(item=self.item, upload=form.cleaned_data["file"], by=person(self.request))
        return self.back_url()


class PaperPage(MeetingPage):
    """A page about one paper of the meeting that this person may read."""

    paper: Paper

    def prepare(self) -> None:
        super().prepare()
        papers = visible_papers(self.request.user).filter(item__meeting=self.meeting)
        self.paper = get_object_or_404(papers, pk=self.kwargs["part"])


class DownloadPaper(PaperPage, View):
    """Give a paper to who may read its item: always as an attachment, never shown by the browser."""

    tab_set = ""

    def header(self) -> Header:
        return Header(self.paper.name)

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        kept = self.paper
        return attachment(kept.file, name=kept.name, media_type=kept.media_type)


class RemovePaper(PaperPage, AgendaStep, ConfirmPage):
    """Take a paper out of sight."""

    step = _("Haal het stuk weg")
    confirm_label = gettext_lazy("Haal weg")

    def context(self) -> dict[str, Any]:
        told = [_("Niemand kan “%s” meer openen vanaf de agenda.") % self.paper.name]
        return super().context() | {"consequences": told, "cancel_url": self.back_url()}

    def act(self) -> str:
        remove_paper(paper=self.paper, by=person(self.request))
        return self.back_url()


_ONE = "overleg/vergaderingen/<int:pk>"
urlpatterns = [
    path(f"{_ONE}/punten/<int:part>/stukken/nieuw", AddPaper.as_view(), name="paper-add"),
    path(f"{_ONE}/stukken/<int:part>", DownloadPaper.as_view(), name="paper"),
    path(f"{_ONE}/stukken/<int:part>/verwijderen", RemovePaper.as_view(), name="paper-remove"),
]
