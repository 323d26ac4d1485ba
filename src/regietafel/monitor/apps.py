"""Registers the monitor with Django, and with the pages of a dossier."""

from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class MonitorConfig(AppConfig):
    """The monitor and its tables."""

    name = "regietafel.monitor"
    label = "monitor"
    verbose_name = _("Omgeving")

    def ready(self) -> None:
        from regietafel.kit.health import register_check
        from regietafel.kit.navigation import TabSpec, add_panel, add_tab, add_timeline
        from regietafel.monitor.selectors.health import feeds_health, retention_health
        from regietafel.monitor.selectors.looks import independently_supervised
        from regietafel.monitor.selectors.monitors import works_for
        from regietafel.monitor.selectors.news import dossier_panel, dossier_timeline
        from regietafel.monitor.selectors.processings import registering_organisations
        from regietafel.monitor.services import jobs  # noqa: F401 - registers the jobs

        def own(user: Any, monitor: Any) -> bool:
            return works_for(user, monitor.dossier.organisation_id)

        def page(name: str) -> Any:
            return lambda subject: reverse(name, args=[subject.pk])

        def fixed(name: str) -> Any:
            return lambda _subject: reverse(name)

        def registers(user: Any, _subject: Any) -> bool:
            return bool(registering_organisations(user).exists())

        def handles(user: Any, _subject: Any) -> bool:
            return bool(independently_supervised(user).exists())

        add_tab("dossier", TabSpec(_("Omgeving"), 30, page("dossier-monitors")))
        add_tab("monitor", TabSpec(_("Overzicht"), 10, page("monitor")))
        add_tab("monitor", TabSpec(_("Verloop"), 15, page("monitor-attention")))
        add_tab("monitor", TabSpec(_("Inhoud"), 17, page("monitor-content")))
        add_tab("monitor", TabSpec(_("Berichten"), 20, page("monitor-messages"), own))
        add_tab("monitor", TabSpec(_("Zoeken"), 25, page("monitor-search"), own))
        add_tab("monitor", TabSpec(_("Labels"), 27, page("monitor-labels"), own))
        add_tab("monitor", TabSpec(_("Zoekvraag"), 30, page("monitor-query")))
        add_tab("monitor", TabSpec(_("Bronnen"), 40, page("monitor-sources"), own))
        add_tab("monitor", TabSpec(_("Omgevingsbeelden"), 50, page("monitor-pictures")))
        add_tab("monitor", TabSpec(_("Verantwoording"), 60, page("monitor-account")))
        add_tab("privacy", TabSpec(_("Overzicht"), 10, fixed("privacy")))
        add_tab("privacy", TabSpec(_("Verwerkingen"), 20, fixed("processings"), registers))
        add_tab("privacy", TabSpec(_("Inzagelog"), 30, fixed("look-log"), registers))
        add_tab("privacy", TabSpec(_("Bewijs van wissen"), 40, fixed("retention-proofs")))
        add_tab("privacy", TabSpec(_("Verzoeken"), 50, fixed("data-requests"), handles))
        add_tab("privacy", TabSpec(_("Overdrachten"), 60, fixed("handovers")))
        add_panel("dossier", order=10, template="monitor/parts/panel.html", read=dossier_panel)
        add_timeline(dossier_timeline)
        register_check("feeds", label=_("Feeds"), function=feeds_health)
        register_check("bewaartermijn", label=_("Bewaartermijn"), function=retention_health)
