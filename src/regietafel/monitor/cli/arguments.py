"""What the words of the monitor have in common: files, their kind and which column holds what."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from regietafel.kernel.dutch import number
from regietafel.kit.commands import CommandError, WrongUsage

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


def refuse_overwriting(target: str | Path | None, *, inputs: Iterable[str | Path | None]) -> None:
    """Refuse to write over a file that is to be read, whatever name or link it is given by.

    Raises:
        WrongUsage: they are one file.
    """
    if target is None or not Path(target).exists():
        return
    for given in inputs:
        if given and Path(given).exists() and Path(target).samefile(given):
            raise WrongUsage(
                f"Bij --uit: {target} is ook de invoer ({given}), en zou worden overschreven. "
                "Geef een andere naam op."
            )


def write_whole(target: Path, made: bytes) -> None:
    """Write a file that appears under its name only when it is whole.

    Raises:
        CommandError: the folder is absent or may not be written.
    """
    partial = target.with_name(f".{target.name}.deel")
    try:
        partial.write_bytes(made)
        partial.replace(target)
    except (FileNotFoundError, NotADirectoryError, PermissionError, IsADirectoryError) as error:
        partial.unlink(missing_ok=True)
        raise CommandError(f"{target}: hier kan niet worden geschreven. Controleer de map.") from error


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the option for machines."""
    parser.add_argument("--json", action="store_true", help="uitvoer voor machines")


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
