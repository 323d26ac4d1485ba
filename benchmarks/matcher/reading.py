"""The archive: a folder of Parquet read and asked, warm, with one and two processes, DuckDB and Spark."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pyarrow
from pyarrow import parquet

from benchmarks.matcher import corpus
from regietafel.monitor.adapters.archive import (
    Answered,
    Archive,
    ArchiveRefused,
    Asked,
    duck,
    local,
    open_archive,
    spark,
)
from regietafel.monitor.engine.query import parse

GROUPS, PROCESSES = 16, 2
Speeds = dict[str, float]


def archive_speeds(posts: Sequence[str], *, rounds: int) -> tuple[Speeds, list[str]]:
    """Give the posts per second (by the clock) of each way, measured in turns, and who could not take part.

    Raises:
        AssertionError: two ways gave other answers.
    """
    questions = {str(number): parse(one.text()) for number, one in enumerate(corpus.standing(342))}
    with TemporaryDirectory() as folder, ExitStack() as stack:
        archive = _written(Path(folder), posts)
        asked = Asked(questions, "meting")
        ways, missing = _ways(archive, asked, stack)
        right = None
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(rounds + 1):  # the first time is to warm up, and to compare the answers
            for name, way in ways.items():
                started = time.perf_counter()
                answered = sorted((one.group.first_row, one.hits) for one in way())
                if number:
                    seconds[name].append(time.perf_counter() - started)
                right = right or answered
                if answered != right:
                    raise AssertionError(f"{name} gives other answers")
    return {name: len(posts) / median(times) for name, times in seconds.items()}, missing


def _written(folder: Path, posts: Sequence[str]) -> Archive:
    table = pyarrow.table({"id": [f"p{number}" for number in range(len(posts))], "tekst": posts})
    size = -(-len(posts) // GROUPS)
    parquet.write_table(table, folder / "berichten.parquet", compression="zstd", row_group_size=size)
    return open_archive(folder, fields=("id", "tekst"))


def _ways(archive: Archive, asked: Asked, stack: ExitStack):  # type: ignore[no-untyped-def]
    """Give each way that is installed here, by name; and why the others are not."""
    ways = {
        "lokaal, één proces": _pool(archive, asked, stack, workers=1),
        "lokaal, twee processen": _pool(archive, asked, stack, workers=PROCESSES),
    }
    missing = []
    for name, module in (("DuckDB", duck), ("PySpark local[2]", spark)):
        try:
            if module is spark:
                stack.callback(spark.session(PROCESSES).stop)
            next(iter(module.read(archive, archive.groups[:1], asked=asked, processes=PROCESSES)))
        except ArchiveRefused as refusal:
            missing.append(f"{name} doet niet mee: {refusal}")
            continue
        ways[name] = lambda read=module.read: read(archive, archive.groups, asked=asked, processes=PROCESSES)
    return ways, missing


def _pool(archive: Archive, asked: Asked, stack: ExitStack, *, workers: int):  # type: ignore[no-untyped-def]
    """Give a pool that stays, so that starting up is not what is measured."""
    pool = stack.enter_context(
        ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), initializer=local.begin, initargs=(asked,)
        )
    )

    def run() -> Iterator[Answered]:
        return pool.map(local.ask, [archive.files[0]] * len(archive.groups), archive.groups)

    return run
