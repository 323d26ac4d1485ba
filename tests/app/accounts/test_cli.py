"""Accounts and keys from the command line, as an administrator makes them."""

import io
import json
from typing import Any

import pytest
from django.utils import timezone

from regietafel.kit.commands import CommandError, DutchParser
from regietafel.kit.models import AuditEvent
from regietafel.register.cli import add_commands
from regietafel.register.models import User
from regietafel.register.selectors.tokens import principal_of
from tests.app.accounts.town import organisation, person, role

NAME, IN_AADORP = ("--naam", "An"), ("--organisatie", "aadorp")
pytestmark = pytest.mark.django_db


def run(capsys: Any, *words: str) -> Any:
    parser = DutchParser(prog="regietafel")
    add_commands(parser.add_subparsers(dest="woord", required=True, parser_class=DutchParser))
    options = parser.parse_args([*words, "--json"])
    assert options.run(options) == 0
    return json.loads(capsys.readouterr().out)


def test_an_account_with_a_role_can_log_in(capsys: Any) -> None:
    role("beheerder"), organisation("aadorp")
    made = run(
        capsys,
        "gebruiker",
        "maak",
        "An@Voorbeeld.example",
        "--naam",
        "An",
        "--rol",
        "beheerder",
        "--organisatie",
        "aadorp",
    )
    an = User.objects.get(email="an@voorbeeld.example")
    assert an.check_password(made["wachtwoord"])
    listed = run(capsys, "gebruiker", "lijst")["gebruikers"]
    assert [one["rollen"] for one in listed] == [["Beheerder bij Aadorp"]]
    assert made["wachtwoord"] not in json.dumps(list(AuditEvent.objects.values()), default=str)


def test_nothing_is_made_when_the_role_does_not_exist(capsys: Any) -> None:
    organisation("aadorp")
    with pytest.raises(CommandError, match="geen rol met code koning"):
        run(
            capsys,
            "gebruiker",
            "maak",
            "an@voorbeeld.example",
            "--naam",
            "An",
            "--rol",
            "koning",
            "--organisatie",
            "aadorp",
        )
    assert not User.objects.exists()


def test_a_password_is_read_without_being_shown_and_must_be_good(capsys: Any, monkeypatch: Any) -> None:
    an = person("an")
    monkeypatch.setattr("sys.stdin", io.StringIO("kort\n"))
    with pytest.raises(CommandError, match="te kort"):
        run(capsys, "gebruiker", "wachtwoord", an.email, "--wachtwoord-lezen")
    monkeypatch.setattr("sys.stdin", io.StringIO("een hele lange zin\n"))
    assert run(capsys, "gebruiker", "wachtwoord", an.email, "--wachtwoord-lezen") == {
        "email": an.email,
        "naam": "An",
    }
    an.refresh_from_db()
    assert an.check_password("een hele lange zin")


def test_a_key_is_made_in_the_name_of_a_manager_only(capsys: Any) -> None:
    manager, reader = person("bo", ("beheerder", "aadorp")), person("an", ("adviseur", "aadorp"))
    until = timezone.localdate().isoformat()
    words = (
        "sleutel",
        "maak",
        "koppeling",
        "--organisatie",
        "aadorp",
        "--rechten",
        "dossiers:lezen",
        "--tot",
        until,
    )
    with pytest.raises(CommandError, match="geen sleutels maken"):
        run(capsys, *words, "--namens", reader.email)
    made = run(capsys, *words, "--namens", manager.email)
    assert principal_of(made["sleutel"])
