"""Whether everything works: one list of checks, for machines, for the command line and for people.

A capability adds its own checks (each connector has one) with `register_check`.
"""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.checks import run_checks
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kernel.dutch import counted, duration, file_size, number
from regietafel.kit.documents.pdf import PdfUnavailable, require_libraries
from regietafel.kit.jobs.listing import stuck_jobs, worker_seen_at
from regietafel.kit.models import AuditHead

SILENT_AFTER = timedelta(minutes=3)
ANCHOR_TOO_OLD = timedelta(hours=36)
DISK_WARNING, DISK_ALARM = 0.80, 0.90


class State(StrEnum):
    """How a part is doing."""

    OK = "ok"
    ATTENTION = "let op"
    FAULT = "fout"


@dataclass(frozen=True)
class Health:
    """What one check found, in words for people."""

    state: State
    message: str
    since: datetime | None = None


@dataclass(frozen=True)
class Check:
    """One part with what its check found."""

    name: str
    label: str
    health: Health

    @property
    def state(self) -> str:
        return str(self.health.state)

    @property
    def badge(self) -> str:
        return self.state.replace(" ", "-")

    @property
    def message(self) -> str:
        return self.health.message

    def to_json(self) -> dict[str, Any]:
        since = self.health.since and self.health.since.isoformat()
        return {"naam": self.name, "stand": self.state, "melding": self.message, "sinds": since}


@dataclass(frozen=True)
class Summary:
    """All parts together; healthy as long as nothing is broken."""

    checks: tuple[Check, ...]

    @property
    def healthy(self) -> bool:
        return all(check.health.state is not State.FAULT for check in self.checks)

    @property
    def state(self) -> str:
        order = list(State)
        return str(max((check.health.state for check in self.checks), key=order.index, default=State.OK))

    def to_json(self) -> dict[str, Any]:
        return {"status": self.state, "onderdelen": [check.to_json() for check in self.checks]}


CheckFunction = Callable[[], Health]
_CHECKS: dict[str, tuple[str | Promise, CheckFunction]] = {}
_LATEST: tuple[float, Summary] | None = None


def register_check(name: str, *, label: str | Promise, function: CheckFunction) -> None:
    """Add a check; the function returns a `Health` and may simply raise when the part is broken."""
    _CHECKS[name] = (label, function)


def summary(fresh_s: float = 0) -> Summary:
    """Run every check; a check that fails itself counts as a fault and stops no other.

    Args:
        fresh_s: an answer of at most this many seconds ago will do; for addresses anyone may call.
    """
    global _LATEST
    made_at, latest = _LATEST or (-1.0, None)
    if latest is None or time.monotonic() - made_at >= fresh_s:
        found = (
            _run(name, label=str(label), function=function) for name, (label, function) in _CHECKS.items()
        )
        latest = Summary(tuple(found))
        _LATEST = (time.monotonic(), latest)
    return latest


def _run(name: str, *, label: str, function: CheckFunction) -> Check:
    try:
        with transaction.atomic():
            return Check(name, label, function())
    except Exception as error:
        text = _("De controle zelf mislukte (%s).") % type(error).__name__
        return Check(name, label, Health(State.FAULT, text))


def database_health() -> Health:
    """Read and write one row that already exists, and leave it as it was."""
    try:
        with transaction.atomic():
            AuditHead.objects.filter(chain="").update(sequence=0)
            AuditHead.objects.exists()
    except DatabaseError:
        return Health(State.FAULT, _("De database antwoordt niet of laat zich niet beschrijven."))
    return Health(State.OK, _("De database (%s) laat zich lezen en beschrijven.") % connection.display_name)


def settings_health() -> Health:
    """Run Django's own checks of the database: version and settings under which nothing confirmed is lost."""
    wrong = run_checks(tags=["database"], databases=["default"])
    if wrong:
        return Health(State.FAULT, " ".join(str(problem.msg) for problem in wrong))
    return Health(State.OK, _("De database is veilig ingesteld."))


