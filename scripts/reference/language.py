"""Zoektaal: the language of questions, from its tables, its dialects and its limits."""

from pathlib import Path

from regietafel.monitor.engine.query import limits
from regietafel.monitor.engine.query.dialects import AUTHOR_FIELDS, DIALECTS, FOREIGN_FIELDS, Dialect
from regietafel.monitor.engine.query.documents import ZONES
from scripts.reference.markdown import GENERATED, plain, table
from scripts.reference.rules import sections

PROSE = Path(__file__).with_name("language.md")
PAGE = "zoektaal.md"


def page() -> str:
    """Write the page."""
    told = PROSE.read_text(encoding="utf-8").format(
        fewest_letters=limits.FEWEST_LETTERS,
        usual_distance=limits.USUAL_DISTANCE,
        fields=", ".join(f"`{zone}:`" for zone in ZONES),
    )
    found = sections(PAGE)
    at = next(place for place, part in enumerate(found) if part.startswith("## Schrijfwijzen")) + 1
    parts = [GENERATED, told.strip(), _limits()]
    return "\n\n".join([*parts, *found[:at], _dialects(), _fields(), *found[at:]]) + "\n"


def _limits() -> str:
    rows = [
        ("tekens in een vraag", limits.MAX_LENGTH),
        ("zoekwoorden, woordgroepen, invulplekken en dagen samen", limits.MAX_TERMS),
        ("zoekwoorden nadat de invulplekken zijn ingevuld", limits.MAX_FILLED_TERMS),
        ("haakjes in elkaar", limits.MAX_NESTING),
        ("keer NEAR achter elkaar of in elkaar", limits.MAX_NEAR_DEPTH),
        ("woorden tussen twee woorden bij NEAR", limits.MAX_DISTANCE),
        ("woorden in een woordgroep", limits.MAX_PHRASE_WORDS),
        ("schrijfwijzen van één woordgroep door koppeltekens", limits.MAX_FORMS),
    ]
    cells = [(what, f"{number:,}".replace(",", ".")) for what, number in rows]
    return f"## Grenzen\n\n{table(('Hoogstens', 'Aantal'), cells)}"


def _dialects() -> str:
    head = (
        "Schrijfwijze",
        "Op de opdrachtregel",
        "Naast elkaar",
        "NOT",
        "Kleine letters",
        "Plus, min en !",
        "Gewicht",
    )
    return table(head, map(_dialect, DIALECTS.values()))


def _dialect(dialect: Dialect) -> tuple[str, ...]:
    return (
        plain(dialect.label),
        f"`{dialect.name}`",
        dialect.joins_with,
        _reach(dialect),
        "ook verbinding" if dialect.is_case_free else "gewoon woord",
        "moet en mag niet, voor de groep" if dialect.has_clauses else "geweigerd",
        "telt niet mee, met hint" if dialect.ignores_boosts else "geweigerd",
    )


def _reach(dialect: Dialect) -> str:
    if dialect.is_not_greedy:
        return "alles wat volgt in de groep"
    return "één woord of groep, voor de hele groep" if dialect.has_clauses else "één woord of groep"


def _fields() -> str:
    own = dict.fromkeys(FOREIGN_FIELDS.values())
    cells = [
        (f"`{zone}:`" if zone != "dag" else "`sinds:` en `tot:`", ", ".join(f"`{name}:`" for name in names))
        for zone in own
        if (names := sorted(name for name, meant in FOREIGN_FIELDS.items() if meant == zone))
    ]
    authors = ", ".join(f"`{name}:`" for name in sorted(AUTHOR_FIELDS))
    told = (
        "De andere schrijfwijzen kennen ook deze namen van velden. In onze eigen schrijfwijze zegt de fout "
        "welk veld u bedoelt."
    )
    return f"{told}\n\n{table(('Veld', 'Andere namen'), cells)}\n\nOveral geweigerd: {authors}."
