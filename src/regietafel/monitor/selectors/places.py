"""Place profiles: what an organisation fills in where a question leaves a place open, and who uses it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from regietafel.monitor.adapters.homonyms import homonyms
from regietafel.monitor.adapters.model_question import BlankMeaning, model_question
from regietafel.monitor.adapters.names import name_lists
from regietafel.monitor.engine.privacy import is_of_office, persons_in_values
from regietafel.monitor.engine.query import QueryError, parse
from regietafel.monitor.engine.review.homonyms import homonym_of
from regietafel.monitor.models import Monitor, PlaceProfile, QueryVersion
from regietafel.monitor.selectors.monitors import current_query
from regietafel.monitor.selectors.versions import Change, compare_versions
from regietafel.register.public import Organisation, organisations_with

Values = Mapping[str, Sequence[str]]
MOST_VALUES, LONGEST_VALUE = 50, 100
FOLLOWED = Q(monitors__state__in=("concept", "actief", "gepauzeerd"))


@dataclass(frozen=True)
class FilledBlank:
    """A place to fill in: what belongs there, and what one profile has for it."""

    name: str
    meaning: str
    example: str
    values: tuple[str, ...]


def visible_places(user: Any) -> QuerySet[PlaceProfile]:
    """Return the profiles of the organisations in which a person may steer monitors."""
    return (
        PlaceProfile.objects.filter(organisation__in=organisations_with(user, "may_write"))
        .select_related("organisation")
        .annotate(monitor_count=Count("monitors", filter=FOLLOWED, distinct=True))
    )


def places_of(organisation: Organisation) -> QuerySet[PlaceProfile]:
    """Return the profiles a monitor of this organisation may be filled from."""
    return PlaceProfile.objects.filter(organisation=organisation)


def monitors_filled_from(place: PlaceProfile) -> QuerySet[Monitor]:
    """Return the monitors that a change of this profile reaches: all that have not stopped."""
    going_on = place.monitors.exclude(state=Monitor.State.STOPPED)
    return going_on.select_related("dossier__organisation").order_by("title")


def filled_blanks(place: PlaceProfile | None) -> tuple[FilledBlank, ...]:
    """Return every place to fill in: of the model question, of the profile and of questions that use it."""
    values = place.values if place else {}
    asked = _asked_blanks(place) if place else ()
    known = {blank.name: blank for blank in model_question().blanks}
    names = dict.fromkeys((*known, *values, *asked))
    unknown = BlankMeaning("", "", "")
    return tuple(
        FilledBlank(
            name,
            known.get(name, unknown).meaning,
            known.get(name, unknown).example,
            tuple(values.get(name, ())),
        )
        for name in names
    )


def filled_share(place: PlaceProfile) -> tuple[int, int]:
    """Return how many places to fill in have a value, of how many known without questions."""
    names = {blank.name for blank in model_question().blanks} | place.values.keys()
    return sum(bool(held) for held in place.values.values()), len(names)


def _asked_blanks(place: PlaceProfile) -> Iterable[str]:
    for monitor in monitors_filled_from(place):
        version = current_query(monitor)
        yield from parse(version.text).blanks() if version else ()


def values_for(text: str, place: PlaceProfile | None) -> dict[str, list[str]]:
    """Return the values of a profile for the blanks of a question."""
    return filled_with(text, place.values if place else {})


def filled_with(text: str, values: Values) -> dict[str, list[str]]:
    """Return the values for the blanks of a question; a blank without a value is left out."""
    held = {name: list(values.get(name, ())) for name in parse(text).blanks()}
    return {name: found for name, found in held.items() if found}


def tidy_name(name: str) -> str:
    """Write the name of a place to fill in as questions know it: lower case, single spaces, no brackets."""
    return " ".join(name.strip().strip("<>").split()).lower()


def faults_in(values: Values) -> dict[str, list[str]]:
    """Say per place to fill in why its values cannot stand in a question."""
    found = {name: list(_faults(name, list(held))) for name, held in values.items()}
    return {name: faults for name, faults in found.items() if faults}


def _faults(name: str, held: list[str]) -> Iterable[str]:
    if len(held) > MOST_VALUES:
        yield _("Hoogstens %s waarden per plek.") % MOST_VALUES
    for value in held:
        fault = _fault(name, value)
        if fault:
            yield fault
    for found in persons_in_values(name, held, names=name_lists()):
        yield f"“{found.written}”: {found.reason}"


def _fault(name: str, value: str) -> str:
    if len(value) > LONGEST_VALUE:
        return f"“{value}”: " + _("dit is langer dan %s tekens.") % LONGEST_VALUE
    try:
        parse(f"<{name}>").filled({name: [value]})
    except QueryError as error:
        return " ".join(filter(None, (error.message, error.suggestion)))
    return ""


class Effect(NamedTuple):
    """What a change of a profile does to the question of one monitor."""

    monitor: Monitor
    change: Change


def effects_of(place: PlaceProfile, values: Values) -> tuple[Effect, ...]:
    """Return what other values would do to the monitors that are filled from a profile."""
    found = []
    for monitor in monitors_filled_from(place):
        current = current_query(monitor)
        renewed = filled_with(current.text, values) if current else {}
        if current and renewed != current.blank_values:
            proposed = QueryVersion(text=current.text, blank_values=renewed)
            found.append(Effect(monitor, compare_versions(monitor, old=current, new=proposed)))
    return tuple(found)


def warnings_about(values: Values) -> tuple[tuple[str, str], ...]:
    """Return what to mind: who holds an office, and values that also mean something else."""
    found = []
    for name, held in values.items():
        if any(held) and is_of_office(name, names=name_lists()):
            found.append((name, _("Vul alleen de naam in van wie het ambt nu bekleedt.")))
        for term in parse(f"<{name}>").filled({name: list(held)}).terms() if any(held) else ():
            homonym = homonym_of(term, homonyms())
            if homonym:
                found.append((term.written, f"{homonym.why} {homonym.advice}"))
    return tuple(found)


def place_of(organisation: Organisation, number: str) -> PlaceProfile | None:
    """Return the profile of an organisation with this number, as a form sends it."""
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        return None
    return places_of(organisation).filter(pk=int(number)).first()


def only_place(organisation: Organisation) -> PlaceProfile | None:
    """Return the profile of an organisation that has one; with more, people choose."""
    found = list(places_of(organisation)[:2])
    return found[0] if len(found) == 1 else None


def starting_question() -> str:
    """Return the model question, with places to fill in."""
    return model_question().text
