"""Telling a story that began earlier: services see another moment as now. Only the demo region uses this."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def as_if(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at `moment` (with a time zone), in this process only."""
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real
