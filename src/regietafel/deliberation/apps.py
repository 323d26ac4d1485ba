"""Registers deliberation with Django, and with the tabs of its pages."""

from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class DeliberationConfig(AppConfig):
    """Deliberation and its tables."""

    name = "regietafel.deliberation"
    label = "deliberation"
    verbose_name = _("Overleg")

    def ready(self) -> None:
        from regietafel.deliberation.selectors.access import keeps, sits
        from regietafel.deliberation.selectors.news import dossier_panel, dossier_timeline
        from regietafel.deliberation.services import mailing, reminding  # noqa: F401 - registers the jobs
        from regietafel.kit.navigation import TabSpec, add_panel, add_tab, add_timeline

        def page(name: str) -> Any:
            return lambda subject: reverse(name, args=[subject.pk])

        def fixed(name: str) -> Any:
            return lambda _subject: reverse(name)

        add_tab("body", TabSpec(_("Overzicht"), 10, page("body")))
        add_tab("body", TabSpec(_("Vergaderingen"), 20, page("body-meetings")))
        add_tab("body", TabSpec(_("Leden"), 30, page("body-seats")))
        add_tab("body", TabSpec(_("Inlezen"), 60, page("body-imports"), keeps))
        add_tab("meeting", TabSpec(_("Agenda"), 10, page("meeting")))
        add_tab("meeting", TabSpec(_("Verslag"), 20, page("meeting-minutes")))
        add_tab("meeting", TabSpec(_("Aanwezigheid"), 40, page("meeting-attendance"), sits))
        add_tab("body", TabSpec(_("Besluiten en acties"), 40, page("body-decisions")))
        add_tab("body", TabSpec(_("Uitvragen"), 50, page("body-inquiries")))
        add_tab("actions", TabSpec(_("Alles wat ik mag lezen"), 30, fixed("actions")))
        add_tab("actions", TabSpec(_("Van mij"), 10, fixed("actions-mine")))
        add_tab("actions", TabSpec(_("Van mijn organisatie"), 20, fixed("actions-organisation")))
        add_tab("dossier", TabSpec(_("Besluiten en acties"), 40, page("dossier-decisions")))
        add_panel("dossier", order=20, template="deliberation/parts/panel.html", read=dossier_panel)
        add_timeline(dossier_timeline)
