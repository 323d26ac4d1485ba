"""What every change of a dossier has in common: the right to write, a lock, and one line in the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.kit.audit import record
from regietafel.kit.changes import assign
from regietafel.kit.refusal import Refused
from regietafel.register.models import Attachment, Dossier, Link, User
from regietafel.register.selectors.access import may_direct_dossier, may_write_dossier

Paper = TypeVar("Paper", Attachment, Link)
CLOSED = _("Dit dossier is afgesloten. Heropen het eerst door een andere fase te kiezen.")


@dataclass(frozen=True)
class Change:
    """What happened, for the log: an action, the fields that changed and the reason somebody gave."""

    action: str
    changes: Mapping[str, Any] | None = None
    reason: str = ""


def lock_dossier(dossier: Dossier, by: Any, *, directing: bool = False, closed: bool = False) -> Dossier:
    """Return the dossier, locked, when this person may change it; `directing` is for the owner's own people.

    Args:
        dossier: what should change.
        by: the acting user; None for the system, which may do everything.
        directing: the change is about sharing, phase or participants.
        closed: the change is allowed in a closed dossier too.
    """
    locked = Dossier.objects.select_for_update(of=("self",)).select_related("phase").get(pk=dossier.pk)
    may = may_direct_dossier if directing else may_write_dossier
    if by is not None and not may(by, locked):
        raise PermissionDenied
    if locked.phase.is_closed and not closed:
        raise Refused(str(CLOSED))
    return locked


def author_of(by: Any) -> User | None:
    """Return the person to name as author; a program or the system has none."""
    return by if isinstance(by, User) else None


def log(dossier: Dossier, obj: models.Model, *, change: Change, by: Any) -> None:
    """Write one line in the chain of the owning organisation and mark the dossier as changed now."""
    Dossier.objects.filter(pk=dossier.pk).update(updated_at=timezone.now())
    details = {"changes": dict(change.changes or {}), "reason": change.reason}
    record(change.action, obj, organisation_id=dossier.organisation_id, by=by, details=details)


def set_hidden(paper: Paper, *, hidden: bool, change: Change, by: Any) -> Paper:
    """Take a file or link of a dossier out of sight, or put it back; nothing happens when it already is."""
    dossier = lock_dossier(paper.dossier, by)
    kept = type(paper).objects.get(pk=paper.pk)
    if (kept.removed_at is not None) != hidden:
        assign(kept, {"removed_at": timezone.now() if hidden else None})
        log(dossier, kept, change=change, by=by)
    return kept
