"""Questions about people, their roles and the keys of programs, and who may ask them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from regietafel.kit.audit import chain_of, history
from regietafel.kit.models import AuditEvent
from regietafel.register.models import Membership, Organisation, Role, User
from regietafel.register.selectors.access import active_memberships, organisations_with, today


def may_enter(person: User) -> bool:
    """Say whether an account gives access today: active, and with a role or keeping the installation."""
    if not person.is_active:
        return False
    return person.is_platform_admin or active_memberships(person).exists()


def person_by_email(email: str) -> User | None:
    """Return the account of an e-mail address."""
    return User.objects.filter(email=email.strip().lower()).first()


def all_people() -> QuerySet[User]:
    """Return every account, for the command line."""
    return User.objects.order_by("email")


def role_by_code(code: str) -> Role | None:
    """Return the role with this code."""
    return Role.objects.filter(code=code).first()


def organisation_by_code(code: str) -> Organisation | None:
    """Return the organisation with this code."""
    return Organisation.objects.filter(code=code).first()


def one_time_path(person: User) -> str:
    """Return the path of the link with which a person chooses a password: it works once and for one day."""
    code = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return reverse("new-password", kwargs={"code": code, "token": token})


def person_of_link(code: str) -> User | None:
    """Return the account that a one-time link names, while it gives access."""
    try:
        return person_by_number(int(urlsafe_base64_decode(code)))
    except ValueError:
        return None


def person_by_number(number: int) -> User | None:
    """Return the account that may choose a new password by link: real, and giving access."""
    person = User.objects.filter(pk=number, is_demo=False).first() if 0 < number < 2**62 else None
    return person if person and may_enter(person) else None


@dataclass(frozen=True)
class SecondFactorState:
    """Whether an app is coupled, and how many recovery codes still work."""

    has_app: bool
    codes_left: int


def second_factor_of(person: User) -> SecondFactorState:
    """Return how a person's second factor stands."""
    return SecondFactorState(
        has_app=TOTPDevice.objects.filter(user=person, confirmed=True).exists(),
        codes_left=StaticToken.objects.filter(device__user=person).count(),
    )


def current_roles(person: User) -> QuerySet[Membership]:
    """Return the roles a person holds today or will hold, the running ones first."""
    return (
        Membership.objects.filter(user=person)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today()))
        .select_related("organisation", "role", "deputy_of")
        .order_by("valid_from", "organisation__name")
    )


def managed_organisations(user: Any) -> QuerySet[Organisation]:
    """Return the organisations whose people a user may manage."""
    if is_platform_admin(user):
        return Organisation.objects.all()
    return organisations_with(user, "may_manage")


def is_platform_admin(user: Any) -> bool:
    """Say whether this is an administrator of the installation, who appoints but does not read."""
    return bool(getattr(user, "is_active", False) and getattr(user, "is_platform_admin", False))


def manages_people(user: Any) -> bool:
    """Say whether a user manages people anywhere."""
    return managed_organisations(user).exists()


def managed_people(user: Any) -> QuerySet[User]:
    """Return who has or had a role in an organisation this user manages.

    Who keeps the installation sees managers, other keepers and accounts without a role; nobody else.
    """
    held = Membership.objects.filter(user=OuterRef("pk"))
    if is_platform_admin(user):
        appoints = Exists(held.filter(role__may_manage=True)) | ~Exists(held) | Q(is_platform_admin=True)
        return User.objects.filter(appoints)
    return User.objects.filter(Exists(held.filter(organisation__in=managed_organisations(user))))


STATES = (("open", _("open")), ("nieuw", _("nog niet gebruikt")), ("dicht", _("gesloten")))
BADGES = {"open": "ok", "nieuw": "info", "dicht": "neutraal"}


def listed_people(user: Any) -> QuerySet[User]:
    """Return the managed people, each with the running roles that this user may see."""
    running = (
        managed_memberships(user)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today()))
        .order_by("role__order")
    )
    return managed_people(user).prefetch_related(Prefetch("memberships", running, to_attr="running_roles"))


def shown_roles(person: Any) -> str:
    """Return the running roles of a listed person in words."""
    return "; ".join(f"{held.role} bij {held.organisation}" for held in person.running_roles)


