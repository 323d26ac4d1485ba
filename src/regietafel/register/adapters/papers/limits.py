"""How much text is taken out of a file, and for how long one may try."""

import time
from dataclasses import dataclass

MAX_CHARACTERS = 1_000_000
MAX_SECONDS = 10.0
MAX_PAGES = 500


@dataclass(frozen=True)
class PaperText:
    """The text taken out of a file, and a Dutch note when it is absent or cut off."""

    text: str = ""
    note: str = ""


class Limit:
    """Collects text until there is enough of it, or it takes too long."""

    def __init__(self, seconds: float = MAX_SECONDS, characters: int = MAX_CHARACTERS) -> None:
        self._ends = time.monotonic() + seconds
        self._room = characters
        self._parts: list[str] = []
        self.note = ""

    def add(self, text: str) -> bool:
        """Add a piece of text; say whether there is room and time for more."""
        piece = text.replace("\x00", "").strip()[: self._room]
        if piece:
            self._parts.append(piece)
            self._room -= len(piece)
        if self._room <= 0:
            self.note = "Alleen het begin van de tekst is doorzoekbaar: het bestand is erg lang."
        return self._room > 0 and self.in_time()

    def in_time(self) -> bool:
        """Say whether there is time left."""
        if time.monotonic() < self._ends:
            return True
        self.note = "Alleen het begin van de tekst is doorzoekbaar: lezen duurde te lang."
        return False

    def result(self, when_empty: str) -> PaperText:
        """Return what was collected."""
        text = "\n".join(self._parts)
        return PaperText(text, self.note or ("" if text else when_empty))
