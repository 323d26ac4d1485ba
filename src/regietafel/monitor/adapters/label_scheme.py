"""The sub-labels to begin with, from the reference data; an organisation may change its own list."""

import csv
from functools import lru_cache
from pathlib import Path

from regietafel.monitor.engine.labels import Scheme, make_scheme

REFERENCE = Path(__file__).resolve().parents[4] / "reference"


@lru_cache(maxsize=1)
def shipped_labels() -> tuple[dict[str, str], ...]:
    """Return the rows of the list of sub-labels, read once."""
    with (REFERENCE / "labels.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


@lru_cache(maxsize=1)
def label_scheme() -> Scheme:
    """Return the scheme that ships."""
    return make_scheme(shipped_labels())


@lru_cache(maxsize=1)
def role_codes() -> frozenset[str]:
    """Return the codes of roles that may stand behind a label, instead of a name."""
    with (REFERENCE / "rollen.csv").open(encoding="utf-8", newline="") as handle:
        return frozenset(row["code"] for row in csv.DictReader(handle))
