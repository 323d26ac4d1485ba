"""The command line `regietafel`: does without a browser what analysts and administrators do with files."""

import argparse
import os
import sys
from collections.abc import Sequence

from regietafel.deliberation import cli as deliberation
from regietafel.host import manage, prepare
from regietafel.host.backup import commands as backup
from regietafel.kit.commands import DONE, INPUT_ERRORS, CommandError, DutchParser, say
from regietafel.kit.storage import storage_failure
from regietafel.monitor import cli as monitor
from regietafel.reception import cli as reception
from regietafel.register import cli as register

# Every part adds its own words; these modules load without Django and import tables only inside a command.
PARTS = (manage, backup, register, monitor, deliberation, reception)
PREPARE_THEMSELVES = ("voorbereid", "referentie", "kopie")
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
    try:
        if getattr(options, "needs_database", True):
            _open_database(options.woord)
        return options.run(options) or DONE
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        if getattr(options, "json", False):
            say({"fouten": error.errors}, as_json=True, text="")
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        message = storage_failure(error)
        if message is None:
            raise
        sys.stderr.write(f"{message}\n")
        return INPUT_ERRORS


def _open_database(word: str) -> None:
    import django

    django.setup()
    if word not in PREPARE_THEMSELVES:
        prepare.prepare()


if __name__ == "__main__":
    raise SystemExit(main())
