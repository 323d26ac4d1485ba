"""Minutes that exist already: sent as a file, shown beside what was understood, corrected and stored."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.deliberation.engine.importing import Draft
from regietafel.deliberation.forms.importing import Correction, MinutesFileForm
from regietafel.deliberation.models import MinutesImport
from regietafel.deliberation.selectors.imports import imports_of, marked_lines, visible_imports
from regietafel.deliberation.services.importing import correct_import, drop_import, read_file, store_import
from regietafel.deliberation.views.pages import KeepingBodyPage, person
from regietafel.kernel import dutch
from regietafel.kit.fields import number_sent
from regietafel.kit.pages import ConfirmPage, FormPage, Header, Page
from regietafel.kit.refusal import Refused

CHANGED = gettext_lazy(
    "Iemand anders wijzigde dit intussen. Hieronder staat nog wat u invulde; "
    "open de pagina opnieuw om verder te gaan."
)


class ImportMinutes(KeepingBodyPage, FormPage):
    """Send a file with minutes; what was sent before stands below."""

    template_name = "deliberation/import_file.html"
    tab_set = "body"
    form_class = MinutesFileForm
    submit_label = gettext_lazy("Lees het bestand")

    def header(self) -> Header:
        purpose = _("Een bestaand verslag of besluitenlijst wordt gelezen; u kijkt het na voordat het telt.")
        crumbs = (
            (_("Overleg"), reverse("bodies")),
            (self.body.name, reverse("body", args=[self.body.pk])),
            (_("Inlezen"), None),
        )
        return Header(self.body.name, purpose, breadcrumbs=crumbs)

    def context(self) -> dict[str, Any]:
        return super().context() | {"imports": imports_of(self.body)}

    def save(self, form: MinutesFileForm) -> str:
        upload = form.cleaned_data["file"]
        made = read_file(
            body=self.body,
            name=upload.name,
            content=upload.read(),
            year=form.cleaned_data["year"],
            by=person(self.request),
        )
        return reverse("minutes-import", args=[made.pk])

    def success_message(self) -> str:
        return _("Gelezen. Kijk na of alles klopt; er is nog niets opgeslagen in de besluitenlijst.")


class ImportPage(Page):
    """A page of one import, for the secretariat of its body."""

    reading: MinutesImport

    def prepare(self) -> None:
        self.reading = get_object_or_404(visible_imports(self.request.user), pk=self.kwargs["pk"])

    def header(self) -> Header:
        body = self.reading.body
        crumbs = (
            (_("Overleg"), reverse("bodies")),
            (body.name, reverse("body", args=[body.pk])),
            (_("Inlezen"), reverse("body-imports", args=[body.pk])),
            (self.reading.file_name, None),
        )
        return Header(_("Nakijken: %s") % self.reading.file_name, self._purpose(), breadcrumbs=crumbs)

    def _purpose(self) -> str:
        counts = Draft.from_json(self.reading.reading).counts
        told = (
            dutch.counted(counts["B"], one=_("besluit"), many=_("besluiten")),
            dutch.counted(counts["K"], one=_("knelpunt"), many=_("knelpunten")),
            dutch.counted(counts["A"], one=_("actie"), many=_("acties")),
        )
        return _("Gelezen: %s.") % ", ".join(told)


class CorrectImport(ImportPage):
    """The text at the left, what we understood at the right."""

    template_name = "deliberation/import.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(Correction(self.draft))

    @property
    def draft(self) -> Draft:
        """The minutes as they stand now."""
        return Draft.from_json(self.reading.reading)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        correction = Correction(self.draft, request.POST)
        revision = number_sent(request.POST.get("wijziging", ""))
        if revision != self.reading.revision or not correction.fits:
            messages.error(request, CHANGED)
            return self._page(correction, status=422)
        if not correction.is_valid():
            messages.error(request, _("Niet alles is goed ingevuld; kijk naar de rode regels."))
            return self._page(correction, status=422)
        try:
            correct_import(
                reading=self.reading,
                draft=correction.corrected(),
                revision=revision,
                by=person(request),
            )
            if request.POST.get("actie") == "opslaan":
                meeting = store_import(reading=self.reading, by=person(request))
                messages.success(request, _("Opgeslagen als conceptverslag."))
                return redirect(reverse("meeting", args=[meeting.pk]))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self._page(correction, status=422)
        messages.success(request, _("Uw verbeteringen zijn bewaard."))
        return redirect(reverse("minutes-import", args=[self.reading.pk]))

    def _page(self, correction: Correction, *, status: int = 200) -> HttpResponse:
        return self.show(
            status=status,
            reading=self.reading,
            correction=correction,
            source_lines=marked_lines(self.reading),
            is_open=self.reading.state == MinutesImport.State.READ,
        )


class DropImport(ImportPage, ConfirmPage):
    """Throw away what was read."""

    question = gettext_lazy(
        "Het bestand en wat wij eruit lazen worden weggegooid. Er is niets van opgeslagen."
    )
    confirm_label = gettext_lazy("Gooi weg")

    def context(self) -> dict[str, Any]:
        return super().context() | {"cancel_url": reverse("minutes-import", args=[self.reading.pk])}

    def act(self) -> str:
        drop_import(reading=self.reading, by=person(self.request))
        messages.success(self.request, _("Weggegooid."))
        return reverse("body-imports", args=[self.reading.body_id])


urlpatterns = [
    path("overleg/<int:pk>/inlezen", ImportMinutes.as_view(), name="body-imports"),
    path("overleg/inlezen/<int:pk>", CorrectImport.as_view(), name="minutes-import"),
    path("overleg/inlezen/<int:pk>/weggooien", DropImport.as_view(), name="minutes-import-drop"),
]
