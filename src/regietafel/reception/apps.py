"""Registers reception with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReceptionConfig(AppConfig):
    """Reception and its tables."""

    name = "regietafel.reception"
    label = "reception"
    verbose_name = _("Opvang")

    def ready(self) -> None:
        from regietafel.reception.services import upkeep  # noqa: F401 - registers the jobs
