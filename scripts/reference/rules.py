"""Rekenregels: every table of tests/rules with its rule, so that what stands there has been tried."""

import csv
import importlib
import tomllib
from collections.abc import Iterator
from itertools import groupby
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
    parts: list[str] = [GENERATED, INTRODUCTION, *sections(None)]
    return "\n\n".join(parts) + "\n"


def sections(page_name: str | None) -> list[str]:
    """Write the tables that belong on a page; those that name no page are on that of all rules."""
    found = index()
    numbers = {name: _value(path) for name, path in found["numbers"].items()}
    tables = [one for one in found["table"] if one.get("page") == page_name]
    parts = []
    for part in dict.fromkeys(one["part"] for one in tables):
        parts.append(f"## {part}")
        parts += [_section(one, numbers) for one in tables if one["part"] == part]
    return parts


def _value(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)


def _section(one: dict[str, Any], numbers: dict[str, Any]) -> str:
    rule = one["rule"].format_map(numbers).strip()
    written = "\n\n".join(_tables(one))
    return f"### {one['title']}\n\n{rule}\n\nGrond: {one['ground'].strip()}\n\n{written}"


def _tables(one: dict[str, Any]) -> Iterator[str]:
    """Write the rows of a table, in a table per group when they are grouped by their first column."""
    head, *rows = rows_of(one)
    if "group_by" not in one:
        yield _table(one, head, rows)
        return
    for name, group in groupby(rows, key=lambda row: row[0]):
        yield f"#### {name}"
        yield _table(one, head[1:], [row[1:] for row in group])


def _table(one: dict[str, Any], head: list[str], rows: list[list[str]]) -> str:
    as_typed = [name in one.get("as_typed", ()) for name in head]
    cells = [
        [exact(cell) if typed else plain(cell) for cell, typed in zip(row, as_typed, strict=True)]
        for row in rows
    ]
    return table(head, cells)


def rows_of(one: dict[str, Any]) -> list[list[str]]:
    """Read a table as its test reads it."""
    with (RULES / one["file"]).open(encoding="utf-8", newline="") as handle:
        if one.get("quoted", True):
            return list(csv.reader(handle, delimiter=";"))
        return list(csv.reader(handle, delimiter=";", quoting=csv.QUOTE_NONE))
