"""When the last backup was made: written beside the data, read by the health page."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from regietafel.host.backup.making import PATTERN, Made
from regietafel.kernel.dutch import duration
from regietafel.kit.erasing import Copy
from regietafel.kit.health import Health, State

NAME = "laatste-kopie.json"
TOO_OLD = timedelta(hours=36)
MOMENT = re.compile(r"regietafel-(\d{4}-\d\d-\d\dT\d{6}Z)")


def remember(made: Made) -> None:
    """Note that a backup was made, wherever it went."""
    path = settings.ENVIRONMENT.data / NAME
    draft = path.with_suffix(".bezig")
    draft.write_text(json.dumps({"moment": datetime.now(tz=UTC).isoformat(), "bestand": str(made.path)}))
    draft.replace(path)


def backup_health() -> Health:
    """Say how old the last backup is; one that is missing or old asks for attention."""
    try:
        noted = json.loads((settings.ENVIRONMENT.data / NAME).read_text())
    except FileNotFoundError:
        return Health(State.ATTENTION, _("Er is nog geen reservekopie gemaakt."))
    made_at = datetime.fromisoformat(noted["moment"])
    age = datetime.now(tz=UTC) - made_at
    state = State.ATTENTION if age > TOO_OLD else State.OK
    return Health(
        state,
        _("De laatste reservekopie is van %(age)s geleden.") % {"age": duration(age.total_seconds())},
        made_at,
    )


def known_copies() -> Iterator[Copy]:
    """Give the backups that are still there: in our own folder, and where the last one was written."""
    folders = {settings.ENVIRONMENT.data / "kopieen"}
    try:
        noted = json.loads((settings.ENVIRONMENT.data / NAME).read_text())
        folders.add(Path(noted["bestand"]).parent)
    except (FileNotFoundError, ValueError, KeyError):
        pass
    for folder in sorted(folders):
        yield from (copy for path in sorted(folder.glob(PATTERN)) if (copy := _copy(path)))


def _copy(path: Path) -> Copy | None:
    found = MOMENT.match(path.name)
    if found is None:
        return None
    return Copy(path.name, datetime.strptime(found[1], "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC))
