"""Fetch a document from the public internet without ever touching the network we stand in.

The address that is checked is the address that is called (so a name that changes its answer between check and
call gains nothing), every redirect is checked again, and size and time are capped while reading.
"""

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import gettext as _

from regietafel.kit.addresses import Resolver, is_public, resolve

PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
USER_AGENT = "Regietafel/0.1 (leest openbare berichten voor een gemeente of veiligheidsregio)"
CHUNK_BYTES = 65_536
_FORBIDDEN_SIGNS = re.compile(r"[\x00-\x20\x7f\\<>\"\u00a0\u2000-\u200f\u2028-\u202f\u3000\ufeff]")
_HOST_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?\.?")


class FetchRefused(Exception):
    """We do not call this address, or stopped reading; the text says why, in Dutch."""


class FetchFailed(FetchRefused):
    """The other side did not answer as it should; trying again later may help."""


@dataclass(frozen=True)
class Limits:
    """How much, how long and how far we read."""

    max_bytes: int = 5_000_000
    timeout_s: float = 10
    max_redirects: int = 3


@dataclass(frozen=True)
class Guard:
    """How a name becomes an address, and which host:port may be called although it is not public."""

    resolver: Resolver = resolve
    allow: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fetched:
    """What came back; `is_unchanged` when the other side says we already have it."""

    status: int
    body: bytes
    final_url: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_unchanged(self) -> bool:
        return self.status == http.HTTPStatus.NOT_MODIFIED

    @property
    def etag(self) -> str:
        return self.headers.get("etag", "")

    @property
    def last_modified(self) -> str:
        return self.headers.get("last-modified", "")


@dataclass(frozen=True)
class Target:
    """A checked place to call: the parsed URL and the very address that was approved."""

    parts: SplitResult
    host: str
    port: int
    address: str

    @property
    def is_default_port(self) -> bool:
        return self.port == PORTS[self.parts.scheme]


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    limits: Limits | None = None,
    guard: Guard | None = None,
) -> Fetched:
    """Get a document over http or https.

    Raises:
        FetchRefused: the address may not be called, or the answer is too large, too slow or too far away.
        FetchFailed: there was no usable answer.
    """
    limits, guard = limits or Limits(), guard or _configured_guard()
    deadline = time.monotonic() + limits.timeout_s
    known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {
        name: value for name, value in known.items() if value and "\n" not in value and "\r" not in value
    }
    for _hop in range(limits.max_redirects + 1):
        target = check(url, guard, deadline=deadline)
        answer = _call(target, headers, limits=limits, deadline=deadline)
        location = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not location:
            return answer
        url = urljoin(url, location)
    raise FetchRefused(_("Het adres stuurt meer dan %s keer door.") % limits.max_redirects)


def check(url: str, guard: Guard, *, deadline: float | None = None) -> Target:
    """Refuse an address that is not plainly a public web address, and fix the number it will be called on."""
    parts = _parsed(url)
    host, port = _host_and_port(parts)
    is_allowed = f"{host}:{port}" in guard.allow
    if port not in PORTS.values() and not is_allowed:
        raise FetchRefused(_("Alleen de gewone poorten 80 en 443 zijn toegestaan, niet %s.") % port)
    addresses = _addresses(host, port, guard=guard, deadline=deadline)
    if not is_allowed and not all(is_public(address) for address in addresses):
        raise FetchRefused(_("Het adres %s ligt niet op het openbare internet.") % host)
    return Target(parts=parts, host=host, port=port, address=addresses[0])


def _parsed(url: str) -> SplitResult:
    if len(url) > 2_000 or _FORBIDDEN_SIGNS.search(url):
        raise FetchRefused(_("Dit is geen geldig webadres: het is te lang of bevat vreemde tekens."))
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 (reading it validates it)
    except ValueError as error:
        raise FetchRefused(_("Dit is geen geldig webadres.")) from error
    if parts.scheme not in PORTS:
        raise FetchRefused(_("Alleen adressen die met http:// of https:// beginnen zijn toegestaan."))
    if "@" in parts.netloc:
        raise FetchRefused(_("Een adres met een gebruikersnaam of wachtwoord erin is niet toegestaan."))
    return parts


def _host_and_port(parts: SplitResult) -> tuple[str, int]:
    port = PORTS[parts.scheme] if parts.port is None else parts.port
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        return _checked_ipv6(host), port
    try:
        host = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise FetchRefused(_("De naam van de website is niet geldig.")) from error
    if not _HOST_NAME.fullmatch(host):
        raise FetchRefused(_("De naam van de website is niet geldig."))
    return host, port


