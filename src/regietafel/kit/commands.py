"""The command line in Dutch: parser, exit codes and output for people or machines."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

DONE, INPUT_ERRORS, WRONG_USAGE = 0, 1, 2
Command = Callable[[argparse.Namespace], int]
WORDS = {
    "positional arguments": "gegevens",
    "options": "opties",
    "show this help message and exit": "toon deze uitleg",
}
MESSAGES = (
    ("the following arguments are required: ", "deze gegevens ontbreken: "),
    ("unrecognized arguments: ", "onbekende gegevens: "),
    ("expected one argument", "hier hoort één waarde achter"),
    ("expected at least one argument", "hier hoort minstens één waarde achter"),
    ("invalid choice: ", "onbekende keuze: "),
    ("choose from", "kies uit"),
    ("invalid int value: ", "geen heel getal: "),
    ("not allowed with argument", "kan niet samen met"),
    ("argument ", "bij "),
    ("one of the arguments ", "kies een van "),
    (" is required", ""),
)


class CommandError(Exception):
    """A command cannot go on because of its input; the message says where and what to do."""

    exit_code = INPUT_ERRORS

    def __init__(self, message: str, errors: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(message)
        self._errors = list(errors)

    @property
    def errors(self) -> list[dict[str, Any]]:
        """What is wrong, for machines: each mistake by itself where there are more."""
        return self._errors or [{"melding": str(self)}]


class WrongUsage(CommandError):
    """A command was given in a way that cannot be meant; nothing was read or written."""

    exit_code = WRONG_USAGE


class DutchParser(argparse.ArgumentParser):
    """An argument parser that explains itself in Dutch and ends wrong usage with exit code 2."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("add_help", False)
        super().__init__(*args, **kwargs)
        self._positionals.title, self._optionals.title = WORDS["positional arguments"], WORDS["options"]
        self.add_argument("-h", "--help", "--uitleg", action="help", help="toon deze uitleg")
        self._for_machines = False

    def parse_known_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override]
        self._for_machines = "--json" in (sys.argv[1:] if args is None else args)
        return super().parse_known_args(args, namespace)

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "gebruik:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "gebruik:", 1)

    def error(self, message: str) -> NoReturn:
        for english, dutch in MESSAGES:
            message = message.replace(english, dutch)
        sys.stderr.write(f"{self.format_usage()}{self.prog}: {message}\n")
        if self._for_machines:
            say({"fouten": [{"melding": message}]}, as_json=True, text="")
        raise SystemExit(WRONG_USAGE)


def say(result: Any, *, as_json: bool, text: str) -> None:
    """Print a result: JSON for machines, otherwise the Dutch text for people."""
    sys.stdout.write((json.dumps(result, ensure_ascii=False, default=str) if as_json else text) + "\n")


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


def day_argument(text: str) -> date:
    """Read a day such as 2022-04-01, as the type of an argument."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is geen datum zoals 2022-04-01") from error
