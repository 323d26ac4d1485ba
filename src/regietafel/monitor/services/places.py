"""Make and change place profiles; every monitor that is filled from one gets its question anew."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from regietafel.kit.audit import changes_between, record
from regietafel.kit.refusal import Refused
from regietafel.monitor.models import Monitor, PlaceProfile, QueryVersion
from regietafel.monitor.selectors.monitors import current_query, unfilled_reason
from regietafel.monitor.selectors.places import Values, faults_in, monitors_filled_from, tidy_name, values_for
from regietafel.monitor.services.matching import Foresight, foresee, one_at_a_time
from regietafel.monitor.services.monitors import refill_query
from regietafel.register.public import Organisation, User


@transaction.atomic
def create_place(*, organisation: Organisation, name: str, values: Values, by: User | None) -> PlaceProfile:
    """Make a place profile."""
    place = PlaceProfile(organisation=organisation, name=name.strip(), values=_tidy(values))
    _save(place)
    _record("plaatsprofiel.gemaakt", place, by=by, changes=changes_between({}, _facts(place)))
    return place


def change_place(*, place: PlaceProfile, name: str, values: Values, by: User | None) -> list[QueryVersion]:
    """Change a place profile, and return the next versions of the questions that are filled from it.

    What they will find is judged before anything is locked.
    """
    tidy = _tidy(values)
    ahead = _foresee_all(place, tidy)
    with transaction.atomic():
        one_at_a_time(place.organisation_id)  # before the log: deliveries take these two in the same order
        place = PlaceProfile.objects.select_for_update().get(pk=place.pk)
        before = _facts(place)
        place.name, place.values = name.strip(), tidy
        changes = changes_between(before, _facts(place))
        if not changes:
            return []
        _save(place)
        _record("plaatsprofiel.gewijzigd", place, by=by, changes=changes)
        return _refill(place, ahead, by=by)


def _foresee_all(place: PlaceProfile, tidy: dict[str, list[str]]) -> dict[int, Foresight | None]:
    """Judge what other values would find, for each running monitor whose question they change."""
    renewed, ahead = PlaceProfile(values=tidy), {}
    for monitor in monitors_filled_from(place).filter(state=Monitor.State.RUNNING):
        current = current_query(monitor)
        if current and current.blank_values != (filled := values_for(current.text, renewed)):
            wording = QueryVersion(text=current.text, blank_values=filled)
            ahead[monitor.pk] = foresee(monitor, version=wording)
    return ahead


@transaction.atomic
def remove_place(*, place: PlaceProfile, by: User | None) -> None:
    """Remove a place profile that no monitor is filled from."""
    place = PlaceProfile.objects.select_for_update().get(pk=place.pk)
    if place.monitors.exists():
        raise Refused(_("Een monitor gebruikt dit plaatsprofiel. Kies daar eerst een ander."))
    gone = {field: [value, None] for field, value in _facts(place).items()}
    _record("plaatsprofiel.verwijderd", place, by=by, changes=gone)
    place.delete()


def _refill(
    place: PlaceProfile, ahead: Mapping[int, Foresight | None], *, by: User | None
) -> list[QueryVersion]:
    """Give each monitor that uses a profile its question anew, or refuse naming all that would lose it."""
    note = _("Plaatsprofiel “%s” gewijzigd.") % place.name
    versions, refusals = [], []
    for monitor in monitors_filled_from(place):
        missing_before = unfilled_reason(current_query(monitor))
        try:
            version = refill_query(monitor=monitor, note=note, by=by, ahead=ahead.get(monitor.pk))
            refusal = "" if missing_before else unfilled_reason(version)
        except Refused as refused:
            version, refusal = None, str(refused)
        versions += [version] if version else []
        refusals += [f"{monitor.title}: {refusal}"] if refusal else []
    if refusals:
        raise Refused(_("Met deze waarden kan een monitor niet verder. %s") % " ".join(refusals))
    return versions


def _tidy(values: Values) -> dict[str, list[str]]:
    """Return the values as they are kept: no empty or double ones; refuse what cannot be read."""
    kept: dict[str, list[str]] = {}
    for name, held in values.items():
        tidy = dict.fromkeys(filter(None, (" ".join(value.split()) for value in held)))
        if tidy and tidy_name(name):
            kept.setdefault(tidy_name(name), []).extend(tidy)
    faults = [f"{name}: {fault}" for name, found in faults_in(kept).items() for fault in found]
    if faults:
        raise Refused(" ".join(faults))
    return kept


def _facts(place: PlaceProfile) -> dict[str, Any]:
    return {"name": place.name, "values": place.values}


def _save(place: PlaceProfile) -> None:
    if not place.name:
        raise Refused(_("Geef het plaatsprofiel een naam."))
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError as error:
        raise Refused(_("Er is al een plaatsprofiel met de naam “%s”.") % place.name) from error


def _record(action: str, place: PlaceProfile, *, by: User | None, changes: dict[str, Any]) -> None:
    record(action, place, organisation_id=place.organisation_id, by=by, details={"changes": changes})
