"""Places, actors, platforms and reach: what the reference data and the rules make of a message."""

import csv
from datetime import date
from pathlib import Path

import pytest

from regietafel.monitor.adapters.content import gazetteer, outlets
from regietafel.monitor.adapters.names import name_lists
from regietafel.monitor.engine.content.actors import PrivatePersonRefused, public_actor
from regietafel.monitor.engine.content.messages import Message
from regietafel.monitor.engine.content.places import Context
from regietafel.monitor.engine.content.platforms import platform_of

HERE = Path(__file__).parent
DAY = date(2026, 3, 12)


def _rows(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


@pytest.mark.parametrize(("text", "area", "written", "outcome", "why"), _rows("places.csv"))
def test_places(text: str, area: str, written: str, outcome: str, why: str) -> None:
    context = Context(areas=frozenset(filter(None, [area])))
    found = {
        one.written: one.municipality or one.verdict for one in gazetteer().mentions(text, context=context)
    }
    names = [name for name in written.split(", ") if name]
    assert [found[name] for name in names] == [each for each in outcome.split(", ") if each], why
    assert names or not found, why


@pytest.mark.parametrize(("kind", "name", "allowed", "why"), _rows("actors.csv"))
def test_actors(kind: str, name: str, allowed: str, why: str) -> None:
    try:
        public_actor(kind, name, names=name_lists())
    except PrivatePersonRefused as refusal:
        assert allowed == "nee", why
        assert refusal.reason
    else:
        assert allowed == "ja", why


@pytest.mark.parametrize(("domain", "outlet", "kind", "platform", "why"), _rows("platforms.csv"))
def test_platforms(domain: str, outlet: str, kind: str, platform: str, why: str) -> None:
    assert platform_of(Message(day=DAY, domain=domain, outlet=outlet, kind=kind)) == platform, why


@pytest.mark.parametrize(("outlet", "domain", "kind", "reach", "why"), _rows("reach.csv"))
def test_reach(outlet: str, domain: str, kind: str, reach: str, why: str) -> None:
    message = Message(day=DAY, domain=domain, outlet=outlet, kind=kind)
    assert outlets().attention(message).reach == reach, why
