"""The register of processing (AVG, article 30): one line per monitor, and one per fixed processing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel.dutch import period
from regietafel.kit.documents.table import Column, Kind, Table
from regietafel.monitor.adapters.processings import FixedProcessing, processings
from regietafel.monitor.models import Monitor
from regietafel.monitor.selectors.monitors import visible_monitors
from regietafel.register.public import Organisation, organisations_with


@dataclass(frozen=True)
class Processing:
    """One line of the register."""

    name: str
    organisation: str
    state: str
    purpose: str
    legal_basis: str
    data: tuple[str, ...]
    people: tuple[str, ...]
    sources: tuple[str, ...]
    recipients: tuple[str, ...]
    retention: str
    dpia_reference: str
    measures: tuple[str, ...]
    owner: str
    term: str = ""
    changed_on: date | None = None
    number: int | None = None

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Return what the page shows under the name."""
        return [
            (_("Doel"), self.purpose),
            (_("Grondslag"), self.legal_basis or _("nog niet ingevuld")),
            (_("Gegevens"), "; ".join(self.data)),
            (_("Van wie"), "; ".join(self.people)),
            (_("Bronnen"), "; ".join(self.sources) or _("nog niet gekozen")),
            (_("Ontvangers"), "; ".join(self.recipients)),
            (_("Bewaren"), self.retention),
            (_("DPIA of advies FG"), self.dpia_reference or _("niet opgegeven")),
            (_("Beveiliging"), "; ".join(self.measures)),
            (_("Eigenaar"), self.owner or _("nog niet ingevuld")),
            *([(_("Looptijd"), self.term)] if self.term else []),
        ]


def registering_organisations(user: Any) -> QuerySet[Organisation]:
    """Return the organisations whose register a person may read: its writers and who supervises."""
    found = organisations_with(user, "may_write") | organisations_with(user, "may_approve")
    return found.order_by("name")


def processings_of(user: Any) -> list[Processing]:
    """Return the lines a person may read: the monitors, then what every organisation has."""
    organisations = registering_organisations(user)
    monitors = (
        visible_monitors(user)
        .filter(dossier__organisation__in=organisations)
        .prefetch_related("sources")
        .order_by("dossier__organisation__name", "title")
    )
    fixed = [_fixed(row, organisation.name) for organisation in organisations for row in processings().fixed]
    return [*map(_of_monitor, monitors), *fixed]


def _of_monitor(monitor: Monitor) -> Processing:
    words = processings().monitor
    purpose = monitor.get_purpose_display()
    return Processing(
        name=monitor.title,
        organisation=monitor.dossier.organisation.name,
        state=monitor.get_state_display(),
        purpose=f"{purpose}: {words.purpose}" if purpose else words.purpose,
        legal_basis=monitor.legal_basis,
        data=words.data,
        people=words.people,
        sources=tuple(sorted(source.name for source in monitor.sources.all())),
        recipients=words.recipients,
        retention=_("tekst %s dagen na ontvangst; daarna alleen aantallen") % monitor.retention_days,
        dpia_reference=monitor.dpia_reference,
        measures=words.measures,
        owner=monitor.owner.name if monitor.owner else "",
        term=period(monitor.starts_on, monitor.ends_on) if monitor.starts_on and monitor.ends_on else "",
        changed_on=_day(monitor.updated_at),
        number=monitor.pk,
    )


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _fixed(row: FixedProcessing, organisation: str) -> Processing:
    return Processing(
        name=row.name,
        organisation=organisation,
        state=_("vast"),
        purpose=row.purpose,
        legal_basis=row.legal_basis,
        data=row.data,
        people=row.people,
        sources=row.sources,
        recipients=row.recipients,
        retention=row.retention,
        dpia_reference=row.dpia_reference,
        measures=row.measures,
        owner=row.owner,
    )


def processing_table(user: Any) -> Table:
    """Return the register as a table to take along."""
    columns = (
        _("Verwerking"), _("Organisatie"), _("Stand"), _("Doel"), _("Grondslag"), _("Gegevens"), _("Van wie"),
        _("Bronnen"), _("Ontvangers"), _("Bewaren"), _("DPIA of advies FG"), _("Beveiliging"), _("Eigenaar"),
        _("Looptijd"),
    )  # fmt: skip
    return Table(
        columns=(*map(Column, columns), Column(_("Laatst gewijzigd"), Kind.DAY)),
        rows=[_row(line) for line in processings_of(user)],
        title=_("Register van verwerkingen"),
        source_note=processings().source,
    )


def _row(line: Processing) -> tuple[Any, ...]:
    lists = (line.data, line.people, line.sources, line.recipients)
    data, people, sources, recipients = ("; ".join(each) for each in lists)
    return (
        line.name, line.organisation, line.state, line.purpose, line.legal_basis, data, people, sources,
        recipients, line.retention, line.dpia_reference, "; ".join(line.measures), line.owner, line.term,
        line.changed_on,
    )  # fmt: skip
