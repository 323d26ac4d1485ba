"""Kit as a Django app: audit chain, job tables, and our words in the place of those of the framework."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from regietafel.kit.wording import speak_plainly


class KitConfig(AppConfig):
    name = "regietafel.kit"
    label = "kit"
    verbose_name = _("Gereedschap")

    def __init__(self, app_name: str, app_module: Any) -> None:
        super().__init__(app_name, app_module)
        speak_plainly()
