"""Registers reception with Django, and with the tabs of its pages."""

from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ReceptionConfig(AppConfig):
    """Reception and its tables."""

    name = "regietafel.reception"
    label = "reception"
    verbose_name = _("Opvang")

    def ready(self) -> None:
        from regietafel.kit.navigation import TabSpec, add_panel, add_tab
        from regietafel.reception.selectors.access import points_of
        from regietafel.reception.selectors.outlook import board_panel
        from regietafel.reception.selectors.today import dossier_panel
        from regietafel.reception.services import lists, upkeep  # noqa: F401 - registers the jobs

        def fixed(name: str) -> Any:
            return lambda _subject: reverse(name)

        def places_people(user: Any, _subject: Any) -> bool:
            return points_of(user).exists()

        add_tab("reception", TabSpec(_("Locaties"), 20, fixed("reception-locations")))
        add_tab("reception", TabSpec(_("Groepen"), 30, fixed("reception-groups")))
        add_tab("reception", TabSpec(_("Bord"), 10, fixed("reception")))
        add_tab("reception", TabSpec(_("Voorstellen"), 40, fixed("proposals")))
        add_tab("reception", TabSpec(_("Vooruitblik"), 50, fixed("outlook")))
        add_tab("reception", TabSpec(_("Opdrachten"), 60, fixed("assignments")))
        add_tab("reception", TabSpec(_("Bijstand"), 70, fixed("assistance")))
        add_tab("reception", TabSpec(_("Taakstelling"), 80, fixed("housing")))
        add_tab("reception", TabSpec(_("Lijsten"), 85, fixed("reception-lists"), places_people))
        add_tab("reception", TabSpec(_("Openbaar"), 90, fixed("publications")))
        add_panel("reception-board", order=10, template="reception/parts/outlook.html", read=board_panel)
        add_panel("dossier", order=40, template="reception/parts/panel.html", read=dossier_panel)
