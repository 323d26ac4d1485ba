"""Practice accounts: only on a server that nobody else can reach."""

from django.conf import settings


def practice_allowed() -> bool:
    """Say whether practice accounts work: only bound to this machine and never in production."""
    return bool(settings.BOUND_TO_LOOPBACK and not settings.PRODUCTION)
