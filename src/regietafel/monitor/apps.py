"""Registers the monitor with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitorConfig(AppConfig):
    """The monitor and its tables."""

    name = "regietafel.monitor"
    label = "monitor"
    verbose_name = _("Omgeving")
