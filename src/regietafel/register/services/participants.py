"""Who takes part in a dossier, and until when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.changes import assign, differences
from regietafel.kit.refusal import Refused
from regietafel.register.models import Dossier, DossierMember, Membership, Organisation, User
from regietafel.register.services.writing import Change, author_of, lock_dossier, log


@dataclass(frozen=True)
class Participation:
    """A function in a dossier, with the person who has it if that person has an account."""

    function: str
    user: User | None = None
    organisation: Organisation | None = None
    may_write: bool = False
    valid_until: date | None = None


@transaction.atomic
def add_member(*, dossier: Dossier, participation: Participation, by: Any) -> DossierMember:
    """Let a person or function take part; a guest only up to the end of the guest role."""
    locked = lock_dossier(dossier, by, directing=True)
    if participation.user is not None:
        _refuse_twice(locked, participation.user)
        _refuse_endless_guest(participation)
    names = ("function", "user", "organisation", "may_write", "valid_until")
    values = {name: getattr(participation, name) for name in names}
    member = DossierMember(dossier=locked, created_by=author_of(by))
    changes = differences(member, values)
    assign(member, values)
    log(locked, member, change=Change("deelnemer.toegevoegd", changes), by=by)
    return member


def _refuse_twice(dossier: Dossier, user: User) -> None:
    today = timezone.localdate()
    taking_part = DossierMember.objects.filter(dossier=dossier, user=user).exclude(valid_until__lt=today)
    if taking_part.exists():
        raise Refused(_("%(name)s doet al mee in dit dossier.") % {"name": user})


def _refuse_endless_guest(participation: Participation) -> None:
    roles = Membership.objects.filter(user=participation.user)
    if roles.filter(is_guest=False).exists() or not roles.exists():
        return
    last = max(role.valid_until for role in roles if role.valid_until is not None)
    if participation.valid_until is None or participation.valid_until > last:
        raise Refused(
            _("%(name)s is gast tot en met %(day)s. Kies een einddatum op of voor die dag.")
            % {"name": participation.user, "day": last.strftime("%d-%m-%Y")}
        )


@transaction.atomic
def end_member(*, member: DossierMember, reason: str = "", by: Any) -> DossierMember:
    """End somebody's part in a dossier from this moment; what he or she wrote stays."""
    dossier = lock_dossier(member.dossier, by, directing=True, closed=True)
    kept = DossierMember.objects.get(pk=member.pk)
    yesterday = timezone.localdate() - timedelta(days=1)
    if kept.valid_until is None or kept.valid_until > yesterday:
        changes = differences(kept, {"valid_until": yesterday})
        assign(kept, {"valid_until": yesterday})
        log(dossier, kept, change=Change("deelnemer.beeindigd", changes, reason), by=by)
    return kept
