"""Groups, locations and kilometres from files: every mistake named by row and column, several at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from regietafel.reception.adapters.records import (
    CellRefused,
    not_a_code,
    optional_day,
    plain_text,
    text,
)
from regietafel.reception.adapters.tables import TableRefused, read_table
from regietafel.reception.engine.anonymity import unfit_mark
from regietafel.reception.engine.placing import (
    FEATURES,
    KINDS,
    MOST_URGENT,
    TARGET_GROUPS,
    TYPES,
    Group,
    Location,
    Tie,
    forbidden_ground,
)

MOST_NUMBER, MOST_DIGITS, MOST_KM = 100_000, 9, 25_000.0
MOST_ERRORS, MOST_LETTERS = 100, 200
YES, NO = frozenset({"ja", "j", "1", "x"}), frozenset({"nee", "n", "0", ""})
_TIES = ("eerder", "werk", "school")
GROUP_COLUMNS = (
    "groep", "personen", "nodig", *TYPES, "soort", "koppeling", *_TIES, *(f"gewicht_{one}" for one in _TIES),
    "urgentie", "uiterlijk", "van", "tot", "deelt_kamer",
)  # fmt: skip
LOCATION_COLUMNS = (
    "locatie", "gemeente", "soort", "doelgroep", "plaatsen", "kenmerken", *TYPES, "geblokkeerd", "kamer",
    "open", "achterstand", "dag",
)  # fmt: skip
KM_COLUMNS = ("van", "naar", "km")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a file, where, and what to do."""

    file: str
    row: int | None
    column: str
    text: str

    def line(self) -> str:
        """Write it as one line."""
        where = [f"rij {self.row}"] * bool(self.row) + [f"kolom {self.column}"] * bool(self.column)
        return f"{self.file}{', ' if where else ''}{', '.join(where)}: {self.text}"

    def as_dict(self) -> dict[str, Any]:
        """Give it for machines."""
        return {"bestand": self.file, "rij": self.row, "kolom": self.column or None, "melding": self.text}


