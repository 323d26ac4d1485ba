"""What follows on a delivery: tone, stories, figures and alarms; safe to repeat, judged by people."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from regietafel.kit.jobs import run_pending
from regietafel.kit.refusal import Refused
from regietafel.monitor.models import Alarm, Match, Message, Monitor, RecentFigures, Story
from regietafel.monitor.selectors import overview
from regietafel.monitor.selectors.alarms import open_alarms
from regietafel.monitor.selectors.overview import overview_of
from regietafel.monitor.services.alarms import judge_alarm
from regietafel.monitor.services.understanding import understand
from tests.app.monitor.town import Town, deliver, row

pytestmark = pytest.mark.django_db
NEWS = "Gemeente wil opvang voor honderd mensen openen aan de Kade in het voorjaar"


def day_back(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def daily(days: int, *, each: int = 2) -> list[dict[str, Any]]:
    return [
        row(back * 100 + number, f"Opvang {back} en {number}", day=day_back(back), bron=f"Krant {number}")
        for back in range(1, days + 1)
        for number in range(each)
    ]


def flood(count: int) -> list[dict[str, Any]]:
    return [row(90_000 + n, f"{NEWS}", bron=f"Blad {n % 4}", day=day_back(1)) for n in range(count)]


def test_a_delivery_is_understood_in_the_background(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Geweldig nieuws over de opvang"), row(2, "Overlast en rellen bij opvang")])
    assert not RecentFigures.objects.exists()
    run_pending()
    tones = dict(Message.objects.values_list("title", "sentiment"))
    assert tones["Geweldig nieuws over de opvang"] == 1 and tones["Overlast en rellen bij opvang"] == -1
    assert RecentFigures.objects.get().figures["aantal_media"] == 2


def test_copies_are_one_story_that_keeps_its_number(town: Town, running: Monitor) -> None:
    deliver(
        town.source,
        [row(1, NEWS, bron="Krant"), row(2, f"{NEWS} - ANP", bron="Blad"), row(3, "Opvang dicht")],
    )
    understand(town.organisation.pk)
    told = Story.objects.get(size=2)
    assert told.title.startswith("Gemeente wil opvang")
    deliver(town.source, [row(4, f"{NEWS} (video)", bron="Omroep")])
    understand(town.organisation.pk)
    understand(town.organisation.pk)
    again = Story.objects.get(pk=told.pk)
    assert again.size == 3 and Story.objects.count() == 2
    assert Match.objects.filter(story=again).count() == 3


def test_a_day_that_stands_out_gives_one_alarm_with_its_stories(town: Town, running: Monitor) -> None:
    Monitor.objects.filter(pk=running.pk).update(starts_on=day_back(80))
    deliver(town.source, [*daily(60), *flood(40)])
    understand(town.organisation.pk)
    understand(town.organisation.pk)
    alarm = Alarm.objects.get(kind="volume")
    assert alarm.day == day_back(1) and alarm.count == 42
    assert (
        alarm.p_value is not None
        and alarm.p_value < 0.01
        and alarm.expected is not None
        and alarm.expected < 10
    )
    assert alarm.stories[0]["aantal"] == 40 and alarm.stories[0]["kop"] == NEWS


def test_an_even_stream_gives_no_alarm(town: Town, running: Monitor) -> None:
    deliver(town.source, daily(60))
    understand(town.organisation.pk)
    assert not Alarm.objects.exists()


def test_a_medium_that_falls_silent_is_gone_and_no_drop(town: Town, running: Monitor) -> None:
    rows = [line for line in daily(60) if line["bron"] == "Krant 0" or line["datum"][:10] < str(day_back(9))]
    deliver(town.source, rows)
    understand(town.organisation.pk)
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.outlet, alarm.count) == ("bron-weg", "Krant 1", None)


def test_a_person_judges_an_alarm_with_a_reason(town: Town, running: Monitor, client: Client) -> None:
    deliver(town.source, [*daily(60), *flood(40)])
    understand(town.organisation.pk)
    alarm = Alarm.objects.get()
    with pytest.raises(Refused):
        judge_alarm(alarm=alarm, verdict="verklaard", reason=" ", by=town.adviser)
    client.force_login(town.adviser)
    page = reverse("monitor-attention", args=[running.pk])
    assert "42 berichten" in client.get(page).content.decode()
    form = reverse("monitor-alarm", args=[running.pk, alarm.pk])
    assert client.post(form, {"verdict": "verklaard"}).status_code == 422
    assert client.post(form, {"verdict": "verklaard", "reason": "Raadsvergadering"}).status_code == 302
    assert "Raadsvergadering" in client.get(page).content.decode()
    assert not open_alarms(town.adviser).exists()


def test_a_neighbour_sees_no_alarm(town: Town, running: Monitor, client: Client) -> None:
    deliver(town.source, [*daily(60), *flood(40)])
    understand(town.organisation.pk)
    client.force_login(town.stranger)
    assert client.get(reverse("monitor-attention", args=[running.pk])).status_code == 404
    assert not open_alarms(town.stranger).exists()


def test_much_is_counted_in_the_background_and_shown_with_its_moment(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "FEW_HITS", 3)
    deliver(town.source, daily(5))
    assert overview_of(running) is None
    understand(town.organisation.pk)
    first = overview_of(running)
    assert first is not None and first.counted_at is None and first.figures.media_count == 10
    deliver(town.source, [row(7, "Opvang nu")])
    second = overview_of(running)
    assert second is not None and second.counted_at is not None and second.figures.media_count == 10
