"""Which column is what: the sets suppliers use, plain Dutch and English names, or the user's own mapping."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from regietafel.monitor.adapters.readers.rows import Cell, FileRejected, RowError, Table
from regietafel.monitor.engine.messages import RawItem

_DATA = re.compile(r"\d{4}-\d\d|\d[-/.]\d{1,2}[-/.]\d\d|https?://|@|^\d+$")  # no name of a column
_BETWEEN_LABELS = re.compile(r"[;,|\n]")
FIELDS = (
    "id", "url", "datum", "titel", "tekst", "bron", "soort", "taal", "plaats", "labels", "auteur",
    "interacties",
)  # fmt: skip
SUPPLIERS = ("coosto", "obi4wan", "meltwater", "4cat")

_NAMES = {
    "id": "id|message id|bericht id|berichtnummer|identifier|guid|post id|tweet id|document id|nummer",
    "url": "url|link|permalink|bericht url|url bericht|webadres|adres|href",
    "datum": "datum iso|datum|date|datum tijd|datum en tijd|published|published at|publicatiedatum"
    "|publicatie datum"
    "|tijdstip"
    "|timestamp|created at|date time|datetime|pubdate|geplaatst op|gepubliceerd|tijd|time",
    "titel": "titel|title|headline|kop|koptekst|onderwerp|subject",
    "tekst": "tekst|text|bericht tekst|berichttekst|body|bericht|inhoud|content|message|omschrijving"
    "|description|samenvatting"
    "|summary|hit sentence|opening text",
    "bron": "bron|source|medium|outlet|krant|site|publicatie|source name|bronnaam|mediumnaam",
    "soort": "soort|type|kind|medtype|mediatype|media type|source type|brontype|platform|kanaal",
    "taal": "taal|language|lang",
    "plaats": "plaats|place|plaatsnaam|location|locatie|woonplaats|city|stad|gemeente",
    "labels": "labels|label|tags|tag|document tags",
    "auteur": "auteur|author|geplaatst door|geplaatst door optioneel|influencer|user|username|gebruiker"
    "|gebruikersnaam"
    "|screen name|account|naam",
    "interacties": "interacties|interactions|engagement|interactie",
    "reacties": "reacties|comments|comment count|replies|reply count|num comments",
    "gedeeld": "gedeeld|shares|share count|retweets|retweet count",
    "waarderingen": "likes|like count|vind ik leuks|waarderingen|favorites|favorite count|score",
    "weergaven": "views|weergaven|view count",
}
_FIELD_OF_NAME = {name: field for field, names in reversed(_NAMES.items()) for name in names.split("|")}
_RANK_OF_NAME = {name: rank for names in _NAMES.values() for rank, name in enumerate(names.split("|"))}
COUNTS = ("interacties", "reacties", "gedeeld", "waarderingen", "weergaven")
_KNOWN_BY = {
    "coosto": ("bericht tekst", "datum", "url", "type"),
    "obi4wan": ("bericht", "geplaatst door optioneel"),
    "meltwater": ("headline", "hit sentence", "source", "input name"),
    "4cat": ("thread id", "timestamp", "body"),
}
_SUPPLIER_FIELDS = {
    "coosto": {"tekst": "bericht tekst", "soort": "type"},
    "obi4wan": {"tekst": "bericht", "auteur": "geplaatst door optioneel"},
    "meltwater": {
        "datum": "date",
        "titel": "headline",
        "tekst": "opening text+hit sentence",
        "auteur": "influencer",
        "plaats": "city",
        "labels": "document tags+custom categories",
    },
    "4cat": {"datum": "timestamp", "tekst": "body", "titel": "subject"},
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The mapping of one file: the supplier we think made it, and per field its column or columns."""

    supplier: str
    columns: Mapping[str, str]


def plain_name(column: str) -> str:
    """Give a column name without case, signs and double blanks, so that spellings meet."""
    return " ".join(re.split(r"[^0-9a-zà-ÿ]+", column.casefold())).strip()


def guess_layout(
    header: Sequence[str], *, supplier: str = "", columns: Mapping[str, str] | None = None
) -> Layout:
    """Decide which column is what; a mapping given by the user goes before every guess."""
    by_name: dict[str, str] = {}
    for column in header:
        by_name.setdefault(plain_name(column), column)
    supplier = supplier or _recognised(by_name)
    found: dict[str, str] = {}
    for name in sorted(by_name, key=lambda name: _RANK_OF_NAME.get(name, 0)):
        if field := _FIELD_OF_NAME.get(name):
            found.setdefault(field, by_name[name])
    for field, names in _SUPPLIER_FIELDS.get(supplier, {}).items():
        present = [by_name[name] for name in names.split("+") if name in by_name]
        if present:
            found[field] = "+".join(present)
    if columns:
        found |= _checked(columns, header, by_name=by_name)
    return Layout(supplier, found)


def _recognised(by_name: Mapping[str, str]) -> str:
    known = (supplier for supplier, names in _KNOWN_BY.items() if all(name in by_name for name in names))
    return next(known, "")


