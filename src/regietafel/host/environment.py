"""What the surroundings decide: data folder, secret key, database, mode. Read once, by the settings."""

import contextlib
import fcntl
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=20000; "
    "PRAGMA cache_size=-32000;"
)


@dataclass(frozen=True)
class Environment:
    """The choices of one installation."""

    data: Path
    database_url: str
    production: bool
    hosts: tuple[str, ...]
    bound_to_loopback: bool

    @property
    def files(self) -> Path:
        return self.data / "bestanden"

    @property
    def anchors(self) -> Path:
        return Path(os.environ.get("REGIETAFEL_ANKERS") or self.data / "ankers")


def read() -> Environment:
    """Read the REGIETAFEL_* variables; every one has a safe default for one laptop."""
    hosts = tuple(h for h in os.environ.get("REGIETAFEL_HOSTS", "").split(",") if h)
    return Environment(
        data=Path(os.environ.get("REGIETAFEL_DATA", "data")).resolve(),
        database_url=os.environ.get("REGIETAFEL_DATABASE", ""),
        production=os.environ.get("REGIETAFEL_PRODUCTIE", "") == "1",
        hosts=hosts or ("127.0.0.1", "localhost", "[::1]", "testserver"),
        bound_to_loopback=os.environ.get("REGIETAFEL_ADRES", "127.0.0.1")
        in {"127.0.0.1", "localhost", "::1"},
    )


def secret_key(data: Path) -> str:
    """Return the key of sessions, cookies and one-time links; a new one logs everybody out."""
    return os.environ.get("REGIETAFEL_SLEUTEL") or _kept_key(data / "sleutel")


def audit_key(data: Path) -> str:
    """Return the key of the audit chain, which stays the same for the life of the installation."""
    return os.environ.get("REGIETAFEL_AUDITSLEUTEL") or _kept_key(data / "auditsleutel")


def _kept_key(path: Path) -> str:
    """Return the key in a file of its owner only: made once, also when two processes start together."""
    with contextlib.suppress(FileNotFoundError):
        if key := path.read_text().strip():
            return key
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        key = handle.read().strip()
        if not key:
            key = secrets.token_urlsafe(50)
            handle.write(key)
            handle.flush()
            os.fsync(handle.fileno())
    return key


def database(environment: Environment) -> dict[str, Any]:
    """Return Django's settings: PostgreSQL when its address is given, otherwise SQLite in the data folder."""
    if not environment.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": environment.data / "regietafel.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
            "TEST": {"NAME": os.environ.get("REGIETAFEL_TEST_SQLITE") or None},
        }
    parts = urlsplit(environment.database_url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("REGIETAFEL_DATABASE begint niet met postgresql://")
    host = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair).get("host", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def mail(environment: Environment) -> dict[str, Any]:
    """Return Django's mail settings: a mail server when its address is given, otherwise files.

    Raises:
        ValueError: the address is not one of a mail server.
    """
    address = os.environ.get("REGIETAFEL_SMTP", "")
    kept = {"EMAIL_FILE_PATH": environment.data / "post", "EMAIL_TIMEOUT": 20}
    if not address:
        return kept | {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("REGIETAFEL_SMTP is niet smtp://server:587 of smtps://server:465")
    is_local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    return kept | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not is_local,
    }
