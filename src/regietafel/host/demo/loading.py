"""Load the fictional region once; the next time only the password is renewed."""

import secrets
import tempfile
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from regietafel.deliberation import public as deliberation
from regietafel.host.accounts.practice import practice_allowed
from regietafel.host.demo.messages import invent, write_export
from regietafel.kit.commands import CommandError
from regietafel.monitor.public import DemoStage, tell_demo_monitor
from regietafel.reception import public as reception
from regietafel.register.public.entrance import renew_demo_password, tell_demo_region

FOLDER = settings.REPOSITORY / "demo"


@dataclass(frozen=True)
class Loaded:
    """What the person at the terminal needs to log in."""

    password: str
    accounts: list[tuple[str, str]] = field(default_factory=list)
    is_new: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return the result for machines."""
        accounts = [{"email": email, "naam": name} for email, name in self.accounts]
        return {"wachtwoord": self.password, "accounts": accounts, "nieuw": self.is_new}

    def text(self) -> str:
        """Return the result for people."""
        width = max(len(email) for email, _name in self.accounts)
        lines = [f"  {email:{width}}  {name}" for email, name in self.accounts]
        head = "Oefenaccounts van de fictieve regio Esgaard (alles is verzonnen):"
        secret = f"Wachtwoord van alle oefenaccounts: {self.password}"
        tail = "Dit wachtwoord ziet u één keer. Een nieuw: ./regie demo"
        return "\n".join((head, *lines, secret, tail))


def load(today: str | None = None) -> Loaded:
    """Load the region, or renew the password when it is there already."""
    if not practice_allowed():
        raise CommandError("De oefenregio werkt alleen op deze machine zelf en nooit in productie.")
    script = tomllib.loads((FOLDER / "regio.toml").read_text(encoding="utf-8"))
    password = "-".join(secrets.token_hex(2) for _part in range(4))
    accounts = [(entry["email"], entry["naam"]) for entry in script["account"]]
    with transaction.atomic():
        is_new = renew_demo_password(password=password) == 0
        if is_new:
            _tell(script, date.fromisoformat(today) if today else timezone.localdate())
            renew_demo_password(password=password)
    return Loaded(password, accounts, is_new)


def _tell_deliberation(cast: Any, today: date) -> None:
    told = tomllib.loads((FOLDER / "overleg.toml").read_text(encoding="utf-8"))
    stage = deliberation.DemoStage(today, cast.people, cast.organisations, cast.dossiers)
    deliberation.tell_demo_deliberation(script=told, stage=stage)


def _tell_reception(cast: Any, today: date) -> None:
    told = tomllib.loads((FOLDER / "opvang.toml").read_text(encoding="utf-8"))
    stage = reception.DemoStage(today, cast.people, cast.organisations, cast.dossiers)
    reception.tell_demo_reception(script=told, stage=stage)


def _tell(script: dict[str, Any], today: date) -> None:
    content = tomllib.loads((FOLDER / "berichten.toml").read_text(encoding="utf-8"))
    messages = invent(content, today)
    cast = tell_demo_region(script=script, today=today)
    _tell_deliberation(cast, today)
    _tell_reception(cast, today)
    with tempfile.TemporaryDirectory() as folder:
        tell_demo_monitor(
            script=script,
            stage=DemoStage(today, cast.dossiers, cast.people),
            export=lambda moment: write_export(
                Path(folder) / f"mediaexport-{moment:%Y-%m-%d}.csv",
                messages,
                until=moment,
                broken=moment.date() == today,
            ),
        )
