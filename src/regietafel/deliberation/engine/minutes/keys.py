"""Words with a colon that say what a line is: explanation, note, or a particular of the meeting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Use = Literal["before", "after", "note", "particular", "role", "owner", "due", "condition", "via"]
_USES: dict[str, Use] = {
    "zaak": "before", "noot": "after", "toelichting": "after", "opmerking": "after", "opmerkingen": "after",
    "voorstel": "note", "behandelvoorstel": "note", "volgcommissie(s)": "note", "volgcommissies": "note",
    "stuk": "note", "stukken": "note", "bijlage": "note", "bijlagen": "note", "stemming": "after",
    "portefeuillehouder": "note", "volgcommissie": "note",
    "document": "particular", "voortouwcommissie": "particular", "griffier": "particular",
    "activiteitnummer": "particular", "datum": "particular", "locatie": "particular", "plaats": "particular",
    "tijd": "particular", "tijdstip": "particular", "aanvang": "particular", "einde": "particular",
    "kenmerk": "particular", "verslag": "particular", "onderwerp": "particular", "vergadering": "particular",
    "overleg": "particular", "voorzitter": "role", "secretaris": "role", "notulist": "role",
    "actiehouder": "owner", "actiehouders": "owner", "eigenaar": "owner", "trekker": "owner",
    "verantwoordelijke": "owner", "termijn": "due", "deadline": "due", "gereed": "due",
    "voorwaarde": "condition", "terugkoppeling via": "via", "terugkoppeling": "via",
}  # fmt: skip
_KEYS = "|".join(re.escape(key) for key in sorted(_USES, key=len, reverse=True))
_KEY = re.compile(rf"^(?P<key>{_KEYS})\s*:\s*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
FIELDS = frozenset({"owner", "due", "condition", "via"})  # of the entry that stands above
_VOTES = re.compile(r"^(?:tegen|voor)\s+(?:het|de|dit|deze)\s+\w+\s+stem(?:den|men|de)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Key:
    """The word before the colon, its use, and what follows."""

    use: Use
    rest: str
    written: str = ""


def key_of(text: str) -> Key | None:
    """Return the use of the word with a colon that a line begins with; a line about votes explains too."""
    if match := _KEY.match(text):
        return Key(_USES[match["key"].lower()], match["rest"], match["key"])
    return Key("after", text) if _VOTES.match(text) else None
