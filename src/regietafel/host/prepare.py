"""Bring the database to the state this version of the code needs; harmless when it is there already."""

import argparse
import contextlib
import hashlib
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from regietafel.kit import append_only
from regietafel.kit.commands import DONE, CommandError, say

NEWER_TEXT = (
    "De gegevens zijn van een nieuwere versie van Regietafel ({migrations}). "
    "Werk de software bij, of zet een reservekopie van deze versie terug."
)


class NewerDatabase(CommandError):
    """The database was written by a newer version of the code."""

    exit_code = 3


@dataclass(frozen=True)
class Prepared:
    """What was found and done."""

    first_time: bool
    migrations: int
    reference_loaded: bool


def prepare() -> Prepared:
    """Migrate, put the triggers in place and load the reference data, as far as needed."""
    from django.conf import settings
    from django.db import connection

    with _one_at_a_time(settings.ENVIRONMENT.data):
        pending, first_time = _pending_migrations(connection)
        if pending:
            _call("migrate", interactive=False, verbosity=0)
        append_only.install(connection)
        _refuse_unsafe()
        reference_loaded = _load_reference(
            settings.ENVIRONMENT.data, settings.REPOSITORY / "reference", changed=bool(pending)
        )
    return Prepared(first_time, pending, reference_loaded)


@contextlib.contextmanager
def _one_at_a_time(data: Path) -> Iterator[None]:
    import fcntl

    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data / "voorbereid.slot").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _pending_migrations(connection: Any) -> tuple[int, bool]:
    """Return how many migrations wait and whether this database is new; refuse one from the future."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    loader = executor.loader
    known = loader.disk_migrations.keys() | {
        old for new in loader.replacements.values() for old in new.replaces
    }
    applied = loader.applied_migrations or {}
    unknown = sorted(
        f"{app}.{name}" for app, name in applied if (app, name) not in known and app in loader.migrated_apps
    )
    if unknown:
        raise NewerDatabase(NEWER_TEXT.format(migrations=", ".join(unknown)))
    return len(executor.migration_plan(loader.graph.leaf_nodes())), not applied


def _refuse_unsafe() -> None:
    """Run the system checks of the database, which refuse a SQLite that may lose a confirmed write."""
    from django.core.management.base import SystemCheckError

    try:
        _call("check", tags=["database"], databases=["default"])
    except SystemCheckError as error:
        raise CommandError(f"De database is niet veilig ingesteld.\n{error}") from error


def _load_reference(data: Path, reference: Path, *, changed: bool) -> bool:
    """Load the reference data when its files, or the tables, are others than the last time."""
    stamp = data / "referentie.stempel"
    wanted = _fingerprint(reference)
    if not changed and stamp.exists() and stamp.read_text() == wanted:
        return False
    from regietafel.register.public.entrance import load_reference

    load_reference(reference)
    stamp.write_text(wanted)
    return True


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _call(name: str, **options: Any) -> None:
    from django.core.management import call_command

    call_command(name, stdout=io.StringIO(), **options)


def add_commands(words: Any) -> None:
    """Add the word `voorbereid` to the command line."""
    parser = words.add_parser("voorbereid", help="database bijwerken en referentiegegevens laden")
    parser.add_argument("--json", action="store_true", help="uitvoer voor machines")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prepare, keep the state of the log outside the database, and tell what was done."""
    from django.utils import timezone

    from regietafel.kit.audit import write_anchor

    prepared = prepare()
    write_anchor(timezone.localdate())
    done = asdict(prepared)
    result = {
        "eerste_keer": done["first_time"],
        "migraties": done["migrations"],
        "referentie": done["reference_loaded"],
    }
    say(
        result,
        as_json=options.json,
        text="De database is bijgewerkt." if prepared.migrations else "De database is bij.",
    )
    return DONE
