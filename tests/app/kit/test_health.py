"""The health page says in words what is wrong and what to do, and never breaks itself."""

import os
import shutil
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from regietafel.kit import health, jobs
from regietafel.kit.health import Health, State, register_check, summary
from regietafel.kit.jobs.schedule import PULSE, sign_pulse
from regietafel.kit.models import AuditHead, JobRun, Schedule

Disk = namedtuple("Disk", "total used free")


@pytest.fixture(autouse=True)
def own_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_CHECKS", dict(health._CHECKS))
    monkeypatch.setattr(health, "_LATEST", None)


def found(name: str) -> Health:
    return next(check.health for check in summary().checks if check.name == name)


@pytest.mark.django_db
def test_a_fresh_installation_is_healthy_and_says_what_is_not_running_yet() -> None:
    assert summary().healthy
    assert found("database").state is State.OK and found("migraties").state is State.OK
    assert found("werker").state is State.ATTENTION and "regietafel werk" in found("werker").message


@pytest.mark.django_db
def test_a_worker_that_fell_silent_is_a_fault_and_a_living_one_is_not() -> None:
    sign_pulse(timezone.now())
    assert found("werker").state is State.OK
    Schedule.objects.filter(name=PULSE).update(last_run_at=timezone.now() - timedelta(minutes=10))
    assert found("werker").state is State.FAULT and "10 min" in found("werker").message
    assert not summary().healthy


@pytest.mark.django_db
def test_a_job_that_hangs_is_seen_within_minutes() -> None:
    jobs.enqueue("kit.opruimen")
    assert found("taken").state is State.OK
    JobRun.objects.update(due_at=timezone.now() - timedelta(minutes=6))
    assert found("taken").state is State.ATTENTION and "1 taak" in found("taken").message.lower()


@pytest.mark.django_db
@pytest.mark.parametrize(("used", "state"), [(50, State.OK), (85, State.ATTENTION), (95, State.FAULT)])
def test_a_disk_that_fills_up_is_told_in_time(
    monkeypatch: pytest.MonkeyPatch, used: int, state: State
) -> None:
    monkeypatch.setattr(
        shutil, "disk_usage", lambda folder: Disk(100 * 10**9, used * 10**9, (100 - used) * 10**9)
    )
    assert found("schijf").state is state
    assert f"{used} %" in found("schijf").message


@pytest.mark.django_db
def test_a_log_that_is_not_kept_elsewhere_is_told() -> None:
    folder: Path = settings.ENVIRONMENT.anchors
    shutil.rmtree(folder, ignore_errors=True)
    assert found("anker").state is State.OK
    AuditHead.objects.create(chain="systeem", sequence=1, hash="a" * 64)
    assert found("anker").state is State.ATTENTION
    jobs.write_daily_anchor()
    assert found("anker").state is State.OK
    old = (timezone.now() - timedelta(days=3)).timestamp()
    for path in folder.glob("*.jsonl"):
        os.utime(path, (old, old))
    assert found("anker").state is State.ATTENTION and "3 dagen" in found("anker").message
    shutil.rmtree(folder)


@pytest.mark.django_db
def test_a_database_that_fails_is_a_fault_and_stops_no_other_check(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object, **named: object) -> None:
        raise OperationalError("password=geheim")

    monkeypatch.setattr(AuditHead.objects, "filter", broken)
    text = str(summary().to_json())
    assert found("database").state is State.FAULT and found("schijf").state is State.OK
    assert "geheim" not in text


@pytest.mark.django_db
def test_tables_of_an_older_version_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: ["x"])
    assert found("migraties").state is State.FAULT and "voorbereid" in found("migraties").message


@pytest.mark.django_db
def test_unsafe_settings_of_the_database_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.checks import Error

    monkeypatch.setattr(health, "run_checks", lambda **named: [Error("SQLite 3.40.1 is te oud.")])
    assert found("instellingen") == Health(State.FAULT, "SQLite 3.40.1 is te oud.")


@pytest.mark.django_db
def test_a_connector_s_own_check_counts_and_may_break() -> None:
    register_check("bron", label="Bron", function=lambda: Health(State.ATTENTION, "Al 3 dagen stil."))
    assert summary().healthy and summary().state == "let op"
    register_check("bron", label="Bron", function=lambda: 1 / 0)
    broken = next(check for check in summary().checks if check.name == "bron")
    assert (broken.state, broken.badge) == ("fout", "fout") and "ZeroDivisionError" in broken.message


@pytest.mark.django_db
def test_an_address_anyone_may_call_does_not_make_us_work_every_time() -> None:
    calls: list[int] = []
    register_check("teller", label="Teller", function=lambda: calls.append(1) or Health(State.OK, ""))
    for _time in range(5):
        summary(fresh_s=60)
    assert len(calls) == 1
    summary()
    assert len(calls) == 2
