"""Spark reads the files and divides the work; asking is done by our own code in its workers.

The questions made ready live in ``asking``, which every worker imports: a global of the function that Spark
sends around would be built again for every task.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

import pyarrow as pa

from regietafel.monitor.adapters.archive import local
from regietafel.monitor.adapters.archive.asking import ROWS_AT_ONCE, Asked, Asker, known_asker
from regietafel.monitor.adapters.archive.files import Archive, ArchiveFile, ArchiveRefused, Group
from regietafel.monitor.adapters.archive.keeping import Answered

_MISSING = "De motor spark is niet geïnstalleerd. Installeer de extra spark, of gebruik --motor lokaal."
_NO_JAVA = "Spark start niet: er is Java 17 of nieuwer nodig. Installeer die, of gebruik --motor lokaal."
_NUMBER = "__nummer"
_SCHEMA = "rij long, antwoord string"
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.openCostInBytes": str(1 << 20),  # else two processors get unequal parts of one file
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS_AT_ONCE),
}


def read(
    archive: Archive, groups: Sequence[Group], *, asked: Asked, processes: int = 1
) -> Iterator[Answered]:
    """Ask row groups file by file; what Spark cannot read is read as without it."""
    spark = session(processes)
    from pyspark.errors import PySparkException

    shared = spark.sparkContext.broadcast((asked.fingerprint, asked.packed))
    try:
        for number, same in groupby(groups, key=attrgetter("file")):
            file, waiting = archive.files[number], list(same)
            try:
                yield from _read_file(file, waiting, spark=spark, shared=shared)
            except PySparkException:
                yield from local.read(archive, waiting, asked=asked)
    finally:
        shared.destroy()


def require() -> None:
    """Refuse to go on without Spark."""
    try:
        import pyspark.sql  # noqa: F401
    except ImportError as error:
        raise ArchiveRefused(_MISSING) from error


def session(processes: int) -> Any:
    """Give the running session, or start one on this machine."""
    require()
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(f"local[{processes}]").appName("regietafel")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, OSError) as error:
        raise ArchiveRefused(_NO_JAVA) from error


def _read_file(file: ArchiveFile, groups: list[Group], *, spark: Any, shared: Any) -> Iterator[Answered]:
    from pyspark.sql import functions

    number = functions.col("_metadata.row_index").alias(_NUMBER)
    columns = [functions.col(f"`{column.replace('`', '``')}`") for column in file.needed]
    reader = spark.read
    if file.holds_only_text:  # then Spark need not look first what is in the file
        reader = reader.schema(", ".join(f"`{column.replace('`', '``')}` string" for column in file.needed))
    rows = reader.parquet(str(file.path)).select(*columns, number)
    first, last = groups[0].first_row, groups[-1].first_row + groups[-1].rows
    rows = rows.where((functions.col(_NUMBER) >= first) & (functions.col(_NUMBER) < last))
    found = rows.mapInArrow(_asking(shared, file), _SCHEMA).toArrow().sort_by("rij")
    numbers, answers = found["rij"].to_numpy(), found["antwoord"]
    for group in groups:
        start, end = numbers.searchsorted((group.first_row, group.first_row + group.rows)).tolist()
        told = [json.loads(answer) for answer in answers.slice(start, end - start).to_pylist()]
        hits = tuple((hit["id"], tuple(hit["vragen"])) for hit in told if "id" in hit)
        yield Answered(group, hits, tuple(error for error in told if "melding" in error))


def _asking(shared: Any, file: ArchiveFile) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Give the function that the workers run."""

    def ask(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        asker = _asker(*shared.value)
        for batch in batches:
            numbers = batch.column(_NUMBER).to_numpy().tolist()
            hits, errors = asker.ask(batch.select(file.needed), file=file, numbers=numbers)
            told = [(row, {"id": name, "vragen": keys}) for row, name, keys in hits]
            told += [(error["rij"] - 1, error) for error in errors]
            yield pa.RecordBatch.from_arrays(
                [
                    pa.array([row for row, _answer in told], pa.int64()),
                    pa.array([json.dumps(answer) for _row, answer in told], pa.string()),
                ],
                names=["rij", "antwoord"],
            )

    return ask


def _asker(fingerprint: str, packed: bytes) -> Asker:
    """Give the one that asks; unpacking takes as long as thousands of messages, so it is done once."""
    from pyspark.serializers import CPickleSerializer

    known = known_asker(fingerprint)
    if known is None:
        serializer: Any = CPickleSerializer()
        asked: Asked = serializer.loads(packed)
        known = asked.ready()
    return known
