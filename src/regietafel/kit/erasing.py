"""What was deleted must also leave the files of the database, not only its tables, and one can look."""

import mmap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connection, models
from django.db.models import Q
from django.db.models.functions import Cast

COPIES = "*.kopie"  # encrypted: their bytes tell nothing, so they are named instead
DATABASE = ("", "-wal", "-journal")
_COPIES: list[Callable[[], Iterable["Copy"]]] = []


@dataclass(frozen=True)
class Copy:
    """A backup that is still there."""

    name: str
    made_at: datetime


def know_copies_with(read: Callable[[], Iterable[Copy]]) -> None:
    """Register who knows which backups there are; called from AppConfig.ready."""
    _COPIES.append(read)


def copies_made(first: datetime, last: datetime) -> list[Copy]:
    """Return the backups made between two moments, oldest first; what they hold is not erased by us."""
    found = (copy for read in _COPIES for copy in read())
    return sorted((copy for copy in found if first <= copy.made_at <= last), key=lambda copy: copy.made_at)


def forget_erased_bytes() -> None:
    """Empty SQLite's write-ahead log, in which deleted text stays readable as long as the server runs.

    Inside a transaction nothing happens: its own deletions are not final yet. PostgreSQL cleans up by itself
    in its own time (autovacuum).
    """
    if can_look_in_files():
        _run("PRAGMA wal_checkpoint(TRUNCATE)")


def rewrite_database() -> None:
    """Write SQLite's file anew, so that nothing deleted is left in the unused part of any page.

    `secure_delete` overwrites what is deleted, but not the copy that a page keeps when its rows moved to
    another page. Writers wait meanwhile, so this is for the night, or when something was found. Without room
    for a second file nothing happens, and what was found stays in the proof.
    """
    if not can_look_in_files():
        return
    with suppress(OperationalError):
        _run("PRAGMA temp_store=FILE", "VACUUM")  # in memory it would need the size of the database
    _run("PRAGMA temp_store=MEMORY", "PRAGMA wal_checkpoint(TRUNCATE)")


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def can_look_in_files() -> bool:
    """Say whether the files can tell: not inside a transaction, and not of PostgreSQL, which is elsewhere."""
    return connection.vendor == "sqlite" and not connection.in_atomic_block


def parts_on_disk(parts: Sequence[bytes]) -> set[bytes]:
    """Return which pieces of text still stand somewhere in the data folder or in the database file."""
    found: set[bytes] = set()
    for path in _files():
        found |= _found_in(path, [part for part in parts if part not in found])
    return found


def _files() -> Iterator[Path]:
    """Walk through every file that we write; attachments are of people, and stay until they remove them."""
    name = str(connection.settings_dict["NAME"])
    own = {Path(name + end).resolve() for end in DATABASE}
    folder, attachments = settings.ENVIRONMENT.data, settings.ENVIRONMENT.files
    for path in folder.rglob("*"):
        if path.is_file() and not path.match(COPIES) and attachments not in path.parents:
            own.add(path.resolve())
    return iter(sorted(own))


def _found_in(path: Path, parts: Sequence[bytes]) -> set[bytes]:
    try:
        if not parts or not path.stat().st_size:
            return set()
        with path.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return {part for part in parts if content.find(part) >= 0}
    except FileNotFoundError:  # removed meanwhile, or a log that is not there
        return set()


def rows_with(text: str) -> Mapping[str, int]:
    """Count per table the rows in which a piece of text stands, in any column; a slow look, for few texts."""
    counts: Counter[str] = Counter()
    for model in apps.get_models():
        rule = Q()
        columns = {}
        for field in model._meta.concrete_fields:
            if isinstance(field, models.JSONField):
                columns[f"{field.name}_written"] = Cast(field.name, models.TextField())
                rule |= Q(**{f"{field.name}_written__contains": text})
            elif isinstance(field, models.CharField | models.TextField):
                rule |= Q(**{f"{field.name}__contains": text})
        if rule and (count := model._default_manager.annotate(**columns).filter(rule).count()):
            counts[model._meta.label_lower] = count
    return counts
