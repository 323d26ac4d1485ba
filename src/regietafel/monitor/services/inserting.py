"""Insert many rows without an object for each: half the work, and so half the time that others wait.

Django's `bulk_create` compiles every value of every row anew. Here a table's statement is made once, from the
model itself, and only moments and dates still pass through their field.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

AT_ONCE = 2_000
AS_THEY_ARE = (str, int, type(None))  # what both databases take without translation


def insert_rows(model: type[Model], *, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows, each with its values in the order of `names`, inside the caller's transaction."""
    field_of = {field.name: field for field in model._meta.concrete_fields}
    fields = [field_of[name] for name in names]
    statement = _statement(model._meta.db_table, [str(field.column) for field in fields])
    save = [field.get_db_prep_save for field in fields]
    ready = (
        [
            value if type(value) in AS_THEY_ARE else prepare(value, connection)
            for prepare, value in zip(save, row, strict=True)
        ]
        for row in rows
    )
    with connection.cursor() as cursor:
        for chunk in _chunks(ready):
            cursor.executemany(statement, chunk)


def _statement(table: str, columns: Sequence[str]) -> str:
    """Write the statement; both names come from the model, never from outside."""
    quote = connection.ops.quote_name
    places = ", ".join("%s" for _column in columns)
    return f"INSERT INTO {quote(table)} ({', '.join(map(quote, columns))}) VALUES ({places})"  # noqa: S608


def _chunks(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    while chunk := list(islice(rows, AT_ONCE)):
        yield chunk
