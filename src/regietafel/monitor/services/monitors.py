"""Make, change, start, pause and stop a monitor; what may not run is refused with every reason."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.audit import changes_between, record
from regietafel.kit.refusal import Refused
from regietafel.monitor.engine.query import QueryError
from regietafel.monitor.engine.workflow import MAX_DAYS_AHEAD, MONITOR_STATES, RETENTION_FREE_DAYS, may_change
from regietafel.monitor.models import Monitor, PlaceProfile, QueryVersion, Source
from regietafel.monitor.selectors.monitors import current_query, objections_to, persons_asked_for
from regietafel.monitor.selectors.places import values_for
from regietafel.monitor.services.matching import Foresight, foresee, rematch
from regietafel.monitor.services.retention import erase_source
from regietafel.register.public import Dossier, User

State = Monitor.State
EDITABLE = (
    "title", "purpose", "legal_basis", "reason", "dpia_reference", "owner", "starts_on", "ends_on",
    "retention_days",
)  # fmt: skip


class Origin(TypedDict, total=False):
    """Where a question comes from: the profile that fills its blanks, and how it was pasted.

    Without ``filled_from`` the monitor keeps its profile.
    """

    filled_from: PlaceProfile | None
    dialect: str
    pasted: str


@transaction.atomic
def create_monitor(
    *, dossier: Dossier, query: str, sources: Iterable[Source], by: User | None, **terms: Any
) -> Monitor:
    """Make a monitor in draft with the first version of its question."""
    refuse_question(query)
    monitor = Monitor(dossier=dossier, **terms)
    _refuse_terms(monitor, before=None)
    _refuse_place(monitor.filled_from, dossier)
    values = values_for(query, monitor.filled_from)
    refuse_question(query, values)
    monitor.save()
    monitor.sources.set(_own(sources, dossier))
    version = QueryVersion.objects.create(
        monitor=monitor,
        number=1,
        text=query.strip(),
        blank_values=values,
        created_by=by,
    )
    changes = _wording_changes(None, version) | _changes({}, _facts(monitor))
    _record("monitor.gemaakt", monitor, by=by, changes=changes)
    return monitor


def change_monitor(
    *, monitor: Monitor, sources: Iterable[Source] | None = None, by: User | None, **terms: Any
) -> Monitor:
    """Change the terms; a later end or a longer retention goes through a second person."""
    chosen = None if sources is None else list(sources)
    ahead = _foresee_sources(monitor, chosen)
    with transaction.atomic():
        monitor = _locked(monitor)
        if monitor.state == State.STOPPED:
            raise Refused(_("Deze monitor is gestopt en verandert niet meer. Maak een nieuwe monitor."))
        old, before = Monitor.objects.get(pk=monitor.pk), _facts(monitor)
        for name in terms.keys() & set(EDITABLE):
            setattr(monitor, name, terms[name])
        _refuse_terms(monitor, before=old)
        monitor.save()
        if chosen is not None:
            monitor.sources.set(_own(chosen, monitor.dossier))
        changes = _changes(before, _facts(monitor))
        if changes:
            _apply(monitor, changes, old=old, ahead=ahead)
            _record("monitor.gewijzigd", monitor, by=by, changes=changes)
    return monitor


def _foresee_sources(monitor: Monitor, chosen: list[Source] | None) -> Foresight | None:
    """Judge what other sources hold before anything is locked."""
    is_other = chosen is not None and set(chosen) != set(monitor.sources.all())
    if monitor.state != State.RUNNING or not is_other:
        return None
    return foresee(monitor, version=current_query(monitor), sources=chosen)


def _apply(monitor: Monitor, changes: dict[str, Any], *, old: Monitor, ahead: Foresight | None) -> None:
    """Let changed terms hold for the matches and the texts that are there."""
    if monitor.state == State.RUNNING:
        _refuse_objections(monitor)
        if "sources" in changes:
            rematch(monitor, ahead=ahead)
    elif monitor.state == State.PAUSED:  # its texts are still there, and the register names its terms
        _refuse_objections(monitor, to=changes.keys())
    if monitor.retention_days < old.retention_days:
        _erase_now(monitor)


def revise_query(
    *, monitor: Monitor, text: str, note: str, by: User | None, **origin: Unpack[Origin]
) -> QueryVersion:
    """Give the question a next version; the earlier ones stay readable.

    What it will find is judged before anything is locked.
    """
    refuse_question(text)
    place = origin.get("filled_from", monitor.filled_from)
    wording = QueryVersion(
        text=text.strip(),
        blank_values=values_for(text, place),
        dialect=origin.get("dialect", QueryVersion.Dialect.REGIETAFEL),
        pasted=origin.get("pasted", "").strip(),
        note=note.strip(),
        created_by=by,
    )
    ahead = foresee(monitor, version=wording) if monitor.state == State.RUNNING else None
    with transaction.atomic():
        wording.monitor = monitor = _locked(monitor)
        if monitor.state == State.STOPPED:
            raise Refused(_("Deze monitor is gestopt; de zoekvraag verandert niet meer."))
        if not note.strip():
            raise Refused(_("Schrijf kort waarom u de zoekvraag wijzigt."))
        if "filled_from" in origin:
            _fill_from(monitor, place)
        if not _follow_up(wording, ahead=ahead):
            raise Refused(_("De zoekvraag is niet veranderd."))
    return wording


@transaction.atomic
def refill_query(
    *, monitor: Monitor, note: str, by: User | None, ahead: Foresight | None = None
) -> QueryVersion | None:
    """Ask the same question with the values its place profile has now; None when they are the same."""
    monitor = _locked(monitor)
    current = current_query(monitor)
    if current is None or monitor.state == State.STOPPED:
        return None
    wording = QueryVersion(
        monitor=monitor,
        text=current.text,
        blank_values=values_for(current.text, monitor.filled_from),
        note=note,
        created_by=by,
    )
    return wording if _follow_up(wording, ahead=ahead) else None


def start_monitor(*, monitor: Monitor, by: User | None) -> Monitor:
    """Let a monitor run, now that nothing stands in its way, and judge what its sources already hold."""
    ahead = foresee(monitor, version=current_query(monitor))
    with transaction.atomic():
        monitor = _locked(monitor)
        _refuse_road(monitor, State.RUNNING)
        _refuse_objections(monitor)
        was = monitor.state
        monitor.state, monitor.state_reason = State.RUNNING, ""
        monitor.started_at = monitor.started_at or timezone.now()
        monitor.save()
        rematch(monitor, ahead=ahead)
        _record("monitor.gestart", monitor, by=by, changes={"state": [was, State.RUNNING.value]})
    return monitor


@transaction.atomic
def pause_monitor(*, monitor: Monitor, reason: str, by: User | None) -> Monitor:
    """Let a monitor rest; new messages are not judged until it starts again."""
    return _leave(monitor, State.PAUSED, reason=reason, by=by)


@transaction.atomic
def stop_monitor(*, monitor: Monitor, reason: str, by: User | None) -> Monitor:
    """End a monitor for good; its pictures and its account stay."""
    return _leave(monitor, State.STOPPED, reason=reason, by=by)


def stop_past_end() -> int:
    """Stop every monitor whose last day has passed, and return how many."""
    past = Monitor.objects.filter(state__in=(State.RUNNING, State.PAUSED), ends_on__lt=timezone.localdate())
    stopped = 0
    for monitor in past:
        stop_monitor(monitor=monitor, reason=_("De einddatum is voorbij."), by=None)
        stopped += 1
    return stopped


def refuse_question(text: str, values: Mapping[str, Sequence[str]] | None = None) -> None:
    """Refuse a question that cannot be read or, filled with these values, asks for a private person."""
    try:
        persons = persons_asked_for(text, values)
    except QueryError as error:
        place = _("regel %(line)s, teken %(column)s") % {"line": error.line, "column": error.column}
        raise Refused(f"{error.message} ({place}) {error.suggestion}".strip()) from error
    if persons:
        raise Refused(" ".join(f"“{found.written}”: {found.reason}" for found in persons))


def _follow_up(wording: QueryVersion, *, ahead: Foresight | None) -> bool:
    """Let a wording be the next version of its question, unless it asks the same with the same values."""
    monitor = wording.monitor
    current = current_query(monitor)
    if current and (current.text, current.blank_values) == (wording.text, wording.blank_values):
        return False
    refuse_question(wording.text, wording.blank_values)
    wording.number = current.number + 1 if current else 1
    wording.save()
    if monitor.state == State.RUNNING:
        _refuse_objections(monitor)
        rematch(monitor, ahead=ahead)
    changes = _wording_changes(current, wording)
    _record("zoekvraag.gewijzigd", monitor, by=wording.created_by, changes=changes, reason=wording.note)
    return True


def _wording_changes(before: QueryVersion | None, after: QueryVersion) -> dict[str, Any]:
    """Say what a next version changes; values of blanks only when there are any."""
    changes = {"query": [before.text if before else None, after.text]}
    held = before.blank_values if before else {}
    return changes | ({"blank_values": [held, after.blank_values]} if held != after.blank_values else {})


def _fill_from(monitor: Monitor, place: PlaceProfile | None) -> None:
    _refuse_place(place, monitor.dossier)
    if monitor.filled_from != place:
        monitor.filled_from = place
        monitor.save(update_fields=("filled_from", "updated_at"))


def _refuse_place(place: PlaceProfile | None, dossier: Dossier) -> None:
    """Refuse a place profile of another organisation; profiles are not shared."""
    if place and place.organisation_id != dossier.organisation_id:
        raise Refused(_("Een monitor gebruikt alleen plaatsprofielen van de eigen organisatie."))


def _erase_now(monitor: Monitor) -> None:
    """Let a shorter term hold at once."""
    for source in monitor.sources.all():
        erase_source(source)


def _refuse_road(monitor: Monitor, state: State) -> None:
    if not may_change(MONITOR_STATES, current=monitor.state, to=state):
        raise Refused(_("Dit kan niet: de monitor is %s.") % monitor.get_state_display())


def _leave(monitor: Monitor, state: State, *, reason: str, by: User | None) -> Monitor:
    monitor = _locked(monitor)
    _refuse_road(monitor, state)
    if not reason.strip():
        raise Refused(_("Schrijf kort waarom."))
    was = monitor.state
    monitor.state, monitor.state_reason = state, reason.strip()[:300]
    if state == State.STOPPED:
        monitor.stopped_at = timezone.now()
    monitor.save()
    action = "monitor.gestopt" if state == State.STOPPED else "monitor.gepauzeerd"
    _record(action, monitor, by=by, changes={"state": [was, state]}, reason=reason.strip())
    return monitor


def _locked(monitor: Monitor) -> Monitor:
    """Lock a monitor against other changes, not against deliveries that add to its matches."""
    locked = Monitor.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("dossier").get(pk=monitor.pk)


def _refuse_objections(monitor: Monitor, *, to: Collection[str] | None = None) -> None:
    """Refuse what keeps a monitor from running; only as far as it is about some of its terms when given."""
    found = [objection for objection in objections_to(monitor) if to is None or objection.field in to]
    if found:
        raise Refused(" ".join(objection.message for objection in found))


def _refuse_terms(monitor: Monitor, *, before: Monitor | None) -> None:
    """Refuse what only a second person may allow."""
    has_run = before is not None and before.started_at is not None
    longest = max(RETENTION_FREE_DAYS, before.retention_days if before else 0)
    if monitor.retention_days > longest:
        raise Refused(
            _(
                "Ruwe tekst langer dan %s dagen bewaren mag alleen met een tweede persoon: "
                "vraag dit aan bij Verantwoording."
            )
            % RETENTION_FREE_DAYS
        )
    if has_run and before is not None and before.ends_on:
        if monitor.starts_on != before.starts_on:
            raise Refused(_("De begindatum verandert niet meer nadat de monitor is gestart."))
        if monitor.ends_on is None or monitor.ends_on > before.ends_on:
            raise Refused(_("Verlengen mag alleen met een tweede persoon: vraag dit aan bij Verantwoording."))
    elif monitor.starts_on and monitor.ends_on:
        _refuse_dates(monitor)


def _refuse_dates(monitor: Monitor) -> None:
    assert monitor.starts_on is not None and monitor.ends_on is not None
    if monitor.ends_on < monitor.starts_on:
        raise Refused(_("De einddatum ligt voor de begindatum."))
    if monitor.ends_on > monitor.starts_on + timedelta(days=MAX_DAYS_AHEAD):
        raise Refused(_("De einddatum ligt hoogstens %s dagen na de begindatum.") % MAX_DAYS_AHEAD)


def _own(sources: Iterable[Source], dossier: Dossier) -> list[Source]:
    """Refuse a source of another organisation; sources are not shared."""
    chosen = list(sources)
    if any(source.organisation_id != dossier.organisation_id for source in chosen):
        raise Refused(_("Een monitor gebruikt alleen bronnen van de eigen organisatie."))
    return chosen


def _facts(monitor: Monitor) -> dict[str, Any]:
    facts = {name: getattr(monitor, name) for name in EDITABLE if name != "owner"}
    facts["owner"] = str(monitor.owner) if monitor.owner else None
    facts["sources"] = sorted(monitor.sources.values_list("name", flat=True))
    return facts


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {name: change for name, change in changes_between(before, after).items() if change != [None, ""]}


def _record(
    action: str, monitor: Monitor, *, by: User | None, changes: dict[str, Any], reason: str = ""
) -> None:
    record(
        action,
        monitor,
        organisation_id=monitor.dossier.organisation_id,
        by=by,
        details={"changes": changes, "reason": reason},
    )
