"""Two municipalities with a few people, for tests of accounts, keys and the API."""

import datetime as dt

from django.utils import timezone

from regietafel.register.models import Membership, Organisation, Role, User

PASSWORD = "een lange zin die niemand raadt"
RIGHTS = {
    "adviseur": {"reads_up_to": 2, "may_write": True, "may_publish": True},
    "lezer": {"reads_up_to": 1},
    "beheerder": {"reads_up_to": 0, "may_manage": True},
}


def role(code: str) -> Role:
    return Role.objects.get_or_create(code=code, defaults={"name": code.capitalize(), **RIGHTS[code]})[0]


def organisation(code: str) -> Organisation:
    return Organisation.objects.get_or_create(
        code=code, defaults={"name": code.capitalize(), "kind": "gemeente"}
    )[0]


def person(name: str, *held: tuple[str, str], password: str | None = None, **fields: bool) -> User:
    """Make a person with roles, each a pair of role and municipality."""
    made = User.objects.create_user(f"{name}@voorbeeld.example", password, name=name.capitalize(), **fields)
    for role_code, town in held:
        hold(made, role_code, town)
    return made


def hold(who: User, role_code: str, town: str, *, until: dt.date | None = None) -> Membership:
    return Membership.objects.create(
        user=who,
        role=role(role_code),
        organisation=organisation(town),
        valid_from=timezone.localdate() - dt.timedelta(days=30),
        valid_until=until,
    )


def yesterday() -> dt.date:
    return timezone.localdate() - dt.timedelta(days=1)
