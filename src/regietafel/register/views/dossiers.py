"""Pages of a dossier: the list, the overview, its timeline and log, and the forms that change it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.documents.ical import write_calendar
from regietafel.kit.downloads import download
from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.navigation import panels_of, timeline_of
from regietafel.kit.pages import Action, DetailPage, Empty, FormPage, Header, ListPage, Page
from regietafel.register.forms.dossiers import EditDossierForm, NewDossierForm, PhaseForm, ShareForm
from regietafel.register.models import Dossier
from regietafel.register.selectors import access, dossiers
from regietafel.register.selectors.timeline import appointments_of
from regietafel.register.services import dossiers as services

CLOSED_ON = gettext_lazy("Dit dossier is afgesloten; er verandert niets meer aan.")
SHOWN_ON_OVERVIEW = 8


def dossier_list(user: Any) -> ListSpec:
    """Return the list of dossiers for a person; every choice offers only what this person may see."""

    def mine(rows: QuerySet[Dossier], value: str) -> QuerySet[Dossier]:
        keep = {"mij": dossiers.dossiers_i_take_part_in, "organisatie": dossiers.dossiers_of_my_organisations}
        return keep[value](user, rows)

    return ListSpec(
        columns=(
            Column("titel", _("Dossier"), "title", sort=("title",)),
            Column("soort", _("Soort"), "get_kind_display", sort=("kind",)),
            Column("fase", _("Fase"), "phase.name", sort=("phase__order",), key_fact=True),
            Column("organisatie", _("Organisatie"), "organisation.name", sort=("organisation__name",)),
            Column("gebied", _("Gebied"), lambda d: str(d.area or ""), sort=("area__name",)),
            Column("gedeeld", _("Te lezen door"), dossiers.sharing_in_words),
            Column(
                "gewijzigd",
                _("Gewijzigd"),
                lambda d: timezone.localtime(d.updated_at),
                sort=("updated_at",),
                key_fact=True,
            ),
        ),
        filters=(
            Filter(
                "van",
                _("Van wie"),
                lambda _user: (("mij", _("waar ik aan meedoe")), ("organisatie", _("van mijn organisatie"))),
                mine,
            ),
            Filter("soort", _("Soort"), lambda _user: Dossier.Kind.choices, "kind"),
            Filter("fase", _("Fase"), dossiers.phase_choices, "phase_id"),
            Filter("organisatie", _("Organisatie"), dossiers.organisation_choices, "organisation_id"),
            Filter("gebied", _("Gebied"), dossiers.area_choices, "area_id"),
        ),
        search=("title", "summary", "reference"),
        default_sort="-gewijzigd",
        export_name="dossiers",
    )


class DossierList(ListPage):
    """All dossiers a person may read."""

    def prepare(self) -> None:
        self.spec = dossier_list(self.request.user)

    def rows(self) -> QuerySet[Dossier]:
        return access.visible_dossiers(self.request.user).prefetch_related("shared_with")

    def url_of(self, subject: Dossier) -> str:
        return reverse("dossier", args=[subject.pk])

    def header(self) -> Header:
        purpose = _("Alle kwesties die u mag lezen, van uw eigen organisatie en van wie met u deelt.")
        return Header(_("Dossiers"), purpose, (), self._actions())

    def _actions(self) -> tuple[Action, ...]:
        if not access.organisations_with(self.request.user, "may_write").exists():
            return ()
        return (Action(_("Nieuw dossier"), reverse("dossier-create"), primary=True),)

    def empty(self) -> Empty:
        actions = self._actions()
        if actions:
            text = _(
                "Een dossier is één gevoelige kwestie, zoals een opvanglocatie. Alles daarover komt er samen."
            )
            return Empty(
                _("Er is nog geen dossier"),
                text,
                Action(_("Begin een dossier"), actions[0].url, primary=True),
            )
        return Empty(
            _("Er is geen dossier dat u mag lezen"),
            _("Vraag de eigenaar van een dossier om u toe te voegen."),
        )


class DossierPage(Page):
    """A page about one dossier; who may not read it, gets no sign that it exists."""

    tab_set = "dossier"
    needs_writing = False
    needs_directing = False
    here = ""

    def prepare(self) -> None:
        visible = access.visible_dossiers(self.request.user).prefetch_related("shared_with")
        self.dossier = get_object_or_404(visible, pk=self.kwargs["dossier"])
        self.may_direct = access.may_direct_dossier(self.request.user, self.dossier)
        self.may_write = access.may_write_dossier(self.request.user, self.dossier)

    def allowed(self) -> bool:
        if self.needs_directing:
            return self.may_direct
        return self.may_write or not self.needs_writing

    def subject(self) -> Dossier:
        return self.dossier

    def address(self, name: str, *arguments: Any) -> str:
        """Return the address of a page of this dossier."""
        return reverse(name, args=[self.dossier.pk, *arguments])

    def crumbs(self) -> tuple[tuple[str, str | None], ...]:
        """Return the path to the dossier."""
        return (
            (str(_("Dossiers")), reverse("dossiers")),
            (self.dossier.title, self.address("dossier")),
        )

    def below(self, title: str, purpose: str = "", *, actions: tuple[Action, ...] = ()) -> Header:
        """Return the header of a page below the dossier."""
        return Header(title, purpose, (*self.crumbs(), (title, None)), actions)

    def context(self) -> dict[str, Any]:
        return {
            "dossier": self.dossier,
            "sharing": dossiers.sharing_in_words(self.dossier),
            "may_write": self.may_write and not self.dossier.phase.is_closed,
            "may_direct": self.may_direct,
            "is_closed": self.dossier.phase.is_closed,
        }


class DossierOverview(DossierPage, DetailPage):
    """What it is, where it stands, what is known and not yet known, who takes part, what comes next."""

    template_name = "register/dossiers/overview.html"

    def header(self) -> Header:
        crumbs = ((str(_("Dossiers")), reverse("dossiers")), (self.dossier.title, None))
        return Header(self.dossier.title, self.dossier.summary, crumbs, tuple(self._actions()))

    def _actions(self) -> list[Action]:
        actions = []
        if self.may_write and not self.dossier.phase.is_closed:
            actions.append(Action(_("Wijzigen"), self.address("dossier-edit")))
        if self.may_direct:
            actions.append(Action(_("Delen"), self.address("dossier-share")))
            actions.append(Action(_("Fase wijzigen"), self.address("dossier-phase")))
        if self.may_write and not self.dossier.phase.is_closed:
            actions.append(Action(_("Toevoegen aan tijdlijn"), self.address("journal-add"), primary=True))
        return actions

    def context(self) -> dict[str, Any]:
        now = timezone.now()
        events = timeline_of(self.request.user, self.dossier)
        coming = dossiers.open_moments(self.dossier, now)
        return super().context() | {
            "phases": dossiers.phase_bar(self.dossier),
            "panels": panels_of("dossier", user=self.request.user, subject=self.dossier),
            "side_panels": panels_of("dossier-side", user=self.request.user, subject=self.dossier),
            "facts": dossiers.current_facts(self.dossier),
            "earlier_facts": dossiers.earlier_facts(self.dossier),
            "late": [moment for moment in coming if moment.starts_at < now],
            "coming": [moment for moment in coming if moment.starts_at >= now],
            "members": dossiers.members_of(self.dossier),
            "papers": dossiers.attachments_of(self.dossier)[:SHOWN_ON_OVERVIEW],
            "links": dossiers.links_of(self.dossier),
            "removed_links": dossiers.links_of(self.dossier, removed=True),
            "events": events[:SHOWN_ON_OVERVIEW],
            "more_events": max(0, len(events) - SHOWN_ON_OVERVIEW),
            "now": now,
        }


class DossierTimeline(DossierPage, DetailPage):
    """Everything that happened and will happen, newest first, by kind if wanted."""

    template_name = "register/dossiers/timeline.html"

    def header(self) -> Header:
        actions: tuple[Action, ...] = (Action(_("Zet in agenda"), self.address("dossier-calendar")),)
        if self.may_write and not self.dossier.phase.is_closed:
            actions += (
                Action(_("Moment toevoegen"), self.address("moment-add")),
                Action(_("Notitie schrijven"), self.address("journal-add"), primary=True),
            )
        return self.below(
            _("Tijdlijn"),
            _("Alles over %(title)s op volgorde van tijd.") % {"title": self.dossier.title},
            actions=actions,
        )

    def context(self) -> dict[str, Any]:
        events = timeline_of(self.request.user, self.dossier)
        kinds = sorted({event.kind for event in events})
        chosen = self.request.GET.get("soort", "")
        if chosen in kinds:
            events = [event for event in events if event.kind == chosen]
        return super().context() | {"events": events, "kinds": kinds, "chosen": chosen, "now": timezone.now()}


class DossierCalendar(DossierPage, DetailPage):
    """The moments of a dossier, for the calendar of whoever may read it."""

    def header(self) -> Header:
        return self.below(_("Agenda"), "")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        content = write_calendar(
            self.dossier.title,
            appointments_of(self.dossier, address_of=request.build_absolute_uri),
            made_at=timezone.now(),
        )
        return download(content, name=self.dossier.title, kind="ics")


class NewDossier(FormPage):
    """Begin a dossier."""

    form_class = NewDossierForm
    submit_label = gettext_lazy("Dossier beginnen")

    def allowed(self) -> bool:
        return access.organisations_with(self.request.user, "may_write").exists()

    def header(self) -> Header:
        crumbs = ((_("Dossiers"), reverse("dossiers")), (_("Nieuw dossier"), None))
        purpose = _("Eén kwestie per dossier. U kunt alles later nog wijzigen.")
        return Header(_("Nieuw dossier"), purpose, crumbs)

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def save(self, form: NewDossierForm) -> str:
        values = form.cleaned_data
        dossier = services.create_dossier(
            organisation=values["organisation"],
            content=form.content(),
            confidentiality=values["confidentiality"],
            by=self.request.user,
        )
        return reverse("dossier", args=[dossier.pk])

    def success_message(self) -> str:
        return _("Het dossier is begonnen. Leg nu vast wat bekend is, en wat nog niet.")


class DossierFormPage(DossierPage, FormPage):
    """A form about one dossier that leads back to the overview."""

    needs_writing = True
    tab_set = ""

    def done_url(self) -> str:
        """Return where to go after saving."""
        return self.address("dossier")


class EditDossier(DossierFormPage):
    """Change what a dossier says about itself."""

    form_class = EditDossierForm

    def header(self) -> Header:
        return self.below(_("Dossier wijzigen"))

    def form_arguments(self) -> dict[str, Any]:
        names = ("title", "kind", "summary", "reference", "area", "version")
        return {"initial": {name: getattr(self.dossier, name) for name in names}}

    def save(self, form: EditDossierForm) -> str:
        services.change_dossier(
            dossier=self.dossier,
            content=form.content(),
            version=form.cleaned_data["version"],
            by=self.request.user,
        )
        return self.done_url()


class ShareDossier(DossierFormPage):
    """Choose who may read a dossier."""

    form_class = ShareForm
    needs_directing = True

    def header(self) -> Header:
        purpose = _("Nu: %(sharing)s. De eigenaar blijft %(owner)s; wie meeleest, verandert niets.") % {
            "sharing": dossiers.sharing_in_words(self.dossier),
            "owner": self.dossier.organisation,
        }
        return self.below(_("Delen"), purpose)

    def form_arguments(self) -> dict[str, Any]:
        return {
            "dossier": self.dossier,
            "initial": {
                "confidentiality": self.dossier.confidentiality,
                "with_region": self.dossier.shared_with_region,
                "organisations": list(self.dossier.shared_with.all()),
            },
        }

    def save(self, form: ShareForm) -> str:
        services.share_dossier(
            dossier=self.dossier,
            choice=form.choice(),
            confirmed=form.cleaned_data["confirmed"],
            by=self.request.user,
        )
        return self.done_url()

    def success_message(self) -> str:
        return _("Wie dit dossier mag lezen, is aangepast.")


class ChangePhase(DossierFormPage):
    """Bring a dossier to another phase."""

    form_class = PhaseForm
    needs_directing = True
    submit_label = gettext_lazy("Fase wijzigen")

    def header(self) -> Header:
        purpose = _("Het dossier is nu in fase %(phase)s.") % {"phase": self.dossier.phase}
        return self.below(_("Fase wijzigen"), purpose)

    def form_arguments(self) -> dict[str, Any]:
        return {"dossier": self.dossier}

    def save(self, form: PhaseForm) -> str:
        services.change_phase(
            dossier=self.dossier,
            phase=form.options[form.cleaned_data["phase"]].phase,
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )
        return self.done_url()
