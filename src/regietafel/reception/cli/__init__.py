"""The words of reception on the command line; engines are imported only inside a command."""

from typing import Any

from regietafel.reception.cli import assigning, checking, forecast, placing, sharing

ACTIONS = (sharing, placing, forecast, assigning, checking)


def add_commands(words: Any) -> None:
    """Add `opvang` with its actions."""
    parser = words.add_parser("opvang", help="opvangplekken verdelen, voorspellen en voorstellen")
    actions = parser.add_subparsers(dest="actie", metavar="ACTIE", required=True, parser_class=type(parser))
    for module in ACTIONS:
        module.add_action(actions)
