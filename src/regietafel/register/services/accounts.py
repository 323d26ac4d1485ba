"""Accounts and roles: inviting, giving and ending roles, closing accounts, and noting who came in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.refusal import Refused
from regietafel.register.models import Membership, Organisation, Role, User
from regietafel.register.selectors.access import today
from regietafel.register.selectors.accounts import (
    manages_account,
    may_give,
    person_by_email,
)


@dataclass(frozen=True)
class RoleGiven:
    """A role as it is given: where, which, from when until when, for whom, and whether as a guest."""

    organisation: Organisation
    role: Role
    valid_from: date
    valid_until: date | None = None
    deputy_of: User | None = None
    is_guest: bool = False

    def described(self) -> dict[str, list[Any]]:
        """Return the role as changes for the log."""
        values = {
            "rol": self.role.name,
            "vanaf": self.valid_from,
            "tot en met": self.valid_until,
            "vervangt": self.deputy_of and str(self.deputy_of),
            "gast": self.is_guest,
        }
        return {name: [None, value] for name, value in values.items() if value not in (None, False)}


@dataclass(frozen=True)
class Invited:
    """Who was invited, and whether the account is new."""

    person: User
    is_new: bool


@transaction.atomic
def invite_person(*, email: str, name: str, given: RoleGiven, by: User | None) -> Invited:
    """Make an account if there is none, and give it a role."""
    _require_giver(given, by)
    person = person_by_email(email)
    if person is not None and not person.is_active:
        raise Refused(
            _("Dit account is gesloten. Open het eerst weer, of vraag de beheerder van de installatie.")
        )
    is_new = person is None
    if person is None:
        person = User.objects.create_user(email=email.strip(), name=name.strip())
    _give(person, given, by=by, action="account.uitgenodigd" if is_new else "rol.gegeven")
    return Invited(person, is_new)


@transaction.atomic
def give_role(*, person: User, given: RoleGiven, by: User | None) -> Membership:
    """Give a person a role in an organisation."""
    _require_giver(given, by)
    return _give(person, given, by=by, action="rol.gegeven")


def _require_giver(given: RoleGiven, by: User | None) -> None:
    if by is not None and not may_give(by, role=given.role, organisation_id=given.organisation.pk):
        raise Refused(_("U mag deze rol in deze organisatie niet geven."))
    if given.is_guest and given.valid_until is None:
        raise Refused(_("Een gast heeft een einddatum nodig."))
    if given.valid_until is not None and given.valid_until < given.valid_from:
        raise Refused(_("De einddatum ligt voor de begindatum."))


def _give(person: User, given: RoleGiven, *, by: User | None, action: str) -> Membership:
    if by is not None and person.pk == by.pk:
        raise Refused(_("U kunt uzelf geen rol geven. Vraag een andere beheerder."))
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                user=person,
                organisation=given.organisation,
                role=given.role,
                valid_from=given.valid_from,
                valid_until=given.valid_until,
                deputy_of=given.deputy_of,
                is_guest=given.is_guest,
            )
    except IntegrityError:
        raise Refused(_("Deze persoon heeft deze rol vanaf die dag al.")) from None
    record(
        action, person, organisation_id=given.organisation.pk, by=by, details={"changes": given.described()}
    )
    return membership


@transaction.atomic
def end_role(*, membership: Membership, last_day: date, reason: str, by: User | None) -> None:
    """Let a role end after a day; a day before today ends it at once."""
    if by is not None and not may_give(by, role=membership.role, organisation_id=membership.organisation_id):
        raise Refused(_("U mag de rollen van deze organisatie niet beheren."))
    if membership.valid_until is not None and last_day > membership.valid_until:
        raise Refused(_("Een rol verlengen doet u door de rol opnieuw te geven."))
    before = membership.valid_until
    if last_day < membership.valid_from:
        membership.delete()
    else:
        membership.valid_until = last_day
        membership.save(update_fields=("valid_until",))
    record(
        "rol.beëindigd",
        membership.user,
        organisation_id=membership.organisation_id,
        by=by,
        details={
            "changes": {"rol": [membership.role.name, None], "tot en met": [before, last_day]},
            "reason": reason,
        },
    )


def end_role_now(*, membership: Membership, reason: str, by: User | None) -> None:
    """Take a role away at once."""
    end_role(membership=membership, last_day=today() - timedelta(days=1), reason=reason, by=by)


@transaction.atomic
def close_account(*, person: User, reason: str, by: User | None) -> None:
    """Close an account; its sessions end with the next request."""
    _require_account_manager(person, by)
    if by is not None and person.pk == by.pk:
        raise Refused(_("U kunt uw eigen account niet sluiten. Vraag een andere beheerder."))
    _set_active(person, False, reason=reason, by=by)


@transaction.atomic
def open_account(*, person: User, reason: str, by: User | None) -> None:
    """Open a closed account again, with the roles that are still in force."""
    _require_account_manager(person, by)
    _set_active(person, True, reason=reason, by=by)


def _set_active(person: User, is_active: bool, *, reason: str, by: User | None) -> None:
    person.is_active = is_active
    person.save(update_fields=("is_active",))
    note_access(
        person=person, what="account.geopend" if is_active else "account.gesloten", by=by,
        details={"changes": {"actief": [not is_active, is_active]}, "reason": reason},
    )  # fmt: skip


@transaction.atomic
def allow_new_password(*, person: User, reason: str, by: User | None) -> None:
    """Note that a manager hands out a link for a new password; the link itself is nowhere kept."""
    require_reset(person=person, by=by)
    note_access(person=person, what="account.link-uitgegeven", by=by, details={"reason": reason})


def require_reset(*, person: User, by: User | None) -> None:
    """Refuse who may not let this person choose a new password or a new second factor."""
    _require_account_manager(person, by)
    if not person.is_active:
        raise Refused(_("Dit account is gesloten. Open het eerst weer."))


def _require_account_manager(person: User, by: User | None) -> None:
    if by is not None and not manages_account(by, person):
        raise Refused(
            _("Deze persoon werkt ook voor een andere organisatie. Vraag de beheerder van de installatie.")
        )


@transaction.atomic
def make_account(
    *, email: str, name: str, password: str | None, is_platform_admin: bool = False, by: User | None
) -> User:
    """Make an account without a role, from the command line."""
    if person_by_email(email) is not None:
        raise Refused(_("Er is al een account met het adres %(email)s.") % {"email": email})
    person = User(
        email=User.objects.normalize_email(email).lower(), name=name, is_platform_admin=is_platform_admin
    )
    if password is not None:
        _require_good(password, person)
    person.set_password(password)
    person.save()
    note_access(person=person, what="account.gemaakt", by=by, details={})
    return person


@transaction.atomic
def choose_password(*, person: User, password: str, by: User | None) -> None:
    """Give an account a new password; the caller ends the other sessions."""
    _require_good(password, person)
    person.set_password(password)
    person.save(update_fields=("password",))
    note_access(person=person, what="account.wachtwoord-gewijzigd", by=by, details={})


def _require_good(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None


@transaction.atomic
def open_visit(*, person: User, method: str) -> None:
    """Note that a person came in, and remember the visit before it for what is new since."""
    person.last_visit_at, person.current_visit_at = person.current_visit_at, timezone.now()
    person.save(update_fields=("last_visit_at", "current_visit_at"))
    note_access(person=person, what="account.ingelogd", by=person, details={"reason": method})


def note_access(*, person: User, what: str, by: User | None, details: Mapping[str, Any]) -> None:
    """Write what happened at the door to the log of the installation."""
    record(what, person, organisation_id=None, by=by, details=details)
