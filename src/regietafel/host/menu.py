"""The main navigation: only what exists."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

ENTRIES = (
    (_("Vandaag"), "today", "/"),
    (_("Dossiers"), "dossiers", "/dossiers"),
    (_("Omgeving"), "monitors", "/omgeving"),
    (_("Opvang"), "reception", "/opvang"),
    (_("Overleg"), "bodies", "/overleg"),
    (_("Beheer"), "manage", "/beheer"),
)


@dataclass(frozen=True)
class Entry:
    """One word in the main navigation."""

    label: str
    url: str
    active: bool


def menu_for(request: HttpRequest) -> list[Entry]:
    """Return the navigation with the current part marked."""
    entries = []
    for label, name, prefix in ENTRIES:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        here = request.path == prefix if prefix == "/" else request.path.startswith(prefix)
        entries.append(Entry(str(label), url, here))
    return entries
