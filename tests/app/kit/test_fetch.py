"""Fetching from the internet never reaches the inside of the network, whatever the address looks like."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from regietafel.kit.addresses import is_public
from regietafel.kit.fetch import FetchFailed, FetchRefused, Guard, Limits, check, fetch


@dataclass
class Sentinel:
    """A server on this machine that counts every contact and answers as told."""

    answer: Callable[[str], bytes] = lambda request: b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    requests: list[str] = field(default_factory=list)
    contacts: int = 0
    port: int = 0

    def serve(self, server: socket.socket) -> None:
        while True:
            try:
                client, _address = server.accept()
            except OSError:
                return
            self.contacts += 1
            threading.Thread(target=self._speak, args=(client,), daemon=True).start()

    def _speak(self, client: socket.socket) -> None:
        with client:
            request = client.recv(65536).decode("latin-1")
            self.requests.append(request)
            try:
                for piece in _pieces(self.answer(request)):
                    client.sendall(piece)
            except OSError:
                pass


def _pieces(answer: bytes | Iterator[bytes]) -> Iterator[bytes]:
    return iter([answer]) if isinstance(answer, bytes) else answer


@pytest.fixture
def sentinel() -> Iterator[Sentinel]:
    server = socket.create_server(("127.0.0.1", 0))
    watched = Sentinel(port=server.getsockname()[1])
    threading.Thread(target=watched.serve, args=(server,), daemon=True).start()
    yield watched
    server.shutdown(socket.SHUT_RDWR)
    server.close()


def inside(sentinel: Sentinel, **limits: float) -> dict:
    """The arguments with which a test may reach the sentinel."""
    return {
        "guard": Guard(allow=frozenset({f"127.0.0.1:{sentinel.port}"})),
        "limits": Limits(**{"timeout_s": 5, **limits}),
    }


HOSTILE = """
http://127.0.0.1:{port}/                 http://localhost:{port}/
http://127.1:{port}/                     http://0.0.0.0:{port}/
http://0:{port}/                         http://2130706433:{port}/
http://0x7f000001:{port}/                http://0x7f.0.0.1:{port}/
http://017700000001:{port}/              http://0177.0.0.1:{port}/
http://127.000.000.001:{port}/           http://[::1]:{port}/
http://[::ffff:127.0.0.1]:{port}/        http://[::ffff:7f00:1]:{port}/
http://[::127.0.0.1]:{port}/             http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/
http://[64:ff9b::7f00:1]/                http://[2002:7f00:1::]/
http://[2001:0:7f00:1::]/                http://[fe80::1%25lo]/
http://[fc00::1]/                        http://[::]:{port}/
http://127.0.0.1/                        http://10.0.0.1/
http://172.16.0.1/                       http://192.168.1.1/
http://169.254.169.254/latest/meta-data  http://100.64.0.1/
http://192.0.0.192/                      http://192.0.2.1/
http://198.18.0.1/                       http://224.0.0.1/
http://255.255.255.255/                  http://240.0.0.1/
http://user:geheim@127.0.0.1/            http://openbaar.nl@127.0.0.1:{port}/
http://127.0.0.1:{port}\\@openbaar.nl/   http://openbaar.nl#@127.0.0.1:{port}/x
http://①②⑦.⓪.⓪.①:{port}/                http://127。0。0。1:{port}/
file:///etc/passwd                       gopher://127.0.0.1:{port}/_GET
ftp://127.0.0.1/                         dict://127.0.0.1:{port}/
http://93.184.215.14:{port}/             http://93.184.215.14:22/
//127.0.0.1:{port}/                      http:///127.0.0.1:{port}/
http://127.0.0.1:{port}%2f@openbaar.nl/  HTTP://LOCALHOST.:{port}/
""".split()


@pytest.mark.parametrize("shape", HOSTILE)
def test_no_shape_of_an_inside_address_is_called(sentinel: Sentinel, shape: str) -> None:
    with pytest.raises(FetchRefused) as refusal:
        fetch(shape.format(port=sentinel.port), limits=Limits(timeout_s=2))
    assert sentinel.contacts == 0
    assert str(refusal.value)


@pytest.mark.parametrize("port", [80, 443])
@pytest.mark.parametrize("shape", [url for url in HOSTILE if "{port}" in url and "93.184" not in url])
def test_the_address_alone_is_reason_enough_on_the_ordinary_ports(shape: str, port: int) -> None:
    with pytest.raises(FetchRefused):
        check(shape.format(port=port), Guard(), deadline=time.monotonic() + 2)


def test_a_name_that_changes_its_answer_is_called_on_the_checked_address_only(sentinel: Sentinel) -> None:
    answers = iter([["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1"]])
    guard = Guard(resolver=lambda host, port: next(answers))
    assert check("http://wisselend.example/", guard).address == "93.184.215.14"
    with pytest.raises(FetchRefused, match="openbare internet"):
        check("http://wisselend.example/", guard)


def test_one_inside_address_among_public_ones_is_enough_to_refuse() -> None:
    guard = Guard(resolver=lambda host, port: ["93.184.215.14", "10.1.2.3"])
    with pytest.raises(FetchRefused, match="openbare internet"):
        check("https://gemengd.example/feed", guard)


def test_the_connection_goes_to_the_checked_address_and_keeps_the_name(sentinel: Sentinel) -> None:
    guard = Guard(
        resolver=lambda host, port: ["127.0.0.1"], allow=frozenset({f"feeds.example:{sentinel.port}"})
    )
    fetch(f"http://feeds.example:{sentinel.port}/nieuws?x=ë", guard=guard, limits=Limits(timeout_s=5))
    assert f"Host: feeds.example:{sentinel.port}" in sentinel.requests[0]
    assert sentinel.requests[0].startswith("GET /nieuws?x=%C3%AB HTTP/1.1")


def test_a_redirect_to_the_inside_is_refused_before_it_is_followed(sentinel: Sentinel) -> None:
    sentinel.answer = lambda request: (
        b"HTTP/1.1 302 Found\r\nLocation: http://localhost:%d/x\r\n\r\n" % sentinel.port
    )
    with pytest.raises(FetchRefused):
        fetch(f"http://127.0.0.1:{sentinel.port}/", **inside(sentinel))
    assert sentinel.contacts == 1


def test_more_than_three_redirects_are_too_many(sentinel: Sentinel) -> None:
    sentinel.answer = lambda request: b"HTTP/1.1 301 Moved\r\nLocation: /verder\r\nContent-Length: 0\r\n\r\n"
    with pytest.raises(FetchRefused, match="meer dan 3 keer"):
        fetch(f"http://127.0.0.1:{sentinel.port}/", **inside(sentinel))
    assert sentinel.contacts == 4


def test_a_large_answer_is_cut_off_announced_or_not(sentinel: Sentinel) -> None:
    sentinel.answer = lambda request: b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n"
    with pytest.raises(FetchRefused, match="groter dan 5 MB"):
        fetch(f"http://127.0.0.1:{sentinel.port}/", **inside(sentinel))
    sentinel.answer = lambda request: b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2_000
    with pytest.raises(FetchRefused, match="groter dan 0,001 MB"):
        fetch(f"http://127.0.0.1:{sentinel.port}/", **inside(sentinel, max_bytes=1_000))


def test_a_small_answer_that_swells_when_unpacked_is_refused(sentinel: Sentinel) -> None:
    bomb = gzip.compress(b"0" * 30_000_000)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    sentinel.answer = lambda request: head + bomb
    with pytest.raises(FetchRefused, match="groter dan 5 MB"):
        fetch(f"http://127.0.0.1:{sentinel.port}/", **inside(sentinel))


def test_a_packed_answer_is_unpacked_and_a_broken_off_one_is_refused(sentinel: Sentinel) -> None:
    packed = gzip.compress(b"<rss/>" * 100)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    sentinel.answer = lambda request: head + packed
    assert fetch(f"http://127.0.0.1:{sentinel.port}/", **inside(sentinel)).body == b"<rss/>" * 100
    sentinel.answer = lambda request: head + packed[:20]
    with pytest.raises(FetchFailed, match="halverwege"):
        fetch(f"http://127.0.0.1:{sentinel.port}/", **inside(sentinel))


def test_an_answer_shorter_than_announced_is_not_taken_for_whole(sentinel: Sentinel) -> None:
    sentinel.answer = lambda request: b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss><item>"
    with pytest.raises(FetchFailed):
        fetch(f"http://127.0.0.1:{sentinel.port}/", **inside(sentinel))


def test_a_server_that_drips_is_stopped_at_the_total_time(sentinel: Sentinel) -> None:
    def drip(request: str) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while True:
            time.sleep(0.05)
            yield b"x"

    sentinel.answer = drip
    with pytest.raises(FetchRefused, match="seconden"):  # which would never come: the drip has no end
        fetch(f"http://127.0.0.1:{sentinel.port}/", **inside(sentinel, timeout_s=0.6))


def test_a_slow_name_server_counts_in_the_total_time() -> None:
    answered, may_answer = threading.Event(), threading.Event()

    def slow(host: str, port: int) -> list[str]:
        may_answer.wait(60)
        answered.set()
        return ["93.184.215.14"]

    with pytest.raises(FetchFailed, match="niet gevonden"):
        fetch("https://traag.example/", guard=Guard(resolver=slow), limits=Limits(timeout_s=0.3))
    assert not answered.is_set(), "the fetch waited for the name server"
    may_answer.set()


def test_what_we_have_is_not_fetched_again(sentinel: Sentinel) -> None:
    sentinel.answer = lambda request: b'HTTP/1.1 304 Not Modified\r\nETag: "a1"\r\n\r\n'
    url = f"http://127.0.0.1:{sentinel.port}/"
    found = fetch(url, etag='"a1"', last_modified="Thu, 07 Apr 2022 08:30:00 GMT", **inside(sentinel))
    assert found.is_unchanged and found.etag == '"a1"' and found.body == b""
    assert 'If-None-Match: "a1"' in sentinel.requests[0]
    assert "If-Modified-Since: Thu, 07 Apr 2022" in sentinel.requests[0]


def test_no_cookies_are_kept_or_sent_and_we_say_who_we_are(sentinel: Sentinel) -> None:
    def answer(request: str) -> bytes:
        if "GET /een" in request:
            return (
                b"HTTP/1.1 302 Found\r\nSet-Cookie: volg=mij\r\nLocation: /twee\r\nContent-Length: 0\r\n\r\n"
            )
        return b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    sentinel.answer = answer
    found = fetch(f"http://127.0.0.1:{sentinel.port}/een", **inside(sentinel))
    assert found.final_url.endswith("/twee") and found.body == b"ok"
    assert all("cookie" not in request.lower() for request in sentinel.requests)
    assert "User-Agent: Regietafel" in sentinel.requests[0]


@pytest.mark.parametrize(
    ("address", "expected"),
    [("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True), ("64:ff9b::5db8:d70e", True),
     ("64:ff9b::a00:1", False), ("::ffff:93.184.215.14", True), ("192.0.0.192", False),
     ("geen adres", False), ("fe80::1%eth0", False)],
)  # fmt: skip
def test_which_addresses_are_public(address: str, expected: bool) -> None:
    assert is_public(address) is expected


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate for `feeds.example`, trusted for this test."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "feeds.example")])
    now = datetime.now(tz=UTC)
    certificate = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("feeds.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    both = tmp_path / "feeds.pem"
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    both.write_bytes(key.private_bytes(*form) + certificate.public_bytes(form[0]))
    monkeypatch.setenv("SSL_CERT_FILE", str(both))
    return both


@pytest.mark.parametrize(("host", "is_trusted"), [("feeds.example", True), ("anders.example", False)])
def test_the_certificate_must_be_of_the_name_that_was_asked(
    certified: Path, host: str, is_trusted: bool
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certified)
    server = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)
    port = server.getsockname()[1]
    watched = Sentinel(port=port)
    threading.Thread(target=watched.serve, args=(server,), daemon=True).start()
    guard = Guard(resolver=lambda name, number: ["127.0.0.1"], allow=frozenset({f"{host}:{port}"}))
    if is_trusted:
        assert fetch(f"https://{host}:{port}/", guard=guard).body == b"ok"
    else:
        with pytest.raises(FetchFailed):
            fetch(f"https://{host}:{port}/", guard=guard)
    server.close()
    assert len(watched.requests) == int(is_trusted)
