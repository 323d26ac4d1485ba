"""The words of the monitor on the command line; tables are imported only inside a command."""

from typing import Any

from regietafel.monitor.cli import analysis, indexing, ingest, keeping, picture, search


def add_commands(words: Any) -> None:
    """Add `inname`, `zoek`, `zoekindex`, `bewaar`, `omgevingsbeeld` and `monitor`."""
    ingest.add_command(words)
    search.add_command(words)
    indexing.add_command(words)
    keeping.add_command(words)
    picture.add_command(words)
    analysis.add_command(words)
