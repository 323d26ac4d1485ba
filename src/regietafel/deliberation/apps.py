"""Registers the deliberation capability with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliberationConfig(AppConfig):
    """The deliberation capability; not yet built, so without tables, pages or menu entry."""

    name = "regietafel.deliberation"
    label = "deliberation"
    verbose_name = _("Overleg")
