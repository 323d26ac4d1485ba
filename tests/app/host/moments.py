"""Moments as people write them, in Dutch clock time."""

from datetime import datetime

from django.utils import timezone


def at(text: str) -> datetime:
    """Return the moment of "2026-03-12 08:35"."""
    return timezone.make_aware(datetime.fromisoformat(text))
