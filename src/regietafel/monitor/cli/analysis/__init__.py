"""`regietafel monitor`: what the messages of a file say together, without a database."""

from typing import Any

from regietafel.monitor.cli.analysis import comparing, labels, sentiment, stories, terms, volume

ACTIONS = (stories, volume, comparing, terms, sentiment, labels)


def add_command(words: Any) -> None:
    """Add the word with its actions."""
    parser = words.add_parser("monitor", help="berichten ontleden, zonder database; labels van een monitor")
    actions = parser.add_subparsers(dest="actie", metavar="ACTIE", required=True, parser_class=type(parser))
    for module in ACTIONS:
        module.add_action(actions)
