"""The log: nobody changes it unseen, nothing is missing from it, and it stays small."""

import itertools
import json
import random
import threading
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from regietafel.kit import append_only, audit
from regietafel.kit.audit import record, verify, write_anchor
from regietafel.kit.models import AuditEvent, AuditHead

TABLE = append_only.TABLE
DAY = date(2026, 3, 2)
SUBJECT = AuditHead(pk=7, chain="onderwerp")


@pytest.fixture
def anchors(tmp_path: Path, settings: Any) -> Path:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, data=tmp_path)
    return settings.ENVIRONMENT.anchors


def write(number: int, organisation_id: int | None = 1) -> None:
    for each in range(number):
        record(
            "proef.gewijzigd",
            SUBJECT,
            organisation_id=organisation_id,
            by=None,
            details={"reason": str(each)},
        )


def sql(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


# What the database itself refuses


STATEMENTS = {
    "change": f"UPDATE {TABLE} SET reason = 'anders' WHERE sequence = 2",
    "delete": f"DELETE FROM {TABLE} WHERE sequence = 2",
    "empty": f"DELETE FROM {TABLE}",
    "change on conflict": f"INSERT INTO {TABLE} SELECT * FROM {TABLE} WHERE sequence = 2 "
    "ON CONFLICT (id) DO UPDATE SET reason = 'anders'",
}
OWN_STATEMENTS = {
    "sqlite": {
        "replace by number": f"REPLACE INTO {TABLE} SELECT * FROM {TABLE} WHERE sequence = 2",
        "change or replace": f"UPDATE OR REPLACE {TABLE} SET sequence = 3 WHERE sequence = 2",
    },
    "postgresql": {"truncate": f"TRUNCATE {TABLE} CASCADE"},
}


@pytest.mark.django_db
def test_the_database_refuses_every_change_of_a_log_row() -> None:
    write(3)
    rows = list(AuditEvent.objects.values())
    for name, statement in (STATEMENTS | OWN_STATEMENTS[connection.vendor]).items():
        if connection.vendor == "sqlite" and "ON CONFLICT" in statement:
            statement = statement.replace("sequence = 2 ON", "sequence = 2 AND true ON")
        with pytest.raises(DatabaseError, match=append_only.MESSAGE), transaction.atomic():
            sql(statement)
            pytest.fail(f"{name} was accepted")
    assert list(AuditEvent.objects.values()) == rows


@pytest.mark.django_db
def test_replacing_a_row_at_its_place_in_the_chain_is_refused() -> None:
    write(2)
    event = AuditEvent.objects.get(sequence=1)
    event.pk, event.reason = event.pk + 100, "anders"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save(force_insert=True)
    assert AuditEvent.objects.get(sequence=1).reason == "0"


# What verification finds when somebody took the triggers away first


Forgery = Callable[[random.Random, int], int]


def _change(chance: random.Random, length: int) -> int:
    at = chance.randint(1, length)
    column, value = chance.choice(
        [
            ("reason", "verdraaid"), ("actor", "iemand anders"), ("action", "proef.bekeken"),
            ("object_id", "8"), ("result", "mislukt"), ("origin", "10.0.0.1"), ("actor_id", 99),
            ("object_label", "iets anders"), ("changes", '{"titel": ["a", "b"]}'),
            ("at", "2020-01-01 00:00:00+00" if connection.vendor == "postgresql" else "2020-01-01 00:00:00"),
        ]
    )  # fmt: skip
    sql(f"UPDATE {TABLE} SET {column} = %s WHERE sequence = %s", value, at)
    return at


def _delete(chance: random.Random, length: int) -> int:
    at = chance.randint(1, length - 1)
    sql(f"DELETE FROM {TABLE} WHERE sequence = %s", at)
    return at


def _swap(chance: random.Random, length: int) -> int:
    first, second = sorted(chance.sample(range(1, length + 1), 2))
    for old, new in ((first, 9_000), (second, first), (9_000, second)):
        sql(f"UPDATE {TABLE} SET sequence = %s WHERE sequence = %s", new, old)
    return first


def _insert(chance: random.Random, length: int) -> int:
    at = chance.randint(2, length)
    for number in range(length, at - 1, -1):
        sql(f"UPDATE {TABLE} SET sequence = %s WHERE sequence = %s", number + 1, number)
    event = AuditEvent.objects.get(sequence=at - 1)
    event.pk, event.sequence = None, at
    event.save(force_insert=True)
    return at


def _cut_the_tail(chance: random.Random, length: int) -> int:
    """Delete the newest rows and set the head back, as a thief with the whole database would."""
    last = chance.randint(1, length - 1)
    sql(f"DELETE FROM {TABLE} WHERE sequence > %s", last)
    AuditHead.objects.update(sequence=last, hash=AuditEvent.objects.get(sequence=last).hash)
    return last + 1


def _rewrite(chance: random.Random, length: int) -> int:
    """Write another history from some row on, with every hash right: possible with the key alone."""
    first = chance.randint(1, length)
    sql(f"DELETE FROM {TABLE} WHERE sequence >= %s", first)
    previous = AuditEvent.objects.filter(sequence=first - 1).values_list("hash", flat=True).first() or ""
    AuditHead.objects.update(sequence=first - 1, hash=previous)
    write(length - first + 1)
    return first


FORGERIES: tuple[Forgery, ...] = (_change, _delete, _swap, _insert, _cut_the_tail, _rewrite)


@pytest.mark.django_db
def test_every_forgery_is_found_at_its_first_row(anchors: Path) -> None:
    chance = random.Random(20260302)
    length = 12
    write(length)
    write(2, organisation_id=2)
    write_anchor(DAY)
    assert verify() == []
    append_only.remove(connection)
    for number, forge in enumerate(itertools.islice(itertools.cycle(FORGERIES), 300)):
        point = transaction.savepoint()
        sql(
            f"DELETE FROM {TABLE} WHERE chain = 'organisatie:2'"
        )  # leave one chain, so that `sequence` is enough
        at = forge(chance, length)
        found = next(b for b in verify() if b.chain == "organisatie:1")
        # A rewritten history fits itself; where it differs from the truth shows at the next anchored row.
        expected = (
            {length} if forge is _rewrite else {length if forge is _cut_the_tail and at > length else at}
        )
        assert found.sequence in expected, f"forgery {number}, {forge.__name__} at {at}: {found}"
        assert any(b.chain == "organisatie:2" for b in verify()), "a chain that vanished is missed"
        transaction.savepoint_rollback(point)
    assert verify() == []


@pytest.mark.django_db
def test_only_an_anchor_shows_a_cut_or_rewritten_history(anchors: Path) -> None:
    append_only.remove(connection)
    for forge in (_cut_the_tail, _rewrite):
        point = transaction.savepoint()
        write(6)
        forge(random.Random(1), 6)
        assert verify() == [], "this is what the chain alone cannot see"
        transaction.savepoint_rollback(point)


@pytest.mark.django_db
def test_an_anchor_cannot_be_overruled_by_a_later_one(anchors: Path) -> None:
    append_only.remove(connection)
    write(5)
    write_anchor(DAY)
    _rewrite(random.Random(3), 5)
    write_anchor(date(2026, 3, 3))
    assert [b.sequence for b in verify()] == [5]


@pytest.mark.django_db
def test_a_line_of_an_anchor_that_was_cut_off_is_left_out_and_one_that_was_spoilt_is_told(
    anchors: Path,
) -> None:
    write(2)
    path = write_anchor(DAY)
    whole = path.read_text()
    path.write_text(whole + whole[:30])
    assert verify() == []
    path.write_text("onzin\n" + whole)
    assert [(b.chain, b.sequence) for b in verify()] == [("ankers", 1)]


@pytest.mark.django_db
def test_a_row_behind_the_end_of_the_chain_is_found(anchors: Path) -> None:
    write(3)
    head = AuditHead.objects.get()
    AuditHead.objects.update(sequence=2, hash=AuditEvent.objects.get(sequence=2).hash)
    assert [(b.sequence, b.reason) for b in verify()] == [(3, "regel staat na het einde van de keten")]
    AuditHead.objects.update(sequence=head.sequence, hash=head.hash)
    assert verify() == []


@pytest.mark.django_db
def test_a_new_secret_key_leaves_the_log_verifiable(anchors: Path, settings: Any) -> None:
    write(2)
    settings.SECRET_KEY = "een heel andere sleutel"
    assert verify() == []
    settings.AUDIT_KEY = "niet de sleutel van het logboek"
    assert [b.sequence for b in verify()] == [1]


# Many writers at once


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain_without_forks_or_gaps(anchors: Path) -> None:
    writers, each = 8, 25
    start, failures = threading.Barrier(writers + 1), []

    def work() -> None:
        start.wait()
        try:
            for number in range(each):
                with transaction.atomic():
                    write(1, organisation_id=1 + number % 2)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(writers)]
    for thread in threads:
        thread.start()
    start.wait()
    while any(thread.is_alive() for thread in threads):
        assert verify() == [], "a check during writing may not raise a false alarm"
    assert not failures
    counts = {head.chain: head.sequence for head in AuditHead.objects.all()}
    assert counts == {"organisatie:1": 104, "organisatie:2": 96}
    assert AuditEvent.objects.count() == writers * each
    assert verify() == []


