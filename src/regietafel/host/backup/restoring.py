"""Restore a backup on an empty machine: unpack beside the target, check everything, then put it in place.

Nothing here may load Django before the restored key and database are where the settings will look for them.
"""

import getpass
import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regietafel.host.backup import archive, cipher
from regietafel.kit.commands import CommandError


@dataclass(frozen=True)
class Restored:
    """A restored installation and the proof that it is the same."""

    target: Path
    seconds: float
    manifest: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        return {
            "map": str(self.target),
            "gemaakt": self.manifest["gemaakt"],
            "seconden": round(self.seconds, 1),
            "bestanden": len(self.manifest["bestanden"]),
            "rijen": self.manifest["rijen"],
            "logketens": self.manifest["logketens"],
            "gecontroleerd": ["controlesommen", "database", "aantallen", "logboek"],
        }


def restore(backup: Path, target: Path, *, key_file: Path | None) -> Restored:
    """Restore into an empty folder, and only when every check passes."""
    started = time.monotonic()
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CommandError(
            f"De map {target} is niet leeg. Kies een lege of nieuwe map; er wordt niets overschreven."
        )
    if not backup.is_file():
        raise CommandError(f"Er is geen kopie {backup}.")
    beside = target.parent / f".{target.name}.bezig"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=0o700, parents=True)
    try:
        manifest = _unpack(backup, beside, key_file=key_file)
        _check(beside, manifest)
        beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Restored(target, time.monotonic() - started, manifest)


def _unpack(backup: Path, folder: Path, *, key_file: Path | None) -> dict[str, Any]:
    _require_room(backup, folder)
    with backup.open("rb") as source:
        header = cipher.read_header(source)
        secret = _opening_secret(header.kind, key_file)
        manifest = archive.unpack(source, header, secret=secret, folder=folder)
    if secret.kind == "sleutelbestand":
        cipher.write_key_file(folder / "kopiesleutel", secret)
    return manifest


def _require_room(backup: Path, folder: Path) -> None:
    needed, free = backup.stat().st_size, shutil.disk_usage(folder).free
    if free < needed:
        raise CommandError(
            f"Te weinig ruimte om terug te zetten: nodig is minstens {needed // 1_000_000 + 1} MB, "
            f"vrij is {free // 1_000_000} MB."
        )


def _opening_secret(kind: str, key_file: Path | None) -> cipher.Secret:
    if kind == "wachtwoord":
        words = os.environ.get("REGIETAFEL_KOPIEWACHTWOORD")
        if not words and sys.stdin.isatty():
            words = getpass.getpass("Wachtwoord van de kopie: ")
        if not words:
            raise CommandError("Deze kopie heeft een wachtwoord: zet het in REGIETAFEL_KOPIEWACHTWOORD.")
        return cipher.passphrase(words)
    if key_file is None:
        raise CommandError("Deze kopie heeft een kopiesleutel: noem het bestand met --sleutelbestand.")
    return cipher.read_key_file(key_file)


def _check(folder: Path, manifest: dict[str, Any]) -> None:
    """Start the product on the restored folder and compare it with what the backup says it must be."""
    os.environ["REGIETAFEL_DATA"] = str(folder)
    if manifest["database"] == "sqlite":
        os.environ.pop("REGIETAFEL_DATABASE", None)
    elif not os.environ.get("REGIETAFEL_DATABASE"):
        raise CommandError(
            "Deze kopie is van PostgreSQL: zet het adres van een lege database in REGIETAFEL_DATABASE."
        )
    import django

    django.setup()
    from django.db import connection

    from regietafel.host.backup import database
    from regietafel.kit.audit import verify

    if connection.vendor == "postgresql":
        dump = folder / database.POSTGRES_NAME
        database.restore_postgres(dump)
        dump.unlink()
    database.require_sound(connection)
    _refuse_newer(manifest["migraties"])
    found = database.facts_of(connection)
    different = [name for name in found if found[name] != manifest[name]]
    if different:
        raise CommandError(f"De teruggezette database wijkt af van de kopie ({', '.join(different)}).")
    breaks = verify(folder / "ankers")
    connection.close()
    if breaks:
        where = ", ".join(f"{broken.chain} regel {broken.sequence}" for broken in breaks)
        raise CommandError(f"Het logboek in deze kopie is niet ongeschonden ({where}: {breaks[0].reason}).")


def _refuse_newer(applied: list[str]) -> None:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    known |= {f"{app}.{name}" for new in loader.replacements.values() for app, name in new.replaces}
    newer = [name for name in applied if name not in known and name.partition(".")[0] in loader.migrated_apps]
    if newer:
        raise CommandError(f"Deze kopie is van een nieuwere versie van Regietafel ({', '.join(newer)}).")
