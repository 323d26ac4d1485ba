"""Keep the web server and the job worker running, and stop them together."""

import ctypes
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
CALM_SECONDS = 10
LONGEST_PAUSE_SECONDS = 5
GRACE_SECONDS = 30


@dataclass
class Child:
    """One process that must run, and how often it failed in a row."""

    name: str
    command: Sequence[str]
    keep_open: tuple[int, ...] = ()
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    failures: int = field(default=0, init=False)
    started_at: float = field(default=0.0, init=False)
    due_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            pass_fds=self.keep_open,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - the supervisor has no threads
        )

    def signal(self, number: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)


def _die_with_parent() -> None:
    """Let a child end when the supervisor is killed, so that nothing keeps the port (Linux)."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Starts the children, restarts the ones that end, and stops all on a signal."""

    def __init__(self, children: Sequence[Child], say: Callable[[str], None]) -> None:
        self.children = children
        self.say = say
        self._stop = threading.Event()

    def start(self) -> None:
        """Start every child, and take charge of the signals."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self._stop.set())
        for child in self.children:
            child.start()

    def wait_until(self, ready: Callable[[], bool], *, timeout_s: float) -> bool:
        """Wait for the first sign of life; False when a child gives up, time runs out or we must stop."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline and not self._stop.is_set():
            if any(child.process is None or child.process.poll() is not None for child in self.children):
                return False
            if ready():
                return True
            self._stop.wait(0.1)
        return False

    def watch(self) -> None:
        """Restart what ends, until a signal says stop."""
        while not self._stop.wait(0.2):
            for child in self.children:
                self._attend(child)

    def _attend(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.due_at:
                child.start()
        elif child.process.poll() is not None:
            child.failures = 0 if now - child.started_at > CALM_SECONDS else child.failures + 1
            pause = min(LONGEST_PAUSE_SECONDS, 2**child.failures - 1)
            child.due_at = now + pause
            self.say(
                f"De {child.name} stopte onverwacht (code {child.process.returncode}) en wordt herstart."
            )
            child.process = None

    def stop(self) -> None:
        """Ask every child to finish, and end the ones that do not within the grace period."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.signal(signal.SIGKILL)
                child.process.wait()
