"""`regietafel zoek`: reading questions and asking them of files, without a database."""

from typing import Any

from regietafel.monitor.cli.archive import add_archive
from regietafel.monitor.cli.search import counting, many, reading, reviewing


def add_command(words: Any) -> None:
    """Add the word with its actions."""
    parser = words.add_parser("zoek", help="zoeken in een bestand, zonder database")
    actions = parser.add_subparsers(dest="actie", metavar="ACTIE", required=True, parser_class=type(parser))
    reading.add_action(actions)
    counting.add_action(actions)
    reviewing.add_action(actions)
    many.add_action(actions)
    add_archive(actions)
