"""The monitor of the fictional region: sources, deliveries and pictures, told through the services."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from regietafel.kit.clock import as_if
from regietafel.monitor.models import Monitor, Source
from regietafel.monitor.services.ingest import offer_file, take_in
from regietafel.monitor.services.monitors import create_monitor, start_monitor
from regietafel.monitor.services.pictures import edit_picture, make_picture, publish_picture
from regietafel.monitor.services.sources import create_source
from regietafel.register.public import Dossier, User

DELIVERIES = (-35, -28, -21, -14, -7, -3, 0)


@transaction.atomic
def tell_demo_monitor(
    *,
    script: Mapping[str, Any],
    dossiers: Mapping[str, Dossier],
    people: Mapping[str, User],
    today: date,
    export: Callable[[datetime], Path],
    by: Any = None,
) -> Monitor:
    """Make the sources and the monitor, take in the deliveries and publish the pictures of the script.

    Args:
        export: writes the messages up to a local moment to a file and returns it.
    """
    plan = script["monitor"]
    dossier, owner = dossiers[plan["dossier"]], people[plan["eigenaar"]]
    with as_if(_at(today, plan["begin"])):
        sources = [_source(entry, dossier, owner) for entry in script["bron"]]
        monitor = _monitor(plan, dossier, sources, owner=owner, today=today)
    happenings: list[tuple[int, Callable[[], Any]]] = [
        (day, lambda: _deliver(sources[0], export(_clock()), owner)) for day in DELIVERIES
    ]
    happenings += [
        (part["dag"], partial(_picture, part, monitor, owner, today=today)) for part in script["beeld"]
    ]
    for day, tell in sorted(happenings, key=lambda happening: happening[0]):
        with as_if(min(_at(today, day), timezone.now())):
            tell()
    return monitor


def _clock() -> datetime:
    return timezone.localtime().replace(tzinfo=None)


def _day(today: date, number: int) -> date:
    return today + timedelta(days=number)


def _at(today: date, number: int) -> datetime:
    return timezone.make_aware(datetime.combine(_day(today, number), time(8, 30)))


def _source(entry: Mapping[str, Any], dossier: Dossier, owner: User) -> Source:
    return create_source(
        organisation=dossier.organisation,
        name=entry["naam"],
        kind=entry["soort"],
        silent_after_hours=entry["stil_na_uren"],
        by=owner,
    )


def _monitor(
    plan: Mapping[str, Any], dossier: Dossier, sources: list[Source], *, owner: User, today: date
) -> Monitor:
    monitor = create_monitor(
        dossier=dossier,
        query=plan["vraag"],
        sources=sources,
        by=owner,
        title=plan["titel"],
        purpose=plan["doel"],
        legal_basis=plan["grondslag"],
        reason=plan["aanleiding"],
        dpia_reference=plan["dpia"],
        owner=owner,
        starts_on=_day(today, plan["begin"]),
        ends_on=_day(today, plan["einde"]),
        retention_days=plan["bewaren"],
    )
    return start_monitor(monitor=monitor, by=owner)


def _deliver(source: Source, path: Path, owner: User) -> None:
    take_in(offer_file(path, source=source, by=owner))


def _picture(part: Mapping[str, Any], monitor: Monitor, owner: User, *, today: date) -> None:
    picture = make_picture(
        monitor=monitor,
        period_from=_day(today, part["van"]),
        period_until=_day(today, part["tot"]),
        by=owner,
    )
    picture = edit_picture(
        picture=picture,
        revision=picture.revision,
        by=owner,
        core_message=part["kern"],
        advice=part["advies"],
        expected_moments=part["verwacht"],
    )
    publish_picture(picture=picture, revision=picture.revision, by=owner)
