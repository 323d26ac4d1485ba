"""System checks: a database that could lose a confirmed write is refused at the start."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.db import connection

from regietafel.host.sqlite import MINIMUM

EXPECTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def _wrong_pragmas() -> dict[str, Any]:
    found = {}
    with connection.cursor() as cursor:
        for name in EXPECTED:
            cursor.execute(f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
    in_memory = found["journal_mode"] == "memory"
    return {n: v for n, v in found.items() if v != EXPECTED[n] and not (in_memory and n == "journal_mode")}


@register("database")
def sqlite_is_safe(databases: Any = None, **kwargs: Any) -> list[Error]:
    """Refuse a SQLite version or setting under which a confirmed write may be lost."""
    if connection.vendor != "sqlite":
        return []
    import sqlite3

    errors = []
    if sqlite3.sqlite_version_info < MINIMUM:
        errors.append(
            Error(
                f"SQLite {sqlite3.sqlite_version} is te oud: minstens 3.51.3 is nodig.", id="regietafel.E001"
            )
        )
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        errors.append(Error("SQLite moet met IMMEDIATE-transacties draaien.", id="regietafel.E002"))
    wrong = _wrong_pragmas()
    if wrong:
        errors.append(Error(f"SQLite staat verkeerd ingesteld: {wrong}.", id="regietafel.E003"))
    return errors


@register()
def demo_only_on_this_machine(**kwargs: Any) -> list[Error]:
    """Production never runs on a loopback default secret or with debug."""
    if settings.PRODUCTION and settings.DEBUG:
        return [Error("DEBUG mag in productie niet aan staan.", id="regietafel.E004")]
    return []
