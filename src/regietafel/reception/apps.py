"""Registers the reception capability with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReceptionConfig(AppConfig):
    """The reception capability; not yet built, so without tables, pages or menu entry."""

    name = "regietafel.reception"
    label = "reception"
    verbose_name = _("Opvang")
