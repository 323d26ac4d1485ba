"""Looking for someone who asked: the words are sent and forgotten; a person judges what is about whom."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from regietafel.kit.downloads import download
from regietafel.kit.pages import FormPage
from regietafel.kit.refusal import Refused
from regietafel.monitor.forms.privacy import SeekForm
from regietafel.monitor.selectors.data_requests import is_open
from regietafel.monitor.services.data_requests import (
    MOST_SHOWN,
    chosen_messages,
    erase_chosen,
    seek_requester,
    write_letter,
)
from regietafel.monitor.views.pages import person
from regietafel.monitor.views.privacy.overview import ROOT
from regietafel.monitor.views.privacy.requests import DataRequestPage


class SeekRequester(DataRequestPage, FormPage):
    """The only search for a person: for who asked it, with a line in the log."""

    form_class = SeekForm
    template_name = "monitor/privacy/seek.html"
    step = _("Zoek in berichten")
    submit_label = _("Zoek")

    def prepare(self) -> None:
        super().prepare()
        if not is_open(self.asked):
            raise Http404

    def context(self) -> dict[str, Any]:
        return {"asked": self.asked, "most_shown": MOST_SHOWN}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SeekForm(request.POST)
        if not form.is_valid():
            return self._ask(form, status=422)
        try:
            found = seek_requester(request=self.asked, words=form.lines(), by=person(request))
        except Refused as refusal:
            form.add_error("words", str(refusal))
            return self._ask(form, status=422)
        return self.show(form=form, found=found, submit_label=self.submit_label, cancel_url=self.own_url())

    def save(self, form: SeekForm) -> str:
        return self.own_url()


class ChosenPage(DataRequestPage):
    """A step with the texts that a person chose; nothing can be read here without having searched."""

    http_method_names = ["post"]

    @property
    def marks(self) -> list[str]:
        """Return the signed marks of the chosen texts."""
        return self.request.POST.getlist("gekozen")

    def refused(self, refusal: Refused) -> HttpResponse:
        """Say why it cannot be done, on the page of the request."""
        messages.error(self.request, str(refusal))
        return redirect(self.own_url())


class WriteLetter(ChosenPage):
    """The letter of access, as a file that is not kept."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        email = request.POST.get("email", "").strip()[:254]
        try:
            made = write_letter(request=self.asked, marks=self.marks, email=email, by=person(request))
        except Refused as refusal:
            return self.refused(refusal)
        return download(made, name=_("inzage %s") % self.asked.case_number, kind="docx")


class EraseChosen(ChosenPage):
    """Say what will happen, and after a yes really erase."""

    template_name = "monitor/privacy/erase.html"
    step = _("Wis de gekozen teksten")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            if request.POST.get("zeker") != "ja":
                return self._ask_first()
            proofs = erase_chosen(request=self.asked, marks=self.marks, by=person(request))
        except Refused as refusal:
            return self.refused(refusal)
        if any(proof.remains for proof in proofs):
            messages.error(request, _("Er is gewist, maar er is tekst teruggevonden. Zie Bewijs van wissen."))
        else:
            messages.success(request, _("De teksten zijn gewist en nergens teruggevonden."))
        return redirect(self.own_url())

    def _ask_first(self) -> HttpResponse:
        chosen = chosen_messages(self.asked, self.marks)
        if not chosen:
            raise Refused(_("Kies minstens één tekst die over de betrokkene gaat."))
        return self.show(count=len(chosen), marks=self.marks, cancel_url=self.own_url())


_ONE = f"{ROOT}/verzoeken/<int:pk>"
urlpatterns = [
    path(f"{_ONE}/zoeken", SeekRequester.as_view(), name="data-request-seek"),
    path(f"{_ONE}/brief", WriteLetter.as_view(), name="data-request-letter"),
    path(f"{_ONE}/gekozen/wissen", EraseChosen.as_view(), name="data-request-erase"),
]
