"""The pages of docs/naslag that are made from the code: written here, compared by tests/test_docs.py."""

from collections.abc import Callable
from pathlib import Path

from scripts.reference import command_line, language, rules, tables

FOLDER = Path(__file__).parents[2] / "docs" / "naslag"
PAGES: dict[str, Callable[[], str]] = {
    "rekenregels.md": rules.page,
    "zoektaal.md": language.page,
    "opdrachtregel.md": command_line.page,
    "gegevensmodel.md": tables.page,
}
