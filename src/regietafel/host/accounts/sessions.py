"""Sessions: when they began, whose they are, and how they end."""

import time
from datetime import UTC, datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from regietafel.host.models import LoginSession
from regietafel.register.public import User

BEGAN, SEEN, BROWSER = "begonnen", "gezien", "browser"
PROVIDER_CHECKED_FACTOR = "oidc_tweede_factor"
WRITE_AT_MOST_EVERY_S = 60
# From the most particular word to the most general: Edge calls itself Chrome, Chrome calls itself Safari.
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


class SessionStore(DatabaseStore):
    """Keeps sessions in the database, with the account beside the closed contents."""

    @classmethod
    def get_model_class(cls) -> type[LoginSession]:
        return LoginSession

    def create_model_instance(self, data: dict[str, Any]) -> LoginSession:
        row = cast(LoginSession, super().create_model_instance(data))
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.started_at = datetime.fromtimestamp(data[BEGAN], tz=UTC) if BEGAN in data else None
        row.browser = data.get(BROWSER, "")
        return row


def begin(request: HttpRequest) -> None:
    """Start the clocks of a session that has just been logged in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())
    request.session[BROWSER] = describe(request.headers.get("User-Agent", ""))
    SessionStore.clear_expired()


def is_over(session: SessionBase) -> bool:
    """Say whether a session lay idle too long or began too long ago; otherwise note that it was used."""
    now = int(time.time())
    began, seen = session.setdefault(BEGAN, now), session.setdefault(SEEN, now)
    if now - seen > settings.IDLE_LIMIT_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
        return True
    if now - seen > WRITE_AT_MOST_EVERY_S:
        session[SEEN] = now
    return False


def sessions_of(account: User) -> QuerySet[LoginSession]:
    """Return where an account is logged in now."""
    return LoginSession.objects.filter(account=account, expire_date__gt=timezone.now())


def end_others(account: User, keep: str | None) -> int:
    """End every session of an account but one, and return how many ended."""
    ended, _rows = sessions_of(account).exclude(session_key=keep).delete()
    return ended


def describe(user_agent: str) -> str:
    """Name browser and system in words, without keeping the whole fingerprint.

    >>> describe("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/140.0")
    'Firefox op Windows'
    """
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "Onbekende browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} op {system}" if system else browser
