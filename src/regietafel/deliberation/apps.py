"""Registers deliberation with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliberationConfig(AppConfig):
    """Deliberation and its tables."""

    name = "regietafel.deliberation"
    label = "deliberation"
    verbose_name = _("Overleg")
