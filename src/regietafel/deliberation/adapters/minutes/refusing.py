"""When a file with minutes is refused, and how large it may be."""

from __future__ import annotations

MAX_BYTES = 20_000_000
MAX_LINES = 30_000
MAX_CHARACTERS = 3_000_000


class MinutesRefused(ValueError):
    """The file cannot be read as minutes; the message says where it goes wrong and what to do, in Dutch."""


def refuse_too_many(lines: int, characters: int = 0) -> None:
    """Refuse minutes that are longer than anyone's."""
    if lines > MAX_LINES or characters > MAX_CHARACTERS:
        raise MinutesRefused(
            f"Dit bestand heeft meer dan {MAX_LINES // 1000}.000 regels of "
            f"{MAX_CHARACTERS // 1_000_000} miljoen tekens. "
            "Deel het op in verslagen van één vergadering."
        )
