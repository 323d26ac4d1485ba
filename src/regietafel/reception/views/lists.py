"""Lists that exist already: sent as a file, looked at under our own columns, and stored all or nothing."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from regietafel.kernel import dutch
from regietafel.kit.downloads import download_table
from regietafel.kit.pages import Action, ConfirmPage, FormPage, Header, Page
from regietafel.kit.refusal import Refused
from regietafel.reception.forms.lists import ListFileForm, MappingForm
from regietafel.reception.models import ListImport
from regietafel.reception.selectors.lists import Trial, known_columns, preview_of, trial_of, visible_lists
from regietafel.reception.selectors.own_lists import own_list
from regietafel.reception.services.lists import (
    ListRefused,
    check_list,
    confirm_columns,
    drop_list,
    receive_list,
    store_list,
)

RECENT = 20
LAYOUTS = ("csv", "xlsx")
SHOWN_ERRORS = 200
TITLES = {
    ListImport.State.READ: gettext_lazy("Nakijken: %s"),
    ListImport.State.STORED: gettext_lazy("Opgeslagen: %s"),
    ListImport.State.DROPPED: gettext_lazy("Weggegooid: %s"),
}
MADE = {
    ListImport.Kind.LOCATIONS: (gettext_lazy("Bekijk de locaties"), "reception-locations"),
    ListImport.Kind.PLACES: (gettext_lazy("Bekijk de locaties en hun plaatsen"), "reception-locations"),
    ListImport.Kind.GROUPS: (gettext_lazy("Bekijk de groepen"), "reception-groups"),
    ListImport.Kind.OCCUPANCY: (gettext_lazy("Bekijk de bezetting op %s"), "reception"),
}
"""Where what was stored is to be seen."""


class SendList(FormPage):
    """Send a file with a list; what was sent before stands below."""

    template_name = "reception/list_file.html"
    tab_set = "reception"
    form_class = ListFileForm
    submit_label = gettext_lazy("Lees het bestand")

    def header(self) -> Header:
        return Header(
            _("Lijst inlezen"),
            _("Locaties, plaatsen, groepen of een bezettingslijst. U kijkt eerst na wat er staat."),
            ((_("Opvang"), reverse("reception")), (_("Lijsten"), None)),
        )

    def cancel_url(self) -> None:
        """Offer no way back: below the form stands what else one comes here for."""

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "lists": visible_lists(self.request.user)[:RECENT],
            "kinds": ListImport.Kind.choices,
            "layouts": LAYOUTS,
            "columns": known_columns(),
        }

    def save(self, form: ListFileForm) -> str:
        upload = form.cleaned_data["file"]
        made = receive_list(
            organisation=form.cleaned_data["organisation"],
            kind=form.cleaned_data["kind"],
            file=(upload.name, upload.read()),
            day=form.cleaned_data["day"] or timezone.localdate(),
            by=self.request.user,
        )
        return reverse("reception-list", args=[made.pk])

    def success_message(self) -> str:
        return ""  # the page of the list tells what was read, and whether it can be stored


class ListPage(Page):
    """A page of one list."""

    reading: ListImport

    def prepare(self) -> None:
        rows = visible_lists(self.request.user).defer(None)
        self.reading = get_object_or_404(rows, pk=self.kwargs["pk"])

    def header(self) -> Header:
        crumbs = (
            (_("Opvang"), reverse("reception")),
            (_("Lijsten"), reverse("reception-lists")),
            (self.reading.file_name, None),
        )
        return Header(self._title(), self._purpose(), breadcrumbs=crumbs, actions=self.actions())

    def _title(self) -> str:
        return TITLES[ListImport.State(self.reading.state)] % self.reading.file_name

    def _purpose(self) -> str:
        told = self.reading.get_kind_display().capitalize()
        if self.reading.state == ListImport.State.READ:
            told += f", {dutch.counted(len(self.reading.rows), one=_('rij'), many=_('rijen'))}"
        return _("%(what)s, voor %(organisation)s.") % {
            "what": told,
            "organisation": self.reading.organisation,
        }

    def actions(self) -> tuple[Action, ...]:
        """Return the buttons beside the title."""
        return ()


class LookAtList(ListPage):
    """Which column is what, the first rows as understood, and every row that cannot be stored."""

    template_name = "reception/list.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(MappingForm(reading=self.reading))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = MappingForm(request.POST, reading=self.reading)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            day = form.cleaned_data.get("day", self.reading.day)
            self.reading = confirm_columns(
                reading=self.reading, mapping=form.mapping, day=day, by=request.user
            )
            form = MappingForm(reading=self.reading)
            if request.POST.get("actie") != "opslaan":
                check_list(reading=self.reading, by=request.user)
                return redirect(reverse("reception-list", args=[self.reading.pk]))
            outcome = store_list(reading=self.reading, by=request.user)
        except ListRefused as refusal:
            return self._page(form, trial=Trial(errors=tuple(refusal.errors), is_tried=True), status=422)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self._page(form, status=422)
        messages.success(request, _("Opgeslagen: %s.") % _counted(outcome))
        return redirect(reverse("reception-list", args=[self.reading.pk]))

    def _page(self, form: MappingForm, *, trial: Trial | None = None, status: int = 200) -> HttpResponse:
        is_open = self.reading.state == ListImport.State.READ
        return self.show(
            status=status,
            reading=self.reading,
            form=form,
            is_open=is_open,
            preview=preview_of(self.reading),
            made=self._made(),
            **_shown(trial or trial_of(self.reading)),
        )

    def _made(self) -> dict[str, str] | None:
        """Say where what was stored is to be seen; nowhere while it is not."""
        if self.reading.state != ListImport.State.STORED:
            return None
        label, name = MADE[ListImport.Kind(self.reading.kind)]
        if self.reading.kind != ListImport.Kind.OCCUPANCY:
            return {"label": str(label), "url": reverse(name)}
        day = self.reading.day
        return {"label": label % dutch.date(day), "url": f"{reverse(name)}?dag={day.isoformat()}"}


def _shown(trial: Trial) -> dict[str, Any]:
    """Return what the page says about storing: what it would do, or the rows that stand in the way."""
    shown = trial.errors[:SHOWN_ERRORS]
    return {
        "errors": shown,
        "more_errors": len(trial.errors) - len(shown),
        "bad_rows": trial.bad_rows,
        "is_tried": trial.is_tried,
        "would": _counted(trial.outcome),
    }


def _counted(outcome: Mapping[str, int]) -> str:
    return ", ".join(f"{dutch.number(count)} {name}" for name, count in outcome.items())


class DropList(ListPage, ConfirmPage):
    """Throw away what was read."""

    question = gettext_lazy("De lijst wordt weggegooid. Er is niets van opgeslagen.")
    confirm_label = gettext_lazy("Gooi weg")

    def act(self) -> str:
        drop_list(reading=self.reading, by=self.request.user)
        messages.success(self.request, _("Weggegooid."))
        return reverse("reception-lists")


class TakeList(View):
    """Our own list as a file, in the columns that we read."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        which, layout = kwargs["which"], kwargs["layout"]
        if which not in ListImport.Kind.values or layout not in LAYOUTS:
            raise Http404
        table = own_list(request.user, which, day=timezone.localdate())
        return download_table(table, name=f"opvang-{which}", kind=layout)


urlpatterns = [
    path("opvang/lijsten/uit/<slug:which>/<slug:layout>", TakeList.as_view(), name="reception-list-file"),
    path("opvang/lijsten", SendList.as_view(), name="reception-lists"),
    path("opvang/lijsten/<int:pk>", LookAtList.as_view(), name="reception-list"),
    path("opvang/lijsten/<int:pk>/weggooien", DropList.as_view(), name="reception-list-drop"),
]
