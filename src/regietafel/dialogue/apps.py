"""Registers the dialogue capability with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialogueConfig(AppConfig):
    """The dialogue capability; not yet built, so without tables, pages or menu entry."""

    name = "regietafel.dialogue"
    label = "dialogue"
    verbose_name = _("Dialoog")
