"""Fixed forms that media fill in anew: alike in words, different news. All written for this purpose."""

import random
import re
from collections.abc import Iterator

CHOICES = {
    "dag": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "plaats": ("Hengelo", "Borne", "Almelo", "Enschede", "Losser", "Wierden", "Tubbergen", "Rijssen"),
    "straat": ("Kade", "Dorpsstraat", "Spoorlaan", "Molenweg", "Marktplein", "Beatrixlaan", "Veldweg"),
    "club": ("Quick", "Excelsior", "De Zweef", "Rigtersbleek", "Achilles", "Enter Vooruit", "Bornerbroek"),
    "weg": ("A1", "A35", "N36", "N18", "N346", "A28"),
    "hemel": ("zonnig", "bewolkt", "wisselvallig", "regenachtig", "mistig", "helder"),
    "wind": ("noorden", "oosten", "zuiden", "westen", "zuidwesten", "noordoosten"),
    "oorzaak": ("een ongeval", "werkzaamheden", "een lekke band", "afval", "gladheid"),
    "soort": ("fietser", "automobilist", "motorrijder", "voetganger", "scooterrijder"),
    "vergunning": ("een dakkapel", "een uitrit", "het kappen van een boom", "een reclamebord", "een schuur"),
    "voornaam": ("Jansen", "De Vries", "Bakker", "Visser", "Mulder", "Bos", "Smit", "Koning"),
}  # fmt: skip
FORMS = (
    (
        "Weerbericht voor {dag}",
        "Het wordt {dag} {hemel} met een temperatuur van {8-29} graden.",
        "De wind komt uit het {wind} en is windkracht {2-7}. De kans op regen is {5-95} procent.",
    ),
    (
        "Files op de {weg} bij {plaats}",
        "Op de {weg} bij {plaats} staat {2-14} kilometer file door {oorzaak}.",
        "De vertraging is {10-90} minuten. Rijkswaterstaat verwacht dat de weg om {6-22} uur weer vrij is.",
    ),
    (
        "{club} wint van {club2}",
        "{club} heeft {dag} met {1-5}-{0-4} gewonnen van {club2}. Bij rust stond het {0-2}-{0-2}.",
        "Het eerste doelpunt viel in de {3-44}e minuut, na een voorzet van {voornaam}.",
        "Volgende week speelt {club} uit tegen {club3}.",
    ),
    (
        "{soort} gewond op {straat} in {plaats}",
        "Een {soort} is {dag} gewond geraakt bij een aanrijding op de {straat} in {plaats}.",
        "Het slachtoffer van {16-88} jaar is naar het ziekenhuis gebracht. De politie zoekt de oorzaak.",
    ),
    (
        "Aanvraag vergunning {straat} {1-240} in {plaats}",
        "De gemeente heeft op {1-28} maart een aanvraag ontvangen voor {vergunning}.",
        "Het gaat om de {straat} {1-240} in {plaats}. Het zaaknummer is {10000-99999}.",
        "Bezwaar maken kan pas als er een besluit is.",
    ),
    (
        "Beurs sluit {dag} {hemel}",
        "De AEX sloot {dag} op {300-900},{10-99} punten, een verschil van {0-4},{1-9} procent.",
        "Grootste stijger was {voornaam} Groep met {1-9},{1-9} procent.",
        "De euro noteerde 1,{1000-1900} dollar.",
    ),
    (
        "Brand in woning aan de {straat} in {plaats}",
        "In een woning aan de {straat} in {plaats} heeft {dag} brand gewoed.",
        "De brandweer was met {2-9} wagens ter plaatse. Er zijn {0-6} bewoners nagekeken.",
        "De schade is {10-400} duizend euro.",
    ),
    (
        "Agenda voor {dag} in {plaats}",
        "{dag} om {9-21} uur begint in {plaats} de markt aan de {straat}. De toegang kost {2-30} euro.",
        "Aanmelden kan tot {1-28} maart bij {voornaam}. Er is plaats voor {20-400} bezoekers.",
    ),
)
_PLACE = re.compile(r"\{(\w+)(?:-(\d+))?\}")


def filled(chance: random.Random, *, fills: int) -> Iterator[tuple[str, ...]]:
    """Fill in every form some times; each is news of its own."""
    for form in FORMS:
        for _ in range(fills):
            chosen = {name: chance.choice(choices) for name, choices in CHOICES.items()}
            for name in ("club2", "club3"):
                others = [club for club in CHOICES["club"] if club not in chosen.values()]
                chosen[name] = chance.choice(others)
            yield tuple(_filled(part, chosen, chance) for part in form)


def _filled(part: str, chosen: dict[str, str], chance: random.Random) -> str:
    """Fill in names as chosen for the whole form, and every number by itself."""

    def fill(found: re.Match[str]) -> str:
        return str(chance.randint(int(found[1]), int(found[2]))) if found[2] else chosen[found[1]]

    return _PLACE.sub(fill, part)
