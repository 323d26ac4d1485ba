"""Keyed codes, so that what stays after erasing cannot be guessed back from an address or a name.

They come from the key that never changes: with a new secret key people log in again, but what was known
as a message stays known.
"""

import hashlib
import hmac

from django.conf import settings


def message_key(organisation_id: int, identity: str) -> str:
    """Return the code under which an organisation knows a message; it stays when the text is erased."""
    return _code(f"bericht:{organisation_id}", identity.encode()).hexdigest()


def author_key(organisation_id: int) -> bytes:
    """Return the key for the codes that count distinct authors within one day."""
    return _code("afzender", str(organisation_id).encode()).digest()


def requester_code(request_id: int, words: str) -> str:
    """Return the code of what was sought for one request; no other request shares it."""
    return _code(f"betrokkene:{request_id}", words.casefold().encode()).hexdigest()[:16]


def _code(purpose: str, content: bytes) -> "hmac.HMAC":
    secret = hashlib.sha256(f"regietafel.{purpose}:{settings.AUDIT_KEY}".encode()).digest()
    return hmac.new(secret, content, hashlib.sha256)
