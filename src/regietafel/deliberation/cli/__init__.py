"""The words of deliberation on the command line; tables are imported only inside a command."""

from typing import Any

from regietafel.deliberation.cli import actions, papers, reading

ACTIONS = (reading, papers, actions)


def add_commands(words: Any) -> None:
    """Add `overleg` with its actions."""
    parser = words.add_parser("overleg", help="verslagen, besluiten, knelpunten en acties")
    actions = parser.add_subparsers(dest="actie", metavar="ACTIE", required=True, parser_class=type(parser))
    for module in ACTIONS:
        module.add_action(actions)
