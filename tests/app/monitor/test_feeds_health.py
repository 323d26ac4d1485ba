"""The health page says whether the feeds that run deliver, and names nobody's source."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from regietafel.kit.health import State
from regietafel.monitor.models import Monitor, Source
from regietafel.monitor.selectors.health import feeds_health
from tests.app.isolation.world import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def feed() -> Any:
    world = build()
    source: Any = world.own.objects["monitor.Source"]
    monitor: Any = world.own.objects["monitor.Monitor"]
    Source.objects.filter(pk=source.pk).update(
        kind="feed", last_error="", last_delivered_at=timezone.now(), silent_after_hours=24
    )
    monitor.sources.set([source])
    assert monitor.state == Monitor.State.RUNNING
    return Source.objects.get(pk=source.pk)


def test_a_feed_that_delivers_is_well(feed: Source) -> None:
    found = feeds_health()
    assert (found.state, found.message) == (State.OK, "1 feed levert.")


@pytest.mark.parametrize(
    "fault", [{"last_error": "404"}, {"last_delivered_at": timezone.now() - timedelta(days=3)}]
)
def test_a_feed_that_fails_or_falls_silent_asks_attention(feed: Source, fault: dict[str, Any]) -> None:
    Source.objects.filter(pk=feed.pk).update(**fault)
    found = feeds_health()
    assert found.state == State.ATTENTION
    assert feed.name not in found.message


def test_without_feeds_there_is_nothing_to_check(feed: Source) -> None:
    Source.objects.filter(pk=feed.pk).update(is_active=False)
    assert feeds_health().state == State.OK
