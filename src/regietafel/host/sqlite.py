"""Swap in a SQLite without the WAL-reset corruption bug, before Django loads its own."""

import sys

MINIMUM = (3, 51, 3)


def install() -> None:
    """Make `import sqlite3` everywhere mean the bundled pysqlite3.

    Debian 12 ships SQLite 3.40, which can corrupt a WAL database with several writers (fixed in 3.51.3).
    """
    import pysqlite3
    from pysqlite3 import dbapi2

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2
