"""The rules of internet.nl for web sites, on every address: pages, files, errors and the API."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.app.isolation import walking
from tests.app.isolation.world import World

ROOT = Path(__file__).parents[3]
YEAR_S = 31_536_000
REFERRER = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
FILES = ("kit/regietafel.css", "kit/regietafel.js", "kit/icon.svg", "kit/vendor/htmx/htmx.min.js")
ERRORS = (
    "/bestaat-niet",
    "/dossiers/999999",
    "/api/v1/bestaat-niet",
    "/static/bestaat-niet.css",
    "/dossiers/%00",
)


def faults(response: Any) -> Iterator[str]:
    """Name every rule that an answer breaks."""
    headers = response.headers
    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    yield from (
        f"{name}: {headers.get(name)}" for name, value in expected.items() if headers.get(name) != value
    )
    age = re.match(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    if not age or int(age[1]) < YEAR_S:
        yield "HSTS is missing or too short"
    if headers.get("Referrer-Policy") not in REFERRER:
        yield "Referrer-Policy"
    if "Permissions-Policy" not in headers:
        yield "Permissions-Policy"
    yield from (f"{name} tells about us" for name in ("Server", "X-Powered-By", "X-Debug") if name in headers)
    if "Content-Encoding" in headers:
        yield "compressed, so secrets in it can be guessed (BREACH)"
    yield from policy_faults(headers.get("Content-Security-Policy", ""))
    for cookie in response.cookies.values():
        if not cookie["httponly"] or cookie["samesite"] not in {"Lax", "Strict"} or cookie["domain"]:
            yield f"cookie {cookie.key} is too open"


def policy_faults(policy: str) -> Iterator[str]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    directives = {words[0]: set(words[1:]) for words in parts}
    if directives.get("default-src") != {"'none'"} or directives.get("frame-ancestors") != {"'none'"}:
        yield f"policy is not strict: {policy!r}"
    for name, sources in directives.items():
        fine = {"data:"} if name == "img-src" else set()  # pictures inside the page that explains the API
        loose = [s for s in sources - fine if s.endswith(":") or s == "*" or "unsafe" in s or "." in s]
        if loose:
            yield f"{name} allows {loose}"


class InlineFinder(HTMLParser):
    """Finds script and style that the policy would refuse, or that should not be there."""

    def __init__(self, nonce: str) -> None:
        super().__init__()
        self.nonce, self.found = nonce, []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        is_data = given.get("type") == "application/json"
        is_inline = tag == "style" or (tag == "script" and "src" not in given and not is_data)
        if is_inline and (not self.nonce or given.get("nonce") != self.nonce):
            self.found.append(f"inline {tag}")


def inline_faults(response: Any) -> list[str]:
    if not response.headers.get("Content-Type", "").startswith("text/html") or response.streaming:
        return []
    nonce = re.search(r"'nonce-([^']+)'", response.headers.get("Content-Security-Policy", ""))
    finder = InlineFinder(nonce[1] if nonce else "")
    finder.feed(response.content.decode())
    return finder.found


def complaints(client: Client, paths: Iterator[str], method: str = "get") -> list[str]:
    found = []
    for path in paths:
        response = getattr(client, method)(path, secure=True)
        broken = [*faults(response), *inline_faults(response)]
        found += [f"{method} {path} ({response.status_code}): {fault}" for fault in broken]
    return found


def every_path(world: World) -> Iterator[str]:
    for address in walking.addresses():
        if address.name != "logout":
            yield from walking.paths(address, world.own)


@pytest.mark.parametrize("role", ["anoniem", "adviseur", "beheerder", "installatie"])
def test_every_page_carries_every_header(world: World, role: str) -> None:
    client = Client(raise_request_exception=False)
    if role != "anoniem":
        client.force_login(world.people[role])
    paths = list(every_path(world))
    assert len(paths) > 50
    found = complaints(client, iter(paths))
    assert not found, "\n".join(found[:20])


def test_errors_and_refused_methods_carry_them_too(world: World, adviser: Client) -> None:
    assert not complaints(adviser, iter(ERRORS))
    assert not complaints(adviser, every_path(world), method="delete")
    assert not complaints(adviser, iter(("/dossiers/nieuw", "/inloggen", "/zoeken")), method="post")


def test_a_mistake_of_ours_tells_nothing_and_carries_them(
    adviser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> HttpResponse:
        raise RuntimeError("geheim-van-binnen")

    monkeypatch.setattr("regietafel.kit.lists.listing", broken)
    monkeypatch.setattr("regietafel.kit.pages.listing", broken)
    response = adviser.get("/dossiers", secure=True)
    assert response.status_code == 500
    assert not [*faults(response), *inline_faults(response)]
    text = response.content.decode()
    assert "geheim-van-binnen" not in text and "Traceback" not in text and "RuntimeError" not in text
    assert "Er ging iets mis bij ons" in text


@pytest.mark.parametrize("name", FILES)
def test_files_carry_them_and_may_be_cached(client: Client, name: str) -> None:
    response = client.get(f"/static/{name}", secure=True)
    assert response.status_code == 200
    assert not list(faults(response))
    assert "max-age=3600" in response.headers["Cache-Control"]


def test_private_pages_are_kept_by_nobody(adviser: Client, world: World) -> None:
    dossier = world.own.objects["register.Dossier"].pk
    for path in ("/", "/dossiers", f"/dossiers/{dossier}", "/account", "/dossiers?uit=csv"):
        assert "no-store" in adviser.get(path).headers["Cache-Control"], path


def test_the_strictness_of_the_browser_is_not_asked_over_plain_http(client: Client, db: None) -> None:
    assert "Strict-Transport-Security" not in client.get("/inloggen").headers


def test_the_rules_bite() -> None:
    response = HttpResponse("<p onclick='x()' style='color:red'><script>x()</script>")
    response["Content-Security-Policy"] = (
        "default-src 'self' *; script-src 'unsafe-inline'; frame-ancestors 'none'"
    )
    response.set_cookie("open", "1")
    found = " ".join([*faults(response), *inline_faults(response)])
    for word in (
        "nosniff",
        "HSTS",
        "Referrer",
        "unsafe-inline",
        "not strict",
        "cookie open",
        "p onclick",
        "p style",
    ):
        assert word in found or word == "nosniff", word
    assert "X-Content-Type-Options: None" in found and "inline script" in found


def test_security_txt_is_valid(client: Client, db: None) -> None:
    response = client.get("/.well-known/security.txt", secure=True)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"].startswith("mailto:")
    assert fields["Canonical"] == "https://testserver/.well-known/security.txt"
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(tz=UTC)
    assert timedelta(days=30) < left < timedelta(days=366)


PRODUCTION = """
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from regietafel.host.prepare import prepare
prepare()
call_command("check", deploy=True, fail_level="WARNING")
page = Client(headers={"x-forwarded-proto": "https"}).get("/inloggen", headers={"host": "regietafel.example"})
assert page.status_code == 200, page.status_code
for cookie in page.cookies.values():
    closed = cookie.key.startswith("__Host-") and cookie["secure"] and cookie["path"] == "/"
    assert closed, cookie.OutputString()
assert page.cookies and settings.SESSION_COOKIE_NAME == "__Host-sessie" and settings.SESSION_COOKIE_SECURE
plain = Client().get("/inloggen", headers={"host": "regietafel.example"})
assert (plain.status_code, plain.headers["Location"]) == (301, "https://regietafel.example/inloggen")
assert Client().get("/inloggen", headers={"host": "boos.example"}).status_code == 400
"""


def test_production_is_closed(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("REGIETAFEL_")},
        "REGIETAFEL_DATA": str(tmp_path / "data"),
        "REGIETAFEL_PRODUCTIE": "1",
        "REGIETAFEL_HOSTS": "regietafel.example",
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "regietafel.host.settings",
    }
    command = [sys.executable, "-c", PRODUCTION]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
