"""A division told: as JSON for machines, lines for people, and a table for a file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from regietafel.kernel import dutch
from regietafel.kit.documents.table import Cell, Column, Kind, Table
from regietafel.reception.cli.sharing.making import Made
from regietafel.reception.engine.sharing import TIE_RULE, Portion

_NAMES = {
    "sainte-lague": "Sainte-Laguë",
    "hamilton": "Hamilton",
    "dhondt": "D’Hondt",
    "afronden": "afronden",
    "spreidingswet": "Spreidingswet",
}
_CAUTIONS_TOLD = 12
_HALF_RULE = "Elk aandeel wordt voor zich afgerond, een half naar boven."
Of = Callable[[Portion], Cell]


@dataclass(frozen=True)
class _Shown:
    """A column that people see, and what stands in it for one municipality."""

    column: Column
    of: Of


def as_result(made: Made) -> dict[str, Any]:
    """Give the answer for machines; None is unknown or does not apply."""
    origin = made.key.origin
    return {
        "methode": made.division.method,
        "totaal": made.division.total,
        "toegewezen": made.division.placed,
        "sleutel": {
            "kolom": origin.name,
            "eenheid": origin.unit,
            "bron": origin.source,
            "peildatum": origin.reference_on.isoformat() if origin.reference_on else None,
            "noemer": _number(made.key.denominator),
        },
        "verdeling": [_row(portion, made) for portion in made.division.portions],
        "niet_mee": list(made.without),
        "provincies": [
            {
                "provincie": each.name,
                "plaatsen": each.places,
                "duurzaam": each.durable,
                "nog_te_realiseren": each.remaining,
            }
            for each in made.provinces
        ],
        "gelijke_stand": _precedence(made),
        "waarschuwingen": [each.message for each in made.cautions],
        "bevindingen": [
            {"soort": each.kind, "gemeenten": list(each.names), "melding": each.message}
            for each in made.cautions
        ],
    }


def _row(portion: Portion, made: Made) -> dict[str, Any]:
    row: dict[str, Any] = {
        "gemeente": portion.name,
        "gewicht": _number(portion.weight),
        "quotum": round(float(portion.quota), 6),
        "plaatsen": portion.places,
        "grens": portion.held_by or None,
        "andere_methoden": {method: other.places[portion.name] for method, other in made.others.items()},
    }
    if made.minors:
        row["waarvan_amv"] = made.minors.places[portion.name]
    if made.most is not None:
        row["capaciteit"] = made.most.get(portion.name)
    if made.durable is not None:
        row |= {"duurzaam": made.durable[portion.name], "nog_te_realiseren": _remaining(portion, made)}
    if made.gaps is not None:
        gap = made.gaps[portion.name]
        row |= {
            "gerealiseerd": gap.realised,
            "verschil": gap.difference,
            "gerealiseerd_pct": None if gap.reached is None else round(float(gap.reached * 100), 1),
            "rang": list(gap.rank) if gap.rank else None,
        }
    return row


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _remaining(portion: Portion, made: Made) -> int | None:
    durable = (made.durable or {}).get(portion.name)
    return None if durable is None else max(0, portion.places - durable)


def _columns(made: Made) -> list[_Shown]:
    decimals = 0 if made.key.denominator.denominator == 1 else 4
    unit = made.key.origin.unit
    shown = [
        _Shown(Column("Gemeente"), lambda portion: portion.name),
        _Shown(Column(unit.capitalize(), Kind.NUMBER, decimals), lambda portion: _number(portion.weight)),
        _Shown(Column("Aandeel", Kind.NUMBER, 2), lambda portion: round(float(portion.quota), 6)),
        _Shown(Column("Plaatsen", Kind.NUMBER), lambda portion: portion.places),
    ]
    for method, other in made.others.items():
        places = other.places
        shown.append(_Shown(Column(_NAMES[method], Kind.NUMBER), _of_places(places)))
    if made.minors:
        shown.append(_Shown(Column("Waarvan amv", Kind.NUMBER), _of_places(made.minors.places)))
    if made.durable is not None:
        shown += [
            _Shown(Column("Duurzaam", Kind.NUMBER), _of_places(made.durable)),
            _Shown(Column("Nog nodig", Kind.NUMBER), lambda portion: _remaining(portion, made)),
        ]
    return shown + _columns_of_gaps(made)


def _of_places(places: Any) -> Of:
    return lambda portion: places.get(portion.name)


def _columns_of_gaps(made: Made) -> list[_Shown]:
    found = made.gaps
    if found is None:
        return []

    def reached(portion: Portion) -> Cell:
        fraction = found[portion.name].reached
        return None if fraction is None else float(fraction)

    return [
        _Shown(Column("Gerealiseerd", Kind.NUMBER), lambda portion: found[portion.name].realised),
        _Shown(Column("Verschil", Kind.NUMBER), lambda portion: found[portion.name].difference),
        _Shown(Column("Bereikt", Kind.SHARE), reached),
        _Shown(Column("Rang", Kind.ESTIMATE), lambda portion: _rank(found[portion.name].rank)),
    ]


def _rank(rank: tuple[int, int] | None) -> str | None:
    if rank is None:
        return None
    best, worst = rank
    return str(best) if best == worst else f"{best}–{worst}"


def as_table(made: Made) -> Table:
    """Give the table for a file, with everything a number needs beside it."""
    shown = _columns(made)
    return Table(
        columns=tuple(each.column for each in shown),
        rows=[tuple(each.of(portion) for each in shown) for portion in made.division.portions],
        title=f"Verdeling van {dutch.number(made.division.total)} plaatsen",
        source_note=" ".join(
            [_method_line(made), _key_line(made), *(each.message for each in made.cautions)]
        ),
    )


def lines(made: Made) -> Iterator[str]:
    """Tell it to people: the table, its sum, the key, and what they must know."""
    shown = _columns(made)
    rows = [[each.column.label for each in shown]]
    rows += [[_told(each.of(portion), each.column) for each in shown] for portion in made.division.portions]
    rows.append(_sums(made, shown))
    yield from aligned(rows)
    yield ""
    yield _method_line(made)
    yield _key_line(made)
    for each in made.provinces:
        rest = "" if each.remaining is None else f", waarvan nog {dutch.number(each.remaining)} te realiseren"
        yield f"Provincie {each.name}: {dutch.counted(each.places, one='plaats', many='plaatsen')}{rest}."
    if made.without:
        yield f"Doen niet mee: {', '.join(made.without)}."
    if made.cautions:
        yield "Let op:"
        yield from (f"  {each.message}" for each in made.cautions[:_CAUTIONS_TOLD])
    if (more := len(made.cautions) - _CAUTIONS_TOLD) > 0:
        yield f"  En nog {dutch.number(more)}; met --json krijgt u ze alle."


def _told(cell: Cell, column: Column) -> str:
    if isinstance(cell, str):
        return cell
    if not isinstance(cell, int | float):
        return dutch.UNKNOWN
    return dutch.share(cell) if column.kind is Kind.SHARE else dutch.number(cell, decimals=column.decimals)


def _sums(made: Made, shown: Sequence[_Shown]) -> list[str]:
    """Add up what can be added: places by every method, never what is unknown."""
    cells = []
    for each in shown[1:]:
        values = [each.of(portion) for portion in made.division.portions]
        known = [value for value in values if isinstance(value, int | float)]
        is_whole = len(known) == len(values) and each.column.kind is Kind.NUMBER
        cells.append(_told(sum(known), each.column) if is_whole else "")
    return ["Samen", *cells]


def aligned(rows: list[list[str]]) -> Iterator[str]:
    """Give rows of cells as lines: names to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *others = (
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join([first, *others]).rstrip()


def _method_line(made: Made) -> str:
    minimum = f", minstens {dutch.number(made.minimum)} per gemeente" if made.minimum else ""
    return f"Methode: {_NAMES[made.division.method]}{minimum}. {_precedence(made)}"


def _precedence(made: Made) -> str:
    """Say what happens at equal claims, or to a half."""
    return _HALF_RULE if made.division.method in ("afronden", "spreidingswet") else TIE_RULE


def _key_line(made: Made) -> str:
    origin = made.key.origin
    decimals = 0 if made.key.denominator.denominator == 1 else 4
    together = dutch.number(float(made.key.denominator), decimals=decimals)
    return (
        f"Sleutel: {origin.name}, samen {together} {origin.unit}; "
        f"peildatum {dutch.date(origin.reference_on)}; bron {origin.source or dutch.UNKNOWN}."
    )
