"""What the register of processing says beside what monitors say of themselves; from the reference data."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[4] / "reference" / "verwerkingen.toml"


@dataclass(frozen=True)
class MonitorWords:
    """What holds for every monitor."""

    purpose: str
    data: tuple[str, ...]
    people: tuple[str, ...]
    recipients: tuple[str, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True)
class FixedProcessing:
    """A processing that every installation has."""

    name: str
    purpose: str
    legal_basis: str
    data: tuple[str, ...]
    people: tuple[str, ...]
    sources: tuple[str, ...]
    recipients: tuple[str, ...]
    retention: str
    dpia_reference: str
    measures: tuple[str, ...]
    owner: str


@dataclass(frozen=True)
class Processings:
    """The words for monitors and the fixed processings."""

    source: str
    monitor: MonitorWords
    fixed: tuple[FixedProcessing, ...]


@lru_cache(maxsize=1)
def processings() -> Processings:
    """Return what ships, read once."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    words = data["monitor"]
    monitor = MonitorWords(
        words["doel_erbij"],
        tuple(words["gegevens"]),
        tuple(words["betrokkenen"]),
        tuple(words["ontvangers"]),
        tuple(words["beveiliging"]),
    )
    return Processings(data["bron"], monitor, tuple(map(_fixed, data["vast"])))


def _fixed(row: dict[str, Any]) -> FixedProcessing:
    return FixedProcessing(
        name=row["naam"],
        purpose=row["doel"],
        legal_basis=row["grondslag"],
        data=tuple(row["gegevens"]),
        people=tuple(row["betrokkenen"]),
        sources=tuple(row["bronnen"]),
        recipients=tuple(row["ontvangers"]),
        retention=row["bewaren"],
        dpia_reference=row["dpia"],
        measures=tuple(row["beveiliging"]),
        owner=row["eigenaar"],
    )
