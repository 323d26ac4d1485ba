"""Registers reception with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReceptionConfig(AppConfig):
    """Reception and its tables."""

    name = "regietafel.reception"
    label = "reception"
    verbose_name = _("Opvang")

    def ready(self) -> None:
        from regietafel.kit.navigation import add_panel
        from regietafel.reception.selectors.outlook import board_panel
        from regietafel.reception.services import upkeep  # noqa: F401 - registers the jobs

        add_panel("reception-board", order=10, template="reception/parts/outlook.html", read=board_panel)
