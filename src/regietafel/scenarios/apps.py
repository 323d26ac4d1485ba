"""Registers the scenarios capability with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScenariosConfig(AppConfig):
    """The scenarios capability; not yet built, so without tables, pages or menu entry."""

    name = "regietafel.scenarios"
    label = "scenarios"
    verbose_name = _("Scenario's")