class FileRefused(Exception):
    """Files cannot be used; every mistake that was found."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(each.line() for each in mistakes))
        self.mistakes = tuple(mistakes)


@dataclass(slots=True)
class Sheet:
    """The rows of a file by column name, and the mistakes found so far."""

    name: str
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, row: int | None, column: str, *, text: str) -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake(self.name, row, column, text))

    def refuse(self) -> None:
        """Stop when anything was wrong."""
        if self.mistakes:
            raise FileRefused(self.mistakes[:MOST_ERRORS])


def read_sheet(path: Path, *, columns: Sequence[str], needed: Sequence[str]) -> Sheet:
    """Read a CSV or XLSX file with known columns only.

    Raises:
        FileRefused: it cannot be read, or has columns that are unknown, forbidden, double or missing.
    """
    sheet = Sheet(path.name)
    try:
        (_number, names), *rows = read_table(path).rows
    except TableRefused as refusal:
        sheet.wrong(None, "", text=str(refusal))
        raise FileRefused(sheet.mistakes) from refusal
    head = [text(cell).lower() for cell in names]
    _judge_head(sheet, head, about=(columns, needed))
    sheet.refuse()
    for number, cells in rows:
        if any(text(cell) for cell in cells[len(head) :]):
            told = f"{len(cells)} waarden, maar {len(head)} kolommen. Controleer de scheiding."
            sheet.wrong(number, "", text=told)
            continue
        sheet.rows.append((number, dict(zip(head, map(plain_text, cells), strict=False))))
    if not sheet.rows:
        if not sheet.mistakes:
            sheet.wrong(None, "", text="geen rijen onder de kop.")
        sheet.refuse()
    return sheet


def _judge_head(sheet: Sheet, head: Sequence[str], *, about: tuple[Sequence[str], Sequence[str]]) -> None:
    columns, needed = about
    for name in dict.fromkeys(head):
        shown = _short(name)
        if ground := forbidden_ground(name) if name not in columns else None:
            sheet.wrong(
                1, shown, text=f"hierop wordt nooit geplaatst ({ground}). Haal de kolom uit het bestand."
            )
        elif name not in columns:
            sheet.wrong(1, shown or "(leeg)", text=f"onbekende kolom. Kies uit: {', '.join(columns)}.")
        elif head.count(name) > 1:
            sheet.wrong(1, shown, text="deze kolom staat er twee keer.")
    for name in needed:
        if name not in head:
            sheet.wrong(1, name, text="deze kolom ontbreekt.")


def _short(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}…"


class Cells:
    """The cells of one row, each read as what it must be; a mistake is noted and the default goes on."""

    def __init__(self, sheet: Sheet, number: int, *, cells: dict[str, str]) -> None:
        self.sheet, self.number, self.cells = sheet, number, cells

    def wrong(self, column: str, text: str) -> None:
        """Note a mistake in this row."""
        self.sheet.wrong(self.number, column, text=text)

    def text(self, column: str, *, needed: bool = False) -> str:
        """Read a text of reasonable length."""
        found = self.cells.get(column, "")
        if needed and not found:
            self.wrong(column, "leeg. Vul een waarde in.")
        if len(found) > MOST_LETTERS:
            self.wrong(column, f"langer dan {MOST_LETTERS} tekens.")
        return found[:MOST_LETTERS]

    def code(self, column: str, *, needed: bool = False) -> str:
        """Read a code of groups, which tells nobody's name or number."""
        found = self.text(column, needed=needed)
        if why := unfit_mark(found):
            self.wrong(column, not_a_code(why))
        return found

    def whole(
        self, column: str, *, default: int | None, least: int = 0, most: int = MOST_NUMBER
    ) -> int | None:
        """Read a whole number between bounds."""
        found = self.text(column)
        if not found:
            if default is None and column in {"personen", "plaatsen"}:
                self.wrong(column, "leeg. Vul een getal in.")
            return default
        digits = found.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()):
            self.wrong(column, f"“{_short(found)}” is geen heel getal.")
            return default
        if len(digits) > MOST_DIGITS or not least <= int(found) <= most:
            self.wrong(column, f"{_short(found)} ligt niet tussen {least} en {most}.")
            return default
        return int(found)

    def day(self, column: str) -> date | None:
        """Read a day such as 2026-11-30 or 30-11-2026; None where it is empty, or wrong."""
        try:
            return optional_day(self.text(column))
        except CellRefused as refusal:
            self.wrong(column, str(refusal))
            return None

    def among(self, column: str, words: Iterable[str]) -> frozenset[str]:
        """Read words of a list, with a space, comma or bar between them."""
        found = {
            each for each in self.text(column).lower().replace("|", " ").replace(",", " ").split() if each
        }
        for word in sorted(found - set(words)):
            self.wrong(column, f"“{word}” kennen wij niet. Kies uit: {', '.join(words)}.")
        return frozenset(found & set(words))

    def yes(self, column: str) -> bool:
        """Read ja or nee."""
        found = self.text(column).lower()
        if found not in YES | NO:
            self.wrong(column, f"“{_short(found)}” is geen ja of nee.")
        return found in YES

    def km(self, column: str) -> float:
        """Read kilometres, with a comma or a point."""
        found = self.text(column, needed=True).replace(",", ".")
        try:
            km = float(found or "0")
        except ValueError:
            km = -1.0
        if not 0 <= km <= MOST_KM:
            self.wrong(column, f"“{_short(found)}” is geen afstand van 0 tot 25.000 km.")
            return 0.0
        return km


def read_groups(path: Path, *, days: Sequence[date] | None = ()) -> tuple[Group, ...]:
    """Read the groups; with days, their first night and day of leaving.

    Args:
        path: the file.
        days: those of the locations, empty when they have none; None when they are not known or do not
            matter, so that a first night and a day of leaving are read and left out.

    Raises:
        FileRefused: with every mistake.
    """
    sheet = read_sheet(path, columns=GROUP_COLUMNS, needed=("groep", "personen"))
    groups = [_group(Cells(sheet, number, cells=cells), days) for number, cells in sheet.rows]
    _once(sheet, "groep")
    sheet.refuse()
    return tuple(groups)


