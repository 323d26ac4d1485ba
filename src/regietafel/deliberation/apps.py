"""Registers deliberation with Django, and with the tabs of its pages."""

from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class DeliberationConfig(AppConfig):
    """Deliberation and its tables."""

    name = "regietafel.deliberation"
    label = "deliberation"
    verbose_name = _("Overleg")

    def ready(self) -> None:
        from regietafel.deliberation.selectors.access import keeps, visible_bodies
        from regietafel.deliberation.services import mailing  # noqa: F401 - registers the job
        from regietafel.kit.navigation import TabSpec, add_tab

        def page(name: str) -> Any:
            return lambda subject: reverse(name, args=[subject.pk])

        def sits(user: Any, meeting: Any) -> bool:
            return visible_bodies(user).filter(pk=meeting.body_id).exists()

        add_tab("body", TabSpec(_("Overzicht"), 10, page("body")))
        add_tab("body", TabSpec(_("Vergaderingen"), 20, page("body-meetings")))
        add_tab("body", TabSpec(_("Leden"), 30, page("body-seats")))
        add_tab("body", TabSpec(_("Inlezen"), 60, page("body-imports"), keeps))
        add_tab("meeting", TabSpec(_("Agenda"), 10, page("meeting")))
        add_tab("meeting", TabSpec(_("Verslag"), 20, page("meeting-minutes")))
        add_tab("meeting", TabSpec(_("Aanwezigheid"), 40, page("meeting-attendance"), sits))
