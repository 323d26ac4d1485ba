"""Names of municipalities, regions and provinces of the reference data, to tell organisations from people."""

import csv
from functools import lru_cache
from pathlib import Path

AREAS = Path(__file__).resolve().parents[4] / "reference" / "gebieden.csv"
_KINDS = frozenset({"gemeente", "provincie", "veiligheidsregio"})


@lru_cache(maxsize=1)
def area_names() -> tuple[str, ...]:
    """Return the names, read once."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        return tuple(sorted({row["naam"] for row in csv.DictReader(file) if row["soort"] in _KINDS}))
