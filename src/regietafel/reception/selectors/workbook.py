"""The sheets of the workbook for the administrators' meeting; the writer adds what they mean."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.documents.table import Cell, Column, Kind, Table
from regietafel.reception.selectors.board import Board, Line, OwnLine, location_lines
from regietafel.reception.selectors.board_shown import KINDS_OF_PRIVATE, sentence


def sheets_of(board: Board) -> tuple[Table, ...]:
    """Return the sheets of a board; each says of which day it is and whether private places count."""
    return _position(board), _municipalities(board), _locations(board), _contracts(board)


def _note(board: Board) -> str:
    told = sentence(board.question, private_usable=board.private_usable)
    region = board.region.area.name
    return _("%(region)s. %(told)s Bron: blokken en boekingen in Regietafel. %(caption)s") % {
        "region": region,
        "told": told,
        "caption": board.caption,
    }


def _position(board: Board) -> Table:
    columns = (
        Column(_("Wat"), width=34),
        Column(_("Aantal"), Kind.NUMBER),
        Column(_("Eenheid"), width=12),
        Column(_("Dag"), Kind.DAY),
        Column(_("Toelichting"), width=60),
    )
    return Table(columns, tuple(_position_rows(board)), title=_("Stand"), source_note=_note(board))


def _position_rows(board: Board) -> Iterator[tuple[Cell, ...]]:
    day, places, people = board.question.day, _("plaatsen"), _("personen")
    private = str(KINDS_OF_PRIVATE[board.question.private])
    sources = "; ".join(f"{one.title}: {one.source}" for one in board.assignments)
    total, new, part = board.total, board.new, board.participation
    yield _("Opdracht"), board.assigned, places, day, sources or _("geen opdracht op deze dag")
    yield _("Gerealiseerd (te gebruiken plaatsen)"), total.usable, places, day, private
    yield _("Prognose"), board.planned, places, board.due_on, _("zekere en onzekere plaatsen, %s") % private
    yield _("Verschil gerealiseerd en opdracht"), board.gap, places, day, _("onder 0 is een tekort")
    yield _("Niet te gebruiken"), total.blocked, places, day, private
    yield _("Bezet"), total.occupied, people, day, private
    yield _("Gereserveerd"), total.reserved, people, day, private
    yield _("Leeg in hele kamers"), total.kept, places, day, private
    yield _("Vrij"), total.free, places, day, private
    beyond = _("meer toegezegd dan er is; te gebruiken − bezet − gereserveerd − leeg = vrij − te veel")
    yield _("Te veel toegezegd"), total.short, places, day, beyond
    yield _("Particuliere opvang"), board.private_usable, places, day, _("apart geteld")
    since = _("sinds %(day)s, %(private)s") % {"day": dutch.date(board.question.since), "private": private}
    yield _("Nieuw geplaatst"), new.placed, people, day, since
    yield _("Nieuw gereserveerd"), new.reserved, people, day, since
    every = _("van de %s, nu met mensen in eigen locaties") % len(part.all)
    yield _("Gemeenten die opvangen"), len(part.now), _("gemeenten"), day, every
    later = _("van de %s, volgens de planning") % len(part.all)
    yield _("Gemeenten in de prognose"), len(part.expected), _("gemeenten"), board.due_on, later
    unknown = _("blokken waarvan het aantal plaatsen niet bekend is; zij tellen niet mee")
    yield _("Onbekend"), total.unknown_blocks, _("blokken"), day, unknown


def _municipalities(board: Board) -> Table:
    planned = _("Prognose %s") % dutch.date_short(board.due_on) if board.due_on else _("Prognose")
    numbers = (
        _("Opdracht (plaatsen)"), _("Gerealiseerd (plaatsen)"), _("%s (plaatsen)") % planned,
        _("Prognose − opdracht (plaatsen)"), _("Niet te gebruiken (plaatsen)"), _("Bezet (personen)"),
        _("Gereserveerd (personen)"), _("Vrij (plaatsen)"), _("Te veel toegezegd (plaatsen)"), _("Locaties"),
    )  # fmt: skip
    columns = (Column(_("Gemeente"), width=24), *(Column(name, Kind.NUMBER, width=15) for name in numbers))
    rows = [_municipality(line) for line in board.lines]
    return Table(
        (*columns, Column(_("Blokken met onbekend aantal"), Kind.NUMBER, width=15)),
        tuple(rows),
        title=_("Per gemeente"),
        source_note=_note(board),
    )


def _municipality(line: Line) -> tuple[Cell, ...]:
    places = line.places
    return (
        line.name, line.target, line.realised, line.planned, line.difference, places.blocked, places.occupied,
        places.reserved, places.free, places.short, line.locations, places.unknown_blocks,
    )  # fmt: skip


def _locations(board: Board) -> Table:
    numbers = (
        _("Te gebruiken (plaatsen)"), _("Niet te gebruiken (plaatsen)"), _("Bezet (personen)"),
        _("Gereserveerd (personen)"), _("Vrij (plaatsen)"), _("Te veel toegezegd (plaatsen)"),
    )  # fmt: skip
    columns = (
        Column(_("Gemeente"), width=24),
        Column(_("Locatie"), width=34),
        Column(_("Organisatie"), width=26),
        *(Column(name, Kind.NUMBER, width=15) for name in numbers),
    )
    rows = tuple(_location(one) for one in location_lines(board))
    ordered = sorted(rows, key=lambda row: (str(row[0]), str(row[1])))
    return Table(columns, ordered, title=_("Locaties"), source_note=_note(board))


def _location(one: OwnLine) -> tuple[Cell, ...]:
    where, places = one.location, one.places
    return (
        where.municipality.name, where.name, where.organisation.name, places.usable, places.blocked,
        places.occupied, places.reserved, places.free, places.short,
    )  # fmt: skip


def _contracts(board: Board) -> Table:
    columns = (
        Column(_("Laatste dag"), Kind.DAY),
        Column(_("Gemeente"), width=24),
        Column(_("Locatie"), width=34),
        Column(_("Soort"), width=20),
        Column(_("Plaatsen minder"), Kind.NUMBER),
        Column(_("Zeker")),
        Column(_("Dan nog bezet of gereserveerd (plaatsen)"), Kind.NUMBER, width=18),
        Column(_("Dagen te gaan"), Kind.NUMBER),
    )
    rows = [
        (
            one.end.last_on, one.municipality, one.location, str(one.end.pool.kind), one.end.places,
            _("ja") if one.end.is_certain else _("nee"), one.end.claimed, one.end.days_left,
        )
        for one in board.endings
    ]  # fmt: skip
    note = _("Contracten die binnen zes maanden eindigen. %s") % _note(board)
    return Table(columns, rows, title=_("Contracten"), source_note=note)
