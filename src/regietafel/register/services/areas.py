"""Bringing in figures, neighbourhoods and shapes of areas: all rows or none, every bad row told."""

import csv
import io
import json
from collections.abc import Iterator
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


class BadRows(Refused):
    """Some rows of a file cannot be used; nothing was stored."""

    def __init__(self, faults: list[RowFault]) -> None:
        shown = "\n".join(str(fault) for fault in faults[:MOST_FAULTS])
        super().__init__(_("Er is niets opgeslagen. Verbeter deze rijen en probeer het opnieuw:\n%s") % shown)
        self.faults = faults


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
    rows = _read_csv(content, ("gebied", "peildatum", "inwoners"))
    codes = dict(Area.objects.values_list("code", "pk"))
    faults: list[RowFault] = []
    values: dict[tuple[int, date], tuple[int, str]] = {}
    for number, row in rows:
        found = len(faults)
        area_id = _area_id(row["gebied"], codes, number, faults)
        day = _day(row["peildatum"], number, faults)
        count = _count(row["inwoners"], number, faults)
        if len(faults) == found and area_id and day and count is not None:
            if values.get((area_id, day), (count, ""))[0] != count:
                faults.append(RowFault(number, "inwoners", _("spreekt een eerdere rij tegen")))
            values[area_id, day] = (count, (row.get("opmerking") or "").strip())
    if faults:
        raise BadRows(faults)
    return _store_inhabitants(values, source, by=by)


@transaction.atomic
def _store_inhabitants(
    values: dict[tuple[int, date], tuple[int, str]], source: str, *, by: Any
) -> Imported:
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
    _log("inwoners.ingelezen", done, source, by=by)
    return done


def import_neighbourhoods(*, content: bytes, source: str, by: Any) -> Imported:
    """Bring in districts and neighbourhoods from CSV: code, naam, soort (wijk of buurt), ligt_in, geldig_vanaf."""
    rows = _read_csv(content, ("code", "naam", "soort", "ligt_in", "geldig_vanaf"))
    codes = set(Area.objects.values_list("code", flat=True)) | {row["code"].strip() for _number, row in rows}
    faults: list[RowFault] = []
    for number, row in rows:
        for column in ("code", "naam"):
            if not row[column].strip():
                faults.append(RowFault(number, column, _("is leeg")))
        if row["soort"].strip() not in {Area.Kind.DISTRICT, Area.Kind.NEIGHBOURHOOD}:
            faults.append(RowFault(number, "soort", _("kies wijk of buurt")))
        if row["ligt_in"].strip() not in codes:
            faults.append(RowFault(number, "ligt_in", _("gebied %s is onbekend") % row["ligt_in"]))
        _day(row["geldig_vanaf"], number, faults)
    if faults:
        raise BadRows(faults)
    return _store_neighbourhoods([row for _number, row in rows], source, by=by)


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
    _log("gebieden.ingelezen", done, source, by=by)
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
        min(new, len(changed)), max(0, len(changed) - new), len(areas) - len(changed), len(shapes) - len(areas)
    )
    if not areas:
        raise Refused(_("Geen enkele code in dit bestand is hier bekend."))
    _log("vormen.ingelezen", done, source, by=by)
    return done


def _geometry(shape: Shape) -> dict[str, Any]:
    polygons = [
        [[[round(x, 5), round(y, 5)] for x, y in ring] for ring in polygon] for polygon in shape.polygons
    ]
    return {"type": "MultiPolygon", "coordinates": polygons}


def _log(action: str, done: Imported, source: str, *, by: Any) -> None:
    about = Area.objects.defer("geometry").order_by("pk").first()
    if about is not None and (done.new or done.changed):
        counts = {"nieuw": [0, done.new], "gewijzigd": [0, done.changed]}
        details = {"changes": counts, "reason": source}
        record(action, about, organisation_id=None, by=by, details=details)


def _read_csv(content: bytes, needed: tuple[str, ...]) -> list[tuple[int, Row]]:
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


def _numbered(reader: csv.DictReader, header: list[str]) -> Iterator[tuple[int, Row]]:
    reader.fieldnames = header
    for row in reader:
        if any((value or "").strip() for value in row.values() if isinstance(value, str)):
            yield reader.line_num, {name: str(row.get(name) or "") for name in header}


def _area_id(text: str, codes: dict[str, int], number: int, faults: list[RowFault]) -> int | None:
    found = codes.get(text.strip())
    if found is None:
        faults.append(RowFault(number, "gebied", _("gebied %s is onbekend") % (text.strip() or _("(leeg)"))))
    return found


def _day(text: str, number: int, faults: list[RowFault]) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        faults.append(RowFault(number, "datum", _("schrijf de datum als jjjj-mm-dd")))
        return None


def _count(text: str, number: int, faults: list[RowFault]) -> int | None:
    digits = text.strip().replace(".", "").replace(" ", "")
    if digits.isdigit() and int(digits) < 100_000_000:
        return int(digits)
    faults.append(RowFault(number, "inwoners", _("is geen heel getal")))
    return None
