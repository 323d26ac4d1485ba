"""Registers the policy capability with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PolicyConfig(AppConfig):
    """The policy capability; not yet built, so without tables, pages or menu entry."""

    name = "regietafel.policy"
    label = "policy"
    verbose_name = _("Beleid")
