"""What the words of the monitor have in common: files, their kind and which column holds what."""

import argparse
from typing import Any

from regietafel.kernel.dutch import number

ERRORS_TOLD = 100  # to people; a file without texts has as many as it has rows
KINDS = ("auto", "rss", "csv", "xlsx", "jsonl", "parquet", "coosto", "obi4wan", "meltwater", "4cat")


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how a file is read."""
    parser.add_argument("--soort", choices=KINDS, default="auto", help="soort bestand (auto: zelf herkennen)")
    parser.add_argument(
        "--kolommen",
        type=column_mapping,
        default={},
        metavar="ONS=UW,…",
        help="welke kolom wat bevat, zoals id=nr,titel=kop,datum=geplaatst",
    )


def column_mapping(text: str) -> dict[str, str]:
    """Read `titel=kop,datum=geplaatst` as our field → column of the file."""
    from regietafel.monitor.adapters.readers import FIELDS

    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    mapping = {ours.strip(): theirs.strip() for ours, _sign, theirs in pairs}
    unknown = sorted(mapping.keys() - set(FIELDS))
    if unknown or not all(mapping.values()):
        wrong = ", ".join(unknown) or text
        raise argparse.ArgumentTypeError(f"“{wrong}” past niet; u kunt koppelen: {', '.join(FIELDS)}")
    return mapping


def file_error(name: str, message: str, *, column: str = "") -> dict[str, Any]:
    """Return a refused file as an entry of the list of errors."""
    return {"bestand": name, "rij": None, "kolom": column or None, "melding": message}


def error_lines(errors: list[dict[str, Any]]) -> list[str]:
    """Write errors for people: where, and what; of very many the first."""
    lines = []
    for error in errors[:ERRORS_TOLD]:
        row = f", rij {error['rij']}" if error["rij"] else ""
        column = f", kolom {error['kolom']}" if error["kolom"] else ""
        lines.append(f"  {error['bestand']}{row}{column}: {error['melding']}")
    if more := len(errors) - len(lines):
        lines.append(f"  En nog {number(more)} fouten; met --json krijgt u ze alle.")
    return lines
