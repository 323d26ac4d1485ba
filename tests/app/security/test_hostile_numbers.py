"""Numbers that no row can bear, in addresses and in every field of every form, are never a fault of ours."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client

from tests.app.isolation import walking
from tests.app.isolation.world import World

# One more than a key of 64 bits, one that schemathesis found, and one that Python itself refuses to read.
TOO_LARGE = (str(2**63), "14029467366897019727", "9" * 5_000)
ODD, ODD_DAYS = ("14029467366897019727", "²"), ("0001-01-01", "9999-12-31")


@dataclass
class Form:
    """A form as the page shows it: the method, where it goes and what is filled in."""

    method: str
    action: str
    values: dict[str, str] = field(default_factory=dict)
    days: set[str] = field(default_factory=set)


class Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.found, self.select = path, list[Form](), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(given.get("method", "get").lower(), given.get("action") or self.path))
        if not self.found:
            return
        values, name = self.found[-1].values, given.get("name", "")
        if tag == "option" and self.select and ("selected" in given or not values[self.select]):
            values[self.select] = given.get("value", "")
        elif tag in {"input", "textarea", "select", "button"} and name and given.get("type") != "file":
            self.select = name if tag == "select" else ""
            if given.get("type") not in {"checkbox", "radio"} or "checked" in given or name not in values:
                values[name] = given.get("value", "")
            if given.get("type") == "date":
                self.found[-1].days.add(name)


def paths(world: World) -> Iterator[tuple[walking.Address, str]]:
    for address in walking.addresses():
        if address.name != "logout":
            yield from ((address, path) for path in walking.paths(address, world.own))


def forms(client: Client, world: World) -> Iterator[Form]:
    """Yield every form once: the same one stands on many pages."""
    seen = set()
    for _address, path in paths(world):
        response = client.get(path)
        if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
            reader = Forms(path)
            reader.feed(response.content.decode())
            for form in reader.found:
                mark = (form.method, form.action.split("?")[0], *sorted(form.values))
                if mark not in seen:
                    seen.add(mark)
                    yield form


def sent(client: Client, form: Form, values: dict[str, str]) -> int:
    """Send a form and roll back what it stores and that it may log out; return the status."""
    given = client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, form.method)(form.action, values)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    client.cookies = given
    return int(response.status_code)


@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_number_too_large_in_an_address_is_not_found(world: World, adviser: Client, number: str) -> None:
    program = Client(HTTP_AUTHORIZATION=f"Bearer {world.key}", raise_request_exception=False)
    tried = 0
    for address, path in paths(world):
        for at, part in enumerate(parts := path.split("?")[0].split("/")):
            if part.isdigit() and "<int:" in address.route:
                tried += 1
                other = "/".join([*parts[:at], number, *parts[at + 1 :]])
                client = program if other.startswith("/api/") else adviser
                assert client.get(other).status_code == 404, other
    assert tried > 150


def test_odd_values_in_any_field_are_never_a_fault(world: World, adviser: Client) -> None:
    wrong, tried = [], 0
    for form in list(forms(adviser, world)):
        for name in form.values:
            for odd in ODD_DAYS if name in form.days else ODD:
                tried += 1
                status = sent(adviser, form, form.values | {name: odd})
                if status >= 500:
                    wrong.append(f"{form.method} {form.action} {name}={odd[:20]!r}: {status}")
    assert not wrong, "\n".join(wrong)
    assert tried > 1_200
