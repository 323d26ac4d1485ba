"""Walk every address of the product: who may see what, and does anything of the neighbour show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.app.isolation.world import Side

METHODS = ("get", "post", "put", "patch", "delete")
SKIPPED = ("static/", "oidc/")
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")

# Parameters that name no object of a municipality, with values worth trying.
FREE: dict[str, tuple[Any, ...]] = {
    "kind": ("csv", "docx", "json"),
    "token": ("onbekend",),
    "code": ("onbekend",),
    "schema_format": ("json",),
}
# Parameters that name an object, by the model they point at.
MODELS: dict[str, str] = {
    "dossier": "register.Dossier",
    "member": "register.DossierMember",
    "fact": "register.Fact",
    "moment": "register.Moment",
    "attachment": "register.Attachment",
    "link": "register.Link",
    "entry": "register.JournalEntry",
    "organisation": "register.Organisation",
    "area": "register.Area",
    "user": "register.User",
    "person": "register.User",
    "membership": "register.Membership",
    "api-token": "register.ApiToken",
    "monitor": "monitor.Monitor",
    "source": "monitor.Source",
    "ingest": "monitor.Ingest",
    "message": "monitor.Message",
    "picture": "monitor.MediaPicture",
    "request": "monitor.MonitorRequest",
    "version": "monitor.QueryVersion",
}


@dataclass(frozen=True)
class Address:
    """One pattern with its parameters."""

    route: str
    name: str
    parameters: tuple[str, ...]

    @property
    def has_object(self) -> bool:
        return any(parameter not in FREE for parameter in self.parameters)


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[Address]:
    """Yield every address of the product."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        elif isinstance(entry, URLPattern) and not route.startswith(SKIPPED):
            names = tuple(name for _converter, name in PARAMETER.findall(route))
            yield Address(route, entry.name or route, names)


def model_of(address: Address, parameter: str) -> str | None:
    """Say which model a parameter points at: by its own name, or by the first words of the address's name."""
    own = parameter.removesuffix("_pk").removesuffix("_id").replace("_", "-")
    if own in MODELS:
        return MODELS[own]
    fitting = [word for word in MODELS if address.name == word or address.name.startswith(f"{word}-")]
    return MODELS[max(fitting, key=len)] if fitting else None


def uncovered(all_addresses: list[Address]) -> list[str]:
    """Return the addresses of which this walk does not know what they point at."""
    return [
        f"{address.name}: {address.route} ({parameter})"
        for address in all_addresses
        for parameter in address.parameters
        if parameter not in FREE and model_of(address, parameter) is None
    ]


def paths(address: Address, side: Side) -> Iterator[str]:
    """Yield the concrete paths of an address with the objects of one side."""
    routes = [address.route]
    for parameter in address.parameters:
        label = model_of(address, parameter)
        values = (side.objects[label].pk,) if label else FREE[parameter]
        routes = [
            re.sub(rf"<(?:\w+:)?{parameter}>", str(value), route) for route in routes for value in values
        ]
    yield from ("/" + route.replace("^", "").replace("$", "").replace("\\Z", "") for route in routes)


@dataclass(frozen=True)
class Visit:
    """One request and its answer."""

    who: str
    method: str
    path: str
    status: int
    content: str
    has_object: bool


def visit(client: Client, who: str, address: Address, side: Side) -> Iterator[Visit]:
    """Try every method on every path of an address; whatever is written is rolled back."""
    for path in paths(address, side):
        for method in METHODS:
            yield _request(client, who, method, path, address.has_object)


def _request(client: Client, who: str, method: str, path: str, has_object: bool) -> Visit:
    with transaction.atomic():
        response = getattr(client, method)(path, HTTP_ACCEPT="*/*")
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    text = content.decode("utf-8", errors="replace") + headers
    return Visit(who, method, path, response.status_code, text, has_object)


def leaks(visits: Iterator[Visit], neighbour: Side) -> list[str]:
    """Return the answers in which something of the neighbour shows."""
    return [
        f"{v.who} {v.method.upper()} {v.path} ({v.status}) shows the neighbour's {around(v.content, neighbour.canary)!r}"
        for v in visits
        if neighbour.canary.lower() in v.content.lower()
    ]


def around(content: str, canary: str) -> str:
    """Return the words around a canary, for the report."""
    at = content.lower().index(canary.lower())
    return content[max(0, at - 60) : at + len(canary) + 40]


def change_everything(side: Side, canary: str) -> None:
    """Change every text of one side, to see whether anything elsewhere moves."""
    for label, found in side.objects.items():
        fields = {
            field.name: f"{canary} anders"[: field.max_length or None]
            for field in found._meta.fields
            if type(field) in (models.CharField, models.TextField) and not field.choices and not field.unique
        }
        if fields and label not in ("register.User", "register.Role", "register.Phase"):
            type(found).objects.filter(pk=found.pk).update(**fields)
