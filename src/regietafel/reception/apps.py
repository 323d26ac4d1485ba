"""Registers reception with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReceptionConfig(AppConfig):
    """Reception and its tables."""

    name = "regietafel.reception"
    label = "reception"
    verbose_name = _("Opvang")
