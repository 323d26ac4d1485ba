"""The index of the words of stored messages: FTS5 in SQLite, a tsvector with GIN in PostgreSQL.

Both hold the same words at the same places (`engine.searching`), so both give the same candidates. Nothing
a person wrote becomes part of a statement or of a search expression: only words that the engine cut and
cleaned do, between quotation marks.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db import OperationalError, connection, transaction

from regietafel.monitor.engine.searching import AllOf, Demand, Has, size

AT_ONCE = 2_000
PAGES_PER_STEP = 500
STEPS_BETWEEN_LOOKS = 5_000
LOOKED_THROUGH = 4_000  # of the newest messages, in PostgreSQL; fewer when much is demanded
WORDS_THAT_WEIGH = 20  # demanded make a message twice as much work to look through
GATHERING_COSTS = 3  # times looking at one message, for each that is gathered


class TooSlow(Exception):
    """The database did not answer within the time that was left."""


@dataclass(frozen=True)
class Dialect:
    """How one database makes, fills and asks the index.

    `filed` turns the words of a message into a value, `newest` gives the newest places that hold a demand.
    """

    create: tuple[str, ...]
    put: str
    filed: Callable[[Iterable[str]], object]
    newest: Callable[..., list[int]]


def _fts5(demand: Demand) -> str:
    if isinstance(demand, Has):
        return f'"{demand.word}"' + "*" * demand.open_end
    sign = " AND " if isinstance(demand, AllOf) else " OR "
    return f"({sign.join(map(_fts5, demand.parts))})"


def _tsquery(demand: Demand) -> str:
    if isinstance(demand, Has):
        return f"'{demand.word}'" + ":*" * demand.open_end
    sign = " & " if isinstance(demand, AllOf) else " | "
    return f"({sign.join(map(_tsquery, demand.parts))})"


def _newest_in_sqlite(demand: Demand, *, first: int, before: int, most: int) -> list[int]:
    """Ask FTS5, which walks back from the newest and stops when it has enough."""
    return _places(
        "SELECT rowid FROM monitor_words WHERE monitor_words MATCH %s AND rowid >= %s AND rowid < %s "
        "ORDER BY rowid DESC LIMIT %s",
        [_fts5(demand), first, before, most],
    )


def _newest_in_postgres(demand: Demand, *, first: int, before: int, most: int) -> list[int]:
    """Look through the newest messages, and by what share of those hold the demand choose for the rest.

    GIN knows no order: it gathers all that hold the demand before the newest are known. PostgreSQL cannot
    foresee how many that are, so it is not left the choice.
    """
    asked, weight = _tsquery(demand), 1 + size(demand) / WORDS_THAT_WEIGH
    looked_at = max(1, int(LOOKED_THROUGH / weight))
    edge, filed = _run(_EDGE, [first, before, looked_at])[0]
    if edge is None:
        return _places(_LOOKED_THROUGH, [first, before, asked, most])
    found = _places(_LOOKED_THROUGH, [edge, before, asked, most])
    missing = most - len(found)
    if not missing:
        return found
    share = len(found) / looked_at
    is_common = missing * weight <= GATHERING_COSTS * filed * share**2
    rest = _LOOKED_THROUGH if is_common else _GATHERED
    return found + _places(rest, [first, edge, asked, missing])


# The inner query of each is done as it stands (OFFSET 0): the first in order, so that it stops when it has
# enough, the second by its words, so that they are found in GIN.
_LOOKED_THROUGH = (
    "SELECT rowid FROM (SELECT rowid, words FROM monitor_words WHERE rowid >= %s AND rowid < %s "
    "ORDER BY rowid DESC OFFSET 0) AS newest WHERE words @@ %s::tsquery LIMIT %s"
)
_GATHERED = (
    "SELECT rowid FROM (SELECT rowid FROM monitor_words WHERE rowid >= %s AND rowid < %s "
    "AND words @@ %s::tsquery OFFSET 0) AS gathered ORDER BY rowid DESC LIMIT %s"
)
_EDGE = (
    "SELECT (SELECT rowid FROM monitor_words WHERE rowid >= %s AND rowid < %s "
    "ORDER BY rowid DESC OFFSET %s LIMIT 1), "
    "(SELECT reltuples FROM pg_class WHERE oid = 'monitor_words'::regclass)"
)
_SQLITE = Dialect(
    create=(
        "CREATE VIRTUAL TABLE monitor_words USING fts5(words, content='', contentless_delete=1, detail=none, "
        "tokenize=\"ascii tokenchars '_#@=-'\")",
    ),
    put="INSERT OR REPLACE INTO monitor_words (rowid, words) VALUES (%s, %s)",
    filed=" ".join,
    newest=_newest_in_sqlite,
)
_POSTGRES = Dialect(
    create=(
        "CREATE TABLE monitor_words (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX monitor_words_gin ON monitor_words USING gin (words)",
    ),
    put="INSERT INTO monitor_words (rowid, words) VALUES (%s, array_to_tsvector(%s)) "
    "ON CONFLICT (rowid) DO UPDATE SET words = excluded.words",
    filed=list,
    newest=_newest_in_postgres,
)


def create_index() -> None:
    """Make the index, empty."""
    for statement in _dialect().create:
        _run(statement)


def drop_index() -> None:
    """Throw the index away."""
    _run("DROP TABLE IF EXISTS monitor_words")


def put(rows: Iterable[tuple[int, Iterable[str]]]) -> None:
    """File messages, each a place and its words, in the transaction of the caller."""
    dialect = _dialect()
    _run_many(dialect.put, [(place, dialect.filed(words)) for place, words in rows])


def remove(places: Iterable[int]) -> None:
    """Take messages out."""
    _run_many("DELETE FROM monitor_words WHERE rowid = %s", [(place,) for place in places])


def filed(places: list[int]) -> int:
    """Return at how many of these places a message is filed."""
    count = 0
    for start in range(0, len(places), AT_ONCE):
        some = places[start : start + AT_ONCE]
        marks = ", ".join(["%s"] * len(some))
        count += _run(f"SELECT count(*) FROM monitor_words WHERE rowid IN ({marks})", some)[0][0]  # noqa: S608
    return count


def candidates(demand: Demand, *, first: int, before: int, most: int) -> list[int]:
    """Return the newest places from `first` to `before` at which all that is demanded is filed."""
    return _dialect().newest(demand, first=first, before=before, most=most)


def take_stock() -> None:
    """Let PostgreSQL count what is filed now, as it would in its own time; until then it picks slow ways."""
    if connection.vendor == "postgresql":
        _run("ANALYZE monitor_words")


def settle() -> None:
    """Rewrite what holds words of messages that were taken out, in steps that keep nobody waiting.

    SQLite marks them as gone and keeps their words until then; PostgreSQL cleans up by itself (autovacuum).
    """
    if connection.vendor != "sqlite":
        return
    changes = -2
    while (now := connection.connection.total_changes) - changes > 1:
        changes = now
        _run("INSERT INTO monitor_words (monitor_words, rank) VALUES ('merge', %s)", [-PAGES_PER_STEP])


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Break off what is asked of the database after so many seconds.

    Raises:
        TooSlow: the time was up.
    """
    limited = _sqlite_within if connection.vendor == "sqlite" else _postgres_within
    try:
        with limited(seconds):
            yield
    except OperationalError as error:
        if "interrupted" in str(error) or "statement timeout" in str(error):
            raise TooSlow from error
        raise


@contextmanager
def _sqlite_within(seconds: float) -> Iterator[None]:
    connection.ensure_connection()
    end = monotonic() + seconds
    connection.connection.set_progress_handler(lambda: monotonic() > end, STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)


@contextmanager
def _postgres_within(seconds: float) -> Iterator[None]:
    setting, is_whole = "SELECT set_config('statement_timeout', %s, true)", not connection.in_atomic_block
    with transaction.atomic():
        _run(setting, [f"{max(1, round(seconds * 1000))}ms"])
        yield
        if not is_whole:  # else it ends with the transaction
            _run(setting, ["0"])


def _dialect() -> Dialect:
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRES


def _places(statement: str, values: list[Any]) -> list[int]:
    return [place for (place,) in _run(statement, values)]


def _run(statement: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.fetchall() if cursor.description else []


def _run_many(statement: str, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            cursor.executemany(statement, rows[start : start + AT_ONCE])
