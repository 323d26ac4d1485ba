"""Bringing in figures, neighbourhoods and shapes of areas: all rows or none, every bad row told."""

import csv
import io
import json
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.refusal import Refused
from regietafel.register.engine.shapes import Shape, UnreadableShape, read_shapes
from regietafel.register.models import Area, AreaMembership, Inhabitants
from regietafel.register.selectors.organisations import is_platform_admin

MAX_BYTES = 60_000_000
MOST_FAULTS = 200
MOST_INHABITANTS = 100_000_000
Row = dict[str, str]


@dataclass(frozen=True)
class RowFault:
    """One row that could not be used: its number in the file, the column, and why."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return _("Rij %(row)s, kolom %(column)s: %(message)s") % {
            "row": self.row,
            "column": self.column,
            "message": self.message,
        }


class RowReader:
    """Reads the cells of one row and remembers what is wrong with them."""

    def __init__(self, number: int, row: Row) -> None:
        self.number, self.row = number, row
        self.faults: list[RowFault] = []

    def text(self, column: str) -> str:
        """Return a cell that may not be empty."""
        found = self.row[column].strip()
        if not found:
            self.wrong(column, _("is leeg"))
        return found

    def one_of(self, column: str, known: Container[str]) -> str:
        """Return a cell that must hold a known word."""
        found = self.text(column)
        if found and found not in known:
            self.wrong(column, _("%s is onbekend") % found)
        return found

    def day(self, column: str) -> date:
        """Return a date; a wrong one gives a date that is not used."""
        try:
            return date.fromisoformat(self.row[column].strip())
        except ValueError:
            self.wrong(column, _("schrijf de datum als jjjj-mm-dd"))
            return date.min

    def count(self, column: str) -> int:
        """Return a whole number, with or without points per thousand."""
        digits = self.row[column].strip().replace(".", "").replace(" ", "")
        if digits.isascii() and digits.isdigit() and int(digits) < MOST_INHABITANTS:
            return int(digits)
        self.wrong(column, _("is geen heel getal"))
        return 0

    def wrong(self, column: str, message: str) -> None:
        """Remember that a cell cannot be used."""
        self.faults.append(RowFault(self.number, column, message))


class BadRows(Refused):
    """Some rows of a file cannot be used; nothing was stored."""

    def __init__(self, faults: list[RowFault]) -> None:
        self.faults = faults
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """Return what to say: that nothing was stored, and each row with its fault."""
        told = [str(fault) for fault in self.faults[:MOST_FAULTS]]
        more = len(self.faults) - len(told)
        rest = [_("En nog %(count)s andere.") % {"count": more}] if more else []
        return [_("Er is niets opgeslagen. Verbeter deze rijen en probeer het opnieuw."), *told, *rest]


@dataclass(frozen=True)
class Imported:
    """How many rows were new, changed, the same as before, or about an area nobody knows here."""

    new: int = 0
    changed: int = 0
    same: int = 0
    unknown: int = 0


def import_file(*, kind: str, content: bytes, source: str, by: Any) -> Imported:
    """Bring in a file of one of three kinds, for who looks after the installation."""
    if by is not None and not is_platform_admin(by):
        raise PermissionDenied
    importers = {"inwoners": import_inhabitants, "buurten": import_neighbourhoods, "vormen": import_shapes}
    return importers[kind](content=content, source=source, by=by)


def import_inhabitants(*, content: bytes, source: str, by: Any) -> Imported:
    """Bring in numbers of inhabitants from CSV: gebied, peildatum, inwoners and optionally opmerking."""
    codes = dict(Area.objects.values_list("code", "pk"))
    values: dict[tuple[int, date], tuple[int, str]] = {}
    faults: list[RowFault] = []
    for cells in _read_csv(content, ("gebied", "peildatum", "inwoners")):
        key = codes.get(cells.one_of("gebied", codes), 0), cells.day("peildatum")
        figure = cells.count("inwoners"), cells.row.get("opmerking", "").strip()
        if not cells.faults and values.setdefault(key, figure)[0] != figure[0]:
            cells.wrong("inwoners", _("spreekt een eerdere rij tegen"))
        faults += cells.faults
    if faults:
        raise BadRows(faults)
    return _store_inhabitants(values, source, by=by)


@transaction.atomic
def _store_inhabitants(values: dict[tuple[int, date], tuple[int, str]], source: str, *, by: Any) -> Imported:
    known = {(row.area_id, row.reference_on): row for row in Inhabitants.objects.select_for_update()}
    new, changed = [], []
    for (area_id, day), (count, note) in values.items():
        row = known.get((area_id, day))
        if row is None:
            new.append(Inhabitants(area_id=area_id, reference_on=day, count=count, source=source, note=note))
        elif (row.count, row.source, row.note) != (count, source, note):
            row.count, row.source, row.note = count, source, note
            changed.append(row)
    Inhabitants.objects.bulk_create(new, batch_size=500)
    Inhabitants.objects.bulk_update(changed, ("count", "source", "note"), batch_size=500)
    done = Imported(len(new), len(changed), len(values) - len(new) - len(changed))
    _log("inwoners.ingelezen", done, source=source, by=by)
    return done


def import_neighbourhoods(*, content: bytes, source: str, by: Any) -> Imported:
    """Bring in neighbourhoods from CSV: code, naam, soort (wijk of buurt), ligt_in and geldig_vanaf."""
    rows = _read_csv(content, ("code", "naam", "soort", "ligt_in", "geldig_vanaf"))
    codes = set(Area.objects.values_list("code", flat=True)) | {cells.row["code"].strip() for cells in rows}
    for cells in rows:
        cells.text("code")
        cells.text("naam")
        cells.one_of("soort", (Area.Kind.DISTRICT, Area.Kind.NEIGHBOURHOOD))
        cells.one_of("ligt_in", codes)
        cells.day("geldig_vanaf")
    if faults := [fault for cells in rows for fault in cells.faults]:
        raise BadRows(faults)
    return _store_neighbourhoods([cells.row for cells in rows], source, by=by)


@transaction.atomic
def _store_neighbourhoods(rows: list[Row], source: str, *, by: Any) -> Imported:
    new = changed = 0
    for row in rows:
        values = {"name": row["naam"].strip(), "kind": row["soort"].strip(), "source": source}
        before = Area.objects.filter(code=row["code"].strip()).defer("geometry").first()
        if before is None:
            new += 1
        elif any(getattr(before, name) != value for name, value in values.items()):
            changed += 1
        Area.objects.update_or_create(code=row["code"].strip(), defaults=values)
    ids = dict(Area.objects.values_list("code", "pk"))
    for row in rows:
        AreaMembership.objects.get_or_create(
            area_id=ids[row["code"].strip()],
            parent_id=ids[row["ligt_in"].strip()],
            valid_from=date.fromisoformat(row["geldig_vanaf"].strip()),
            defaults={"source": source},
        )
    done = Imported(new, changed, len(rows) - new - changed)
    _log("gebieden.ingelezen", done, source=source, by=by)
    return done


def import_shapes(*, content: bytes, source: str, by: Any) -> Imported:
    """Give areas their shape from GeoJSON or TopoJSON, by code."""
    if len(content) > MAX_BYTES:
        raise Refused(_("Het bestand is te groot. Gebruik een vereenvoudigde kaart."))
    try:
        shapes = read_shapes(json.loads(content))
    except UnreadableShape as error:
        raise Refused(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise Refused(_("Dit bestand is geen geldige JSON.")) from error
    return _store_shapes({shape.code: shape for shape in shapes}, source, by=by)


@transaction.atomic
def _store_shapes(shapes: dict[str, Shape], source: str, *, by: Any) -> Imported:
    areas = list(Area.objects.select_for_update().filter(code__in=shapes))
    new = sum(1 for area in areas if not area.geometry)
    changed = []
    for area in areas:
        geometry = _geometry(shapes[area.code])
        if area.geometry != geometry:
            area.geometry = geometry
            changed.append(area)
    Area.objects.bulk_update(changed, ("geometry",), batch_size=50)
    done = Imported(
        min(new, len(changed)),
        max(0, len(changed) - new),
        len(areas) - len(changed),
        len(shapes) - len(areas),
    )
    if not areas:
        raise Refused(_("Geen enkele code in dit bestand is hier bekend."))
    _log("vormen.ingelezen", done, source=source, by=by)
    return done


def _geometry(shape: Shape) -> dict[str, Any]:
    polygons = [
        [[[round(x, 5), round(y, 5)] for x, y in ring] for ring in polygon] for polygon in shape.polygons
    ]
    return {"type": "MultiPolygon", "coordinates": polygons}


def _log(action: str, done: Imported, *, source: str, by: Any) -> None:
    about = Area.objects.defer("geometry").order_by("pk").first()
    if about is not None and (done.new or done.changed):
        counts = {"nieuw": [0, done.new], "gewijzigd": [0, done.changed]}
        details = {"changes": counts, "reason": source}
        record(action, about, organisation_id=None, by=by, details=details)


def _read_csv(content: bytes, needed: tuple[str, ...]) -> list[RowReader]:
    if len(content) > MAX_BYTES:
        raise Refused(_("Het bestand is te groot."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    lines = text.replace("\x00", "").splitlines()
    separator = ";" if lines and lines[0].count(";") >= lines[0].count(",") else ","
    reader = csv.DictReader(io.StringIO("\n".join(lines)), delimiter=separator)
    header = [name.strip().lower() for name in reader.fieldnames or ()]
    absent = [name for name in needed if name not in header]
    if absent:
        raise Refused(_("Deze kolommen ontbreken: %s.") % ", ".join(absent))
    return list(_numbered(reader, header))


def _numbered(reader: "csv.DictReader[str]", header: list[str]) -> Iterator[RowReader]:
    reader.fieldnames = header
    for row in reader:
        if any((value or "").strip() for value in row.values() if isinstance(value, str)):
            yield RowReader(reader.line_num, {name: str(row.get(name) or "") for name in header})