def _checked(
    columns: Mapping[str, str], header: Sequence[str], *, by_name: Mapping[str, str]
) -> dict[str, str]:
    checked: dict[str, str] = {}
    for field, column in columns.items():
        if field not in _NAMES:
            raise FileRejected(f"Het veld “{field}” kennen wij niet. U kunt kiezen uit: {', '.join(_NAMES)}.")
        parts = [column] if column in header else column.split("+")
        for part in parts:
            if part not in header and plain_name(part) not in by_name:
                raise FileRejected(
                    f"De kolom “{part}” staat niet in het bestand. De kolommen zijn: {_listed(header)}."
                )
        checked[field] = "+".join(part if part in header else by_name[plain_name(part)] for part in parts)
    return checked


def _listed(header: Sequence[str]) -> str:
    """List the columns; a first row that is a message itself may name a person and is not repeated."""
    if any(_DATA.search(column) for column in header):
        return "(onbekend: de eerste rij lijkt een bericht; zet er een rij met kolomnamen boven)"
    return ", ".join(column[:40] for column in header[:20]) or "(geen)"


def require_text(layout: Layout, header: Sequence[str]) -> None:
    """Refuse a file in which no column holds words."""
    if "titel" not in layout.columns and "tekst" not in layout.columns:
        raise FileRejected(
            "Wij herkennen geen kolom met een titel of tekst. "
            f"De kolommen zijn: {_listed(header)}. "
            "Geef aan welke kolom wat is, bijvoorbeeld tekst=inhoud."
        )


def to_items(
    table: Table, *, layout: Layout, file: str, only: Collection[str] | None = None
) -> Iterator[RawItem | RowError]:
    """Turn numbered rows of cells into items; a row that already failed passes through.

    With ``only`` no other fields are filled: what nobody asks for need not be read.
    """
    header = table.header
    places = {
        field: _places(column, header)
        for field, column in layout.columns.items()
        if only is None or field in only
    }
    texts = {field: _picker(places.get(field, ())) for field in FIELDS}
    dates = places.get("datum", ())
    labels = _label_picker(places.get("labels", ()))
    counts = [(field, places[field][0]) for field in COUNTS if field in places]
    width = len(header)
    needed = {header[place] for column_places in places.values() for place in column_places}
    for row in table.rows_with(needed=needed) if table.rows_with else table.rows:
        if isinstance(row, RowError):
            yield row
            continue
        number, cells = row
        if len(cells) > width and any(cell not in (None, "") for cell in cells[width:]):
            yield RowError(
                file, number, "", f"Deze rij heeft {len(cells)} kolommen; de kop heeft er {width}."
            )
            continue
        if table.rows_with is None and not any(cell not in (None, "") for cell in cells):
            continue
        yield RawItem(
            row=number,
            external_id=texts["id"](cells),
            url=texts["url"](cells),
            published=_date_cell(cells, dates),
            title=texts["titel"](cells),
            text=texts["tekst"](cells),
            outlet=texts["bron"](cells),
            kind=texts["soort"](cells),
            language=texts["taal"](cells),
            place=texts["plaats"](cells),
            labels=labels(cells),
            author=texts["auteur"](cells),
            interactions={name: _number(cells[place]) for name, place in counts if place < len(cells)},
        )


def _places(column: str, header: Sequence[str]) -> tuple[int, ...]:
    parts = [column] if column in header else column.split("+")
    return tuple(header.index(part) for part in parts)


def _picker(places: tuple[int, ...]) -> Callable[[Sequence[Cell]], str]:
    """Make the quickest function that gives the text of these cells."""
    if not places:
        return lambda cells: ""
    if len(places) > 1:
        return lambda cells: "\n".join(
            dict.fromkeys(as_text(cells[place]) for place in places if place < len(cells))
        )
    place = places[0]

    def pick(cells: Sequence[Cell]) -> str:
        if place >= len(cells):
            return ""
        cell = cells[place]
        return cell if type(cell) is str else as_text(cell)

    return pick


def _label_picker(places: tuple[int, ...]) -> Callable[[Sequence[Cell]], tuple[str, ...]]:
    """Make the function that gives the labels of these cells: a list, or one text with separators."""
    if not places:
        return lambda cells: ()

    def pick(cells: Sequence[Cell]) -> tuple[str, ...]:
        found = (label for place in places if place < len(cells) for label in _labels(cells[place]))
        return tuple(dict.fromkeys(found))

    return pick


def _labels(cell: Cell) -> Iterator[str]:
    parts = cell if isinstance(cell, tuple) else _BETWEEN_LABELS.split(as_text(cell))
    return (label for part in parts if (label := part.strip()))


def as_text(cell: Cell) -> str:
    """Write a cell as a person would read it: 12 and not 12.0."""
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return "\n".join(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _date_cell(cells: Sequence[Cell], places: tuple[int, ...]) -> str | float | date | None:
    if not places or places[0] >= len(cells):
        return None
    cell = cells[places[0]]
    return as_text(cell).strip() if isinstance(cell, str | tuple) else cell


def _number(cell: Cell) -> str | float:
    return cell if isinstance(cell, int | float) else as_text(cell)
