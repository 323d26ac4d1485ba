"""Database triggers that refuse change and deletion of log rows, on both databases."""

from typing import Any

TABLE = "kit_auditevent"
MESSAGE = "logregels zijn onveranderlijk"
# REPLACE deletes a row without its delete trigger, so a second row with the same key is refused before that.
SAME = "id = NEW.id OR (chain = NEW.chain AND sequence = NEW.sequence)"
TAKEN = f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE {SAME}) "  # noqa: S608  (constants only)
SQLITE = {
    operation: (
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{operation.lower()} "
        f"BEFORE {operation} ON {TABLE} {condition}BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
    for operation, condition in (("UPDATE", ""), ("DELETE", ""), ("INSERT", TAKEN))
}
POSTGRES = (
    f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
    f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}",
    f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"DROP TRIGGER IF EXISTS {TABLE}_no_truncate ON {TABLE}",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
)


def install(connection: Any) -> None:
    """Put the triggers in place; harmless when they are there already."""
    statements = tuple(SQLITE.values()) if connection.vendor == "sqlite" else POSTGRES
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the triggers away: for the test suite, which must empty its tables between tests."""
    names = ("update", "delete", "insert") if connection.vendor == "sqlite" else ("change", "truncate")
    suffix = "" if connection.vendor == "sqlite" else f" ON {TABLE}"
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{name}{suffix}")
