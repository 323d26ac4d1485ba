"""Background work: asked for once, tried again, never lost with its worker, and back on time."""

import threading
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from regietafel.kit import jobs
from regietafel.kit.jobs import registry
from regietafel.kit.jobs.queue import perform, recover
from regietafel.kit.jobs.registry import retry_delay
from regietafel.kit.jobs.schedule import enqueue_due, register_schedules
from regietafel.kit.jobs.worker import beat_once
from regietafel.kit.models import JobRun, Schedule

NOW = datetime(2026, 4, 7, 8, 30, tzinfo=UTC)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A job `proef` that writes down what it was asked; what it gets as `error` it raises."""
    monkeypatch.setattr(registry, "_JOBS", dict(registry._JOBS))
    written: list[Any] = []

    @jobs.job("proef", label="Proef", max_attempts=3)
    def try_out(text: str = "", error: str = "") -> None:
        written.append(text)
        if error == "later":
            raise jobs.JobFailed("De andere kant is even weg.")
        if error == "nooit":
            raise jobs.GiveUp("Het bestand bestaat niet meer.")
        if error:
            raise ValueError("geheim uit de gegevens")

    return written


def make_due() -> None:
    """Let the waiting time pass."""
    earlier = timezone.now() - timedelta(seconds=1)
    JobRun.objects.filter(state=JobRun.State.RETRY).update(due_at=earlier)
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=earlier)


@pytest.mark.django_db
def test_a_job_is_done_once_and_leaves_its_record(done: list[Any]) -> None:
    run = jobs.enqueue("proef", {"text": "een"})
    jobs.run_pending()
    jobs.run_pending()
    run.refresh_from_db()
    assert done == ["een"]
    assert (run.state, run.attempts, run.last_error) == ("klaar", 1, "")
    assert run.finished_at and run.lease_until is None


@pytest.mark.django_db
def test_a_job_with_the_same_key_is_not_queued_twice_while_it_waits(done: list[Any]) -> None:
    first = jobs.enqueue("proef", {"text": "een"}, key="bron 3")
    assert jobs.enqueue("proef", {"text": "twee"}, key="bron 3") == first
    jobs.run_pending()
    assert done == ["een"]
    assert jobs.enqueue("proef", {"text": "drie"}, key="bron 3") != first
    assert JobRun.objects.count() == 2


@pytest.mark.django_db
def test_a_job_exists_only_when_what_asked_for_it_was_saved(done: list[Any]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.enqueue("proef", {"text": "nooit"})
        raise RuntimeError
    jobs.run_pending()
    assert done == [] and not JobRun.objects.exists()


@pytest.mark.django_db
def test_what_fails_is_tried_again_later_and_given_up_in_the_end(done: list[Any]) -> None:
    run = jobs.enqueue("proef", {"text": "x", "error": "later"})
    jobs.run_pending()
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("opnieuw", 1)
    assert run.last_error == "De andere kant is even weg."
    assert timedelta(seconds=20) < run.due_at - timezone.now() < timedelta(seconds=40)
    assert jobs.run_pending() == 0
    for _turn in range(5):
        make_due()
        jobs.run_pending()
    run.refresh_from_db()
    assert (run.state, run.attempts, done) == ("mislukt", 3, ["x"] * 3)


@pytest.mark.django_db
def test_what_can_never_succeed_is_not_tried_again(done: list[Any]) -> None:
    run = jobs.enqueue("proef", {"error": "nooit"})
    jobs.run_pending()
    run.refresh_from_db()
    assert (run.state, run.attempts, run.last_error) == ("mislukt", 1, "Het bestand bestaat niet meer.")


@pytest.mark.django_db
def test_an_unexpected_error_shows_no_data_to_people(done: list[Any]) -> None:
    run = jobs.enqueue("proef", {"error": "stuk"})
    jobs.run_pending()
    run.refresh_from_db()
    assert "geheim" not in run.last_error and "ValueError" in run.last_error


def test_waiting_doubles_to_an_hour_and_an_outbox_survives_a_day_of_outage() -> None:
    waits = [retry_delay(attempt, luck=0) for attempt in range(1, jobs.OUTBOX_ATTEMPTS)]
    assert waits[0] == timedelta(seconds=30) and max(waits) == timedelta(hours=1)
    assert sum(waits, timedelta()) >= timedelta(hours=24)
    assert retry_delay(1, luck=1) == timedelta(seconds=36)


@pytest.mark.django_db
def test_a_job_whose_worker_was_killed_is_done_by_another(done: list[Any]) -> None:
    run = jobs.enqueue("proef", {"text": "opnieuw"})
    past = timezone.now() - timedelta(minutes=1)
    JobRun.objects.update(state="bezig", attempts=1, lease_until=past)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    assert jobs.stuck_jobs() == [run]
    jobs.run_pending()
    run.refresh_from_db()
    assert (run.state, run.attempts, done) == ("klaar", 2, ["opnieuw"])
    assert jobs.stuck_jobs() == []
    assert not DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).exists()


@pytest.mark.django_db
def test_a_job_that_kills_its_worker_every_time_is_given_up(done: list[Any]) -> None:
    run = jobs.enqueue("proef")
    JobRun.objects.update(state="bezig", attempts=3, lease_until=timezone.now() - timedelta(seconds=1))
    recover(timezone.now())
    run.refresh_from_db()
    assert run.state == "mislukt" and "viel weg" in run.last_error


@pytest.mark.django_db
def test_a_worker_killed_between_taking_and_starting_loses_nothing(done: list[Any]) -> None:
    jobs.enqueue("proef", {"text": "toch"})
    JobRun.objects.update(due_at=timezone.now() - timedelta(minutes=10))
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    jobs.run_pending()
    assert done == ["toch"]


@pytest.mark.django_db
def test_a_ticket_delivered_twice_has_effect_once(done: list[Any]) -> None:
    run = jobs.enqueue("proef", {"text": "een"})
    assert [perform.call(run.pk, 1), perform.call(run.pk, 1)] == ["klaar", "overgeslagen"]
    assert done == ["een"]


@pytest.mark.django_db
def test_who_lost_the_job_to_another_does_not_overwrite_the_outcome(done: list[Any]) -> None:
    @jobs.job("traag", label="Traag")
    def slow() -> None:
        JobRun.objects.filter(name="traag").update(attempts=2)

    run = jobs.enqueue("traag")
    assert perform.call(run.pk, 1) == "overgenomen"
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("bezig", 2)


@pytest.mark.django_db
def test_a_living_worker_keeps_its_lease_and_shows_how_far_it_is(done: list[Any]) -> None:
    seen: dict[str, Any] = {}

    @jobs.job("lang", label="Lang")
    def long_work() -> None:
        JobRun.objects.filter(name="lang").update(lease_until=timezone.now())
        jobs.report_progress("3 van 10 rijen")
        beat_once()
        seen.update(JobRun.objects.values("lease_until", "progress").get(name="lang"))

    jobs.enqueue("lang")
    jobs.run_pending()
    assert seen["progress"] == "3 van 10 rijen"
    assert seen["lease_until"] > timezone.now() + timedelta(minutes=1)


@pytest.mark.django_db
def test_work_returns_once_per_turn_and_not_for_every_turn_missed(done: list[Any]) -> None:
    Schedule.objects.create(name="proef", every_minutes=15, next_due_at=NOW - timedelta(days=3))
    assert [enqueue_due(NOW), enqueue_due(NOW)] == [1, 0]
    assert Schedule.objects.get(name="proef").next_due_at == NOW + timedelta(minutes=15)
    assert enqueue_due(NOW + timedelta(minutes=15)) == 1
    assert JobRun.objects.count() == 1, "a turn does not pile up on one that still waits"


@pytest.mark.django_db
def test_paused_work_and_work_of_another_version_stay_away(done: list[Any]) -> None:
    Schedule.objects.create(name="proef", every_minutes=5, next_due_at=NOW, enabled=False)
    Schedule.objects.create(name="verdwenen", every_minutes=5, next_due_at=NOW)
    assert enqueue_due(NOW) == 0
    assert jobs.label_of("verdwenen") == "verdwenen"


@pytest.mark.django_db
def test_an_administrator_s_choice_of_time_survives_a_restart(done: list[Any]) -> None:
    register_schedules(NOW)
    Schedule.objects.filter(name="kit.opruimen").update(daily_at=time(5, 15))
    register_schedules(NOW)
    planned = {work.name: work for work in jobs.schedules()}
    assert planned["kit.opruimen"].daily_at == time(5, 15)
    assert planned["kit.opruimen"].label == "Oude taken opruimen"


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)])
def test_daily_work_comes_once_on_the_nights_the_clock_changes(night: date) -> None:
    plan = jobs.Daily(time(2, 30))
    before = datetime.combine(night - timedelta(days=1), time(12), tzinfo=AMSTERDAM)
    first = plan.next_after(before)
    second = plan.next_after(first)
    assert first.astimezone(AMSTERDAM).date() == night
    assert second.astimezone(AMSTERDAM).date() == night + timedelta(days=1)


@pytest.mark.django_db
def test_old_jobs_are_forgotten_after_a_month(done: list[Any]) -> None:
    old, recent = jobs.enqueue("proef"), jobs.enqueue("proef")
    jobs.run_pending()
    JobRun.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=31))
    jobs.remove_old_jobs()
    assert list(jobs.recent_jobs()) == [recent]


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_many_workers_take_every_job_and_every_turn_once(done: list[Any]) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs a database on disk")
    for number in range(20):
        jobs.enqueue("proef", {"text": number})
    Schedule.objects.create(name="proef", every_minutes=60, next_due_at=timezone.now())

    def work() -> None:
        try:
            jobs.run_pending()
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(map(str, done)) == sorted([*map(str, range(20)), ""])
    assert set(JobRun.objects.values_list("state", flat=True)) == {"klaar"}
