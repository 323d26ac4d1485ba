"""Registers reception with Django."""

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
        from regietafel.kit.navigation import TabSpec, add_tab
        from regietafel.reception.services import upkeep  # noqa: F401 - registers the jobs

        def fixed(name: str) -> Any:
            return lambda _subject: reverse(name)

        add_tab("reception", TabSpec(_("Locaties"), 20, fixed("reception-locations")))
        add_tab("reception", TabSpec(_("Groepen"), 30, fixed("reception-groups")))
