"""Words for people and keys: make accounts, list them, give a new password, make a key for a program."""

import argparse
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from regietafel.kit.commands import DONE, CommandError, DutchParser, say
from regietafel.kit.refusal import Refused

PASSWORD_BYTES = 15


def add_commands(words: Any) -> None:
    """Add the words `gebruiker` and `sleutel`."""
    people = _group(words, "gebruiker", help_text="accounts van mensen")
    make = _add(people, "maak", help_text="maak een account, desgewenst met een rol", run=make_user)
    make.add_argument("email", metavar="E-MAIL", help="adres waarmee de persoon inlogt")
    make.add_argument("--naam", required=True, help="naam zoals collega's die zien")
    make.add_argument("--rol", metavar="CODE", help="code van een rol, zoals beheerder of adviseur-oov")
    make.add_argument("--organisatie", metavar="CODE", help="code van de organisatie van die rol")
    make.add_argument("--tot", metavar="DATUM", type=_day, help="laatste dag van de rol (jjjj-mm-dd)")
    make.add_argument("--installatiebeheerder", action="store_true", help="beheert de installatie zelf")
    _password_option(make)
    _add(people, "lijst", help_text="noem alle accounts met hun rollen", run=list_users)
    renew = _add(people, "wachtwoord", help_text="geef een account een nieuw wachtwoord", run=renew_password)
    renew.add_argument("email", metavar="E-MAIL", help="adres van het account")
    renew.add_argument("--tweede-stap-wissen", action="store_true", help="wis ook de gekoppelde app en codes")
    _password_option(renew)
    keys = _group(words, "sleutel", help_text="API-sleutels van programma's")
    key = _add(keys, "maak", help_text="maak een API-sleutel en toon hem één keer", run=make_key)
    key.add_argument("naam", metavar="NAAM", help="waarvoor de sleutel is")
    key.add_argument("--organisatie", metavar="CODE", required=True, help="code van de organisatie")
    key.add_argument(
        "--rechten", metavar="RECHT", nargs="+", required=True, help="bijvoorbeeld dossiers:lezen"
    )
    key.add_argument("--tot", metavar="DATUM", type=_day, required=True, help="laatste dag (jjjj-mm-dd)")
    key.add_argument("--namens", metavar="E-MAIL", required=True, help="de beheerder die de sleutel maakt")


def _group(words: Any, name: str, *, help_text: str) -> Any:
    parser = words.add_parser(name, help=help_text, description=help_text)
    return parser.add_subparsers(
        dest="handeling", metavar="HANDELING", required=True, parser_class=DutchParser
    )


def _add(words: Any, name: str, *, help_text: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = words.add_parser(name, help=help_text, description=help_text)
    parser.add_argument("--json", action="store_true", help="uitvoer voor machines")
    parser.set_defaults(run=run)
    return parser


def _password_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--wachtwoord-lezen", action="store_true", help="lees het wachtwoord van standaardinvoer (één regel)"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is geen datum als 2027-04-07") from None


def _password(options: argparse.Namespace) -> tuple[str, bool]:
    """Return the password and whether it was made here, in which case it must be shown."""
    if options.wachtwoord_lezen:
        return sys.stdin.readline().rstrip("\n"), False
    return secrets.token_urlsafe(PASSWORD_BYTES), True


def make_user(options: argparse.Namespace) -> int:
    """Make an account with at most one role."""
    from django.db import transaction

    from regietafel.register.services.accounts import RoleGiven, give_role, make_account

    if bool(options.rol) != bool(options.organisatie):
        raise CommandError("Geef --rol en --organisatie samen, of geen van beide.")
    password, is_made_here = _password(options)
    with _refusals_told(), transaction.atomic():
        given = _role(options, RoleGiven) if options.rol else None
        person = make_account(
            email=options.email,
            name=options.naam,
            password=password,
            is_platform_admin=options.installatiebeheerder,
            by=None,
        )
        if given:
            give_role(person=person, given=given, by=None)
    _tell(person, password if is_made_here else None, done="Account gemaakt", as_json=options.json)
    return DONE


def _role(options: argparse.Namespace, role_given: Any) -> Any:
    from regietafel.register.selectors.access import today
    from regietafel.register.selectors.accounts import organisation_by_code, role_by_code

    role, organisation = role_by_code(options.rol), organisation_by_code(options.organisatie)
    if role is None:
        raise CommandError(f"Er is geen rol met code {options.rol}.")
    if organisation is None:
        raise CommandError(f"Er is geen organisatie met code {options.organisatie}.")
    return role_given(organisation=organisation, role=role, valid_from=today(), valid_until=options.tot)


def list_users(options: argparse.Namespace) -> int:
    """List every account with its roles of today and later."""
    from regietafel.register.selectors.accounts import all_people, current_roles

    people: list[dict[str, Any]] = [
        {
            "email": person.email,
            "naam": person.name,
            "actief": person.is_active,
            "installatiebeheerder": person.is_platform_admin,
            "rollen": [f"{held.role} bij {held.organisation}" for held in current_roles(person)],
        }
        for person in all_people()
    ]
    lines = [f"{p['email']:40} {p['naam']:30} {', '.join(p['rollen'])}".rstrip() for p in people]
    say({"gebruikers": people}, as_json=options.json, text="\n".join(lines) or "Er zijn nog geen accounts.")
    return DONE


def renew_password(options: argparse.Namespace) -> int:
    """Give an account a new password, and on request a new start with the second factor."""
    from regietafel.register.selectors.accounts import person_by_email
    from regietafel.register.services.accounts import choose_password
    from regietafel.register.services.second_factor import remove_second_factor

    person = person_by_email(options.email)
    if person is None:
        raise CommandError(f"Er is geen account met het adres {options.email}.")
    password, is_made_here = _password(options)
    with _refusals_told():
        choose_password(person=person, password=password, by=None)
        if options.tweede_stap_wissen:
            remove_second_factor(person=person, reason="vanaf de opdrachtregel", by=None)
    _tell(person, password if is_made_here else None, done="Wachtwoord gewijzigd", as_json=options.json)
    return DONE


def make_key(options: argparse.Namespace) -> int:
    """Make a key in the name of a manager."""
    from regietafel.register.selectors.accounts import organisation_by_code, person_by_email
    from regietafel.register.services.tokens import make_token

    organisation, manager = organisation_by_code(options.organisatie), person_by_email(options.namens)
    if organisation is None or manager is None:
        raise CommandError("De organisatie of de beheerder bestaat niet.")
    with _refusals_told():
        made = make_token(
            organisation=organisation,
            name=options.naam,
            scopes=options.rechten,
            valid_until=options.tot,
            by=manager,
        )
    result = {"nummer": made.token.pk, "sleutel": made.secret, "tot": made.token.valid_until}
    say(result, as_json=options.json, text=f"Sleutel (u ziet hem één keer): {made.secret}")
    return DONE


def _tell(person: Any, password: str | None, *, done: str, as_json: bool) -> None:
    result = {"email": person.email, "naam": person.name} | ({"wachtwoord": password} if password else {})
    shown = f"\nWachtwoord (u ziet het één keer): {password}" if password else ""
    say(result, as_json=as_json, text=f"{done}: {person.email}{shown}")


@contextmanager
def _refusals_told() -> Iterator[None]:
    """Turn what a service refuses into the message of the command."""
    try:
        yield
    except Refused as refusal:
        raise CommandError(str(refusal)) from None
