"""Invented minutes in the layouts that secretaries use; nothing in them is real."""

from collections.abc import Iterable

from regietafel.deliberation.engine.minutes import MinutesRead, SourceLine, read_minutes

MEMBERS = ("Berkelo", "Dalmen", "Hof van Eide", "Lindum-Zuid", "Oosterhage", "Vossum", "Wesse")

LOOSE = """\
 Nr Besluit (B) / Knelpunt (K) / Actie (A) Toelichting
Actueel beeld
5.1 Projectleider schetst het beeld:

• De instroom neemt toe.
• Gezinnen blijven langer dan ver-
wacht

K: Er zijn in de week van 9-13 mei te weinig plekken
voor gezinnen.

5.2 Omgevingsbeeld
Het aantal berichten is gelijk gebleven.

B: Geen interviews zolang er geen besluit is over de
locatie aan de Dijk.

Opdracht noodopvang
3.1 De projectleider licht de stand van zaken
toe.

K: In overleg van 4/5 komen de regio's aan bod.

B: Vossum onderzoekt de hal aan de Kanaalweg.

A) Via het projectleidersoverleg wordt dit gemeld aan de
regio.

B: Volgende keer een overzicht van de bezetting.

Eerste reactie Vossum: de hal aan de
Kanaalweg is tot juli verhuurd.

\f
Overloop
3.3 K: Het bijstandsverzoek is nog niet beantwoord.

A Burgemeesters laten voor 17 mei weten of zij kunnen
helpen.
Overige onderwerpen
3.4 Geen bijzonderheden. De regio blijft volgen.
Afspraken
3.6 B: Wekelijks overleg tot dat de opdracht is voldaan.

B: over 2 weken bespreken met de provincie.

Aanwezigheid

Voorzitter / Oosterhage Karel de Proef
Berkelo

Dalmen Afgemeld
Hof van
Eide
 Lindum-Zuid
Adviseur brandweer Afgemeld
AC IM / Beleidsondersteuner
"""

BULLETS = """\
Verslag driehoek Oosterhage
Datum: 12 mei 2022
Aanwezig: burgemeester, officier van justitie (voorzitter), teamchef politie en A. Proefman (gemeente)
Afwezig met kennisgeving: mw. De Test (GGD)

1. Opening
De voorzitter opent de vergadering.

2. Evenement Oosterpark
De politie schetst de drukte van vorig jaar.
Besluiten:
- Het evenement gaat door, mits er een tweede uitgang is.
- De vergunning vermeldt een
  eindtijd van 23.00 uur.
Knelpunten:
- Te weinig beveiligers in de regio.
Acties:
- Gemeente levert uiterlijk 20 mei een plattegrond.
- Teamchef politie belt de organisator (actie: Proefman).

3. Rondvraag
Acties: geen
Volgend overleg: 9 juni 2022.
"""

PARAGRAPHS = """\
Besluitenlijst stuurgroep opvang, 3 oktober 2023

Agendapunt 1: Vaststellen verslag
Besluit: Het verslag van 5 september wordt vastgesteld.

Agendapunt 2: Locatie Beekpad
De wethouder licht het voorstel toe. Omwonenden zijn op 28 september bijgepraat.
Besluit 1: Akkoord met 80 plekken voor een jaar.
Besluit 2: Het besluit geldt tot er een andere locatie
is gevonden.
Toelichting: de eigenaar wil het pand daarna verbouwen.
Actie Berkelo: brief aan omwonenden versturen voor 15 oktober.
Knelpunt: de aansluiting op het stroomnet duurt tot maart.

Agendapunt 3: Begroting
Besluit: geen.
Actie: de secretaris vraagt de raming op, binnen 14 dagen.
"""

ACTION_LIST = """\
Notulen projectleidersoverleg
Datum: 7 november 2024

1. Mededelingen
Er zijn geen mededelingen.

2. Bezetting
Besluit: de cijfers gaan voortaan op maandag rond.

Actielijst

Nr     Actie                                         Wie              Wanneer
AP1    Overzicht bezetting per gemeente opstellen    Vossum           14-11-2024
AP2    Contract beveiliging nakijken en              Dalmen en        z.s.m.
       bespreken met de leverancier                  Berkelo
AP3    Draaiboek verspreiden                         Proefman         2 december

Volgende vergadering: 21 november 2024
"""

COUNCIL = """\
Besluitenlijst raadsvergadering 14 maart 2024 aanvang 19.30 uur
1. Opening.
Er is bericht van verhindering ontvangen van de heer Proef.

2. Vaststelling agenda.
De agenda is ongewijzigd vastgesteld.

3. Voorstel tot het vaststellen van de Verordening
proefpanden 2024.
De raad besluit unaniem:
1. de verordening vast te stellen;
2. het college te vragen de raad uiterlijk 1 september 2024 te
informeren.
Tegen het voorstel stemde niemand.

4. Onderzoek naar de aanbesteding.
De raad besluit in meerderheid:
A. het onderzoek te laten doen, te weten:
   1. naar de gunning;
   2. naar de kosten;
B. de rapportage openbaar te maken;
C. het presidium te machtigen.
Tegen het voorstel stemden de fracties van Proefpartij en Lijst Test.

5. Sluiting.
De voorzitter sluit de vergadering.
"""


def lines_of(text: str) -> list[SourceLine]:
    """Number the lines of a text and its pages."""
    lines, page = [], 1
    for number, line in enumerate(text.split("\n"), start=1):
        page += line.count("\f")
        lines.append(SourceLine(number=number, text=line.replace("\f", ""), page=page))
    return lines


def read(text: str, **more: object) -> MinutesRead:
    """Read a text."""
    return read_minutes(lines_of(text), **more)  # type: ignore[arg-type]


def counts(found: MinutesRead) -> tuple[int, int, int]:
    """Count decisions, bottlenecks and actions."""
    return len(found.of_kind("B")), len(found.of_kind("K")), len(found.of_kind("A"))


def lost(lines: Iterable[SourceLine], found: MinutesRead) -> list[str]:
    """List the words of a text that stand in no part that says it holds their line."""
    held: dict[int, list[str]] = {}
    parts = [(part.lines, _written(part)) for part in (*found.items, *found.entries, *found.headings)]
    parts += [(each.lines, [each.written, each.person]) for each in found.attendance]
    parts += [((line.number,), [line.text]) for line in found.unassigned]
    for numbers, texts in parts:
        for number in numbers:
            held.setdefault(number, []).extend(texts)
    joined = {number: "|".join(_letters(text) for text in texts) for number, texts in held.items()}
    return [
        f"{line.number}: {word}"
        for line in lines
        for word in _words(line.text)
        if word not in joined.get(line.number, "\0")
    ]


def _words(text: str) -> list[str]:
    """Split at everything that is no letter or digit; a lone "o" is the sign of a list."""
    words = "".join(sign if sign.isalnum() else " " for sign in text.replace("\u00ad", "")).split()
    return [word for word in words if word != "o"]


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _written(part: object) -> list[str]:
    names = ("number", "title", "section", "notes", "explanation", "mark", "label", "text")
    texts = [str(getattr(part, name)) for name in names if hasattr(part, name)]
    owner, due = getattr(part, "owner", None), getattr(part, "due", None)
    condition, via = getattr(part, "condition", None), getattr(part, "via", "")
    fields = [*getattr(part, "keys", ()), via]
    named = [owner.name if owner else "", due.written if due else "", condition.written if condition else ""]
    return [*texts, *named, *fields]
