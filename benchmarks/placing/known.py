"""Assignment problems whose best value is known, read from beside the repository; they are not shipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "gap"
ABSENT = "De toewijzingen met bekende uitkomst (OR-Library gap1-gap6) staan niet in shared/data/gap."


def problems() -> dict[str, tuple[dict[str, Any], int]]:
    """Give each problem with its best value by name; empty when they are not there."""
    listing = FOLDER / "optima.json"
    if not listing.is_file():
        return {}
    optima = json.loads(listing.read_text(encoding="utf-8"))
    return {
        name: (json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")), best)
        for name, best in optima.items()
    }
