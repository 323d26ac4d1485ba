"""Searching stored messages: the answer of the engine, from the index of either database."""

import pytest

from regietafel.monitor.engine.query import parse
from regietafel.monitor.models import Message, Monitor
from regietafel.monitor.selectors.searching import search_messages
from tests.app.monitor.town import Town, deliver, row

pytestmark = pytest.mark.django_db


def found(monitor: Monitor, text: str) -> list[str]:
    return ["".join(piece.text for piece in hit.title) for hit in search_messages(monitor, parse(text)).hits]


def test_the_newest_come_first(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Opvang een"), row(3, "Opvang drie"), row(2, "Opvang twee"), row(4, "Iets")])
    assert found(running, "opvang") == ["Opvang drie", "Opvang twee", "Opvang een"]
