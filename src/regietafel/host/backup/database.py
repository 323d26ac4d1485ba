"""The database in a backup: a consistent copy of a living one, what it holds, and the way back."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from regietafel.kit.commands import CommandError

SQLITE_NAME, POSTGRES_NAME = "regietafel.sqlite3", "regietafel.pgdump"


@dataclass(frozen=True)
class Snapshot:
    """A copy of the database as it was at one moment, open for reading."""

    kind: str
    name: str
    source: BinaryIO
    facts: Mapping[str, Any]


@contextlib.contextmanager
def snapshot(workplace: Path) -> Iterator[Snapshot]:
    """Copy the database while others write; the copy has no name on the disk while it is read."""
    copy = _sqlite if connection.vendor == "sqlite" else _postgres
    with copy(workplace) as found:
        yield found


@contextlib.contextmanager
def _sqlite(workplace: Path) -> Iterator[Snapshot]:
    path = Path(str(connection.settings_dict["NAME"]))
    if not path.exists():
        raise CommandError(f"Er is nog geen database in {path.parent}; start Regietafel eerst.")
    copy = workplace / SQLITE_NAME
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    handler = ConnectionHandler({"default": {**connection.settings_dict, "NAME": copy, "OPTIONS": {}}})
    copied = handler["default"]
    facts = facts_of(copied)
    require_sound(copied)
    copied.close()
    with copy.open("rb") as source:
        copy.unlink()
        yield Snapshot("sqlite", SQLITE_NAME, source, facts)


@contextlib.contextmanager
def _postgres(workplace: Path) -> Iterator[Snapshot]:
    with tempfile.TemporaryFile(dir=workplace) as target:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            options = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
            run_postgres(["pg_dump", *options, f"--snapshot={cursor.fetchone()[0]}"], output=target)
            facts = facts_of(connection)
        target.seek(0)
        yield Snapshot("postgresql", POSTGRES_NAME, cast("BinaryIO", target), facts)


def restore_postgres(dump: Path) -> None:
    """Fill the empty database of the settings from a dump: everything or nothing."""
    if connection.introspection.table_names():
        raise CommandError("De database van bestemming is niet leeg. Geef een lege in REGIETAFEL_DATABASE.")
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    run_postgres(["pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(dump)])


def run_postgres(command: list[str], output: Any = subprocess.DEVNULL) -> None:
    """Run a program of PostgreSQL on the database of the settings."""
    known = connection.settings_dict
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    given = {variable: str(known[name]) for variable, name in names.items() if known.get(name)}
    program = [_program(command[0]), *command[1:]]
    result = subprocess.run(
        program, env={**os.environ, **given}, stdout=output, stderr=subprocess.PIPE, text=True, check=False
    )
    if result.returncode:
        lines = result.stderr.strip().splitlines() or ["onbekende fout"]
        raise CommandError(f"{command[0]} is mislukt: {lines[-1]}")


def _program(name: str) -> str:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(float(path.parent.name)))
    found = shutil.which(name) or next(
        (str(f / name) for f in reversed(folders) if (f / name).exists()), None
    )
    if found is None:
        raise CommandError(
            f"Het programma {name} ontbreekt; op Debian en Ubuntu: apt install postgresql-client"
        )
    return found


def facts_of(database: BaseDatabaseWrapper) -> dict[str, Any]:
    """Return what a copy must be equal in: rows per table, migrations, and the heads of the audit chains."""
    with database.cursor() as cursor:
        tables = sorted(database.introspection.table_names(cursor))
        if "django_migrations" not in tables:
            raise CommandError("De database is nog leeg; start Regietafel eerst.")
        cursor.execute("SELECT chain, sequence, hash FROM kit_audithead")
        chains = {
            chain: {"volgnummer": sequence, "hash": head} for chain, sequence, head in cursor.fetchall()
        }
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        migrations = [f"{app}.{name}" for app, name in cursor.fetchall()]
        rows = {table: _count(cursor, database.ops.quote_name(table)) for table in tables}
    return {"rijen": rows, "logketens": chains, "migraties": migrations}


def _count(cursor: Any, quoted_table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {quoted_table}")  # noqa: S608 - a name from the database's catalogue
    return int(cursor.fetchone()[0])


def require_sound(database: BaseDatabaseWrapper) -> None:
    """Refuse a SQLite file that fails its own integrity check."""
    if database.vendor != "sqlite":
        return
    with database.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(1)")
        found = cursor.fetchone()[0]
        cursor.execute("PRAGMA foreign_key_check")
        orphan = cursor.fetchone()
    if found != "ok" or orphan:
        where = found if found != "ok" else f"een verwijzing in {orphan[0]}"
        raise CommandError(f"De database is beschadigd: {where}.")
