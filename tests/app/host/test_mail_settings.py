"""Where mail goes: a server when one is named, with a secured line, else files that nobody outside sees."""

from pathlib import Path

import pytest

from regietafel.host import environment


def mail(monkeypatch: pytest.MonkeyPatch, address: str, tmp_path: Path) -> dict[str, object]:
    monkeypatch.setenv("REGIETAFEL_SMTP", address)
    monkeypatch.setenv("REGIETAFEL_DATA", str(tmp_path))
    return environment.mail(environment.read())


def test_without_a_server_mail_becomes_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = mail(monkeypatch, "", tmp_path)
    assert settings["EMAIL_FILE_PATH"] == tmp_path / "post" and "EMAIL_HOST" not in settings


def test_a_server_is_reached_over_a_secured_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = mail(monkeypatch, "smtp://piet:a%40b@mail.example", tmp_path)
    assert (settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (
        587,
        True,
        False,
    )
    assert settings["EMAIL_HOST_PASSWORD"] == "a@b"
    secured = mail(monkeypatch, "smtps://mail.example", tmp_path)
    assert (secured["EMAIL_PORT"], secured["EMAIL_USE_TLS"], secured["EMAIL_USE_SSL"]) == (465, False, True)


@pytest.mark.parametrize("address", ["mail.example", "http://mail.example", "smtp://"])
def test_an_address_of_no_server_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str
) -> None:
    with pytest.raises(ValueError, match="REGIETAFEL_SMTP"):
        mail(monkeypatch, address, tmp_path)