# What a row says, and how long it may get


@pytest.mark.django_db
def test_a_row_holds_the_six_facts_that_bio2_asks_for() -> None:
    token = audit.ORIGIN.set("192.0.2.7")
    try:
        event = record(
            "dossier.gewijzigd", SUBJECT, organisation_id=4, by=None, details={"result": "geweigerd"}
        )
    finally:
        audit.ORIGIN.reset(token)
    event.refresh_from_db()
    assert event.action == "dossier.gewijzigd"
    assert event.actor == "systeem"
    assert event.origin == "192.0.2.7"
    assert (event.object_type, event.object_id) == ("kit.audithead", "7")
    assert event.result == "geweigerd"
    assert abs((timezone.now() - event.at).total_seconds()) < 60


AWKWARD = {
    "getal": [1.0, 1e20], "breuk": [0.1 + 0.2, float("nan")], "nul": ["a\0b", "\ud800"], "dag": [DAY, None],
    "lijst": [[3, 1, 2], {4}], "emoji": ["ée", "🏘️"], "groot": [2**70, True], "diep": {"b": {"a": [1]}},
}  # fmt: skip


@pytest.mark.django_db
def test_awkward_values_come_back_as_they_were_hashed(anchors: Path) -> None:
    record(
        "proef.gewijzigd", SUBJECT, organisation_id=1, by=None, details={"changes": AWKWARD, "reason": "\0"}
    )
    assert verify() == []


