"""The word `kopie` of the command line."""

import argparse
from pathlib import Path
from typing import Any

from regietafel.kit.commands import DONE, INPUT_ERRORS, DutchParser, say

KEEP_KEY = (
    "\nNieuwe kopiesleutel gemaakt: {path}\n"
    "Bewaar een afschrift op een andere plek dan de kopieën: zonder die sleutel is geen kopie te openen."
)


def add_commands(words: Any) -> None:
    """Add `kopie maak`, `kopie herstel` and `kopie oefen`."""
    parser = words.add_parser("kopie", help="reservekopie maken, terugzetten of oefenen")
    actions = parser.add_subparsers(
        dest="handeling", metavar="HANDELING", required=True, parser_class=DutchParser
    )
    making = _add(
        actions, "maak", help_text="maak een versleutelde kopie van database en bestanden", run=run_make
    )
    making.add_argument(
        "--naar", type=Path, metavar="MAP", help="map voor de kopie (kopieen in de gegevensmap)"
    )
    making.add_argument("--bewaar", type=int, metavar="AANTAL", help="houd zoveel kopieën, gooi oudere weg")
    restoring = _add(actions, "herstel", help_text="zet een kopie terug in een lege map", run=run_restore)
    restoring.add_argument("bestand", type=Path, metavar="BESTAND", help="de kopie")
    restoring.add_argument("--naar", type=Path, metavar="MAP", required=True, help="nieuwe gegevensmap")
    restoring.add_argument("--sleutelbestand", type=Path, metavar="BESTAND", help="de kopiesleutel")
    restoring.set_defaults(needs_database=False)
    _add(
        actions,
        "oefen",
        help_text="maak een kopie, zet die terug, vergelijk en schrijf een verslag",
        run=run_drill,
    )


def _add(words: Any, name: str, *, help_text: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = words.add_parser(name, help=help_text, description=help_text)
    parser.add_argument("--json", action="store_true", help="uitvoer voor machines")
    parser.set_defaults(run=run)
    return parser


def run_make(options: argparse.Namespace) -> int:
    """Make a backup."""
    from regietafel.host.backup.making import make
    from regietafel.host.backup.remembering import remember

    made = make(options.naar, options.bewaar)
    remember(made)
    found = made.to_json()
    text = f"Kopie gemaakt: {made.path} ({found['bytes']} bytes, {found['seconden']} s)."
    if made.new_key:
        text += KEEP_KEY.format(path=made.new_key)
    say(found, as_json=options.json, text=text)
    return DONE


def run_restore(options: argparse.Namespace) -> int:
    """Restore a backup."""
    from regietafel.host.backup.restoring import restore

    restored = restore(options.bestand, options.naar, key_file=options.sleutelbestand)
    text = (
        f"Teruggezet in {restored.target} ({restored.seconds:.1f} s): alles is gecontroleerd en klopt.\n"
        f"Start met: REGIETAFEL_DATA={restored.target} ./regie start"
    )
    say(restored.to_json(), as_json=options.json, text=text)
    return DONE


def run_drill(options: argparse.Namespace) -> int:
    """Practise a restore."""
    from regietafel.host.backup.drill import practise

    drill = practise()
    say({**drill.report, "verslag": str(drill.path)}, as_json=options.json, text=drill.text())
    return DONE if drill.passed else INPUT_ERRORS
