"""Own scenarios of a region: made, changed and removed by who coordinates it."""

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.changes import told
from regietafel.kit.refusal import Refused
from regietafel.reception.models import OutlookScenario
from regietafel.reception.services.writing import log, require_coordination
from regietafel.register.public import Organisation, User

MOST_FACTOR, MOST_A_DAY = 20.0, 100_000.0


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a scenario assumes, and what that rests on.

    `factor`: times the usual inflow. `level_per_day`: people a day that replace it. `leaving_percent_a_week`:
    of people with private hosts; None is as it was until now.
    """

    name: str
    source: str
    factor: float = 1.0
    level_per_day: float | None = None
    leaving_percent_a_week: float | None = None
    returning_percent: float = 100.0


def create_scenario(*, organisation: Organisation, content: Content, by: User | None) -> OutlookScenario:
    """Add an own scenario."""
    require_coordination(organisation, by)
    kept = _examined(content)
    with transaction.atomic():
        _refuse_double(organisation, kept.name)
        row = OutlookScenario.objects.create(organisation=organisation, created_by=by, **_values(kept))
        log("scenario.gemaakt", row, organisation_id=organisation.pk, by=by, changes=told(_values(kept)))
    return row


def change_scenario(*, scenario: OutlookScenario, content: Content, by: User | None) -> OutlookScenario:
    """Change an own scenario; what it was stays in the log."""
    require_coordination(scenario.organisation, by)
    kept = _values(_examined(content))
    with transaction.atomic():
        row = OutlookScenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
        _refuse_double(scenario.organisation, content.name.strip(), but=row.pk)
        changes = {
            name: [getattr(row, name), value] for name, value in kept.items() if getattr(row, name) != value
        }
        for name, value in kept.items():
            setattr(row, name, value)
        row.save(update_fields=tuple(kept))
        log("scenario.gewijzigd", row, organisation_id=row.organisation_id, by=by, changes=changes)
    return row


def remove_scenario(*, scenario: OutlookScenario, by: User | None) -> None:
    """Take an own scenario away; the log keeps what it said."""
    require_coordination(scenario.organisation, by)
    with transaction.atomic():
        changes = {"naam": [scenario.name, None], "bron": [scenario.source, None]}
        log("scenario.verwijderd", scenario, organisation_id=scenario.organisation_id, by=by, changes=changes)
        OutlookScenario.objects.filter(pk=scenario.pk).delete()


def _refuse_double(organisation: Organisation, name: str, *, but: int | None = None) -> None:
    same = OutlookScenario.objects.filter(organisation=organisation, name=name).first()
    if same is not None and same.pk != but:
        raise Refused(_("Er is al een scenario met deze naam. Kies een andere naam."), field="name")


def _examined(content: Content) -> Content:
    if not content.name.strip() or not content.source.strip():
        missing = "source" if content.name.strip() else "name"
        raise Refused(_("Geef het scenario een naam, en zeg waarop het berust."), field=missing)
    if content.name.strip().lower() in {"laag", "midden", "hoog"}:
        raise Refused(_("Laag, midden en hoog heeft iedereen al. Kies een andere naam."), field="name")
    _refuse_impossible(content)
    return replace(content, name=content.name.strip(), source=content.source.strip())


def _refuse_impossible(content: Content) -> None:
    """Refuse numbers that no inflow and no share can have."""
    for name, most in (
        ("factor", MOST_FACTOR),
        ("level_per_day", MOST_A_DAY),
        ("leaving_percent_a_week", 100),
        ("returning_percent", 100),
    ):
        value = getattr(content, name)
        if value is not None and not 0 <= value <= most:
            told = _("Vul een getal van 0 tot en met %s in.") % dutch.number(most)
            raise Refused(told, field=name)


def _values(content: Content) -> dict[str, Any]:
    return {
        "name": content.name,
        "source": content.source,
        "factor": content.factor,
        "level_per_day": content.level_per_day,
        "leaving_percent_a_week": content.leaving_percent_a_week,
        "returning_percent": content.returning_percent,
    }
