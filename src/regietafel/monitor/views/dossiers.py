"""The Omgeving of one dossier: its monitors and pictures, and what they add to its other pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.kit.pages import Action, DetailPage, Header
from regietafel.monitor.models import Monitor
from regietafel.monitor.selectors.material import sparklines_of
from regietafel.monitor.selectors.monitors import monitors_of
from regietafel.monitor.selectors.pictures import published_of_dossier
from regietafel.monitor.views.pages import STATE_BADGES
from regietafel.register.public import Dossier, organisations_with, visible_dossiers


class DossierMonitors(DetailPage):
    """The tab Omgeving of a dossier."""

    template_name = "monitor/dossier.html"
    tab_set = "dossier"
    dossier: Dossier

    def prepare(self) -> None:
        self.dossier = get_object_or_404(visible_dossiers(self.request.user), pk=self.kwargs["pk"])

    def subject(self) -> Dossier:
        return self.dossier

    def header(self) -> Header:
        writable = organisations_with(self.request.user, "may_write").filter(pk=self.dossier.organisation_id)
        new = Action(_("Nieuwe monitor"), reverse("monitor-create", args=[self.dossier.pk]), primary=True)
        crumbs = (
            (_("Dossiers"), reverse("dossiers")),
            (self.dossier.title, reverse("dossier", args=[self.dossier.pk])),
            (_("Omgeving"), None),
        )
        purpose = _("Wat openbare media brengen over %(title)s.") % {"title": self.dossier.title}
        return Header(_("Omgeving"), purpose, crumbs, (new,) if writable.exists() else ())

    def context(self) -> dict[str, Any]:
        monitors = monitors_of(self.request.user, self.dossier)
        lines = sparklines_of(monitors)
        return {
            "dossier": self.dossier,
            "monitors": [
                (monitor, STATE_BADGES[Monitor.State(monitor.state)], lines.get(monitor.pk))
                for monitor in monitors
            ],
            "pictures": published_of_dossier(self.request.user, self.dossier),
        }


urlpatterns = [path("dossiers/<int:pk>/omgeving", DossierMonitors.as_view(), name="dossier-monitors")]
