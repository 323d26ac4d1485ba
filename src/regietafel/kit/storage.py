"""Tell a full disk and an unreachable database from a programming error, and say it in Dutch."""

import errno

FULL = "De schijf is vol; er is niets half opgeslagen. Maak ruimte en probeer het opnieuw."
READ_ONLY = "De map met gegevens is alleen-lezen. Herstel dat en probeer het opnieuw."
UNREACHABLE = "De database is niet bereikbaar. Controleer of die draait en probeer het opnieuw."

OUR_MISTAKE = ("no such", "syntax error", "has no column")  # SQLite reports these as operational errors too


def storage_failure(error: BaseException) -> str | None:
    """Say what is wrong with the storage, or None when the error has another cause."""
    from django.db import InterfaceError, OperationalError

    if isinstance(error, OSError):
        causes = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY}
        return causes.get(error.errno or 0)
    if isinstance(error, OperationalError | InterfaceError):
        text = str(error).lower()
        if any(words in text for words in OUR_MISTAKE):
            return None
        if "full" in text or "no space" in text:
            return FULL
        return READ_ONLY if "readonly" in text else UNREACHABLE
    return None
