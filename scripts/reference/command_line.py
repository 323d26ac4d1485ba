"""Opdrachtregel: every word of the command line with what it takes, as the parsers have it."""

import argparse
from collections.abc import Iterator
from typing import Any

from regietafel.host import start
from regietafel.host.cli import build_parser
from scripts.reference.markdown import GENERATED, plain, table

INTRODUCTION = """# Opdrachtregel

`./regie WOORD` voert een opdracht uit in de eigen omgeving van Regietafel. De gegevens staan in de map
`data`, of in de map die `REGIETAFEL_DATA` noemt.

Elke opdracht kent `--uitleg`. Met `--json` komt er op de standaarduitvoer alleen JSON, voor programma's;
meldingen gaan naar de standaardfoutuitvoer. Uitgangscodes:

| Code | Betekenis |
| --- | --- |
| 0 | gelukt |
| 1 | fouten in de invoer; alle fouten worden genoemd |
| 2 | verkeerd gebruik |
| 3 | de gegevens zijn van een nieuwere versie |"""
OF_REGIE = """## Woorden van `regie` zelf

Deze woorden horen bij het script `regie` en staan niet in de opdracht `regietafel`.

| Woord | Wat het doet |
| --- | --- |
| `start` | Regietafel klaarzetten en starten |
| `demo` | de fictieve oefenregio laden, of de oefenaccounts een nieuw wachtwoord geven |
| `test` | alle tests; `--postgres`: de tests van de database op een tijdelijke PostgreSQL |
| `check` | stijl, typen, lagen, migraties, sjablonen en huisregels |
| `bench` | snelheden meten naast de beloften |
| `shell` | een Python-opdrachtregel met Regietafel geladen |"""


def parsers() -> Iterator[argparse.ArgumentParser]:
    """Yield the parser of every command, `./regie start` first."""
    yield start._parser()
    yield from _leaves(build_parser())


def _leaves(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not inner:
        yield parser
    for action in inner:
        for child in action.choices.values():
            child.description = child.description or _help_of(child, action)
            yield from _leaves(child)


def _help_of(child: argparse.ArgumentParser, action: Any) -> str:
    word = child.prog.rpartition(" ")[2]
    return next((str(one.help) for one in action._choices_actions if one.dest == word), "")


def page() -> str:
    """Write the page."""
    return (
        "\n\n".join([GENERATED, INTRODUCTION, OF_REGIE, "## Alle opdrachten", *map(_section, parsers())])
        + "\n"
    )


def _section(parser: argparse.ArgumentParser) -> str:
    words = parser.prog.removeprefix("./regie ").removeprefix("regietafel ")
    told = plain(parser.description or "").rstrip(".")
    told = f"{told[:1].upper()}{told[1:]}."
    rows = [_row(action) for action in parser._actions if action.dest != "help"]
    options = table(("Gegeven", "Moet", "Uitleg"), rows) if rows else "Deze opdracht heeft geen opties."
    return f"### `{words}`\n\n{told}\n\n{options}"


def _row(action: argparse.Action) -> tuple[str, str, str]:
    value = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    if action.choices and not action.metavar:
        value = "KEUZE"
    name = " ".join(part for part in (*action.option_strings[:1], value) if part)
    needed = action.required if action.option_strings else action.nargs not in ("*", "?")
    return f"`{name}`".replace("|", r"\|"), "ja" if needed else "", plain(_explained(action))


def _explained(action: argparse.Action) -> str:
    told = str(action.help or "")
    if action.choices:
        told += f"; kies uit {', '.join(map(str, action.choices))}"
    return told


def options() -> frozenset[str]:
    """Name every option that exists, also those of `./regie test`."""
    known = {name for parser in parsers() for action in parser._actions for name in action.option_strings}
    return frozenset(known | {"--postgres"})