@pytest.mark.django_db
def test_a_long_text_leaves_its_beginning_and_a_hash_of_the_rest(anchors: Path) -> None:
    long, other = "aan een bewoner " * 100_000, "aan een bewoner " * 100_000 + "!"
    changes = {"tekst": [long, other], "namen": [list(range(10_000)), []]}
    event = record(
        "proef.gewijzigd", SUBJECT, organisation_id=1, by=None, details={"changes": changes, "reason": long}
    )
    event.refresh_from_db()
    old, new = event.changes["tekst"]
    assert old != new and old.startswith("aan een bewoner") and "1599500 tekens" in old
    assert len(json.dumps(event.changes)) < 3_000 and len(event.reason) < 5_000
    assert verify() == []


@pytest.mark.django_db
def test_verification_is_quick_and_needs_little_memory(anchors: Path) -> None:
    write(1)
    template, head = AuditEvent.objects.get(), AuditHead.objects.get()
    events = []
    for number in range(2, 10_001):
        event = AuditEvent(
            **{f.name: getattr(template, f.name) for f in AuditEvent._meta.fields if f.name != "id"}
        )
        event.sequence, event.previous_hash = number, events[-1].hash if events else template.hash
        event.hash = audit._digest(event)
        events.append(event)
    AuditEvent.objects.bulk_create(events, batch_size=1_000)
    AuditHead.objects.filter(pk=head.pk).update(sequence=10_000, hash=events[-1].hash)
    del events
    tracemalloc.start()
    assert verify() == []
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12_000_000
    started = time.process_time()
    assert verify() == []
    assert time.process_time() - started < 5
