"""Alarms on Vandaag: one line per monitor, and none of it twice."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from regietafel.kernel import dutch
from regietafel.monitor.models import Alarm, Monitor
from regietafel.monitor.selectors.signals import signals
from tests.app.monitor.town import Town, deliver, row

pytestmark = pytest.mark.django_db


def day_back(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def alarm(monitor: Monitor, *, back: int = 1, **fields: Any) -> Alarm:
    facts = {"count": 42, "expected": 4.2, "stories": [{"kop": "Raad stemt over opvang", "aantal": 30}]}
    return Alarm.objects.create(monitor=monitor, day=day_back(back), **facts | fields)


def titles(town: Town) -> list[str]:
    return [notice.title for notice in signals(town.adviser, timezone.now())]


def rising() -> list[dict[str, Any]]:
    counts = {back: 20 if back <= 7 else 2 for back in range(1, 64)}
    return [
        row(back * 100 + number, f"Opvang {back} {number}", day=day_back(back))
        for back, count in counts.items()
        for number in range(count)
    ]


def test_an_open_alarm_takes_the_place_of_the_rising_week(town: Town, running: Monitor) -> None:
    deliver(town.source, rising())
    assert titles(town) == ["Aandacht stijgt: Opvang aan de Kade"]
    found = alarm(running)
    alarm(running, back=3)
    notice, *others = signals(town.adviser, timezone.now())
    assert not others and notice.title == "Alarm: Opvang aan de Kade"
    assert notice.detail.startswith("42 berichten, verwacht 4,2: “Raad stemt over opvang” (eerder ook")
    assert notice.url.endswith(f"/verloop#alarm-{found.pk}") and len(notice.values) == 14


def test_judged_and_old_alarms_are_silent(town: Town, running: Monitor) -> None:
    alarm(running, verdict="verklaard", judged_because="Raadsvergadering")
    alarm(running, back=9)
    assert titles(town) == []
    assert signals(town.stranger, timezone.now()) == []


def test_a_medium_that_is_gone_is_named_once(town: Town, running: Monitor) -> None:
    days = [
        (back, name) for back in range(1, 60) for name in ("Krant", "Blad") if name == "Krant" or back > 9
    ]
    deliver(
        town.source,
        [row(n, f"Opvang {n}", day=day_back(back), bron=name) for n, (back, name) in enumerate(days)],
    )
    assert titles(town) == ["Medium stil: Blad"]
    alarm(running, back=9, kind="bron-weg", outlet="Blad", count=None, expected=None, stories=[])
    assert titles(town) == ["Medium weg: Blad"]
    (told,) = signals(town.adviser, timezone.now())
    assert told.kind == "Media" and told.detail.startswith(f"stil sinds {dutch.date_short(told.at.date())};")
