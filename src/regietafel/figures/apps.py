"""Registers the figures capability with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    """The figures capability; not yet built, so without tables, pages or menu entry."""

    name = "regietafel.figures"
    label = "figures"
    verbose_name = _("Cijfers")
