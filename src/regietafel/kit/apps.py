"""Kit as a Django app: audit chain and job tables."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "regietafel.kit"
    label = "kit"
    verbose_name = _("Gereedschap")
