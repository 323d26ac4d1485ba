"""Uploads that wait for confirmation: kept apart, readable by the owner only, and never for long."""

import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """Return the folder, made when it is not there."""
    path: Path = settings.ENVIRONMENT.data / "innamen"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def keep(chunks: Iterable[bytes]) -> str:
    """Write an upload under a random name and return that name."""
    name = secrets.token_hex(16)
    descriptor = os.open(path_of(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        for chunk in chunks:
            handle.write(chunk)
    return name


def path_of(name: str) -> Path:
    """Return where an upload lies; a name that we did not make leads nowhere."""
    if len(name) != 32 or not name.isalnum():
        raise FileNotFoundError(name)
    return folder() / name


def size_of(name: str) -> int:
    """Return how large an upload is; nothing when it is gone."""
    path = path_of(name)
    return path.stat().st_size if path.exists() else 0


def remove(name: str) -> None:
    """Remove an upload; gone already is fine."""
    if name:
        path_of(name).unlink(missing_ok=True)


def remove_older_than(limit: datetime) -> None:
    """Remove every upload that was written before a moment."""
    for path in folder().iterdir():
        if path.stat().st_mtime < limit.timestamp():
            path.unlink(missing_ok=True)


def count_older_than(limit: datetime) -> int:
    """Return how many uploads lie there that were written before a moment."""
    return sum(path.stat().st_mtime < limit.timestamp() for path in folder().iterdir())
