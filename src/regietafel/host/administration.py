"""Pages for who keeps the installation running: what works, and which jobs ran or wait."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from regietafel.kit.health import summary
from regietafel.kit.jobs import label_of, schedules, stuck_jobs
from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.models import JobRun
from regietafel.kit.pages import DetailPage, Empty, Header, ListPage
from regietafel.register import public as register

BADGES = {"klaar": "ok", "bezig": "info", "wacht": "neutraal", "opnieuw": "let-op", "mislukt": "fout"}


def manages_anything(user: Any) -> bool:
    """Say whether a person keeps the installation or an organisation running."""
    return bool(user.is_platform_admin) or register.organisations_with(user, "may_manage").exists()


def _path() -> tuple[tuple[str, str | None], ...]:
    return ((_("Beheer"), "/beheer"),)


class HealthPage(DetailPage):
    """What works and what does not, in words."""

    template_name = "host/health.html"

    def allowed(self) -> bool:
        return manages_anything(self.request.user)

    def header(self) -> Header:
        return Header(_("Gezondheid"), _("Of de onderdelen van deze installatie werken."), _path())

    def context(self) -> dict[str, Any]:
        return {"found": summary()}


class JobsPage(ListPage):
    """Work in the background: waiting, running, done or failed."""

    template_name = "host/jobs.html"
    spec = ListSpec(
        columns=(
            Column("taak", _("Taak"), lambda run: label_of(run.name), ("name",), key_fact=True),
            Column(
                "stand",
                _("Stand"),
                "get_state_display",
                ("state",),
                badge=lambda run: BADGES[run.state],
                key_fact=True,
            ),
            Column("pogingen", _("Pogingen"), "attempts", ("attempts",), numeric=True),
            Column("gemaakt", _("Gemaakt"), "created_at", ("created_at",)),
            Column("afgerond", _("Afgerond"), "finished_at", ("finished_at",)),
            Column("fout", _("Laatste fout"), "last_error"),
        ),
        filters=(Filter("stand", _("Stand"), lambda user: JobRun.State.choices, "state"),),
        search=("name",),
        default_sort="-gemaakt",
        export_name="taken",
    )

    def allowed(self) -> bool:
        return bool(getattr(self.request.user, "is_platform_admin", False))

    def header(self) -> Header:
        return Header(
            _("Taken"),
            _("Werk dat op de achtergrond gebeurt, met wat misging en wanneer het opnieuw gaat."),
            _path(),
        )

    def rows(self) -> QuerySet[JobRun]:
        return JobRun.objects.all()

    def empty(self) -> Empty:
        return Empty(
            _("Er is nog geen taak uitgevoerd"), _("Taken verschijnen hier zodra de takenwerker draait.")
        )

    def context(self) -> dict[str, Any]:
        return {"schedules": schedules(), "stuck": stuck_jobs()}
