"""Walk every address of the product: who may see what, and does anything of the neighbour show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
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
    "kind": ("docx", "json"),
    "layout": ("csv", "xlsx"),
    "which": ("locaties", "plaatsen", "groepen", "bezetting"),
    "token": ("onbekend",),
    "region": ("VRXX",),
}
# What is asked at an address that shows nothing until it is asked; it fits both canaries and holds neither.
ASKED: dict[str, str] = {
    "monitor-search": "?vraag=kanarie*",
    "api-place-days": "?van=2026-01-01&totEnMet=2026-03-31",
}
# Which model a parameter points at: by the part of the address before it.
MODELS: dict[str, str] = {
    "dossiers": "register.Dossier",
    "feiten": "register.Fact",
    "momenten": "register.Moment",
    "deelnemers": "register.DossierMember",
    "koppelingen": "register.Link",
    "bestanden": "register.Attachment",
    "organisaties": "register.Organisation",
    "gebieden": "register.Area",
    "mensen": "register.User",
    "rollen": "register.Membership",
    "wachtwoord": "register.User",
    "api-sleutels": "register.ApiToken",
    "monitors": "monitor.Monitor",
    "beelden": "monitor.MediaPicture",
    "omgevingsbeelden": "monitor.MediaPicture",
    "bronnen": "monitor.Source",
    "plaatsprofielen": "monitor.PlaceProfile",
    "actoren": "monitor.PublicActor",
    "innamen": "monitor.Ingest",
    "aanvragen": "monitor.MonitorRequest",
    "berichten": "monitor.Message",
    "alarmen": "monitor.Alarm",
    "verhalen": "monitor.Story",
    "wissen": "monitor.RetentionProof",
    "verzoeken": "monitor.DataRequest",
    "overdrachten": "monitor.PoliceHandover",
    "overleg": "deliberation.Body",
    "leden": "deliberation.Seat",
    "vergaderingen": "deliberation.Meeting",
    "punten": "deliberation.AgendaItem",
    "stukken": "deliberation.Paper",
    "gasten": "deliberation.Guest",
    "regels": "deliberation.Entry",
    "aanwezigheid": "deliberation.Attendance",
    "inlezen": "deliberation.MinutesImport",
    "doorgeleidingen": "deliberation.Escalation",
    "uitvragen": "deliberation.Inquiry",
    "locaties": "reception.Location",
    "plaatsen": "reception.Pool",
    "blokken": "reception.CapacityBlock",
    "groepen": "reception.Group",
    "boekingen": "reception.Booking",
    "opdrachten": "reception.Assignment",
    "aandelen": "reception.Target",
    "taakstelling": "reception.HousingTask",
    "voorstellen": "reception.Proposal",
    "voorstelregels": "reception.ProposalLine",
    "scenarios": "reception.OutlookScenario",
    "bijstand": "reception.AssistanceRequest",
    "lijsten": "reception.ListImport",
    "openbaar": "reception.PublicTotal",
    "gemeenten": "register.Area",
    "overlegorganen": "deliberation.Body",
    "agendapunten": "deliberation.AgendaItem",
    "besluiten": "deliberation.Entry",
    "opvanglocaties": "reception.Location",
    "opvangblokken": "reception.CapacityBlock",
    "opvanggroepen": "reception.Group",
    "opvangboekingen": "reception.Booking",
    "opvangboekingslijsten": "reception.BookingList",
}
# Public by law or by purpose, so that a neighbour's words may show there.
PUBLIC = ("public-register", "public-reception")
# Reference data: what it says about the neighbour is known to everybody.
KNOWN_TO_ALL = (
    "register.User", "register.Role", "register.Phase", "register.Area", "register.AreaMembership",
    "register.Inhabitants", "register.Organisation",
)  # fmt: skip


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
    """Say which model a parameter points at."""
    before = address.route.split(f":{parameter}>")[0].rsplit("<", 1)[0].rstrip("/")
    return MODELS.get(before.rsplit("/", 1)[-1])


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
        found = side.objects[str(model_of(address, parameter))] if parameter not in FREE else None
        values = FREE.get(parameter) or (_identity(found, f"<uuid:{parameter}>" in address.route),)
        routes = [
            re.sub(rf"<(?:\w+:)?{parameter}>", str(value), route) for route in routes for value in values
        ]
    asked = ASKED.get(address.name, "")
    yield from ("/" + route.replace("^", "").replace("$", "").replace("\\Z", "") + asked for route in routes)


def _identity(found: Any, is_series: bool) -> Any:
    if is_series:
        return found.series
    return getattr(found, "code", found.pk) if found._meta.label == "register.Area" else found.pk


@dataclass(frozen=True)
class Visit:
    """One request and its answer."""

    name: str
    who: str
    method: str
    path: str
    status: int
    content: str
    has_object: bool
    raw: bytes = b""


def walk(client: Client, who: str, side: Side, *, without: tuple[str, ...] = ()) -> Iterator[Visit]:
    """Visit every address, each as somebody who just came in; a new client for each costs a third more."""
    given = {name: morsel.value for name, morsel in client.cookies.items()}
    for address in addresses():
        if address.name != "logout" and address.name not in without:
            client.cookies = SimpleCookie(given)
            yield from visit(client, who, address, side)


def visit(client: Client, who: str, address: Address, side: Side) -> Iterator[Visit]:
    """Try every method on every path of an address; whatever is written is rolled back."""
    for path in paths(address, side):
        for method in METHODS:
            yield _request(client, address, who=who, method=method, path=path)


def _request(client: Client, address: Address, *, who: str, method: str, path: str) -> Visit:
    with transaction.atomic():
        response = getattr(client, method)(path, HTTP_ACCEPT="*/*")
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    text = content.decode("utf-8", errors="replace") + headers
    return Visit(address.name, who, method, path, response.status_code, text, address.has_object, content)


def leaks(visits: Iterator[Visit], neighbour: Side) -> list[str]:
    """Return the answers in which something of the neighbour shows."""
    return [
        f"{v.who} {v.method} {v.path} ({v.status}) shows {around(v.content, neighbour.canary)!r}"
        for v in visits
        if v.name not in PUBLIC and neighbour.canary.lower() in v.content.lower()
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
        if fields and label not in KNOWN_TO_ALL:
            type(found).objects.filter(pk=found.pk).update(**fields)
