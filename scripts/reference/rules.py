"""Rekenregels: every table of tests/rules with its rule, so that what stands there has been tried."""

import csv
import importlib
import tomllib
from pathlib import Path
from typing import Any

from scripts.reference.markdown import GENERATED, exact, plain, table

RULES = Path(__file__).parents[2] / "tests" / "rules"
INTRODUCTION = """# Rekenregels

Hier staat per regel wat Regietafel doet, waar de regel vandaan komt en welke gevallen zijn geprobeerd. De
tabellen zijn de tests zelf: bij elke wijziging van de software worden alle rijen opnieuw uitgerekend. De
getallen in de tekst komen uit de code. De bronnen (`bron-000` en verder) staan in `sources/index.toml`."""


def index() -> dict[str, Any]:
    """Read what every table is about."""
    return tomllib.loads((RULES / "index.toml").read_text(encoding="utf-8"))


def page() -> str:
    """Write the page."""
    found = index()
    numbers = {name: _value(path) for name, path in found["numbers"].items()}
    parts: list[str] = [GENERATED, INTRODUCTION]
    for part in dict.fromkeys(one["part"] for one in found["table"]):
        parts.append(f"## {part}")
        parts += [_section(one, numbers) for one in found["table"] if one["part"] == part]
    return "\n\n".join(parts) + "\n"


def _value(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)


def _section(one: dict[str, Any], numbers: dict[str, Any]) -> str:
    head, *rows = rows_of(one)
    as_typed = [name in one.get("as_typed", ()) for name in head]
    cells = [
        [exact(cell) if typed else plain(cell) for cell, typed in zip(row, as_typed, strict=True)]
        for row in rows
    ]
    rule = one["rule"].format_map(numbers).strip()
    return f"### {one['title']}\n\n{rule}\n\nGrond: {one['ground']}\n\n{table(head, cells)}"


def rows_of(one: dict[str, Any]) -> list[list[str]]:
    """Read a table as its test reads it."""
    with (RULES / one["file"]).open(encoding="utf-8", newline="") as handle:
        if one.get("quoted", True):
            return list(csv.reader(handle, delimiter=";"))
        return list(csv.reader(handle, delimiter=";", quoting=csv.QUOTE_NONE))
