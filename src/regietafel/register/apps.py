"""Register as a Django app: its tabs and its part of the timeline."""

from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "regietafel.register"
    label = "register"
    verbose_name = _("Register")

    def ready(self) -> None:
        from regietafel.kit.navigation import TabSpec, add_tab, add_timeline
        from regietafel.kit.rest.authentication import read_keys_with
        from regietafel.register.selectors.access import may_write_dossier
        from regietafel.register.selectors.timeline import dossier_timeline
        from regietafel.register.services.tokens import open_with_key

        def address(name: str) -> Any:
            return lambda dossier: reverse(name, args=[dossier.pk])

        add_tab("dossier", TabSpec(_("Overzicht"), 10, address("dossier")))
        add_tab("dossier", TabSpec(_("Tijdlijn"), 20, address("dossier-timeline")))
        add_tab("dossier", TabSpec(_("Bestanden"), 80, address("dossier-files")))
        add_tab("dossier", TabSpec(_("Logboek"), 90, address("dossier-history"), may_write_dossier))
        add_timeline(dossier_timeline)
        read_keys_with(open_with_key)
