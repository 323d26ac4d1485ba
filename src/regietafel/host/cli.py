"""The command line `regietafel`: does without a browser what analysts and administrators do with files."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from regietafel.host import manage
from regietafel.kit.commands import DONE, INPUT_ERRORS, CommandError, DutchParser
from regietafel.monitor import cli as monitor
from regietafel.register import cli as register

# Every part adds its own words; these modules load without Django and import tables only inside a command.
PARTS = (manage, register, monitor)
EPILOG = "Uitgangscodes: 0 gelukt, 1 fouten in de invoer (alle genoemd), 2 verkeerd gebruik."


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with the words of every part."""
    parser = DutchParser(prog="regietafel", description="Regietafel op de opdrachtregel.", epilog=EPILOG)
    words = parser.add_subparsers(dest="woord", metavar="WOORD", required=True, parser_class=DutchParser)
    for part in PARTS:
        part.add_commands(words)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regietafel.host.settings")
    options = build_parser().parse_args(arguments)
    if getattr(options, "needs_database", True):
        import django

        django.setup()
    return _run(options.run, options)


def _run(command: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    try:
        return command(options) or DONE
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        return INPUT_ERRORS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


if __name__ == "__main__":
    raise SystemExit(main())
