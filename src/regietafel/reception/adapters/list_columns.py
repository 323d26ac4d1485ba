"""The columns we know of lists that municipalities and the COA deliver, and how a cell of each is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from regietafel.reception.adapters import records
from regietafel.reception.adapters.records import CellRefused
from regietafel.reception.adapters.tables import Cell
from regietafel.reception.engine.placing import FEATURES, KINDS

MOST_IN_ROOM = 1_000
USUAL_LENGTH = 200
# As long as what is stored may be; other texts are looked up or may be as long as usual.
LONGEST = {"locatie": 120, "contact": 160, "groep": 40, "koppeling": 40, "bus": 120}
_GROUPS_OF_PEOPLE = {
    "iedereen": "", "alle": "", "gezin": "gezin", "gezinnen": "gezin", "alleenreizend": "alleenreizend",
    "alleenreizenden": "alleenreizend", "amv": "amv", "minderjarig": "amv",
}  # fmt: skip
_KIND_WORDS = {
    "crisisnoodopvang": ("cno",),
    "noodopvang": ("no",),
    "azc": ("asielzoekerscentrum",),
    "gemeentelijk": ("gemeentelijke opvang", "goo", "gemeente"),
    "particulier": ("particuliere opvang", "poo", "gastgezin", "gastgezinnen"),
    "doorstroom": ("doorstroomlocatie",),
    "24/7": ("24 7", "24 7 opvang", "hub"),
}
_YES, _NO = (
    frozenset({"ja", "j", "1", "x", "waar", "true"}),
    frozenset({"nee", "n", "0", "", "onwaar", "false"}),
)


class Seen(StrEnum):
    """How cells show that they belong to a column: read strictly, by a name we know, by a code, or not."""

    READ = "gelezen"
    LOCATION = "locatie"
    MUNICIPALITY = "gemeente"
    CODE = "code"
    HEADING = "kop"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """A column we know: its name in our own lists, other names it goes by, and how a cell is read."""

    name: str
    read: Callable[[Cell], Any]
    known_as: tuple[str, ...] = ()
    is_needed: bool = False
    seen: Seen = Seen.READ

    @property
    def names(self) -> frozenset[str]:
        """Return every name it goes by, in plain words."""
        return frozenset({plain(self.name), *self.known_as})


def text_up_to(longest: int, *, needed: bool = False) -> Callable[[Cell], str]:
    """Return how a code or a name of at most so many signs is read; it may not be empty if needed."""

    def read(cell: Cell) -> str:
        found = records.short_text(cell)
        if needed and not found:
            raise CellRefused("Hier moet iets staan.")
        if len(found) > longest:
            raise CellRefused(f"Hier passen hoogstens {longest} tekens; het zijn er {len(found)}.")
        return found

    return read


def room_size(cell: Cell) -> int | None:
    """Read how many places a room has."""
    found = records.optional_count(cell)
    if found is not None and found > MOST_IN_ROOM:
        raise CellRefused(f"Een kamer heeft hoogstens {MOST_IN_ROOM} plaatsen.")
    return found


def people(cell: Cell) -> int:
    """Read a number of people, at least 1."""
    found = records.optional_count(cell)
    if not found:
        raise CellRefused("Hier hoort een aantal personen van 1 of meer.")
    return found


def place_kind(cell: Cell) -> str:
    """Read a kind of reception, by our word or one that others use."""
    said = plain(records.text(cell))
    for kind in KINDS:
        if said in {plain(kind), *_KIND_WORDS[kind]}:
            return kind
    raise CellRefused(f"Deze soort kennen wij niet. Kies uit: {', '.join(KINDS)}.")


def optional_kind(cell: Cell) -> str:
    """Read a kind of reception; empty where the cell is."""
    return place_kind(cell) if records.text(cell) else ""


def target_group(cell: Cell) -> str:
    """Read whom a place is for; empty is everyone."""
    said = plain(records.text(cell))
    if not said:
        return ""
    if said not in _GROUPS_OF_PEOPLE:
        raise CellRefused("Deze doelgroep kennen wij niet. Kies uit: iedereen, gezin, alleenreizend, amv.")
    return _GROUPS_OF_PEOPLE[said]


def features(cell: Cell) -> list[str]:
    """Read features, separated by spaces, commas or semicolons."""
    said = [word for word in re.split(r"[\s,;]+", records.text(cell).casefold()) if word]
    unknown = [word for word in said if word not in FEATURES]
    if unknown:
        raise CellRefused(f"“{unknown[0][:40]}” kennen wij niet. Kies uit: {', '.join(FEATURES)}.")
    return list(dict.fromkeys(said))


def yes(cell: Cell) -> bool:
    """Read yes or no; empty is no."""
    said = records.text(cell).casefold()
    if said in _YES | _NO:
        return said in _YES
    raise CellRefused("Hier hoort ja of nee.")


def urgency(cell: Cell) -> int:
    """Read an urgency from 1 to 10; 1 where it is empty."""
    found = records.optional_count(cell)
    if found is None:
        return 1
    if not 1 <= found <= 10:
        raise CellRefused("Urgentie is een getal van 1 tot en met 10.")
    return found


def _named_location(*known_as: str, seen: Seen = Seen.LOCATION) -> ListColumn:
    usual = ("naam locatie", "opvanglocatie", "locatienaam", "naam opvanglocatie", "accommodatie")
    names = (*usual, *known_as)
    read = text_up_to(LONGEST["locatie"], needed=True)
    return ListColumn(name="locatie", read=read, is_needed=True, known_as=names, seen=seen)


def _column(name: str, read: Callable[[Cell], Any], *known_as: str, needed: bool = False) -> ListColumn:
    return ListColumn(name=name, read=read, known_as=known_as, is_needed=needed)


def _words(name: str, *known_as: str, seen: Seen = Seen.HEADING, needed: bool = False) -> ListColumn:
    read = text_up_to(LONGEST.get(name, USUAL_LENGTH), needed=needed)
    return ListColumn(name=name, read=read, known_as=known_as, is_needed=needed, seen=seen)


_KIND_NAMES = ("soort opvang", "type", "type opvang")
_FOR = _column("voor_wie", target_group, "doelgroep", "bestemd voor")
COLUMNS: dict[str, tuple[ListColumn, ...]] = {
    "locaties": (
        _named_location("naam", seen=Seen.HEADING),
        _words("gemeente", "plaats", "gemeentenaam", seen=Seen.MUNICIPALITY, needed=True),
        _words("wijk", "buurt", "wijknaam", "wijk of buurt"),
        _words("adres", "straat", "adresgegevens"),
        _column("kenmerken", features, "voorzieningen"),
        _words("contact", "contactfunctie", "functie"),
        _words("opmerking", "opmerkingen", "toelichting"),
    ),
    "plaatsen": (
        _named_location("naam"),
        _column("soort", place_kind, *_KIND_NAMES, needed=True),
        _FOR,
        _column("plaatsen", records.optional_count, "capaciteit", "aantal plaatsen", "plekken", "bedden",
                "totale capaciteit", needed=True),
        _column("niet_te_gebruiken", records.optional_count, "geblokkeerd", "blokkade", "buiten gebruik"),
        _column("van", records.day, "vanaf", "ingangsdatum", "start", "open", needed=True),
        _column("tot", records.optional_day, "einddatum", "contract tot", "einde"),
        _column("kans", records.chance, "zekerheid"),
        _column("kamer", room_size, "plaatsen per kamer", "kamergrootte"),
        _words("bron", "bron gegevens"),
    ),
    "groepen": (
        _words("groep", "code", "groepscode", "dossiernummer", seen=Seen.CODE, needed=True),
        _column("personen", people, "aantal", "aantal personen", "omvang", needed=True),
        _column("komst", records.day, "aankomst", "komt op", "aankomstdatum", needed=True),
        _column("vertrek", records.optional_day, "vertrekt op", "vertrekdatum"),
        _column("nodig", features, "kenmerken", "behoefte"),
        _column("toegankelijk", records.optional_count, "toegankelijke plaatsen"),
        _column("zorg", records.optional_count, "zorgplaatsen"),
        _column("deelt_kamer", yes, "deelt kamer"),
        _words("koppeling", "hoort bij", seen=Seen.CODE),
        _words("eerder", "eerdere gemeente", seen=Seen.MUNICIPALITY),
        _words("werk_of_school", "werk", "school", seen=Seen.MUNICIPALITY),
        _column("urgentie", urgency, "prioriteit"),
        _column("uiterlijk", records.optional_day, "uiterste datum"),
        _words("bus", "busnummer", "vervoer", seen=Seen.CODE),
    ),
    "bezetting": (
        _named_location(),
        _column("soort", optional_kind, *_KIND_NAMES),
        _FOR,
        _column("aanwezig", records.optional_count, "bezetting", "bezet", "aantal", "aantal personen",
                "bewoners", "aantal bewoners", "personen"),
    ),
}  # fmt: skip


def plain(text: str) -> str:
    """Bring a heading back to plain words: no accents, capitals or signs."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.split(r"[^a-z0-9]+", bare)).strip()
