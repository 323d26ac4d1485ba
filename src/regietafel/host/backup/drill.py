"""Practise a restore: make a backup, restore it with the documented command, compare, write the report."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from regietafel.host.backup.making import Made, key_file, make, workplace

COMPARED = ("rijen", "logketens")


@dataclass(frozen=True)
class Drill:
    """What a practice run showed."""

    report: dict[str, Any]
    path: Path

    @property
    def passed(self) -> bool:
        return bool(self.report["geslaagd"])

    def text(self) -> str:
        """Return the report for people."""
        report = self.report
        verdict = "geslaagd" if self.passed else f"MISLUKT: {report['reden']}"
        return (
            f"Hersteloefening van {report['gehouden_op']}: {verdict}\n"
            f"Database: {report['database']}\n"
            f"Kopie maken: {report['kopie_seconden']} s, {report['kopie_bytes']} bytes\n"
            f"Terugzetten en controleren: {report['herstel_seconden']} s\n"
            f"Rijen in de kopie: {report['rijen']}, bestanden: {report['bestanden']}\n"
            f"Verslag: {self.path}"
        )


def practise() -> Drill:
    """Make, restore, compare; the restored copy is destroyed afterwards."""
    folder = settings.ENVIRONMENT.data / "kopieen" / "oefeningen"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with workplace(folder) as work:
        made = make(work)
        with _empty_database() as variables:
            result = _restore(made, work / "hersteld", variables=variables)
        report = _report(made, result)
    return _write(folder, report)


def _restore(made: Made, target: Path, *, variables: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    command = [
        sys.executable,
        "-m",
        "regietafel.host.cli",
        "kopie",
        "herstel",
        str(made.path),
        "--naar",
        str(target),
    ]
    command += ["--sleutelbestand", str(key_file(settings.ENVIRONMENT.data)), "--json"]
    environment = {**os.environ, **variables, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@contextmanager
def _empty_database() -> Iterator[dict[str, str]]:
    """Give an empty database to restore into; for SQLite a new file needs nothing."""
    if connection.vendor == "sqlite":
        yield {}
        return
    name = f"regietafel_oefening_{secrets.token_hex(4)}"
    quoted = connection.ops.quote_name(name)
    address = urlsplit(settings.ENVIRONMENT.database_url)._replace(path=f"/{name}").geturl()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quoted}")
        try:
            yield {"REGIETAFEL_DATABASE": address}
        finally:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")


def _report(made: Made, result: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    restored = json.loads(result.stdout) if result.returncode == 0 else {}
    reason = result.stderr.strip() if result.returncode else ""
    different = [name for name in COMPARED if restored and restored[name] != made.facts[name]]
    if different:
        reason = f"verschil tussen origineel en herstel: {', '.join(different)}"
    return {
        "gehouden_op": timezone.localtime(datetime.now(tz=UTC)).isoformat(timespec="seconds"),
        "geslaagd": not reason,
        "reden": reason,
        "database": connection.vendor,
        "kopie_seconden": round(made.seconds, 1),
        "kopie_bytes": made.path.stat().st_size,
        "herstel_seconden": restored.get("seconden"),
        "rijen": sum(made.facts["rijen"].values()),
        "bestanden": restored.get("bestanden"),
        "logketens": made.facts["logketens"],
    }


def _write(folder: Path, report: dict[str, Any]) -> Drill:
    path = folder / f"oefening-{datetime.now(tz=UTC):%Y-%m-%dT%H%M%SZ}.json"
    drill = Drill(report, path)
    for file, content in (
        (path, json.dumps(report, ensure_ascii=False, indent=1)),
        (path.with_suffix(".txt"), drill.text()),
    ):
        draft = file.with_suffix(f"{file.suffix}.bezig")
        draft.write_text(content + "\n", encoding="utf-8")
        draft.replace(file)
    return drill
