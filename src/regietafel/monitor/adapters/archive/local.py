"""The motor that needs nothing more: Arrow reads, one process per processor asks, row group by row group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
from pyarrow.parquet import ParquetFile

from regietafel.monitor.adapters.archive.asking import ROWS_AT_ONCE, Asked
from regietafel.monitor.adapters.archive.files import DAMAGED, Archive, ArchiveFile, ArchiveRefused, Group
from regietafel.monitor.adapters.archive.keeping import Answered

_BROKEN = (
    "Een van de processen is gestopt, waarschijnlijk door te weinig geheugen. Geef minder --processen op."
)
_asked: Asked | None = None


def require() -> None:
    """What is needed to read here is always installed."""


def read(
    archive: Archive, groups: Sequence[Group], *, asked: Asked, processes: int = 1
) -> Iterator[Answered]:
    """Ask row groups, in whatever order they are ready."""
    if processes < 2 or len(groups) < 2:
        return (ask_group(archive.files[group.file], group, asked=asked) for group in groups)
    return _in_processes(archive, groups, asked=asked, processes=processes)


def ask_group(file: ArchiveFile, group: Group, *, asked: Asked) -> Answered:
    """Ask one row group, some thousands of rows at a time."""
    try:
        batches = _opened(file.path).iter_batches(
            ROWS_AT_ONCE, row_groups=[group.number], columns=list(file.needed), use_threads=False
        )
        return asked.ready().ask_all(batches, file=file, group=group)
    except (pa.ArrowException, OSError) as error:
        place = f"rijgroep {group.number + 1}"
        told = {"bestand": file.name, "rij": None, "kolom": None, "melding": f"{DAMAGED} ({place}: {error})"}
        return Answered(group, (), (told,))


@lru_cache(maxsize=2)
def _opened(path: Path) -> ParquetFile:
    return ParquetFile(path, pre_buffer=False)


def _in_processes(
    archive: Archive, groups: Sequence[Group], *, asked: Asked, processes: int
) -> Iterator[Answered]:
    """Keep every process busy with a little waiting work, so that little is lost when it is broken off."""
    waiting = iter(groups)
    pool = ProcessPoolExecutor(
        min(processes, len(groups)),
        mp_context=get_context("spawn"),
        initializer=begin,
        initargs=(asked,),
    )
    try:
        running: set[Future[Answered]] = set()
        while True:
            for group in islice(waiting, 2 * processes - len(running)):
                running.add(pool.submit(ask, archive.files[group.file], group))
            if not running:
                return
            ready, running = wait(running, return_when=FIRST_COMPLETED)
            for one in ready:
                yield one.result()
    except BrokenProcessPool as error:
        raise ArchiveRefused(_BROKEN) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def begin(asked: Asked) -> None:
    """Give a process its questions, once."""
    global _asked
    _asked = asked


def ask(file: ArchiveFile, group: Group) -> Answered:
    """Ask one row group in a process that was given its questions."""
    if _asked is None:
        raise RuntimeError("a process asks only after it was given the questions")
    return ask_group(file, group, asked=_asked)
