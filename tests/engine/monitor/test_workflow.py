"""A monitor runs only with purpose, ground, owner, end and sources, within its dates, never for a person."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from regietafel.monitor.engine.workflow import (
    MONITOR_STATES,
    PICTURE_STATES,
    MonitorTerms,
    extension_objections,
    may_change,
    objections,
    retention_objections,
)

START = date(2022, 4, 1)
TODAY = START + timedelta(days=10)
GOOD = MonitorTerms(
    question="azc*",
    purpose="communicatie",
    legal_basis="Gemeentewet art. 172 lid 1",
    reason="Besluit over opvang in Borne",
    dpia_reference="DPIA 2022-3",
    owner="Team communicatie",
    starts_on=START,
    ends_on=START + timedelta(days=90),
    source_count=2,
)


def _fields(**changes: Any) -> list[str]:
    return [objection.field for objection in objections(replace(GOOD, **changes), on=TODAY)]


def test_a_complete_monitor_runs_from_its_first_to_its_last_day() -> None:
    assert GOOD.ends_on is not None
    for day in (START, TODAY, GOOD.ends_on):
        assert objections(GOOD, on=day) == ()
    for day in (START - timedelta(days=1), GOOD.ends_on + timedelta(days=1)):
        assert objections(GOOD, on=day)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"question": ""}, "question"),
        ({"purpose": ""}, "purpose"),
        ({"purpose": "opsporing"}, "purpose"),
        ({"legal_basis": ""}, "legal_basis"),
        ({"reason": ""}, "reason"),
        ({"dpia_reference": ""}, "dpia_reference"),
        ({"owner": ""}, "owner"),
        ({"starts_on": None}, "starts_on"),
        ({"ends_on": None}, "ends_on"),
        ({"source_count": 0}, "source_count"),
        ({"ends_on": START + timedelta(days=91)}, "ends_on"),
        ({"ends_on": START - timedelta(days=1), "starts_on": START}, "ends_on"),
        ({"retention_days": 31}, "retention_days"),
        ({"retention_days": 91, "retention_approved": True}, "retention_days"),
        ({"retention_days": 0}, "retention_days"),
        ({"persons": ("Jan de Vries",)}, "question"),
        ({"state": "gepauzeerd"}, "state"),
    ],
)
def test_one_missing_condition_is_enough_to_refuse(changes: dict[str, Any], field: str) -> None:
    assert field in _fields(**changes)


def test_each_reason_is_named_at_once_in_dutch() -> None:
    found = objections(replace(GOOD, purpose="", owner="", source_count=0), on=TODAY)
    assert [objection.field for objection in found] == ["purpose", "owner", "source_count"]
    assert all(objection.message.endswith((".", "?")) for objection in found)


def test_raw_text_may_be_kept_longer_only_with_a_second_person() -> None:
    assert _fields(retention_days=90, retention_approved=True) == []
    assert _fields(retention_days=30) == []
    assert retention_objections(days=60, asked_by="a", decided_by="b") == ()
    assert retention_objections(days=60, asked_by="a", decided_by="a")
    assert retention_objections(days=60, asked_by="a", decided_by="")


def test_an_extension_counts_ninety_days_from_its_own_day() -> None:
    extended = replace(GOOD, ends_on=TODAY + timedelta(days=90), counted_from=TODAY)
    assert objections(extended, on=TODAY) == ()
    assert objections(replace(extended, counted_from=None), on=TODAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decided_by": "a"}, "decided_by"),
        ({"decided_by": ""}, "decided_by"),
        ({"new_end_on": TODAY + timedelta(days=91)}, "new_end_on"),
        ({"new_end_on": GOOD.ends_on}, "new_end_on"),
    ],
)
def test_an_extension_needs_someone_else_and_stays_within_ninety_days(
    changes: dict[str, Any], field: str
) -> None:
    asked: dict[str, Any] = {
        "new_end_on": TODAY + timedelta(days=90),
        "asked_by": "a",
        "decided_by": "b",
        "on": TODAY,
    }
    assert extension_objections(GOOD, **asked) == ()
    assert field in [objection.field for objection in extension_objections(GOOD, **(asked | changes))]


def test_a_stopped_monitor_stays_stopped_and_a_published_picture_published() -> None:
    assert not MONITOR_STATES["gestopt"]
    assert extension_objections(
        replace(GOOD, state="gestopt"),
        new_end_on=TODAY + timedelta(days=90),
        asked_by="a",
        decided_by="b",
        on=TODAY,
    )
    assert may_change(MONITOR_STATES, current="concept", to="actief")
    assert not may_change(PICTURE_STATES, current="gepubliceerd", to="concept")


@pytest.mark.parametrize("states", [MONITOR_STATES, PICTURE_STATES])
def test_every_road_leads_to_a_known_state_and_has_a_ground(states: dict[str, dict[str, str]]) -> None:
    for roads in states.values():
        assert set(roads) <= set(states)
        assert all(ground.endswith(".") for ground in roads.values())
