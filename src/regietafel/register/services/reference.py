"""Loading the facts that ship with the product; loading them again changes nothing that is the same."""

import csv
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from regietafel.kit.audit import record
from regietafel.register.models import Area, AreaMembership, Confidentiality, Inhabitants, Phase, Role

Row = dict[str, str]
BATCH = 500
LEVELS = {str(level.label): level.value for level in Confidentiality}


@transaction.atomic
def load_reference(folder: Path, *, by: Any = None) -> dict[str, int]:
    """Load areas, their centres, how they lie in each other, inhabitants, roles and phases.

    Returns:
        Dutch name of the list -> number of rows that were added or changed.
    """
    steps: tuple[tuple[str, str, Callable[[list[Row]], int]], ...] = (
        ("gebieden", "gebieden.csv", _load_areas),
        ("middelpunten", "middelpunten.csv", _load_centres),
        ("gebiedsindelingen", "gebiedsindeling.csv", _load_memberships),
        ("inwonertallen", "inwoners.csv", _load_inhabitants),
        ("rollen", "rollen.csv", _load_roles),
        ("fasen", "fasen.csv", _load_phases),
    )
    counts = {name: load(_rows(folder / file)) for name, file, load in steps}
    marker = Phase.objects.order_by("order").first()
    if any(counts.values()) and marker is not None:
        changes = {name: [0, count] for name, count in counts.items() if count}
        record("referentie.geladen", marker, organisation_id=None, by=by, details={"changes": changes})
    return counts


def _rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _load_areas(rows: list[Row]) -> int:
    wanted = {
        (row["code"],): {
            "name": row["naam"],
            "kind": row["soort"],
            "tile_column": _number(row["tegelkolom"]),
            "tile_row": _number(row["tegelrij"]),
            "source": row["bron"],
        }
        for row in rows
    }
    return _merge(Area.objects.defer("geometry"), ("code",), wanted=wanted)


def _load_centres(rows: list[Row]) -> int:
    """Give known areas their centre; an area that nobody knows here gets none."""
    known = set(Area.objects.values_list("code", flat=True))
    wanted = {
        (row["gemeente"],): {
            "centre": row["plaats"],
            "latitude": float(row["breedtegraad"]),
            "longitude": float(row["lengtegraad"]),
            "centre_source": row["bron"],
        }
        for row in rows
        if row["gemeente"] in known
    }
    return _merge(Area.objects.defer("geometry"), ("code",), wanted=wanted)


def _load_memberships(rows: list[Row]) -> int:
    ids = dict(Area.objects.values_list("code", "pk"))
    wanted = {
        (ids[row["gebied"]], ids[row["ligt_in"]], date.fromisoformat(row["geldig_vanaf"])): {
            "valid_until": date.fromisoformat(row["geldig_tot"]) if row["geldig_tot"] else None,
            "source": row["bron"],
        }
        for row in rows
    }
    return _merge(AreaMembership.objects.all(), ("area_id", "parent_id", "valid_from"), wanted=wanted)


def _load_inhabitants(rows: list[Row]) -> int:
    ids = dict(Area.objects.values_list("code", "pk"))
    wanted = {
        (ids[row["gebied"]], date.fromisoformat(row["peildatum"])): {
            "count": int(row["inwoners"]),
            "source": row["bron"],
            "note": row["opmerking"],
        }
        for row in rows
    }
    return _merge(Inhabitants.objects.all(), ("area_id", "reference_on"), wanted=wanted)


def _load_roles(rows: list[Row]) -> int:
    wanted = {
        (row["code"],): {
            "name": row["naam"],
            "reads_up_to": LEVELS[row["leest_tot_en_met"]],
            "may_write": row["schrijft"] == "ja",
            "may_publish": row["publiceert"] == "ja",
            "may_approve": row["keurt_goed"] == "ja",
            "may_manage": row["beheert"] == "ja",
            "order": place,
        }
        for place, row in enumerate(rows, start=1)
    }
    return _merge(Role.objects.all(), ("code",), wanted=wanted)


def _load_phases(rows: list[Row]) -> int:
    wanted = {
        (row["code"],): {
            "name": row["naam"],
            "order": place,
            "description": row["toelichting"],
            "is_closed": row["afgesloten"] == "ja",
        }
        for place, row in enumerate(rows, start=1)
    }
    return _merge(Phase.objects.all(), ("code",), wanted=wanted)


def _merge(
    known: models.QuerySet[Any], keys: tuple[str, ...], *, wanted: dict[tuple[Any, ...], dict[str, Any]]
) -> int:
    """Add what is absent and change what differs; return how many rows that were."""
    model = known.model
    found = {tuple(getattr(row, key) for key in keys): row for row in known}
    new = [
        model(**dict(zip(keys, key, strict=True)), **values)
        for key, values in wanted.items()
        if key not in found
    ]
    changed = [found[key] for key, values in wanted.items() if key in found and _differs(found[key], values)]
    model._default_manager.bulk_create(new, batch_size=BATCH)
    fields = _names(wanted.values())
    if changed:
        model._default_manager.bulk_update(changed, fields, batch_size=BATCH)
    return len(new) + len(changed)


def _differs(row: models.Model, values: dict[str, Any]) -> bool:
    """Say whether a row has other values, and give it the wanted ones."""
    differs = any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)
    return differs


def _names(values: Iterable[dict[str, Any]]) -> list[str]:
    return list(next(iter(values), {}))


def _number(text: str) -> int | None:
    return int(text) if text else None
