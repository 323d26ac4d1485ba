"""Columns of a file with municipalities that every sharing command needs, and how their errors are told."""

from datetime import date
from fractions import Fraction

from regietafel.kit.commands import CommandError
from regietafel.reception.adapters.municipality_files import MunicipalityFile
from regietafel.reception.adapters.records import CellRefused
from regietafel.reception.adapters.records import day as read_day

_SOURCE, _REFERENCE, SCORE = "bron", "peildatum", "ses_woa"
_UNITS = {"inwoner": "inwoners", "woning": "woningen"}
_ERRORS_TOLD = 100


def required(file: MunicipalityFile, column: str, *, whole: bool = False) -> dict[str, Fraction | None]:
    """Read a column that the key needs: what is unknown, below 0 or broken is an error of its row."""
    found = file.numbers(column)
    for name, value in found.items():
        if value is None:
            file.fault(
                name,
                column,
                message=f"Van {name} is dit niet bekend, en dat telt niet als 0. Vul het in, of laat de "
                "gemeente weg met --zonder.",
            )
        elif whole and value.denominator != 1:
            file.fault(name, column, message="Dit moet een heel aantal zijn, zonder decimalen.")
        elif value < 0 and column != SCORE:
            file.fault(name, column, message="Dit kan niet onder 0 zijn.")
    return found


def unit_of(column: str) -> str:
    """Tell what a column counts, by how its name begins; nothing when it is a weight of another kind."""
    return next((unit for begin, unit in _UNITS.items() if column.casefold().startswith(begin)), "")


def shared_source(file: MunicipalityFile) -> str | None:
    """Give the sources that the rows name, or how many they are."""
    found = list(dict.fromkeys(file.texts(_SOURCE).values())) if file.has(_SOURCE) else []
    if len(found) > 3:
        return f"{len(found)} bronnen, te zien in het bestand"
    return "; ".join(found) or None


def shared_day(file: MunicipalityFile) -> date | None:
    """Give the reference day that all rows share; a row of another day is an error."""
    days = file.texts(_REFERENCE) if file.has(_REFERENCE) else {}
    first: date | None = None
    for name, text in days.items():
        try:
            day = read_day(text)
        except CellRefused as refusal:
            file.fault(name, _REFERENCE, message=str(refusal))
            continue
        first = first or day
        if day != first:
            file.fault(
                name,
                _REFERENCE,
                message=f"Deze peildatum is anders dan {first}. Verdeel naar cijfers van één dag.",
            )
    return first


def refuse_errors(file: MunicipalityFile, name: str) -> None:
    """End the command when rows cannot be used; every one is named."""
    if not file.errors:
        return
    errors = sorted(file.errors, key=lambda each: each.row)
    told = [f"{name}, rij {each.row}, kolom {each.column}: {each.message}" for each in errors[:_ERRORS_TOLD]]
    if more := len(errors) - len(told):
        told.append(f"En nog {more} fouten; met --json krijgt u ze alle.")
    raise CommandError(
        "\n".join(told),
        [
            {"bestand": name, "rij": each.row, "kolom": each.column, "melding": each.message}
            for each in errors
        ],
    )
