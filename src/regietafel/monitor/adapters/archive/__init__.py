"""An archive: a folder of Parquet files, asked all questions at once.

``open_archive`` looks what is there, ``search`` asks. Who does the reading (the motor) makes no difference to
the answer: ``lokaal`` needs nothing more, ``duckdb`` and ``spark`` are extras. What was finished is kept, so
that a search that was broken off goes on where it was.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from regietafel.monitor.adapters.archive.asking import Asked
from regietafel.monitor.adapters.archive.files import Archive, ArchiveRefused, Group, open_archive
from regietafel.monitor.adapters.archive.keeping import Answered, Kept

__all__ = [
    "MOTORS",
    "Answered",
    "Archive",
    "ArchiveRefused",
    "Asked",
    "Kept",
    "Motor",
    "open_archive",
    "require_motor",
    "search",
]

MOTORS = {
    "lokaal": "regietafel.monitor.adapters.archive.local",
    "duckdb": "regietafel.monitor.adapters.archive.duck",
    "spark": "regietafel.monitor.adapters.archive.spark",
}


class Motor(NamedTuple):
    """Who reads, and how many at a time."""

    name: str = "lokaal"
    processes: int = 1


def require_motor(name: str) -> None:
    """Look whether a motor is installed, before anything is made.

    Raises:
        ArchiveRefused: it is not; the message says how to get it.
    """
    _module_of(name).require()


def _module_of(name: str) -> Any:
    return importlib.import_module(MOTORS[name])


def search(
    archive: Archive,
    asked: Asked,
    *,
    kept: Kept,
    motor: Motor,
    tell: Callable[[int], None] = lambda rows: None,
) -> int:
    """Ask every row group that was not finished before; tell how many rows are done after each.

    Returns:
        How many row groups were finished before.

    Raises:
        ArchiveRefused: the motor is not installed, or broke down.
    """
    waiting = [group for group in archive.groups if not kept.has(group)]
    done = archive.rows - sum(group.rows for group in waiting)
    tell(done)
    for answered in _read(archive, waiting, asked=asked, motor=motor):
        kept.keep(answered)
        done += answered.group.rows
        tell(done)
    return len(archive.groups) - len(waiting)


def _read(archive: Archive, waiting: Sequence[Group], *, asked: Asked, motor: Motor) -> Iterator[Answered]:
    """Let the motor read what it reads as we do; the rest is read here, so that the answer is the same."""
    from regietafel.monitor.adapters.archive import local

    module = _module_of(motor.name)
    known = [group for group in waiting if archive.files[group.file].holds_only_text or module is local]
    yield from module.read(archive, known, asked=asked, processes=motor.processes)
    rest = [group for group in waiting if group not in set(known)]
    yield from local.read(archive, rest, asked=asked, processes=motor.processes)
