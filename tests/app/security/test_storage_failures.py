"""A full disk or an unreachable database: a Dutch answer, nothing half stored, nothing typed lost."""

import errno
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client

from regietafel.kit.models import AuditEvent
from regietafel.register.models import Dossier
from tests.app.isolation.world import World

TEXT = 'Bewoners vragen: "wat komt er <b>precies</b>?"\n' + "Een lange toelichting. " * 20


def form(world: World) -> dict[str, Any]:
    organisation = world.own.organisation.pk
    return {
        "title": "Locatie aan de Dijk", "kind": "opvanglocatie", "summary": TEXT, "reference": "",
        "organisation": organisation, "confidentiality": 1,
    }  # fmt: skip


@contextmanager
def writes_fail(error: Exception) -> Iterator[None]:
    """Let every change of a row fail, from the third on: so in the middle of a transaction."""
    seen = 0

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            seen += 1
            if seen > 2:
                raise error
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield
    assert seen > 2, "the write was not tried"


FAILURES = (
    (OperationalError("database or disk is full"), 507),
    (OperationalError("could not extend file: No space left on device"), 507),
    (OperationalError("attempt to write a readonly database"), 507),
    (OSError(errno.ENOSPC, "No space left on device"), 507),
    (OperationalError("database is locked"), 503),
    (OperationalError("server closed the connection unexpectedly"), 503),
)


@pytest.mark.parametrize(("error", "status"), FAILURES, ids=lambda value: str(value)[:40])
def test_a_failing_write_keeps_what_was_typed_and_stores_nothing(
    world: World, adviser: Client, error: Exception, status: int
) -> None:
    dossiers, events = Dossier.objects.count(), AuditEvent.objects.count()
    with writes_fail(error):
        answer = adviser.post("/dossiers/nieuw", form(world))
    assert (Dossier.objects.count(), AuditEvent.objects.count()) == (dossiers, events)
    page = answer.content.decode()
    assert answer.status_code == status and answer.headers["Retry-After"]
    assert "niet opgeslagen, ook niet voor een deel" in page
    assert html.escape(TEXT, quote=True).replace("&#x27;", "'") in page and "<b>precies" not in page
    assert str(error) not in page and "Traceback" not in page


def test_the_text_can_be_stored_again_from_the_answer(world: World, adviser: Client) -> None:
    with writes_fail(OperationalError("database or disk is full")):
        page = adviser.post("/dossiers/nieuw", form(world)).content.decode()
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    again = adviser.post("/dossiers/nieuw", {name: html.unescape(value) for name, value in fields})
    assert again.status_code == 302
    assert Dossier.objects.get(title="Locatie aan de Dijk").summary.split() == TEXT.split()


def test_a_password_is_never_put_back_on_a_page(world: World, adviser: Client) -> None:
    with writes_fail_at_once(OperationalError("database or disk is full")):
        answer = adviser.post(
            "/wachtwoord", {"password": "oud geheim", "new_password": "nieuw geheim", "again": "x"}
        )
    page = answer.content.decode()
    assert answer.status_code == 507 and "geheim" not in page and "Naar Vandaag" in page


@contextmanager
def writes_fail_at_once(error: Exception) -> Iterator[None]:
    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        raise error

    with connection.execute_wrapper(wrapper):
        yield


@pytest.mark.parametrize("path", ["/", "/dossiers", "/api/v1/dossiers"])
def test_without_a_database_people_and_machines_are_told(adviser: Client, path: str) -> None:
    with writes_fail_at_once(OperationalError("connection refused")):
        answer = adviser.get(path, headers={"authorization": "Bearer rt_onbekend"})
    assert answer.status_code == 503
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Content-Security-Policy"]
    if path.startswith("/api/"):
        assert answer.headers["Content-Type"] == "application/problem+json"
    else:
        assert "even niet bereikbaar" in answer.content.decode()


def test_a_mistake_of_ours_is_not_called_a_broken_storage(adviser: Client) -> None:
    with writes_fail_at_once(OperationalError("no such column: x")):
        answer = adviser.get("/dossiers")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "Er ging iets mis bij ons" in page and "column" not in page


@pytest.mark.django_db(transaction=True)
def test_a_full_database_file_recovers_without_a_restart(world: World, adviser: Client) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no limit to set; its message is tried above")
    adviser.get("/dossiers")
    before = Dossier.objects.count(), AuditEvent.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no pages to spare from what earlier tests left
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        for _attempt in range(200):
            before = Dossier.objects.count(), AuditEvent.objects.count()
            full = adviser.post("/dossiers/nieuw", form(world))
            if full.status_code != 302:
                break
        assert full.status_code == 507 and "Een lange toelichting" in full.content.decode()
        assert (Dossier.objects.count(), AuditEvent.objects.count()) == before
        assert adviser.get("/dossiers").status_code == 200
        cursor.execute("PRAGMA max_page_count = 1073741823")
        assert adviser.post("/dossiers/nieuw", form(world)).status_code == 302
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone()[0] == "ok"


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_a_database_held_by_another_for_too_long_answers_503(world: World, adviser: Client) -> None:
    adviser.get("/dossiers")
    other = connections.create_connection("default")
    hold, wait = {
        "sqlite": ("BEGIN IMMEDIATE", "PRAGMA busy_timeout = 200"),
        "postgresql": (
            "BEGIN; LOCK TABLE register_dossier IN ACCESS EXCLUSIVE MODE",
            "SET lock_timeout = '200ms'",
        ),
    }[connection.vendor]
    try:
        with other.cursor() as holding, connection.cursor() as cursor:
            cursor.execute(wait)
            holding.execute(hold)
            answer = adviser.post("/dossiers/nieuw", form(world))
            holding.execute("ROLLBACK")
            assert answer.status_code == 503 and "Een lange toelichting" in answer.content.decode()
            assert adviser.post("/dossiers/nieuw", form(world)).status_code == 302
    finally:
        other.close()
        connection.close()
