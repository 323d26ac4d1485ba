"""Lines of the public register, with nothing in them that is not meant for everybody."""

from dataclasses import dataclass
from datetime import date

from regietafel.monitor.models import Monitor
from regietafel.monitor.selectors.looks import Tally, tallies_of
from regietafel.monitor.selectors.monitors import asked_text, public_register
from regietafel.register.public import Confidentiality


@dataclass(frozen=True)
class Entry:
    """What the public may read of one monitor; the title of its dossier only when that is public."""

    organisation: str
    is_fictional: bool
    subject: str
    purpose: str
    legal_basis: str
    reason: str
    dpia_reference: str
    query: str
    sources: tuple[str, ...]
    started_on: date
    ends_on: date | None
    stopped_on: date | None
    retention_days: int
    is_running: bool
    state: str
    version_count: int
    tally: Tally


def register_entries() -> list[Entry]:
    """Return a line for every monitor that runs or ever ran."""
    monitors = list(public_register())
    tallies = tallies_of(monitors)
    return [_entry(monitor, tallies.get(monitor.pk, Tally())) for monitor in monitors]


def _entry(monitor: Monitor, tally: Tally) -> Entry:
    versions = list(monitor.query_versions.all())
    is_public = monitor.dossier.confidentiality == Confidentiality.PUBLIC
    assert monitor.started_at is not None
    return Entry(
        organisation=monitor.dossier.organisation.name,
        is_fictional=monitor.dossier.organisation.is_fictional,
        subject=monitor.dossier.title if is_public else "",
        purpose=monitor.get_purpose_display(),
        legal_basis=monitor.legal_basis,
        reason=monitor.reason if is_public else "",
        dpia_reference=monitor.dpia_reference,
        query=asked_text(versions[0]) if versions else "",
        sources=tuple(source.name for source in monitor.sources.all()),
        started_on=monitor.started_at.date(),
        ends_on=monitor.ends_on,
        stopped_on=monitor.stopped_at.date() if monitor.stopped_at else None,
        retention_days=monitor.retention_days,
        is_running=monitor.state == Monitor.State.RUNNING,
        state=monitor.get_state_display(),
        version_count=len(versions),
        tally=tally,
    )
