"""Lists that exist already: sent as a file, looked at under our own columns, and stored all or nothing."""

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
from regietafel.reception.adapters.records import RecordError
from regietafel.reception.forms.lists import ListFileForm, MappingForm
from regietafel.reception.models import ListImport
from regietafel.reception.selectors.lists import preview_of, understood, visible_lists
from regietafel.reception.selectors.own_lists import own_list
from regietafel.reception.services.lists import (
    ListRefused,
    confirm_columns,
    drop_list,
    receive_list,
    store_list,
)

RECENT = 20
LAYOUTS = ("csv", "xlsx")


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
        return _("Gelezen. Kijk na of de kolommen kloppen; er is nog niets opgeslagen.")


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
        return _("Nakijken: %s") % self.reading.file_name

    def _purpose(self) -> str:
        told = dutch.counted(len(self.reading.rows), one=_("rij"), many=_("rijen"))
        return _("%(kind)s, %(rows)s, voor %(organisation)s.") % {
            "kind": self.reading.get_kind_display().capitalize(),
            "rows": told,
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
                return redirect(reverse("reception-list", args=[self.reading.pk]))
            outcome = store_list(reading=self.reading, by=request.user)
        except ListRefused as refusal:
            messages.error(request, str(refusal))
            return self._page(form, errors=refusal.errors, status=422)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self._page(form, status=422)
        told = ", ".join(f"{count} {name}" for name, count in outcome.items())
        messages.success(request, _("Opgeslagen: %s.") % told)
        return redirect(reverse("reception-list", args=[self.reading.pk]))

    def _page(
        self, form: MappingForm, *, errors: tuple[RecordError, ...] = (), status: int = 200
    ) -> HttpResponse:
        is_open = self.reading.state == ListImport.State.READ
        found = errors or (understood(self.reading).errors if is_open else ())
        return self.show(
            status=status,
            reading=self.reading,
            form=form,
            is_open=is_open,
            preview=preview_of(self.reading),
            errors=found,
            bad_rows=len({error.row for error in found if error.row is not None}),
        )


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
