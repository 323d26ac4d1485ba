"""What is asked of a division, and the run of the command from file to answer."""

import argparse
import re
from pathlib import Path
from typing import Any

from regietafel.kit.commands import (
    DONE,
    CommandError,
    WrongUsage,
    add_json,
    refuse_overwriting,
    say,
    write_whole,
)
from regietafel.reception.cli.days import day_argument

METHODS = ("sainte-lague", "hamilton", "dhondt", "afronden", "spreidingswet")
LAYOUTS = (".csv", ".xlsx")
_MOST_PLACES = 10_000_000
_WHOLE = re.compile(r"[0-9]{1,8}|[0-9]{1,3}(?:\.[0-9]{3}){1,2}")


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser(
        "verdeel", help="plaatsen verdelen over gemeenten, met wat andere methoden geven"
    )
    parser.add_argument("--totaal", type=_places, required=True, metavar="N", help="plaatsen om te verdelen")
    parser.add_argument(
        "--sleutel", required=True, metavar="BESTAND", help="CSV of XLSX met een gemeente per rij"
    )
    parser.add_argument(
        "--kolom",
        default="inwoners",
        metavar="NAAM",
        help="kolom om naar te verdelen (inwoners); spreidingswet: gewicht uit inwoners en ses_woa",
    )
    parser.add_argument("--methode", choices=METHODS, default=METHODS[0], help="methode (sainte-lague)")
    parser.add_argument(
        "--percentages", action="store_true", help="de kolom bevat afgesproken percentages, samen 100"
    )
    _add_bounds(parser)
    _add_origin(parser)
    parser.add_argument("--uit", type=_target, metavar="BESTAND", help="schrijf de tabel: X.xlsx of X.csv")
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def _add_bounds(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--minimum", type=_places, default=0, metavar="N", help="minstens N voor elke gemeente"
    )
    parser.add_argument(
        "--capaciteit", metavar="KOLOM", help="kolom met hoogstens zoveel plaatsen; leeg: vrij"
    )
    parser.add_argument("--duurzaam", metavar="KOLOM", help="kolom met plaatsen die er al zijn en meetellen")
    parser.add_argument("--gerealiseerd", metavar="KOLOM", help="kolom met plaatsen om mee te vergelijken")
    parser.add_argument(
        "--zonder", type=names_argument, default=(), metavar="NAAM,…", help="gemeenten die niet meedoen"
    )
    parser.add_argument(
        "--amv", type=_places, metavar="N", help="spreidingswet: plaatsen voor amv apart verdelen"
    )


def _add_origin(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bron", metavar="TEKST", help="bron van de sleutel, als er geen kolom bron is")
    parser.add_argument(
        "--peildatum", type=day_argument, metavar="DAG", help="peildatum, als er geen kolom peildatum is"
    )


def whole_number(text: str) -> int:
    """Read a whole number as people write it, as the type of an argument: 2000 or 2.000."""
    if not (_WHOLE.fullmatch(text) and text.isascii()):
        raise argparse.ArgumentTypeError(f"“{text[:40]}” is geen heel getal zoals 2000 of 2.000")
    return int(text.replace(".", ""))


def _places(text: str) -> int:
    number = int(text.replace(".", "")) if _WHOLE.fullmatch(text) and text.isascii() else -1
    if not 0 <= number <= _MOST_PLACES:
        raise argparse.ArgumentTypeError(
            f"“{text[:40]}” is geen heel aantal plaatsen van 0 tot en met 10 miljoen"
        )
    return number


def names_argument(text: str) -> tuple[str, ...]:
    """Read names with commas between them, as the type of an argument."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _target(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in LAYOUTS:
        raise argparse.ArgumentTypeError(f"“{text[:80]}” eindigt niet op .xlsx of .csv")
    return path


def run(options: argparse.Namespace) -> int:
    """Read, divide and tell."""
    from regietafel.reception.adapters.tables import TableRefused
    from regietafel.reception.cli.sharing.making import make
    from regietafel.reception.cli.sharing.telling import as_result, lines
    from regietafel.reception.engine.sharing import Indivisible, UnusableKey

    _refuse_what_does_not_go_together(options)
    refuse_overwriting(options.uit, inputs=[options.sleutel])
    try:
        made = make(options)
    except (TableRefused, UnusableKey, Indivisible) as refusal:
        raise CommandError(f"{options.sleutel}: {refusal}") from refusal
    result = as_result(made)
    if options.uit:
        _write(options.uit, made)
        result["bestand"] = str(options.uit)
    say(result, as_json=options.json, text="\n".join(lines(made)))
    return DONE


def _write(target: Path, made: Any) -> None:
    import django

    django.setup()
    from regietafel.kit.documents.csv import write_table
    from regietafel.kit.documents.xlsx import write_workbook
    from regietafel.reception.cli.sharing.telling import as_table

    table = as_table(made)
    write_whole(target, write_workbook(table) if target.suffix.lower() == ".xlsx" else write_table(table))


def _refuse_what_does_not_go_together(options: argparse.Namespace) -> None:
    by_law = options.methode == "spreidingswet"
    if by_law and (options.minimum or options.capaciteit):
        raise WrongUsage(
            "De formule van de Spreidingswet kent geen minimum of capaciteit per gemeente. Laat --minimum en "
            "--capaciteit weg, of kies --kolom spreidingswet met een andere methode."
        )
    if by_law and options.percentages:
        raise WrongUsage("De Spreidingswet rekent met inwoners en ses_woa, niet met --percentages.")
    if options.amv is not None and not by_law:
        raise WrongUsage("Met --amv hoort --methode spreidingswet.")
    if options.amv is not None and options.amv > options.totaal:
        raise WrongUsage("De plaatsen voor amv (--amv) zijn een deel van --totaal en kunnen niet meer zijn.")