def account_state(person: User) -> str:
    """Say how an account stands: open, not used yet, or closed."""
    if not person.is_active:
        return "dicht"
    return "open" if person.current_visit_at else "nieuw"


def account_word(person: User) -> str:
    """Return the state of an account in a word."""
    return str(dict(STATES)[account_state(person)])


def account_badge(person: User) -> str:
    """Return the kind of badge for the state of an account."""
    return BADGES[account_state(person)]


def in_state(rows: QuerySet[User], state: str) -> QuerySet[User]:
    """Keep the accounts in one state."""
    rules = {
        "open": Q(is_active=True, current_visit_at__isnull=False),
        "nieuw": Q(is_active=True, current_visit_at__isnull=True),
        "dicht": Q(is_active=False),
    }
    return rows.filter(rules[state])


def role_choices(user: Any) -> list[tuple[int, str]]:
    """Return the roles that occur among the managed people."""
    held = managed_memberships(user).values("role_id")
    return list(Role.objects.filter(pk__in=held).values_list("pk", "name"))


def with_role(user: Any) -> Callable[[QuerySet[User], str], QuerySet[User]]:
    """Return the filter on a running role in an organisation this user manages."""

    def keep(rows: QuerySet[User], role: str) -> QuerySet[User]:
        held = managed_memberships(user).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today()))
        return rows.filter(Exists(held.filter(user=OuterRef("pk"), role_id=role)))

    return keep


def organisation_choices(user: Any) -> list[tuple[int, str]]:
    """Return the organisations this user manages."""
    return list(managed_organisations(user).values_list("pk", "name"))


def in_organisation(rows: QuerySet[User], organisation: str) -> QuerySet[User]:
    """Keep the people with a role in an organisation."""
    return rows.filter(Exists(Membership.objects.filter(user=OuterRef("pk"), organisation_id=organisation)))


def managed_memberships(user: Any) -> QuerySet[Membership]:
    """Return every role, past ones too, that this user gives and takes."""
    rows = Membership.objects.select_related("organisation", "role", "deputy_of", "user")
    managed = Q(organisation__in=organisations_with(user, "may_manage"))
    return rows.filter(managed | Q(role__may_manage=True) if is_platform_admin(user) else managed)


def managed_roles(user: Any, person: User) -> QuerySet[Membership]:
    """Return the roles of a person that this user gives and takes, the newest first."""
    return managed_memberships(user).filter(user=person).order_by("-valid_from", "organisation__name")


def manages_account(user: Any, person: User) -> bool:
    """Say whether a user may act on a whole account: all its roles lie in managed organisations.

    Otherwise a manager of one organisation could take over the account of a colleague of another.
    """
    if is_platform_admin(user):
        return True
    if person.is_platform_admin:
        return False
    elsewhere = current_roles(person).exclude(organisation__in=managed_organisations(user))
    return managed_people(user).filter(pk=person.pk).exists() and not elsewhere.exists()


def roles_on_offer(user: Any) -> QuerySet[Role]:
    """Return the roles a user may give somewhere; who keeps the installation only appoints managers."""
    if organisations_with(user, "may_manage").exists():
        return Role.objects.all()
    return Role.objects.filter(may_manage=True) if is_platform_admin(user) else Role.objects.none()


def may_give(user: Any, *, role: Role, organisation_id: int) -> bool:
    """Say whether a user may give a role in an organisation."""
    if organisations_with(user, "may_manage").filter(pk=organisation_id).exists():
        return True
    return is_platform_admin(user) and role.may_manage


def colleagues(user: Any) -> QuerySet[User]:
    """Return the active people a deputy may replace: those of the organisations this user manages."""
    return managed_people(user).filter(is_active=True)


def people_history(user: Any, person: User) -> QuerySet[AuditEvent]:
    """Return what happened to an account, as far as it happened in organisations this user manages."""
    chains = [chain_of(pk) for pk in managed_organisations(user).values_list("pk", flat=True)]
    if manages_account(user, person):
        chains.append(chain_of(None))
    return history(person).filter(chain__in=chains)
