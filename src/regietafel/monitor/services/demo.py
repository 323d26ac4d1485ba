"""The monitors of the fictional region: sources, deliveries and pictures, told through the services."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from regietafel.kit.clock import as_if
from regietafel.monitor.adapters.exporters import LabelNotes
from regietafel.monitor.adapters.model_question import model_question
from regietafel.monitor.engine.query import parse
from regietafel.monitor.models import Monitor, PlaceProfile, Source
from regietafel.monitor.selectors.actors import as_read
from regietafel.monitor.services.actors import Entry, add_actor, review_actor
from regietafel.monitor.services.demo_accountability import accountability_of
from regietafel.monitor.services.demo_labelling import labelling_of
from regietafel.monitor.services.demo_stage import Stage
from regietafel.monitor.services.ingest import offer_file, take_in
from regietafel.monitor.services.monitors import (
    Origin,
    create_monitor,
    pause_monitor,
    revise_query,
    start_monitor,
)
from regietafel.monitor.services.pictures import edit_picture, make_picture, publish_picture
from regietafel.monitor.services.places import change_place, create_place
from regietafel.monitor.services.requests import ask_extension
from regietafel.monitor.services.sources import create_source
from regietafel.monitor.services.understanding import understand
from regietafel.register.public import Organisation

DELIVERIES = (-35, -28, -21, -14, -7, -3, 0)


@dataclass(frozen=True)
class Told:
    """What there is so far, by its name in the script."""

    sources: Mapping[str, Source]
    places: dict[str, PlaceProfile]
    monitors: dict[str, Monitor]


@transaction.atomic
def tell_demo_monitor(*, script: Mapping[str, Any], stage: Stage, export: Callable[[datetime], Path]) -> None:
    """Make the sources and the monitors, take in the deliveries and make the pictures of the script.

    Args:
        export: writes the messages up to a local moment to a file and returns it.
    """
    first = script["monitor"][0]
    with as_if(stage.at(first["begin"])):
        sources = {entry["naam"]: _source(entry, first, stage=stage) for entry in script["bron"]}
    told = Told(sources, {}, {})
    happenings: list[tuple[int, Callable[[], Any]]] = [
        *((part["dag"], partial(_place, part, told, stage=stage)) for part in script["plaatsprofiel"]),
        *((part["begin"], partial(_monitor, part, told, stage=stage)) for part in script["monitor"]),
        *((part["dag"], partial(_revise, part, told)) for part in script["herziening"]),
        *(
            (part["dag"], partial(_change_place, part, told, stage=stage))
            for part in script["plaatswijziging"]
        ),
        *((day, partial(_deliver, sources[script["bron"][0]["naam"]], export)) for day in DELIVERIES),
        *((part["dag"], partial(_understand, part, stage=stage)) for part in script["duiden"]),
        *labelling_of(script, stage=stage, monitors=told.monitors),
        *((part["dag"], partial(_picture, part, told.monitors, stage=stage)) for part in script["beeld"]),
        *((part["dag"], partial(_pause, part, told.monitors)) for part in script["pauze"]),
        *((part["dag"], partial(_actor, part, stage=stage)) for part in script["actor"]),
        *accountability_of(script, stage=stage, monitors=told.monitors),
        *((part["dag"], partial(_ask, part, told.monitors, stage=stage)) for part in script["verlenging"]),
    ]
    for day, tell in sorted(happenings, key=lambda happening: happening[0]):
        with as_if(stage.at(day)):
            tell()


def _source(entry: Mapping[str, Any], plan: Mapping[str, Any], *, stage: Stage) -> Source:
    return create_source(
        organisation=stage.dossiers[plan["dossier"]].organisation,
        name=entry["naam"],
        kind=entry["soort"],
        message_kind=entry["berichten"],
        address=entry.get("adres", ""),
        silent_after_hours=entry["stil_na_uren"],
        by=stage.people[plan["eigenaar"]],
    )


def _place(part: Mapping[str, Any], told: Told, *, stage: Stage) -> None:
    maker = stage.people[part["door"]]
    told.places[part["naam"]] = create_place(
        organisation=_organisation(part, stage), name=part["naam"], values=part["plekken"], by=maker
    )


def _organisation(part: Mapping[str, Any], stage: Stage) -> Organisation:
    """Return the organisation that a part of the script names."""
    return next(
        dossier.organisation
        for dossier in stage.dossiers.values()
        if dossier.organisation.code == part["organisatie"]
    )


def _actor(part: Mapping[str, Any], *, stage: Stage) -> None:
    entry = Entry(
        kind=part["soort"], name=part["naam"], written_as=tuple(part.get("ook", ())), reason=part["reden"]
    )
    actor = add_actor(organisation=_organisation(part, stage), entry=entry, by=stage.people[part["door"]])
    if reviewer := part.get("nagekeken_door"):
        review_actor(actor=actor, seen=as_read(actor), by=stage.people[reviewer])


def _change_place(part: Mapping[str, Any], told: Told, *, stage: Stage) -> None:
    place = told.places[part["plaatsprofiel"]]
    values = place.values | part["plekken"]
    change_place(place=place, name=place.name, values=values, by=stage.people[part["door"]])


def _monitor(plan: Mapping[str, Any], told: Told, *, stage: Stage) -> None:
    owner = stage.people[plan["eigenaar"]]
    monitor = create_monitor(
        dossier=stage.dossiers[plan["dossier"]],
        query=plan["vraag"],
        sources=[told.sources[name] for name in plan["bronnen"]],
        by=owner,
        title=plan["titel"],
        purpose=plan["doel"],
        legal_basis=plan["grondslag"],
        reason=plan["aanleiding"],
        dpia_reference=plan.get("dpia", ""),
        owner=owner,
        filled_from=told.places[plan["plaatsprofiel"]],
        starts_on=stage.day(plan["begin"]),
        ends_on=stage.day(plan["einde"]),
        retention_days=plan["bewaren"],
    )
    told.monitors[plan["titel"]] = (
        monitor if plan.get("concept") else start_monitor(monitor=monitor, by=owner)
    )


def _revise(part: Mapping[str, Any], told: Told) -> None:
    """Ask the model question, a new question, or one that was pasted in the language of a supplier."""
    monitor = told.monitors[part["monitor"]]
    text, origin = part.get("vraag", ""), Origin()
    if part.get("modelvraag"):
        text = model_question().text
    elif "geplakt" in part:
        text = parse(part["geplakt"], dialect=part["taal"]).canonical()
        origin = Origin(dialect=part["taal"], pasted=part["geplakt"])
    revise_query(monitor=monitor, text=text, note=part["reden"], by=monitor.owner, **origin)


def _deliver(source: Source, export: Callable[[datetime], Path]) -> None:
    moment = timezone.localtime().replace(tzinfo=None)
    take_in(offer_file(export(moment), source=source, by=source.monitors.earliest("pk").owner))


def _understand(part: Mapping[str, Any], *, stage: Stage) -> None:
    understand(_organisation(part, stage).pk)


def _picture(part: Mapping[str, Any], monitors: Mapping[str, Monitor], *, stage: Stage) -> None:
    monitor = monitors[part["monitor"]]
    maker = monitor.owner
    picture = make_picture(
        monitor=monitor,
        period_from=stage.day(part["van"]),
        period_until=stage.day(part["tot"]),
        by=maker,
    )
    picture = edit_picture(
        picture=picture,
        revision=picture.revision,
        by=maker,
        core_message=part["kern"],
        advice=part["advies"],
        expected_moments=part["verwacht"],
        labels={
            each["code"]: LabelNotes(each["gezien"], tuple(each["voorbeelden"]), each["advies"])
            for each in part.get("label", ())
        },
    )
    if not part.get("concept"):
        publish_picture(picture=picture, revision=picture.revision, by=maker)


def _pause(part: Mapping[str, Any], monitors: Mapping[str, Monitor]) -> None:
    monitor = monitors[part["monitor"]]
    pause_monitor(monitor=monitor, reason=part["reden"], by=monitor.owner)


def _ask(part: Mapping[str, Any], monitors: Mapping[str, Monitor], *, stage: Stage) -> None:
    monitor = monitors[part["monitor"]]
    owner = stage.people[part["door"]]
    ask_extension(monitor=monitor, new_end_on=stage.day(part["tot"]), reason=part["reden"], by=owner)