def disk_health() -> Health:
    """Warn before the disk is full, while there is time to do something."""
    disk = shutil.disk_usage(settings.ENVIRONMENT.data)
    used = 1 - disk.free / disk.total
    facts = {"percentage": number(used * 100, decimals=0), "vrij": file_size(disk.free)}
    text = _("De schijf is voor %(percentage)s %% vol; er is %(vrij)s vrij.") % facts
    if used >= DISK_ALARM:
        return Health(State.FAULT, text + " " + _("Maak nu ruimte vrij, anders wordt er niets meer bewaard."))
    return Health(State.ATTENTION if used >= DISK_WARNING else State.OK, text)


def worker_health() -> Health:
    """Check that somebody does the background work."""
    seen_at = worker_seen_at()
    if seen_at is None:
        return Health(
            State.ATTENTION, _("De takenwerker heeft nog niet gedraaid. Start hem met: regietafel werk.")
        )
    silence = timezone.now() - seen_at
    if silence > SILENT_AFTER:
        text = _("De takenwerker gaf %s geen teken van leven. Start hem met: regietafel werk.")
        return Health(State.FAULT, text % duration(silence.total_seconds()), since=seen_at)
    return Health(State.OK, _("De takenwerker draait."), since=seen_at)


def jobs_health() -> Health:
    """Check that no job hangs."""
    stuck = stuck_jobs()
    if not stuck:
        return Health(State.OK, _("Er hangen geen taken."))
    text = _("%s komt niet verder; kijk bij Beheer, Taken.") % counted(len(stuck), one="taak", many="taken")
    return Health(State.ATTENTION, text.capitalize(), since=stuck[0].due_at)


def migrations_health() -> Health:
    """Check that the tables are those of this version."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return Health(
            State.FAULT, _("De database is van een oudere versie. Voer uit: regietafel voorbereid.")
        )
    return Health(State.OK, _("De tabellen horen bij deze versie."))


def anchor_health() -> Health:
    """Check that the head of the audit chains was kept outside the database not too long ago."""
    if not AuditHead.objects.filter(sequence__gt=0).exists():
        return Health(State.OK, _("Het logboek is nog leeg."))
    written = [path.stat().st_mtime for path in settings.ENVIRONMENT.anchors.glob("*.jsonl")]
    if not written:
        return Health(State.ATTENTION, _("De kop van het logboek is nog nooit buiten de database bewaard."))
    last_at = datetime.fromtimestamp(max(written), tz=UTC)
    age = timezone.now() - last_at
    if age > ANCHOR_TOO_OLD:
        text = _("De kop van het logboek is %s geleden voor het laatst buiten de database bewaard.")
        return Health(State.ATTENTION, text % duration(age.total_seconds()), since=last_at)
    return Health(
        State.OK, _("De kop van het logboek wordt dagelijks buiten de database bewaard."), since=last_at
    )


def documents_health() -> Health:
    """Check that this machine can make a PDF."""
    try:
        require_libraries()
    except PdfUnavailable as error:
        return Health(State.ATTENTION, str(error))
    return Health(State.OK, _("DOCX en PDF kunnen worden gemaakt."))


register_check("database", label=gettext_lazy("Database"), function=database_health)
register_check("instellingen", label=gettext_lazy("Instellingen van de database"), function=settings_health)
register_check("migraties", label=gettext_lazy("Tabellen"), function=migrations_health)
register_check("schijf", label=gettext_lazy("Schijfruimte"), function=disk_health)
register_check("werker", label=gettext_lazy("Takenwerker"), function=worker_health)
register_check("taken", label=gettext_lazy("Taken"), function=jobs_health)
register_check("documenten", label=gettext_lazy("Documenten"), function=documents_health)
register_check("anker", label=gettext_lazy("Logboek"), function=anchor_health)
