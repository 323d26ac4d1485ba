"""Make a backup of a living installation."""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from regietafel.host.backup import archive, cipher, database
from regietafel.kit.audit import write_anchor
from regietafel.kit.commands import CommandError

FORMAT = 1
UNFINISHED = ".bezig-"
PATTERN = "regietafel-*.kopie"


@dataclass(frozen=True)
class Made:
    """A finished backup."""

    path: Path
    seconds: float
    facts: dict[str, Any]
    new_key: Path | None

    def to_json(self) -> dict[str, Any]:
        return {
            "bestand": str(self.path),
            "bytes": self.path.stat().st_size,
            "seconden": round(self.seconds, 1),
            "rijen": sum(self.facts["rijen"].values()),
            "nieuwe_sleutel": str(self.new_key) if self.new_key else None,
        }


def make(folder: Path | None = None, keep: int | None = None) -> Made:
    """Write one encrypted file with everything that a restored installation needs.

    The anchors go in before the database, and the files after it: so the copy of the log is never behind its
    anchors, and every file that the copied database names is there.
    """
    started = time.monotonic()
    folder = folder or settings.ENVIRONMENT.data / "kopieen"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret, new_key = writing_secret(settings.ENVIRONMENT.data)
    path = folder / f"regietafel-{datetime.now(tz=UTC):%Y-%m-%dT%H%M%SZ}.kopie"
    with _alone(folder), workplace(folder) as work:
        _require_room(work)
        draft = work / "kopie"
        with draft.open("wb") as target:
            facts = _write(target, secret, work=work)
            target.flush()
            os.fsync(target.fileno())
        draft.chmod(0o600)
        draft.replace(path)
        if keep:
            _forget(folder, keep)
    return Made(path, time.monotonic() - started, facts, new_key)


def writing_secret(data: Path) -> tuple[cipher.Secret, Path | None]:
    """Return the secret to lock a backup with, and the key file when it had to be made."""
    words = os.environ.get("REGIETAFEL_KOPIEWACHTWOORD")
    if words:
        return cipher.passphrase(words), None
    path = key_file(data)
    made = not path.exists()
    if made:
        cipher.write_key_file(path, cipher.new_key())
    return cipher.read_key_file(path), path if made else None


def key_file(data: Path) -> Path:
    """Return where the key of the backups is."""
    return Path(os.environ.get("REGIETAFEL_KOPIESLEUTEL") or data / "kopiesleutel")


@contextlib.contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """Give a private folder that is gone afterwards."""
    path = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one backup run at a time, and clear what a killed one left behind."""
    with (folder / "slot").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError("Er wordt al een kopie gemaakt; wacht tot die klaar is.") from None
        for leftover in folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        yield


def _require_room(work: Path) -> None:
    sources = [settings.ENVIRONMENT.files, settings.ENVIRONMENT.anchors]
    needed = sum(path.stat().st_size for folder in sources for path in folder.rglob("*") if path.is_file())
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        needed += 2 * name.stat().st_size if name.exists() else 0
    free = shutil.disk_usage(work).free
    if free < needed:
        raise CommandError(
            f"Te weinig ruimte voor een kopie: nodig is hoogstens {needed // 1_000_000 + 1} MB, "
            f"vrij is {free // 1_000_000} MB."
        )


def _write(target: Any, secret: cipher.Secret, *, work: Path) -> dict[str, Any]:
    environment = settings.ENVIRONMENT
    write_anchor(timezone.localdate())
    with archive.packing(target, secret) as packer:
        packer.add_folder(environment.anchors, "ankers")
        with database.snapshot(work) as copy:
            packer.add(copy.name, copy.source)
            facts = dict(copy.facts)
            kind = copy.kind
        packer.add_folder(environment.files, "bestanden")
        _add_own_keys(packer, environment.data)
        packer.close(
            {"versie": FORMAT, "gemaakt": datetime.now(tz=UTC).isoformat(), "database": kind, **facts}
        )
    return facts


def _add_own_keys(packer: archive.Packer, data: Path) -> None:
    """Add the keys of sessions and of the log, unless the administrator keeps them in the environment."""
    for name, variable in (("sleutel", "REGIETAFEL_SLEUTEL"), ("auditsleutel", "REGIETAFEL_AUDITSLEUTEL")):
        if not os.environ.get(variable):
            with (data / name).open("rb") as source:
                packer.add(name, source)


def _forget(folder: Path, keep: int) -> None:
    for old in sorted(folder.glob(PATTERN))[:-keep]:
        old.unlink()
