"""What was deleted must also leave the files of the database, not only its tables."""

from django.db import connection


def forget_erased_bytes() -> None:
    """Empty SQLite's write-ahead log, in which deleted text stays readable as long as the server runs.

    Inside a transaction nothing happens: its own deletions are not final yet. PostgreSQL cleans up by itself
    in its own time (autovacuum).
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
