"""What a question is asked of: one message, with the zones in which a term may be sought."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from regietafel.monitor.engine.query.words import Token, cut, fold, normalise

TITLE, TEXT = "titel", "tekst"
SOURCE, DOMAIN, LANGUAGE, PLACE, LABEL, URL, KIND = (
    "bron", "domein", "taal", "plaats", "label", "url", "soort",
)  # fmt: skip
ZONES = (TITLE, TEXT, SOURCE, DOMAIN, LANGUAGE, PLACE, LABEL, URL, KIND)
_HOST = re.compile(r"^[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?([^/:?#]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """A message as a question sees it; ``language`` is a code such as nl, ``day`` is the Dutch day."""

    title: str = ""
    text: str = ""
    source: str = ""
    domain: str = ""
    language: str = ""
    place: str = ""
    labels: tuple[str, ...] = ()
    url: str = ""
    kind: str = ""
    day: date | None = None


def host_of(url: str) -> str:
    """Give the host of an address in lower case, without port.

    >>> host_of("https://www.Tubantia.nl:443/hengelo?x=1")
    'www.tubantia.nl'
    """
    found = _HOST.match(url.strip())
    return found[1].lower().rstrip(".") if found else ""


def runs(document: Document, zone: str) -> list[list[Token]]:
    """Give the runs of words of a zone; no phrase reaches from one run into the next.

    The empty zone is title and text. A domain is cut at its dots only, and an address knows no tags.
    """
    if zone == "":
        return [list(cut(document.title)), list(cut(document.text))]
    if zone == DOMAIN:
        return [domain_words(document.domain or host_of(document.url))]
    if zone == URL:
        return [list(cut(re.sub(r"[#@]", " ", document.url)))]
    return [list(cut(value)) for value in _values(document, zone)]


def domain_words(domain: str) -> list[Token]:
    """Cut a domain at its dots: rtv-oost.nl is ``rtv-oost`` and ``nl``."""
    names = [name for name in normalise(domain.strip()).split(".") if name]
    return [Token(fold(name), name, 0, 0) for name in names]


def _values(document: Document, zone: str) -> tuple[str, ...]:
    if zone == LABEL:
        return document.labels
    name = {
        TITLE: document.title,
        TEXT: document.text,
        SOURCE: document.source,
        LANGUAGE: document.language,
        PLACE: document.place,
        KIND: document.kind,
    }
    return (name[zone],)
