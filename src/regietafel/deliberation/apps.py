"""Registers the deliberation capability with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliberationConfig(AppConfig):
    """The deliberation capability; it reads existing minutes, and has no tables, pages or menu entry yet."""

    name = "regietafel.deliberation"
    label = "deliberation"
    verbose_name = _("Overleg")
