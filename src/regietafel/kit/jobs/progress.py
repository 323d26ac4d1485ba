"""What the worker is doing now: kept in memory by the job, published with the next pulse."""

import os
import socket
from dataclasses import dataclass
from datetime import timedelta


@dataclass
class Current:
    """The job in hand of this process."""

    run_id: int
    attempt: int
    lease: timedelta
    progress: str = ""


_IN_HAND: list[Current] = []


def report_progress(text: str) -> None:
    """Say how far the job is, in Dutch, such as "12 van 40 rijen"; outside a job this does nothing."""
    if _IN_HAND:
        _IN_HAND[-1].progress = text[:200]


def take_in_hand(current: Current) -> None:
    """Remember which job this process is doing."""
    _IN_HAND.append(current)


def put_down() -> None:
    """Forget the job that was just done."""
    _IN_HAND.pop()


def worker_name() -> str:
    """Name this process: machine and process number."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}"


def in_hand() -> Current | None:
    """Return the job this process is doing, if any."""
    return _IN_HAND[-1] if _IN_HAND else None
