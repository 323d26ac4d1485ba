"""Forms of a body to begin with, from the reference data; whoever begins changes what differs."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[4] / "reference" / "overlegvormen.toml"


@dataclass(frozen=True, kw_only=True)
class BodyModel:
    """A form of a body: its kind, rhythm, fixed items and work agreements, and where they come from."""

    code: str
    kind: str
    name: str
    purpose: str
    interval_weeks: int
    until_when: str
    minutes: int
    fixed_items: tuple[str, ...]
    process: tuple[str, ...]
    source: str


@lru_cache(maxsize=1)
def body_models() -> dict[str, BodyModel]:
    """Return the forms by code, read once."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["vorm"]
    return {row["code"]: _model(row) for row in rows}


def _model(row: dict[str, object]) -> BodyModel:
    def lines(name: str) -> tuple[str, ...]:
        found = row[name]
        assert isinstance(found, list)
        return tuple(str(one) for one in found)

    return BodyModel(
        code=str(row["code"]),
        kind=str(row["soort"]),
        name=str(row["naam"]),
        purpose=str(row["waarvoor"]),
        interval_weeks=int(str(row["weken"])),
        until_when=str(row["tot_wanneer"]),
        minutes=int(str(row["minuten"])),
        fixed_items=lines("punten"),
        process=lines("werkafspraken"),
        source=str(row["bron"]),
    )