def _checked_ipv6(host: str) -> str:
    try:
        return str(ipaddress.IPv6Address(host))
    except ValueError as error:
        raise FetchRefused(_("De naam van de website is niet geldig.")) from error


def _addresses(host: str, port: int, *, guard: Guard, deadline: float | None) -> list[str]:
    """Ask for the addresses in a thread of its own, because a name server may take its time."""
    found: list[str] = []

    def ask() -> None:
        with contextlib.suppress(OSError, UnicodeError):
            found.extend(guard.resolver(host, port))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(None if deadline is None else max(0.0, deadline - time.monotonic()))
    if not found:
        raise FetchFailed(_("De website %s is niet gevonden.") % host)
    return list(found)


class _PinnedConnection(http.client.HTTPConnection):
    """A connection to the approved address; the name is only used for the certificate and the Host header."""

    def __init__(self, target: Target, timeout_s: float) -> None:
        super().__init__(target.host, target.port, timeout=timeout_s)
        self._target = target
        self._wire: socket.socket | None = None

    def connect(self) -> None:
        self._wire = socket.create_connection((self._target.address, self._target.port), self.timeout)
        if self._target.parts.scheme == "https":
            context = ssl.create_default_context()
            secured = context.wrap_socket(
                self._wire, server_hostname=self._target.host, do_handshake_on_connect=False
            )
            self._wire = secured
            secured.do_handshake()
        self.sock = self._wire

    def cut(self) -> None:
        """Break off from another thread; a read that is waiting returns at once."""
        if self._wire is not None:
            with contextlib.suppress(OSError):
                self._wire.shutdown(socket.SHUT_RDWR)


def _call(target: Target, extra: Mapping[str, str], *, limits: Limits, deadline: float) -> Fetched:
    remaining_s = deadline - time.monotonic()
    if remaining_s <= 0:
        _too_slow(limits)
    connection = _PinnedConnection(target, remaining_s)
    alarm = threading.Timer(remaining_s, connection.cut)
    alarm.daemon = True
    alarm.start()
    try:
        connection.request("GET", _path(target), headers=_headers(target, extra))
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        body = b"" if response.status in REDIRECTS else _read(response, headers, limits=limits)
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        if time.monotonic() >= deadline:
            _too_slow(limits)
        raise FetchFailed(_("De website %s gaf geen bruikbaar antwoord.") % target.host) from error
    finally:
        alarm.cancel()
        connection.close()
    if time.monotonic() >= deadline:
        _too_slow(limits)
    return Fetched(
        status=response.status,
        body=body,
        final_url=urlunsplit(target.parts._replace(fragment="")),
        headers=headers,
    )


def _read(response: http.client.HTTPResponse, headers: Mapping[str, str], *, limits: Limits) -> bytes:
    """Read and unpack in pieces, so that no answer, long or swelling, can fill the memory."""
    announced = headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limits.max_bytes:
        _too_large(limits)
    unpack = _unpacker(headers.get("content-encoding", "").strip().lower())
    body = bytearray()
    while chunk := response.read(CHUNK_BYTES):
        body += unpack.decompress(chunk, limits.max_bytes + 1 - len(body)) if unpack else chunk
        if len(body) > limits.max_bytes or (unpack and unpack.unconsumed_tail):
            _too_large(limits)
    if response.length or (unpack and body and not unpack.eof):
        raise FetchFailed(_("De website brak het antwoord halverwege af."))
    return bytes(body)


def _unpacker(encoding: str) -> "zlib._Decompress | None":
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip"):
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    raise FetchFailed(_("De website gebruikt een manier van inpakken die we niet kennen."))


def _path(target: Target) -> str:
    path = target.parts.path or "/"
    query = f"?{target.parts.query}" if target.parts.query else ""
    return quote(path + query, safe="%/?:@!$&'()*+,;=-._~[]|^`{}")


def _headers(target: Target, extra: Mapping[str, str]) -> dict[str, str]:
    name = f"[{target.host}]" if ":" in target.host else target.host
    return {
        "Host": name if target.is_default_port else f"{name}:{target.port}",
        "User-Agent": getattr(settings, "REGIETAFEL_USER_AGENT", USER_AGENT),
        "Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **extra,
    }


def _configured_guard() -> Guard:
    return Guard(allow=frozenset(getattr(settings, "REGIETAFEL_FETCH_ALLOW", ())))


def _too_large(limits: Limits) -> NoReturn:
    raise FetchRefused(
        _("Het antwoord is groter dan %s MB.") % f"{limits.max_bytes / 1_000_000:g}".replace(".", ",")
    )


def _too_slow(limits: Limits) -> NoReturn:
    raise FetchRefused(
        _("Het antwoord liet langer dan %s seconden op zich wachten.") % f"{limits.timeout_s:g}"
    )
