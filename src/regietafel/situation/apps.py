"""Registers the situation capability with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SituationConfig(AppConfig):
    """The situation capability; not yet built, so without tables, pages or menu entry."""

    name = "regietafel.situation"
    label = "situation"
    verbose_name = _("Situatiebeeld")
