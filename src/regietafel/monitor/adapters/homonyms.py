"""The words of the reference data that also mean something else."""

import csv
from functools import lru_cache
from pathlib import Path

from regietafel.monitor.engine.review import Homonym

FILE = Path(__file__).resolve().parents[4] / "reference" / "homoniemen.csv"


@lru_cache(maxsize=1)
def homonyms() -> tuple[Homonym, ...]:
    """Return the words, read once."""
    with FILE.open(encoding="utf-8", newline="") as handle:
        return tuple(
            Homonym(row["woord"], row["waarom"], row["advies"], row["in_plaats_daarvan"])
            for row in csv.DictReader(handle)
        )
