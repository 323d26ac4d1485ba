"""A monitor runs only on its terms, stops by itself, and nobody stretches them alone."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from regietafel.kit.audit import history
from regietafel.kit.refusal import Refused
from regietafel.monitor.models import Match, Monitor, MonitorRequest
from regietafel.monitor.services.monitors import (
    change_monitor,
    pause_monitor,
    revise_query,
    start_monitor,
    stop_monitor,
    stop_past_end,
)
from regietafel.monitor.services.requests import ask_extension, ask_retention, decide_request
from regietafel.monitor.services.sources import create_source
from tests.app.monitor.town import Town, deliver, draft, person, row

pytestmark = pytest.mark.django_db


def day(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("missing", "word"),
    [
        ({"purpose": ""}, "doel"),
        ({"legal_basis": ""}, "grondslag"),
        ({"reason": ""}, "aanleiding"),
        ({"dpia_reference": ""}, "DPIA"),
        ({"owner": None}, "eigenaar"),
        ({"starts_on": None}, "begindatum"),
        ({"ends_on": None}, "einddatum"),
        ({"sources": []}, "bron"),
        ({"starts_on": dt.date(2020, 1, 1), "ends_on": dt.date(2020, 2, 1)}, "afgelopen"),
    ],
)
def test_a_monitor_does_not_run_without(town: Town, missing: dict[str, Any], word: str) -> None:
    monitor = draft(town, **missing)
    with pytest.raises(Refused, match=f"(?i){word}"):
        start_monitor(monitor=monitor, by=town.adviser)
    monitor.refresh_from_db()
    assert monitor.state == "concept"


def test_every_reason_is_named_at_once(town: Town) -> None:
    monitor = draft(town, purpose="", legal_basis="", owner=None)
    with pytest.raises(Refused) as refusal:
        start_monitor(monitor=monitor, by=town.adviser)
    assert all(word in str(refusal.value) for word in ("doel", "grondslag", "eigenaar"))


@pytest.mark.parametrize("question", ['"Jan de Vries"', 'opvang EN "Fatima el Amrani"', "@jandevries88"])
def test_a_question_about_a_person_is_refused(town: Town, question: str) -> None:
    with pytest.raises(Refused):
        draft(town, query=question)
    assert not Monitor.objects.exists()


def test_the_archive_is_judged_when_a_monitor_starts(town: Town) -> None:
    monitor = draft(town)
    deliver(town.source, [row(1, "Opvang"), row(2, "Voetbal")])
    assert not Match.objects.exists()
    start_monitor(monitor=monitor, by=town.adviser)
    assert Match.objects.filter(monitor=monitor).count() == 1


def test_a_new_question_counts_from_now_and_the_old_one_stays(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Opvang"), row(2, "Voetbal")])
    revise_query(monitor=running, text="voetbal", note="ander onderwerp", by=town.adviser)
    assert [match.message.title for match in running.matches.all()] == ["Voetbal"]
    assert list(running.query_versions.values_list("number", "text")) == [(2, "voetbal"), (1, "opvang")]


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"purpose": ""}, "doel"),
        ({"legal_basis": ""}, "grondslag"),
        ({"reason": ""}, "aanleiding"),
        ({"dpia_reference": ""}, "DPIA"),
        ({"owner": None}, "eigenaar"),
        ({"ends_on": dt.date(1, 1, 1)}, "ligt voor de begindatum"),
        ({"ends_on": day(-1)}, "afgelopen"),
    ],
)
def test_a_paused_monitor_keeps_its_terms(
    town: Town, running: Monitor, changed: dict[str, Any], word: str
) -> None:
    paused = pause_monitor(monitor=running, reason="even niet", by=town.adviser)
    with pytest.raises(Refused, match=word):
        change_monitor(monitor=paused, **changed, by=town.adviser)
    assert change_monitor(monitor=paused, title="Korter", ends_on=day(3), by=town.adviser).title == "Korter"


def test_a_paused_monitor_looks_at_nothing(town: Town, running: Monitor) -> None:
    pause_monitor(monitor=running, reason="even niet nodig", by=town.adviser)
    deliver(town.source, [row(1, "Opvang")])
    assert not running.matches.exists()
    start_monitor(monitor=running, by=town.adviser)
    assert running.matches.count() == 1


def test_a_stopped_monitor_never_starts_again(town: Town, running: Monitor) -> None:
    stop_monitor(monitor=running, reason="doel bereikt", by=town.adviser)
    for attempt in (start_monitor, lambda **k: change_monitor(title="x", **k)):
        with pytest.raises(Refused):
            attempt(monitor=running, by=town.adviser)


def test_a_monitor_stops_by_itself_after_its_last_day(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = timezone.now() + dt.timedelta(days=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    deliver(town.source, [row(1, "Opvang")])
    assert not running.matches.exists(), "past its end it no longer looks, even before the job ran"
    assert stop_past_end() == 1
    running.refresh_from_db()
    assert running.state == "gestopt" and running.stopped_at


def test_nobody_extends_alone(town: Town, running: Monitor) -> None:
    with pytest.raises(Refused, match="tweede persoon"):
        change_monitor(monitor=running, ends_on=day(60), by=town.adviser)
    request = ask_extension(monitor=running, new_end_on=day(60), reason="besluit uitgesteld", by=town.second)
    with pytest.raises(Refused):
        decide_request(request=request, granted=True, reason="", by=town.second)
    with pytest.raises(Refused):
        decide_request(request=request, granted=True, reason="", by=town.adviser)
    with pytest.raises(Refused):
        decide_request(request=request, granted=True, reason="", by=town.stranger)
    running.refresh_from_db()
    assert running.ends_on == day(30)


def test_a_second_person_extends(town: Town, running: Monitor) -> None:
    request = ask_extension(monitor=running, new_end_on=day(60), reason="besluit uitgesteld", by=town.adviser)
    decide_request(request=request, granted=True, reason="akkoord", by=town.second)
    running.refresh_from_db()
    assert running.ends_on == day(60)
    assert {"aanvraag.gedaan", "aanvraag.goedgekeurd"} <= set(
        history(running).values_list("action", flat=True)
    )


def test_an_extension_reaches_ninety_days_ahead_at_most(town: Town, running: Monitor) -> None:
    with pytest.raises(Refused):
        ask_extension(monitor=running, new_end_on=day(91), reason="lang", by=town.adviser)


def test_the_database_itself_refuses_the_same_person(town: Town, running: Monitor) -> None:
    request = ask_extension(monitor=running, new_end_on=day(60), reason="x", by=town.adviser)
    with pytest.raises(IntegrityError), transaction.atomic():
        MonitorRequest.objects.filter(pk=request.pk).update(decision="goedgekeurd", decided_by=town.adviser)


def test_raw_text_is_kept_longer_only_with_a_second_person_and_never_over_ninety_days(
    town: Town, running: Monitor
) -> None:
    with pytest.raises(Refused):
        change_monitor(monitor=running, retention_days=31, by=town.adviser)
    with pytest.raises(Refused):
        ask_retention(monitor=running, new_retention_days=91, reason="x", by=town.adviser)
    request = ask_retention(monitor=running, new_retention_days=60, reason="bezwaartermijn", by=town.adviser)
    decide_request(request=request, granted=True, reason="", by=town.second)
    running.refresh_from_db()
    assert running.retention_days == 60
    with pytest.raises(IntegrityError), transaction.atomic():
        Monitor.objects.filter(pk=running.pk).update(retention_days=91)


def test_a_request_is_decided_once(town: Town, running: Monitor) -> None:
    third = person("Dirk", town.organisation, may_approve=True, reads_up_to=2)
    request = ask_extension(monitor=running, new_end_on=day(60), reason="x", by=town.adviser)
    decide_request(request=request, granted=False, reason="niet nodig", by=town.second)
    with pytest.raises(Refused, match="al beslist"):
        decide_request(request=request, granted=True, reason="", by=third)


def test_a_source_of_a_neighbour_cannot_be_used(town: Town, running: Monitor) -> None:
    foreign = create_source(organisation=town.neighbour, name="Elders", kind="bestand", by=None)
    with pytest.raises(Refused, match="eigen organisatie"):
        change_monitor(monitor=running, sources=[town.source, foreign], by=town.adviser)


def test_a_running_monitor_keeps_its_terms(town: Town, running: Monitor) -> None:
    with pytest.raises(Refused, match=r"(?i)grondslag"):
        change_monitor(monitor=running, legal_basis="", by=town.adviser)
    running.refresh_from_db()
    assert running.legal_basis == "Gemeentewet artikel 172"
