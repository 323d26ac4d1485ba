"""What was decided, got stuck and was promised about one dossier."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.deliberation.models import Entry
from regietafel.deliberation.selectors.entries import entries_of_dossier
from regietafel.deliberation.views.decisions import EntryList
from regietafel.kit.pages import Empty, Header
from regietafel.register.public import Dossier, visible_dossiers


class DossierDecisions(EntryList):
    """The tab Besluiten en acties of a dossier: only for who may read both the dossier and the item."""

    tab_set = "dossier"
    dossier: Dossier

    def prepare(self) -> None:
        self.dossier = get_object_or_404(visible_dossiers(self.request.user), pk=self.kwargs["pk"])

    def subject(self) -> Dossier:
        return self.dossier

    def header(self) -> Header:
        crumbs = (
            (_("Dossiers"), reverse("dossiers")),
            (self.dossier.title, reverse("dossier", args=[self.dossier.pk])),
            (_("Besluiten en acties"), None),
        )
        purpose = _("Wat in overleggen is besloten en afgesproken over %s.") % self.dossier.title
        return Header(_("Besluiten en acties"), purpose, crumbs)

    def rows(self) -> QuerySet[Entry]:
        mine = entries_of_dossier(self.request.user, self.dossier)
        return super().rows().filter(pk__in=mine.values("pk"))

    def empty(self) -> Empty:
        return Empty(
            _("Over dit dossier is nog niets besloten."),
            _("Koppel het dossier aan een agendapunt. Wat daaronder wordt vastgelegd, komt hier."),
        )

    def context(self) -> dict[str, Any]:
        return {"dossier": self.dossier}


urlpatterns = [
    path("dossiers/<int:pk>/besluiten", DossierDecisions.as_view(), name="dossier-decisions"),
]
