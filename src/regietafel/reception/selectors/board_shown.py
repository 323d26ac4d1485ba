"""The board as people read it: four numbers, tiles, rows with bars, and the curve."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kernel import dutch
from regietafel.kit.charts import PAGE_WIDTH, Caption, Chart, Layer, Level, ribbon_chart
from regietafel.kit.charts import Moment as MarkedDay
from regietafel.reception.engine import ledger
from regietafel.reception.engine.ledger import Counts, Private
from regietafel.reception.engine.sharing import Stage
from regietafel.reception.selectors.board import Board, Line, Question
from regietafel.register.public import Area

TONES = {
    Stage.REACHED: "good",
    Stage.NEAR: "near",
    Stage.UNDERWAY: "warn",
    Stage.NOTHING: "bad",
    Stage.UNKNOWN: "none",
}
STEPS = (
    (Stage.REACHED, gettext_lazy("gehaald")),
    (Stage.NEAR, gettext_lazy("75 % of meer")),
    (Stage.UNDERWAY, gettext_lazy("minder dan 75 %")),
    (Stage.NOTHING, gettext_lazy("nog niets")),
)
TILES_PER_ROW, MOST_TILES = 5, 10
MOST_MARKED = 2
NARROW = 600
KINDS_OF_PRIVATE = {
    Private.EXCLUDED: gettext_lazy("zonder particuliere opvang"),
    Private.INCLUDED: gettext_lazy("met particuliere opvang"),
    Private.ONLY: gettext_lazy("alleen particuliere opvang"),
}


@dataclass(frozen=True)
class Stat:
    """One of the big four."""

    label: str
    value: int | None
    note: str
    tone: str = ""
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class Tile:
    """One municipality on the map of tiles."""

    label: str
    column: int
    row: int
    value: str
    note: str
    tone: str
    url: str


@dataclass(frozen=True)
class BarRow:
    """One municipality in the table with the lengths of its bar."""

    line: Line
    there: int
    coming: int
    lacking: int
    of: int
    words: str
    remarks: tuple[tuple[str, str], ...]


def sentence(question: Question, *, private_usable: int) -> str:
    """Say of which moment the numbers are, and whether private places are in them."""
    told = _("Stand van %s.") % dutch.moment(question.at)
    if not (question.is_of_today and question.is_of_now):
        moment = _("nu") if question.is_of_now else _("op %s") % dutch.moment(question.at)
        told = _("Stand van %(day)s, zoals bekend %(moment)s.") % {
            "day": dutch.date(question.day),
            "moment": moment,
        }
    places = dutch.counted(private_usable, one=_("plaats"), many=_("plaatsen"))
    private = {
        Private.EXCLUDED: _("Particuliere opvang (%s) telt niet mee.") % places,
        Private.INCLUDED: _("Particuliere opvang (%s) telt mee.") % places,
        Private.ONLY: _("Alleen particuliere opvang (%s).") % places,
    }[question.private]
    return f"{told} {private}"


def stats_of(board: Board) -> list[Stat]:
    """Return the big four."""
    return [_assigned(board), _realised(board), _planned(board), _gap(board)]


def _assigned(board: Board) -> Stat:
    if not board.assignments:
        return Stat(_("Opdracht"), None, _("Op deze dag gold geen opdracht."))
    one = board.assignments[0]
    if len(board.assignments) > 1:
        link = _("%s opdrachten") % len(board.assignments)
        note = _("plaatsen samen, de laatste van %s") % dutch.date(one.received_on)
        return Stat(_("Opdracht"), board.assigned, note, url=reverse("assignments"), link=link)
    note = _("plaatsen, van %(day)s. Bron: %(source)s") % {
        "day": dutch.date(one.received_on),
        "source": one.source,
    }
    url = reverse("assignment", args=[one.pk])
    return Stat(_("Opdracht"), board.assigned, note, url=url, link=one.title)


def _realised(board: Board) -> Stat:
    new, since = board.new, dutch.date(board.question.since)
    told = _(
        "te gebruiken plaatsen. %(total)s nieuw sinds %(since)s = %(placed)s geplaatst + %(reserved)s "
        "gereserveerd"
    ) % {
        "total": dutch.counted(new.total, one=_("persoon"), many=_("mensen")),
        "since": since,
        "placed": dutch.number(new.placed),
        "reserved": dutch.number(new.reserved),
    }
    return Stat(_("Gerealiseerd"), board.total.usable, told + _unknown(board.total.unknown_blocks))


def _unknown(blocks: int) -> str:
    if not blocks:
        return ""
    told = dutch.counted(blocks, one=_("blok"), many=_("blokken"))
    return _(". Van %s is het aantal plaatsen onbekend") % told


def _planned(board: Board) -> Stat:
    if not board.assignments:
        return Stat(_("Prognose"), None, _("Op deze dag gold geen opdracht."))
    if board.due_on is None:
        return Stat(_("Prognose"), None, _("De opdracht noemt geen dag waarop de plaatsen er moeten zijn."))
    expected = _("plaatsen, %(private)s. %(now)s van %(all)s gemeenten hebben er dan") % {
        "now": len(board.participation.expected),
        "all": len(board.participation.all),
        "private": KINDS_OF_PRIVATE[board.question.private],
    }
    uncertain = board.uncertain_on_due
    told = _("; %s plaatsen zijn nog niet zeker en tellen mee") % dutch.number(uncertain) if uncertain else ""
    return Stat(_("Prognose %s") % dutch.date_short(board.due_on), board.planned, expected + told)


def _gap(board: Board) -> Stat:
    day = _("nu") if board.question.is_of_today else dutch.date_short(board.question.day)
    if board.gap is None:
        return Stat(_("Tekort of over"), None, _("Zonder opdracht of plaatsen is er geen verschil."))
    coming = ""
    if board.planned is not None and board.assigned is not None:
        later = board.planned - board.assigned
        coming = _(". Volgens de planning op %(day)s: %(word)s %(gap)s") % {
            "day": dutch.date_short(board.due_on),
            "word": _("tekort") if later < 0 else _("over"),
            "gap": dutch.number(abs(later)),
        }
    note = _("plaatsen") + coming
    if board.gap < 0:
        return Stat(_("Tekort %s") % day, -board.gap, note, tone="bad")
    return Stat(_("Over %s") % day, board.gap, note, tone="good")


def tiles_of(board: Board) -> list[Tile]:
    """Return the municipalities as tiles where they lie; who has no place on the map stands below."""
    spots = _spots([line.area for line in board.lines if line.area is not None])
    return [_tile(line, spots[line.area.pk]) for line in board.lines if line.area and line.area.pk in spots]


def _spots(areas: Sequence[Area]) -> dict[int, tuple[int, int]]:
    placed = {area.pk: (area.tile_column, area.tile_row) for area in areas if area.tile_column}
    found = {pk: (int(column), int(row or 1)) for pk, (column, row) in placed.items()}
    below = max((row for _column, row in found.values()), default=0)
    left = [area.pk for area in areas if area.pk not in found]
    for number, pk in enumerate(left):
        found[pk] = (number % TILES_PER_ROW + 1, below + 1 + number // TILES_PER_ROW)
    return {pk: spot for pk, spot in found.items() if max(spot) <= MOST_TILES}


def _tile(line: Line, spot: tuple[int, int]) -> Tile:
    note = _("van %s") % dutch.number(line.target) if line.target is not None else _("geen opdracht")
    return Tile(
        label=line.name,
        column=spot[0],
        row=spot[1],
        value=dutch.number(line.realised),
        note=note,
        tone=TONES[line.stage],
        url=municipality_url(line.area),
    )


def municipality_url(area: Area | None) -> str:
    """Return the address of a municipality."""
    return reverse("reception-municipality", args=[area.code]) if area else ""


def rows_of(board: Board) -> list[BarRow]:
    """Return the rows of the table; all bars have the same scale."""
    longest = max(
        (max(line.target or 0, line.planned or 0, line.realised or 0) for line in board.lines), default=0
    )
    return [_row(line, longest) for line in board.lines]


def _row(line: Line, longest: int) -> BarRow:
    there, planned, target = line.realised or 0, line.planned or 0, line.target or 0
    words = _("%(name)s: gerealiseerd %(there)s, prognose %(planned)s, opdracht %(target)s") % {
        "name": line.name,
        "there": dutch.number(line.realised),
        "planned": dutch.number(line.planned),
        "target": dutch.number(line.target),
    }
    return BarRow(
        line=line,
        there=there,
        coming=max(planned - there, 0),
        lacking=max(target - max(planned, there), 0),
        of=longest,
        words=words,
        remarks=tuple(_remarks(line)),
    )


def _remarks(line: Line) -> list[tuple[str, str]]:
    """Say what to look at: no location, places of unknown number, the first contract that ends."""
    found = []
    if not line.locations and line.target:
        found.append(("fout", _("nog geen locatie")))
    elif line.realised is None and not line.places.unknown_blocks:
        found.append(("let-op", _("aantal plaatsen onbekend")))
    elif line.realised == 0 and line.target:
        found.append(("fout", _("nog geen plaatsen")))
    if line.uncertain:
        found.append(("info", _("%s nog niet zeker") % dutch.number(line.uncertain)))
    if line.places.unknown_blocks:
        blocks = dutch.counted(line.places.unknown_blocks, one=_("blok"), many=_("blokken"))
        found.append(("let-op", _("%s met onbekend aantal") % blocks))
    if line.places.short:
        found.append(("fout", _("%s te veel toegezegd") % dutch.number(line.places.short)))
    if line.endings:
        end = line.endings[0].end
        told = _("contract tot en met %s") if end.is_certain else _("misschien tot en met %s")
        found.append(("let-op", told % dutch.date_short(end.last_on)))
    return found


def curve_of(board: Board) -> Chart | None:
    """Draw what there is and who holds it, per day; None where there is nothing to draw."""
    return ribbon_of(
        board.curve,
        title=_("Plaatsen per dag"),
        question=board.question,
        goal=board.assigned,
        moments=_marked(board),
    )


def _marked(board: Board) -> list[MarkedDay]:
    last = ledger.days_of(board.curve.view)[-1]
    ends = [one.end for one in board.endings if one.end.ends_on <= last and one.end.is_certain]
    named = [
        MarkedDay(end.ends_on, _("contract eindigt (%s)") % dutch.number(end.places))
        for end in sorted(ends, key=lambda end: -(end.places or 0))[:MOST_MARKED]
        if end.places
    ]
    here = MarkedDay(board.question.day, dutch.date_short(board.question.day))
    return [here, *(one for one in named if one.day != here.day)]


def ribbon_of(
    counts: Counts,
    *,
    title: str,
    question: Question,
    goal: int | None = None,
    moments: Sequence[MarkedDay] = (),
) -> Chart | None:
    """Draw a count of one or more rows together as a ribbon; None without a place or a person in it."""
    table = {name: getattr(counts, name).sum(axis=0) for name in ("occupied", "reserved", "kept", "blocked")}
    free = counts.free.sum(axis=0)
    if not any(values.any() for values in (*table.values(), free)):
        return None
    layers = [
        Layer(_("bezet"), [int(value) for value in table["occupied"]]),
        Layer(_("gereserveerd"), [int(value) for value in table["reserved"]]),
        Layer(_("vrij"), [int(value) for value in free]),
        Layer(_("niet te gebruiken"), [int(value) for value in table["blocked"] + table["kept"]]),
        Layer(_("te veel"), counts.short.sum(axis=0).tolist(), is_excess=True),
    ]
    levels = [Level(_("capaciteit"), [int(value) for value in counts.capacity.sum(axis=0)])]
    if goal is not None:
        levels.append(Level(_("opdracht"), [goal] * counts.view.length, is_goal=True))
    caption = Caption(
        title=title,
        description=_description(counts, question),
        unit=_("plaatsen"),
        source_note=_("Bron: blokken en boekingen in Regietafel, zoals bekend op %(moment)s. %(caption)s")
        % {"moment": dutch.moment(question.at), "caption": counts.caption()},
    )
    days = ledger.days_of(counts.view)
    return ribbon_chart(layers, days=days, caption=caption, levels=levels, moments=moments)


def _description(counts: Counts, question: Question) -> str:
    days = ledger.days_of(counts.view)
    told = _(
        "Plaatsen per dag van %(period)s, %(private)s. "
        "De lijn is de capaciteit: alleen plaatsen die zeker zijn, ook wat dicht is; na %(day)s is dat wat "
        "is afgesproken. Niet te gebruiken is wat dicht is of in een kamer overblijft."
    )
    return told % {
        "period": dutch.period(days[0], days[-1]),
        "private": KINDS_OF_PRIVATE[question.private],
        "day": dutch.date_short(question.day),
    }


def legend() -> list[tuple[str, str]]:
    """Return what the colours of the tiles mean."""
    return [(TONES[stage], str(words)) for stage, words in STEPS]


def as_context(board: Board, *, is_narrow: bool) -> dict[str, Any]:
    """Return everything the page of the board needs of the numbers; a narrow curve shares its line."""
    width = NARROW if is_narrow else PAGE_WIDTH
    chart = curve_of(board)
    return {
        "board": board,
        "stats": stats_of(board),
        "tiles": tiles_of(board),
        "rows": rows_of(board),
        "legend": legend(),
        "chart": replace(chart, screen_width=width) if chart else None,
    }
