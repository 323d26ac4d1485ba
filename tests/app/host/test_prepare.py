"""Preparing the database: what it needs is done once, and data of a newer version is never touched."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from regietafel.host import cli
from regietafel.kit.models import AuditEvent
from regietafel.register.models import Organisation


@pytest.fixture(autouse=True)
def _fresh_stamp() -> None:
    Path(settings.ENVIRONMENT.data / "referentie.stempel").unlink(missing_ok=True)


@pytest.mark.django_db
def test_second_time_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["voorbereid", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["referentie"] is True
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert cli.main(["voorbereid", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"eerste_keer": False, "migraties": 0, "referentie": False}
    assert not [q for q in queries.captured_queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


@pytest.mark.django_db
def test_newer_database_is_refused_with_its_own_exit_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    MigrationRecorder(connection).record_applied("register", "9999_van_morgen")
    before = AuditEvent.objects.count(), Organisation.objects.count()
    assert cli.main(["voorbereid"]) == 3
    said = capsys.readouterr()
    assert "nieuwere versie van Regietafel (register.9999_van_morgen)" in said.err
    assert said.out == ""
    assert (AuditEvent.objects.count(), Organisation.objects.count()) == before
