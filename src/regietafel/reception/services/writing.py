"""What every write of reception does: check the right, lock, and note what changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from regietafel.kit.audit import record, record_all
from regietafel.kit.refusal import Refused
from regietafel.reception.engine.anonymity import personal
from regietafel.reception.models import Location
from regietafel.reception.selectors.access import may_book, may_coordinate, may_keep
from regietafel.register.public import Organisation, User


def require_keeping(location: Location, by: Any) -> None:
    """Refuse who does not keep a location."""
    if not may_keep(by, location):
        raise Refused(_("Alleen wie deze locatie beheert, kan dit wijzigen."))


def require_booking(location: Location, by: Any) -> None:
    """Refuse who may not promise or fill places of a location."""
    if not may_book(by, location):
        raise Refused(_("Uw rol geeft u niet het recht om op deze locatie te boeken."))


def require_coordination(organisation: Organisation, by: Any) -> None:
    """Refuse who does not coordinate the places of a region."""
    if not may_coordinate(by, organisation.pk):
        raise Refused(_("Alleen het regionale coördinatiepunt kan dit doen."))


def refuse_personal(*texts: str, field: str = "") -> None:
    """Refuse texts of which one looks as if it tells who somebody is."""
    if why := next((why for text in texts if (why := personal(text))), ""):
        told = _("Hier lijkt %s te staan. Schrijf niets op waaraan iemand te herkennen is.") % why
        raise Refused(told, field=field)


def reason_given(reason: str, *, asked: str) -> str:
    """Return a reason; refuse an empty one with what is asked, and one that tells who somebody is."""
    if not reason.strip():
        raise Refused(asked, field="reason")
    refuse_personal(reason, field="reason")
    return reason.strip()


def author_of(by: Any) -> User | None:
    """Return the person to name as author; programs and the system have none, and the log names them."""
    return by if isinstance(by, User) else None


def log(action: str, row: Model, *, organisation_id: int, by: Any, **details: Any) -> None:
    """Add a line to the log of an organisation; `details` are `changes` and `reason`."""
    record(action, row, organisation_id=organisation_id, by=by, details=details)


def log_all(action: str, rows: Iterable[tuple[Model, int, Mapping[str, Any]]], *, by: Any) -> None:
    """Add a line for each of many rows to the log of its organisation; organisations in order of number."""
    per_organisation: dict[int, list[tuple[Model, Mapping[str, Any]]]] = defaultdict(list)
    for row, organisation_id, details in rows:
        per_organisation[organisation_id].append((row, details))
    for organisation_id in sorted(per_organisation):
        record_all(action, per_organisation[organisation_id], organisation_id=organisation_id, by=by)
