"""Sources of an organisation: the list, one source with its deliveries, and taking in a file."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from regietafel.kit.documents.table import Column as TableColumn
from regietafel.kit.documents.table import Kind, Table
from regietafel.kit.downloads import download_table
from regietafel.kit.fetch import FetchRefused
from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.pages import Action, DetailPage, Empty, FormPage, Header, ListPage, Page, PostPage
from regietafel.kit.refusal import Refused
from regietafel.monitor.adapters.readers import FileRejected
from regietafel.monitor.forms.sources import (
    ChangeSourceForm,
    MappingForm,
    NewSourceForm,
    SourceForm,
    UploadForm,
)
from regietafel.monitor.models import Ingest, Source
from regietafel.monitor.selectors.retention import has_proofs
from regietafel.monitor.selectors.sources import (
    ingests_of,
    preview_of,
    retention_days_of,
    silent_since,
    source_state,
    visible_ingests,
    visible_sources,
)
from regietafel.monitor.services.fetching import fetch_feed
from regietafel.monitor.services.looking import note_preview
from regietafel.monitor.services.sources import change_source, create_source
from regietafel.monitor.services.uploads import confirm_upload, offer_upload
from regietafel.monitor.views.pages import person
from regietafel.register.public import organisations_with

ERRORS_SHOWN = 200
FEED = "rss"
INGEST_BADGES = {
    Ingest.State.OFFERED: "let-op",
    Ingest.State.QUEUED: "info",
    Ingest.State.DONE: "ok",
    Ingest.State.FAILED: "fout",
}


class Sources(ListPage):
    """Every source of the organisations a person writes for."""

    spec = ListSpec(
        columns=(
            Column("naam", _("Bron"), "name", sort=("name",), key_fact=True),
            Column(
                "stand",
                _("Stand"),
                lambda source: source_state(source).word,
                badge=lambda source: source_state(source).badge,
                key_fact=True,
            ),
            Column("aanlevering", _("Aanlevering"), "get_kind_display", sort=("kind",)),
            Column("soort", _("Soort"), "get_message_kind_display"),
            Column("laatst", _("Laatst iets nieuws"), "last_delivered_at", sort=("last_delivered_at",)),
            Column("monitors", _("Monitors"), "monitor_count", sort=("monitor_count",), numeric=True),
            Column("organisatie", _("Organisatie"), "organisation.name", sort=("organisation__name",)),
        ),
        filters=(Filter("aanlevering", _("Aanlevering"), lambda _user: Source.Kind.choices, "kind"),),
        search=("name", "address"),
        default_sort="naam",
        export_name="bronnen",
    )

    def allowed(self) -> bool:
        return organisations_with(self.request.user, "may_write").exists()

    def header(self) -> Header:
        return Header(
            _("Bronnen"),
            _("Waar berichten vandaan komen, wanneer er voor het laatst iets nieuws kwam, en wat stil viel."),
            ((_("Omgeving"), reverse("monitors")), (_("Bronnen"), None)),
            (Action(_("Nieuwe bron"), reverse("source-create"), primary=True),),
        )

    def rows(self) -> QuerySet[Source]:
        return visible_sources(self.request.user)

    def url_of(self, subject: Source) -> str:
        return reverse("source", args=[subject.pk])

    def empty(self) -> Empty:
        return Empty(
            _("Er is nog geen bron."),
            _("Een bron is een feed van een nieuwssite, of een reeks exportbestanden van uw leverancier."),
            Action(_("Nieuwe bron"), reverse("source-create")),
        )


class SourcePage(Page):
    """A page of one source."""

    source: Source

    def prepare(self) -> None:
        self.source = get_object_or_404(visible_sources(self.request.user), pk=self.kwargs["pk"])

    def back_url(self) -> str:
        """Return the page of the source."""
        return reverse("source", args=[self.source.pk])

    def crumbs(self, last: str) -> tuple[tuple[str, str | None], ...]:
        """Return the path to a step below the source."""
        return (
            (_("Omgeving"), reverse("monitors")),
            (_("Bronnen"), reverse("sources")),
            (self.source.name, self.back_url()),
            (last, None),
        )


class SourceDetail(SourcePage, DetailPage):
    """One source with its deliveries."""

    template_name = "monitor/source.html"

    def header(self) -> Header:
        pk = [self.source.pk]
        main = (
            Action(_("Haal nu op"), reverse("source-fetch", args=pk), primary=True, method="post")
            if self.source.kind == Source.Kind.FEED
            else Action(_("Lever bestand aan"), reverse("source-upload", args=pk), primary=True)
        )
        proofs = reverse("retention-proofs") + f"?bron={self.source.pk}"
        actions: tuple[Action, ...] = (Action(_("Wijzig"), reverse("source-edit", args=pk)), main)
        if has_proofs(self.source):
            actions = (Action(_("Bewijs van wissen"), proofs), *actions)
        return Header(
            self.source.name,
            _("%(kind)s van %(organisation)s")
            % {"kind": capfirst(self.source.get_kind_display()), "organisation": self.source.organisation},
            (
                (_("Omgeving"), reverse("monitors")),
                (_("Bronnen"), reverse("sources")),
                (self.source.name, None),
            ),
            actions if self.source.is_active else actions[:-1],
        )

    def context(self) -> dict[str, Any]:
        source, is_feed = self.source, self.source.kind == Source.Kind.FEED
        return {
            "source": source,
            "state": source_state(source),
            "ingests": ingests_of(source)[:50],
            "ingest_badges": INGEST_BADGES,
            "facts": [
                *(
                    [
                        (_("Adres"), source.address),
                        (_("Laatst opgehaald"), source.last_fetched_at or _("nog nooit")),
                    ]
                    if is_feed
                    else []
                ),
                (_("Soort berichten"), source.get_message_kind_display()),
                (_("Laatst iets nieuws"), source.last_delivered_at or _("nog nooit")),
                (_("Stil sinds"), silent_since(source) or _("niet stil")),
                (_("Meld stilte na"), _("%s uur") % source.silent_after_hours),
                (_("Ruwe tekst wordt bewaard"), _("%s dagen") % retention_days_of(source)),
                (_("Gebruikt door"), ", ".join(m.title for m in source.monitors.all()) or _("geen monitor")),
            ],
        }


class CreateSource(FormPage):
    """A new source."""

    form_class = NewSourceForm
    submit_label = _("Maak bron")

    def allowed(self) -> bool:
        return organisations_with(self.request.user, "may_write").exists()

    def header(self) -> Header:
        return Header(
            _("Nieuwe bron"),
            _("Alleen openbare bronnen: geen besloten groepen, geen adres met wachtwoord."),
            (
                (_("Omgeving"), reverse("monitors")),
                (_("Bronnen"), reverse("sources")),
                (_("Nieuwe bron"), None),
            ),
        )

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def save(self, form: NewSourceForm) -> str:
        source = create_source(by=person(self.request), **form.cleaned_data)
        return reverse("source", args=[source.pk])


class EditSource(SourcePage, FormPage):
    """What people may set of a source."""

    form_class = ChangeSourceForm

    def header(self) -> Header:
        return Header(_("Wijzig de bron"), self.source.name, self.crumbs(_("Wijzig")))

    def form_arguments(self) -> dict[str, Any]:
        names = (*SourceForm.base_fields, "is_active")
        return {"initial": {name: getattr(self.source, name) for name in names}}

    def save(self, form: ChangeSourceForm) -> str:
        change_source(source=self.source, by=person(self.request), **form.cleaned_data)
        return self.back_url()


class FetchSource(SourcePage, PostPage):
    """Fetch a feed now."""

    def allowed(self) -> bool:
        return self.source.kind == Source.Kind.FEED and self.source.is_active

    def act(self) -> str:
        try:
            outcome = fetch_feed(source=self.source, by=person(self.request))
        except (FetchRefused, FileRejected) as refusal:
            raise Refused(str(refusal)) from refusal
        if outcome is None or outcome.ingest is None:
            messages.info(self.request, _("De website meldt dat er niets veranderd is."))
            return self.back_url()
        return reverse("ingest", args=[outcome.ingest.pk])

    def fallback_url(self) -> str:
        return self.back_url()


class UploadFile(SourcePage, FormPage):
    """The first step of a delivery: the file."""

    form_class = UploadForm
    submit_label = _("Verder")

    def allowed(self) -> bool:
        return self.source.is_active

    def header(self) -> Header:
        return Header(
            _("Lever een bestand aan"),
            _("Hierna ziet u de eerste regels en welke kolom wat bevat. Er wordt nog niets opgeslagen."),
            self.crumbs(_("Bestand")),
        )

    def save(self, form: UploadForm) -> str:
        file = form.cleaned_data["file"]
        ingest = offer_upload(
            source=self.source, name=file.name, chunks=file.chunks(), by=person(self.request)
        )
        return reverse("ingest-columns", args=[ingest.pk])

    def success_message(self) -> str:
        return ""


class IngestPage(Page):
    """A page of one delivery."""

    ingest: Ingest

    def prepare(self) -> None:
        self.ingest = get_object_or_404(visible_ingests(self.request.user), pk=self.kwargs["pk"])

    def crumbs(self) -> tuple[tuple[str, str | None], ...]:
        """Return the path to the delivery."""
        source = self.ingest.source
        return (
            (_("Omgeving"), reverse("monitors")),
            (_("Bronnen"), reverse("sources")),
            (source.name, reverse("source", args=[source.pk])),
            (_("Inname"), None),
        )


class ConfirmColumns(IngestPage, FormPage):
    """The second step: the first rows, and which column holds what."""

    form_class: ClassVar[Any] = MappingForm
    template_name = "monitor/columns.html"
    submit_label = _("Neem in")

    def allowed(self) -> bool:
        return self.ingest.state == Ingest.State.OFFERED

    def header(self) -> Header:
        return Header(_("Welke kolom bevat wat?"), self.ingest.file_name, self.crumbs())

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.preview: Any = None
        return super().dispatch(*args, **kwargs)

    def _read(self) -> Any:
        try:
            self.preview = self.preview or preview_of(self.ingest)
        except (FileRejected, FileNotFoundError) as error:
            raise Http404 from error
        return self.preview

    def form_arguments(self) -> dict[str, Any]:
        found = self._read()
        return {"header": () if found.format == FEED else found.header, "guessed": found.columns}

    def context(self) -> dict[str, Any]:
        note_preview(ingest=self.ingest, by=person(self.request))
        return {"preview": self._read(), "ingest": self.ingest}

    def save(self, form: MappingForm) -> str:
        confirm_upload(ingest=self.ingest, columns=form.columns, by=person(self.request))
        return reverse("ingest", args=[self.ingest.pk])

    def success_message(self) -> str:
        return ""


class IngestDetail(IngestPage, DetailPage):
    """What a delivery brought, and every row that was refused."""

    template_name = "monitor/ingest.html"

    def header(self) -> Header:
        actions = []
        if self.ingest.row_errors:
            actions.append(Action(_("Fouten als CSV"), reverse("ingest-errors", args=[self.ingest.pk])))
        if self.ingest.state == Ingest.State.OFFERED:
            actions.append(
                Action(_("Verder"), reverse("ingest-columns", args=[self.ingest.pk]), primary=True)
            )
        return Header(
            _("Inname van %s") % self.ingest.source.name, self.ingest.file_name, self.crumbs(), actions
        )

    def context(self) -> dict[str, Any]:
        counts = dict(self.ingest.counts)
        masked = counts.pop("gemaskeerd", {})
        return {
            "ingest": self.ingest,
            "badge": INGEST_BADGES[Ingest.State(self.ingest.state)],
            "counts": counts,
            "masked": {name: count for name, count in masked.items() if count},
            "errors": self.ingest.row_errors[:ERRORS_SHOWN],
            "error_count": len(self.ingest.row_errors),
        }


class IngestErrors(IngestPage):
    """Every refused row as a file."""

    def header(self) -> Header:
        return Header(_("Fouten"))

    def get(self, request: Any, **kwargs: Any) -> HttpResponseBase:
        names = ("bestand", "rij", "kolom", "melding")
        table = Table(
            columns=tuple(TableColumn(name, Kind.NUMBER if name == "rij" else Kind.TEXT) for name in names),
            rows=[tuple(error[name] for name in names) for error in self.ingest.row_errors],
            title=_("Fouten per rij"),
        )
        return download_table(table, name=f"fouten-{self.ingest.pk}", kind="csv")


urlpatterns = [
    path("omgeving/bronnen", Sources.as_view(), name="sources"),
    path("omgeving/bronnen/nieuw", CreateSource.as_view(), name="source-create"),
    path("omgeving/bronnen/<int:pk>", SourceDetail.as_view(), name="source"),
    path("omgeving/bronnen/<int:pk>/wijzigen", EditSource.as_view(), name="source-edit"),
    path("omgeving/bronnen/<int:pk>/ophalen", FetchSource.as_view(), name="source-fetch"),
    path("omgeving/bronnen/<int:pk>/aanleveren", UploadFile.as_view(), name="source-upload"),
    path("omgeving/innamen/<int:pk>", IngestDetail.as_view(), name="ingest"),
    path("omgeving/innamen/<int:pk>/kolommen", ConfirmColumns.as_view(), name="ingest-columns"),
    path("omgeving/innamen/<int:pk>/fouten", IngestErrors.as_view(), name="ingest-errors"),
]
