"""A real server with the demo region and a real browser; pages are photographed and checked by axe."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PICTURES = REPOSITORY / "artefacten" / "schermen"
CHROMIUM = next(
    (path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), ""
)
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=nl-NL",
)  # fmt: skip
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_RULES = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
ON_A_PHONE = (Path(__file__).parent / "phone.js").read_text(encoding="utf-8")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@dataclass
class Server:
    """The running product and the password of its practice accounts."""

    address: str
    password: str
    data: Path


@dataclass
class Eyes:
    """A logged-in browser that looks at pages and remembers what was wrong."""

    page: Any
    server: Server
    complaints: list[str] = field(default_factory=list)

    def log_in(self, email: str, password: str = "") -> None:
        """Log in, with a practice account unless a password is given."""
        self.page.context.clear_cookies()
        self.open("/inloggen")
        self.fill({"E-mailadres": email, "Wachtwoord": password or self.server.password}, then="Inloggen")
        assert urlsplit(self.page.url).path != "/inloggen", self.text()

    def open(self, path: str) -> None:
        """Go to a page."""
        self.page.goto(self.server.address + path)

    def fill(self, values: dict[str, str], *, then: str) -> None:
        """Fill fields by their labels and press a button."""
        for label, value in values.items():
            self.page.get_by_label(re.compile(rf"^{re.escape(label)}( \(.+\))?$")).fill(value)
        self.press(then)

    def press(self, name: str) -> None:
        """Press a button, or follow a link, of the page itself, and wait for the page it leads to."""
        main = self.page.locator("main")
        target = main.get_by_role("button", name=name, exact=True)
        if not target.count():
            target = main.get_by_role("link", name=name, exact=True)
        self.click(target.first)

    def click(self, target: Any) -> None:
        """Click what leads to another page, and wait until that page and its script are there.

        Waiting for a load after the click is not enough: until the answer comes, the old page is loaded.
        """
        with self.page.expect_navigation():
            target.click()

    def text(self) -> str:
        """Return what the page says below the navigation."""
        return str(self.page.inner_text("main"))

    def look(self, name: str) -> None:
        """Photograph the page on a desktop and a phone, and let axe judge both."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        for device, size in (("bureau", DESKTOP), ("telefoon", PHONE)):
            self.page.set_viewport_size(size)
            self._judge(f"{name} ({device})")
            self.page.screenshot(path=PICTURES / f"{name}-{device}.png", full_page=True)
        self.page.set_viewport_size(DESKTOP)

    def _judge(self, name: str) -> None:
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        for violation in self.page.evaluate("rules => axe.run(document, rules)", AXE_RULES)["violations"]:
            nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
            self.complaints.append(f"{name}: {violation['id']}: {violation['help']}: {nodes}")
        wider = self.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        if wider > 0:
            self.complaints.append(f"{name}: the page is {wider} px wider than the screen")
        if self.page.viewport_size == PHONE:
            self.complaints += [f"{name}: {said}" for said in self.page.evaluate(ON_A_PHONE)]


@pytest.fixture(scope="package")
def server() -> Iterator[Server]:
    if not CHROMIUM:
        pytest.skip("geen Chromium op deze machine (apt install chromium)")
    data = Path(tempfile.mkdtemp(prefix="regietafel-reis-"))
    port = _free_port()
    variables = environment(data)
    password = _load_demo(variables)
    command = [sys.executable, "-m", "gunicorn", "regietafel.host.wsgi:application", "--no-control-socket"]
    command += [
        "--worker-class",
        "gthread",
        "--threads",
        "4",
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "warning",
    ]
    worker = [sys.executable, "-m", "regietafel.host.cli", "werk"]
    processes = [subprocess.Popen(each, env=variables) for each in (command, worker)]
    try:
        _wait(port)
        yield Server(f"http://127.0.0.1:{port}", password, data)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)
        shutil.rmtree(data, ignore_errors=True)


def environment(data: Path) -> dict[str, str]:
    """Return the environment in which the product, and whatever fills it, uses these data."""
    variables = os.environ | {
        "REGIETAFEL_DATA": str(data),
        "REGIETAFEL_ADRES": "127.0.0.1",
        "PYTHONPATH": str(REPOSITORY / "src"),
        "DJANGO_SETTINGS_MODULE": "regietafel.host.settings",
    }
    variables.pop("REGIETAFEL_DATABASE", None)
    return variables


def _load_demo(variables: dict[str, str]) -> str:
    import json

    said = subprocess.run(
        [sys.executable, "-m", "regietafel.host.cli", "demo", "--json"],
        env=variables, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return str(json.loads(said.stdout)["wachtwoord"])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _attempt in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/gezond")
            connection.getresponse()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")


@pytest.fixture(scope="package")
def browser(server: Server) -> Iterator[Any]:
    """Start the browser for these tests only: while it runs, no other test may use the database."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def eyes(browser: Any, server: Server) -> Iterator[Eyes]:
    context = browser.new_context(
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        viewport=DESKTOP,
        reduced_motion="reduce",  # axe would measure a colour halfway
    )
    page = context.new_page()
    page.set_default_timeout(60_000)  # a page takes a second; a busy machine may need many
    found = Eyes(page, server)
    page.on("console", lambda message: _heard(found, message))
    page.on("pageerror", lambda error: found.complaints.append(f"{page.url}: script error: {error}"))
    yield found
    context.close()
    assert not found.complaints, "\n".join(found.complaints)


# A refused form, and htmx dropping a question that is no longer asked (it tells of every end of a request).
EXPECTED = ("the server responded with a status of 4", "htmx:sendAbort", "htmx:afterRequest")


def _heard(eyes: Eyes, message: Any) -> None:
    if message.type == "error" and not any(part in message.text for part in EXPECTED):
        eyes.complaints.append(f"{eyes.page.url}: console: {message.text}")