def _group(cells: Cells, days: Sequence[date] | None) -> Group:
    size = cells.whole("personen", default=None, least=1, most=10_000) or 1
    typed = {kind: _people(cells, kind, size=size) for kind in TYPES}
    ties = tuple(
        Tie(
            municipality=cells.text(kind),
            kind=kind,
            weight=cells.whole(f"gewicht_{kind}", default=1, most=100) or 0,
        )
        for kind in _TIES
        if cells.text(kind)
    )
    return Group(
        code=cells.code("groep", needed=True),
        size=size,
        needs=cells.among("nodig", FEATURES),
        typed={kind: count for kind, count in typed.items() if count},
        kinds=cells.among("soort", KINDS),
        link=cells.code("koppeling"),
        ties=ties,
        urgency=cells.whole("urgentie", default=1, least=1, most=MOST_URGENT) or 1,
        latest_on=cells.day("uiterlijk"),
        nights=_nights(cells, days),
        shares_room=cells.yes("deelt_kamer"),
    )


def _people(cells: Cells, column: str, *, size: int) -> int:
    """Read how many people need a type of place; ja is everybody."""
    found = cells.text(column).lower()
    if found in YES - {"1"}:
        return size
    if found in NO:
        return 0
    return cells.whole(column, default=0, most=size) or 0


def _nights(cells: Cells, days: Sequence[date] | None) -> tuple[int, int] | None:
    first, until = cells.day("van"), cells.day("tot")
    if first is None and until is None:
        return None
    if first and until and until <= first:
        cells.wrong("tot", "de dag van vertrek ligt niet na de eerste nacht.")
        return None
    if not days:
        if days is not None:
            cells.wrong(
                "van" if first else "tot",
                "de locaties hebben geen kolom dag, dus dit heeft geen betekenis. Haal deze dag weg, of "
                "geef de locaties een rij per dag.",
            )
        return None
    begin = (first or days[0]).toordinal() - days[0].toordinal()
    end = until.toordinal() - days[0].toordinal() if until else len(days)
    if begin < 0 or end > len(days):
        column = "van" if begin < 0 else "tot"
        cells.wrong(column, f"valt buiten de dagen van de locaties ({days[0]} tot en met {days[-1]}).")
        return None
    return begin, end


def read_locations(path: Path) -> tuple[tuple[Location, ...], tuple[date, ...]]:
    """Read the locations, one row each, or one per day when there is a column dag; give the days too.

    Raises:
        FileRefused: with every mistake.
    """
    sheet = read_sheet(path, columns=LOCATION_COLUMNS, needed=("locatie", "gemeente", "plaatsen"))
    has_days = "dag" in sheet.rows[0][1] or any("dag" in cells for _, cells in sheet.rows)
    if not has_days:
        _once(sheet, "locatie")
        found = [_location(Cells(sheet, number, cells=cells), ()) for number, cells in sheet.rows]
        _same_behind(sheet, found)
        sheet.refuse()
        return tuple(found), ()
    return _by_day(sheet)


def _by_day(sheet: Sheet) -> tuple[tuple[Location, ...], tuple[date, ...]]:
    by_code: dict[str, dict[date, Cells]] = {}
    for number, each in sheet.rows:
        cells = Cells(sheet, number, cells=each)
        mistakes = len(sheet.mistakes)
        day = cells.day("dag")
        if day is None:
            if len(sheet.mistakes) == mistakes:
                cells.wrong("dag", "leeg. Elke rij heeft een dag.")
            continue
        own = by_code.setdefault(cells.text("locatie", needed=True), {})
        if day in own:
            cells.wrong("dag", "deze dag staat er twee keer voor deze locatie.")
        own[day] = cells
    sheet.refuse()
    days = sorted({day for own in by_code.values() for day in own})
    _refuse_gaps(sheet, days, by_code=by_code)
    found = []
    for code, own in by_code.items():
        if missing := [day for day in days if day not in own]:
            sheet.wrong(
                min(cells.number for cells in own.values()),
                "dag",
                text=f"locatie {code} mist {missing[0]}. Zet daar een rij voor, met 0 als er geen plaats is.",
            )
            continue
        rows = [own[day] for day in days]
        found.append(_location(rows[0], rows[1:]))
    _same_behind(sheet, found)
    sheet.refuse()
    return tuple(found), tuple(days)


