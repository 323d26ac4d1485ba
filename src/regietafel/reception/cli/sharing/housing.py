"""`regietafel opvang taakstelling`: how many permit holders each municipality houses, and what remains."""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regietafel.kernel import dutch
from regietafel.kit.commands import DONE, CommandError, add_json, say
from regietafel.reception.cli.days import day_argument
from regietafel.reception.cli.sharing.asking import names_argument, whole_number

if TYPE_CHECKING:
    from regietafel.reception.adapters.standing_files import Standings
    from regietafel.reception.engine.sharing import HousingBalance

_ONE_HALF_YEAR = date(2000, 1, 1)  # a balance over one half-year is the same for every half-year
_FROM_ZERO = "Er is geen kolom achterstand: de stand begint op 0. Wat ervoor open stond, telt dus niet mee."


@dataclass(frozen=True, kw_only=True)
class Task:
    """The task of one municipality in a half-year, with its books when a standing was given."""

    name: str
    inhabitants: int
    share: Fraction
    task: int
    balance: "HousingBalance | None"


@dataclass(frozen=True, kw_only=True)
class Tasks:
    """The tasks of all municipalities, and what they were computed from."""

    permit_holders: int
    national: int
    source: str | None
    reference_on: date | None
    rows: tuple[Task, ...]
    cautions: tuple[str, ...]


