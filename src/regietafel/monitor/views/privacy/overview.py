"""Privacy at a glance, the register of processing, and who looked at what."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.downloads import TABLE_WRITERS, download_table
from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.models import AuditEvent
from regietafel.kit.pages import Action, DetailPage, Empty, Header, ListPage
from regietafel.monitor.selectors import looks
from regietafel.monitor.selectors.accounting import privacy_facts
from regietafel.monitor.selectors.processings import (
    processing_table,
    processings_of,
    registering_organisations,
)
from regietafel.monitor.selectors.retention import working_organisations

ROOT = "omgeving/privacy"


def crumbs(*steps: tuple[str, str | None]) -> tuple[tuple[str, str | None], ...]:
    """Return the path to a page below Privacy."""
    return ((_("Omgeving"), reverse("monitors")), (_("Privacy"), reverse("privacy")), *steps)


class PrivacyOverview(DetailPage):
    """How it stands: what was erased, who looked, and which requests wait."""

    template_name = "monitor/privacy/overview.html"
    tab_set = "privacy"

    def allowed(self) -> bool:
        return working_organisations(self.request.user).exists()

    def header(self) -> Header:
        return Header(
            _("Privacy"),
            _("Wat wij verwerken, wie keek, wat is gewist, en wat betrokkenen vroegen."),
            ((_("Omgeving"), reverse("monitors")), (_("Privacy"), None)),
        )

    def context(self) -> dict[str, Any]:
        user = self.request.user
        return {"found": privacy_facts(user), "supervises": looks.supervises(user)}


class Processings(DetailPage):
    """The register of processing of the AVG, article 30."""

    template_name = "monitor/privacy/processings.html"
    tab_set = "privacy"

    def allowed(self) -> bool:
        return registering_organisations(self.request.user).exists()

    def header(self) -> Header:
        return Header(
            _("Register van verwerkingen"),
            _("Elke monitor en elke vaste verwerking, met doel, grondslag en termijn (AVG artikel 30)."),
            crumbs((_("Register van verwerkingen"), None)),
            (Action("XLSX", "?uit=xlsx"), Action("CSV", "?uit=csv")),
        )

    def context(self) -> dict[str, Any]:
        return {"lines": processings_of(self.request.user)}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kind = request.GET.get("uit")
        if not kind:
            return super().get(request, **kwargs)
        if kind not in TABLE_WRITERS:
            raise Http404
        return download_table(processing_table(request.user), name=_("register van verwerkingen"), kind=kind)


class LookLog(ListPage):
    """Who looked at messages, searched them or took them along, and for which purpose."""

    tab_set = "privacy"
    spec = ListSpec(
        columns=(
            Column(
                "moment",
                _("Wanneer"),
                lambda event: timezone.localtime(event.at),
                sort=("at",),
                key_fact=True,
            ),
            Column("wie", _("Wie"), "actor", sort=("actor",), key_fact=True),
            Column("wat", _("Wat"), looks.look_words, sort=("action",), key_fact=True),
            Column("waarin", _("Waarin"), "object_label"),
            Column("doel", _("Doel en bijzonderheden"), "reason"),
        ),
        filters=(
            Filter("wie", _("Wie"), looks.people_who_looked, "actor"),
            Filter("monitor", _("Monitor"), looks.monitors_looked_at, looks.of_monitor),
            Filter("wat", _("Wat"), lambda _user: looks.LOOKS.items(), "action"),
            Filter("sinds", _("Periode"), lambda _user: looks.PERIODS, looks.since),
        ),
        search=("object_label", "reason", "actor"),
        default_sort="-moment",
        export_name="inzagelog",
    )

    def allowed(self) -> bool:
        return registering_organisations(self.request.user).exists()

    def header(self) -> Header:
        purpose = (
            _("Elke blik op berichten, zoekopdracht en uitvoer, van iedereen. Niemand kan dit uitzetten.")
            if looks.supervises(self.request.user)
            else _("Elke blik op berichten van uw monitors, elke zoekopdracht en elke uitvoer.")
        )
        return Header(_("Inzagelog"), purpose, crumbs((_("Inzagelog"), None)))

    def rows(self) -> QuerySet[AuditEvent]:
        return looks.visible_looks(self.request.user)

    def empty(self) -> Empty:
        return Empty(
            _("Er keek nog niemand naar berichten"), _("Zodra iemand berichten opent, staat het hier.")
        )


urlpatterns = [
    path(ROOT, PrivacyOverview.as_view(), name="privacy"),
    path(f"{ROOT}/verwerkingen", Processings.as_view(), name="processings"),
    path(f"{ROOT}/inzagelog", LookLog.as_view(), name="look-log"),
]