def _refuse_gaps(sheet: Sheet, days: Sequence[date], *, by_code: dict[str, dict[date, Cells]]) -> None:
    """Name every row after which no location has the day that comes next."""
    for day, after in pairwise(days):
        if (after - day).days == 1:
            continue
        row = min(own[after].number for own in by_code.values() if after in own)
        missing = (after - day).days - 1
        told = "ontbreekt 1 dag" if missing == 1 else f"ontbreken {missing} dagen"
        sheet.wrong(
            row,
            "dag",
            text=f"tussen {day} en {after} {told}. "
            "Geef elke locatie een rij voor elke dag, met 0 als er geen plaats is.",
        )


def _location(cells: Cells, later: Sequence[Cells]) -> Location:
    kind = cells.among("soort", KINDS)
    if len(kind) > 1:
        cells.wrong("soort", "een locatie heeft één soort.")
    rows = [cells, *later]
    places = tuple(_places(row) for row in rows)
    kept = cells.among("doelgroep", TARGET_GROUPS)
    if len(kept) > 1:
        cells.wrong("doelgroep", "plaatsen zijn voor één doelgroep.")
    blocked = cells.whole("geblokkeerd", default=0) or 0
    if blocked > max(places):
        cells.wrong("geblokkeerd", f"{blocked} geblokkeerd, maar er zijn {max(places)} plaatsen.")
    return Location(
        code=cells.text("locatie", needed=True),
        municipality=cells.text("gemeente", needed=True),
        kind=min(kind, default="gemeentelijk"),
        places=places,
        features=cells.among("kenmerken", FEATURES) | kept,
        typed={
            each: tuple(row.whole(each, default=0) or 0 for row in rows)
            for each in TYPES
            if any(row.text(each) for row in rows)
        },
        blocked=blocked,
        room_size=cells.whole("kamer", default=1, least=1, most=100) or 1,
        opens_on=cells.day("open"),
        behind=cells.whole("achterstand", default=None, least=-MOST_NUMBER),
        only_for=min(kept, default=""),
    )


def _places(cells: Cells) -> int:
    """Read the places of a row, of which no more can be of one type."""
    mistakes = len(cells.sheet.mistakes)
    places = cells.whole("plaatsen", default=None) or 0
    if len(cells.sheet.mistakes) > mistakes:
        return places
    for kind in TYPES:
        told = cells.cells.get(kind, "")
        if told.isascii() and told.isdigit() and int(told[:9]) > places:
            cells.wrong(
                kind,
                f"{told[:9]} van deze soort, maar er zijn {places} plaatsen. Zet hier hoogstens {places}.",
            )
    return places


def _same_behind(sheet: Sheet, locations: Sequence[Location]) -> None:
    """The share is that of the municipality, so its locations must agree."""
    known: dict[str, int] = {}
    for each in locations:
        if each.behind is None:
            continue
        if known.setdefault(each.municipality, each.behind) != each.behind:
            text = f"{each.municipality} heeft bij locatie {each.code} een andere achterstand dan eerder."
            sheet.wrong(None, "achterstand", text=text)


def read_km(path: Path) -> dict[tuple[str, str], float]:
    """Read the kilometres between municipalities.

    Raises:
        FileRefused: with every mistake.
    """
    sheet = read_sheet(path, columns=KM_COLUMNS, needed=KM_COLUMNS)
    km: dict[tuple[str, str], float] = {}
    for number, each in sheet.rows:
        cells = Cells(sheet, number, cells=each)
        one, other = cells.text("van", needed=True), cells.text("naar", needed=True)
        apart = cells.km("km")
        if km.get((one, other), km.get((other, one), apart)) != apart:
            cells.wrong("km", f"van {one} naar {other} staat er al met een andere afstand.")
        km[one, other] = apart
    sheet.refuse()
    return km


def _once(sheet: Sheet, column: str) -> None:
    seen: dict[str, int] = {}
    for number, cells in sheet.rows:
        code = cells.get(column, "")
        if code and not unfit_mark(code) and seen.setdefault(code, number) != number:
            sheet.wrong(number, column, text=f"“{_short(code)}” staat ook in rij {seen[code]}.")