def add_action(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser(
        "taakstelling", help="hoeveel vergunninghouders elke gemeente in een halfjaar huisvest"
    )
    parser.add_argument(
        "--vergunninghouders", type=whole_number, required=True, metavar="N",
        help="mensen die heel Nederland in dit halfjaar huisvest",
    )  # fmt: skip
    parser.add_argument(
        "--nederland", type=whole_number, required=True, metavar="N",
        help="inwoners van heel Nederland, op dezelfde peildatum als de sleutel",
    )  # fmt: skip
    parser.add_argument(
        "--sleutel", required=True, metavar="BESTAND", help="CSV of XLSX met een gemeente per rij"
    )
    parser.add_argument("--kolom", default="inwoners", metavar="NAAM", help="kolom met inwoners (inwoners)")
    parser.add_argument(
        "--stand", metavar="BESTAND",
        help="CSV of XLSX met gemeente, achterstand, officieel en gehuisvest",
    )  # fmt: skip
    parser.add_argument("--bron", metavar="TEKST", help="bron van de inwoners, als er geen kolom bron is")
    parser.add_argument(
        "--peildatum", type=day_argument, metavar="DAG", help="peildatum, als er geen kolom peildatum is"
    )
    parser.add_argument(
        "--zonder", type=names_argument, default=(), metavar="NAAM,…", help="gemeenten die niet meedoen"
    )
    add_json(parser)
    parser.set_defaults(run=run, needs_database=False)


def run(options: argparse.Namespace) -> int:
    """Read, compute and tell."""
    from regietafel.reception.adapters.tables import TableRefused

    try:
        made = _make(options)
    except TableRefused as refusal:
        raise CommandError(f"{options.sleutel}: {refusal}") from refusal
    say(_as_result(made), as_json=options.json, text="\n".join(_lines(made)))
    return DONE


def _make(options: argparse.Namespace) -> Tasks:
    from regietafel.reception.adapters.municipality_files import read_municipalities
    from regietafel.reception.cli.sharing.reading import refuse_errors, required, shared_day, shared_source

    file = read_municipalities(Path(options.sleutel), without=options.zonder)
    people = required(file, options.kolom, whole=True)
    for name, count in people.items():
        if count is not None and count > options.nederland:
            told = dutch.number(options.nederland)
            file.fault(name, options.kolom, message=f"Dit is meer dan heel Nederland met {told} inwoners.")
    source, reference_on = options.bron or shared_source(file), options.peildatum or shared_day(file)
    refuse_errors(file, options.sleutel)
    inhabitants = {name: int(count or 0) for name, count in people.items()}
    standings = _standings(options.stand, tuple(inhabitants))
    rows = tuple(
        _task(name, count, options=options, standings=standings) for name, count in inhabitants.items()
    )
    return Tasks(
        permit_holders=options.vergunninghouders,
        national=options.nederland,
        source=source,
        reference_on=reference_on,
        rows=rows,
        cautions=tuple(_cautions(rows, standings, source=source, reference_on=reference_on)),
    )


def _standings(name: str | None, municipalities: tuple[str, ...]) -> "Standings | None":
    """Read the standing; every row and column that cannot be used is named at once."""
    from regietafel.reception.adapters.standing_files import read_standings

    if name is None:
        return None
    found = read_standings(Path(name), municipalities)
    if found.errors:
        told = [
            {"bestand": name, "rij": each.row, "kolom": each.column, "melding": each.message}
            for each in found.errors
        ]
        raise CommandError("\n".join(_place(each) for each in told), told)
    return found


def _place(error: Mapping[str, Any]) -> str:
    row = f", rij {error['rij']}" if error["rij"] is not None else ""
    column = f", kolom {error['kolom']}" if error["kolom"] else ""
    return f"{error['bestand']}{row}{column}: {error['melding']}"


def _task(name: str, inhabitants: int, *, options: argparse.Namespace, standings: "Standings | None") -> Task:
    from regietafel.reception.engine.sharing import HalfYear, housing_share, housing_task, keep_books

    numbers = {"inhabitants": inhabitants, "national_inhabitants": options.nederland}
    task = housing_task(options.vergunninghouders, **numbers)
    balance = None
    if standings is not None:
        told = standings.rows.get(name)
        half_year = HalfYear(
            begins_on=_ONE_HALF_YEAR,
            computed=task,
            official=told.official if told else None,
            housed=told.housed if told else None,
        )
        opening = (told.before if told else None) if standings.has_balances else 0
        (balance,) = keep_books([half_year], opening=opening)
    share = housing_share(options.vergunninghouders, **numbers)
    return Task(name=name, inhabitants=inhabitants, share=share, task=task, balance=balance)


def _cautions(
    rows: tuple[Task, ...], standings: "Standings | None", *, source: str | None, reference_on: date | None
) -> Iterator[str]:
    if source is None:
        yield "De bron van de inwoners is onbekend. Noem haar met --bron of in een kolom bron."
    if reference_on is None:
        yield "De peildatum van de inwoners is onbekend. Noem haar met --peildatum of in een kolom."
    tasks, exact = sum(row.task for row in rows), sum(row.share for row in rows)
    if tasks != exact:
        yield (
            f"Elke gemeente rondt naar boven af: samen {dutch.number(tasks)}, tegen precies "
            f"{dutch.number(float(exact), decimals=2)}."
        )
    if standings is not None:
        yield from _of_standings(rows, standings)


def _of_standings(rows: tuple[Task, ...], standings: "Standings") -> Iterator[str]:
    if not standings.has_balances:
        yield _FROM_ZERO
    if without := [row.name for row in rows if row.balance and row.balance.after is None]:
        yield f"Van deze gemeenten is de stand onbekend: {', '.join(without)}."
    for row in rows:
        if row.balance and row.balance.deviation:
            told = dutch.number(row.balance.deviation, signed=True)
            yield f"{row.name}: de officiële taakstelling wijkt {told} af van de berekende, en geldt."


def _as_result(made: Tasks) -> dict[str, Any]:
    return {
        "vergunninghouders": made.permit_holders,
        "inwoners_nederland": made.national,
        "bron": made.source,
        "peildatum": made.reference_on.isoformat() if made.reference_on else None,
        "taakstelling": [_row(row) for row in made.rows],
        "samen": {
            "taakstelling": sum(row.task for row in made.rows),
            "precies_aandeel": round(float(sum(row.share for row in made.rows)), 4),
        },
        "waarschuwingen": list(made.cautions),
    }


def _row(row: Task) -> dict[str, Any]:
    found: dict[str, Any] = {
        "gemeente": row.name,
        "inwoners": row.inhabitants,
        "precies_aandeel": round(float(row.share), 4),
        "taakstelling": row.task,
    }
    if row.balance is None:
        return found
    after = row.balance.after
    return found | {
        "officieel": row.balance.task if row.balance.is_official else None,
        "stand_vooraf": row.balance.before,
        "gehuisvest": row.balance.housed,
        "stand_erna": after,
        "nog_te_huisvesten": None if after is None else max(after, 0),
    }


def _lines(made: Tasks) -> Iterator[str]:
    """Tell it to people: the table, its sum, what it was computed from, and what they must know."""
    from regietafel.reception.cli.sharing.telling import aligned

    has_books = any(row.balance for row in made.rows)
    books = ["Officieel", "Vooraf", "Gehuisvest", "Erna"] if has_books else []
    rows = [["Gemeente", "Inwoners", "Precies aandeel", "Taakstelling", *books]]
    rows += [[*_cells(row), *(_told(row.balance) if row.balance else ())] for row in made.rows]
    tasks, exact = sum(row.task for row in made.rows), float(sum(row.share for row in made.rows))
    people = sum(row.inhabitants for row in made.rows)
    whole = ["Samen", dutch.number(people), dutch.number(exact, decimals=2), dutch.number(tasks)]
    yield from aligned([*rows, [*whole, *[""] * len(books)]])
    yield ""
    yield (
        f"Precies aandeel: {dutch.number(made.permit_holders)} × inwoners / {dutch.number(made.national)}, "
        "en naar boven afgerond (Huisvestingswet, artikel 29)."
    )
    yield f"Inwoners: peildatum {dutch.date(made.reference_on)}; bron {made.source or dutch.UNKNOWN}."
    if made.cautions:
        yield "Let op:"
        yield from (f"  {each}" for each in made.cautions)


def _cells(row: Task) -> list[str]:
    share = dutch.number(float(row.share), decimals=2)
    return [row.name, dutch.number(row.inhabitants), share, dutch.number(row.task)]


def _told(balance: "HousingBalance") -> list[str]:
    official = dutch.number(balance.task) if balance.is_official else dutch.UNKNOWN
    return [official, _standing(balance.before), dutch.number(balance.housed), _standing(balance.after)]


def _standing(people: int | None) -> str:
    """Say a balance in words: arrears, a lead, or even."""
    if not people:
        return dutch.UNKNOWN if people is None else "bij"
    return f"{dutch.number(abs(people))} {'achterstand' if people > 0 else 'voorsprong'}"
