"""The log on screen: of one dossier, and of one organisation for who manages or supervises it."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.models import AuditEvent
from regietafel.kit.pages import Empty, Header, ListPage
from regietafel.register.selectors import history, organisations
from regietafel.register.views.dossiers import DossierPage


def event_list(events: QuerySet[AuditEvent], *, in_full: bool, export_name: str) -> ListSpec:
    """Return the list of a log; without `in_full` it shows that something was done, not what was written."""

    def offered(field: str) -> Any:
        return lambda _user: [
            (value, value.replace(".", " ")) for value in history.distinct_values(events, field)
        ]

    return ListSpec(
        columns=(
            Column(
                "moment",
                _("Wanneer"),
                lambda event: timezone.localtime(event.at),
                sort=("at",),
                key_fact=True,
            ),
            Column("wie", _("Wie"), "actor", sort=("actor",), key_fact=True),
            Column("handeling", _("Handeling"), history.action_words, sort=("action",)),
            Column("wat", _("Waaraan"), lambda event: history.subject_words(event, in_full=in_full)),
            Column(
                "wijziging",
                _("Wat is er gewijzigd"),
                lambda event: history.change_words(event, in_full=in_full),
            ),
        ),
        filters=(
            Filter("wie", _("Wie"), offered("actor"), "actor"),
            Filter("handeling", _("Handeling"), offered("action"), "action"),
            Filter("sinds", _("Wanneer"), lambda _user: history.PERIODS, history.within),
        ),
        search=("object_label", "reason") if in_full else (),
        default_sort="-moment",
        export_name=export_name,
    )


class DossierHistory(DossierPage, ListPage):
    """Who did what in a dossier, for who may write in it."""

    needs_writing = True

    def prepare(self) -> None:
        super().prepare()
        self.events = history.dossier_events(self.dossier)
        self.spec = event_list(self.events, in_full=True, export_name="logboek-dossier")

    def rows(self) -> QuerySet[AuditEvent]:
        return self.events

    def header(self) -> Header:
        purpose = _("Wie wat wanneer deed. Regels in het logboek kan niemand wijzigen of wissen.")
        return self.below(_("Logboek"), purpose)


class OrganisationHistory(ListPage):
    """Who did what in an organisation, for who manages or supervises it."""

    def prepare(self) -> None:
        found = organisations.supervised_organisations(self.request.user)
        self.organisation = get_object_or_404(found, pk=self.kwargs["organisation"])
        self.events = history.organisation_events(self.organisation)
        in_full = history.reads_everything(self.request.user, self.organisation)
        self.spec = event_list(self.events, in_full=in_full, export_name="logboek")

    def rows(self) -> QuerySet[AuditEvent]:
        return self.events

    def header(self) -> Header:
        crumbs = (
            (_("Beheer"), reverse("manage")),
            (_("Organisaties"), reverse("organisations")),
            (self.organisation.name, reverse("organisation", args=[self.organisation.pk])),
            (_("Logboek"), None),
        )
        return Header(_("Logboek van %(name)s") % {"name": self.organisation}, self._purpose(), crumbs)

    def _purpose(self) -> str:
        if history.reads_everything(self.request.user, self.organisation):
            return _("Wie wat wanneer deed. Regels in het logboek kan niemand wijzigen of wissen.")
        return _(
            "Wie wat wanneer deed. Uw rol ziet niet wat er in dossiers staat, wel dat er iets is gedaan."
        )

    def empty(self) -> Empty:
        return Empty(_("Er is nog niets gebeurd"), _("Zodra iemand iets wijzigt, staat het hier."))
