"""Minutes in three columns, as regional tables keep them: number, decision/bottleneck/action, explanation."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from regietafel.deliberation.adapters.exporters.wording import STATUS_WORDS, entry_remarks
from regietafel.deliberation.engine.content import (
    AttendanceContent,
    EntryContent,
    ItemContent,
    MinutesContent,
)
from regietafel.kernel import dutch
from regietafel.kit.documents import report
from regietafel.kit.documents.table import Cell, Column, Table

CONFIDENTIAL = 2
COLUMNS = (
    Column("Nr", width=10),
    Column("Besluit (B) / Knelpunt (K) / Actie (A)", width=60),
    Column("Toelichting", width=36),
)
Line = tuple[Cell, ...]


def minutes_report(content: MinutesContent) -> report.Report:
    """Return minutes as the blocks of a report."""
    return report.Report(
        title=_("Verslag %s") % content.meeting,
        purpose=_purpose(content),
        organisation=content.organisation,
        mark=_mark(content),
        blocks=(
            report.Facts(tuple(_facts(content))),
            *_table(content),
            *_press(content),
            *_attendance(content),
        ),
    )


def agenda_report(content: MinutesContent) -> report.Report:
    """Return the agenda of a meeting as the blocks of a report."""
    columns = (Column("Nr", width=10), Column("Onderwerp", width=64), Column("Stukken", width=32))
    rows: list[Line] = [
        (one.number, f"{one.title}\n{one.introduction}".strip(), "\n".join(one.papers))
        for one in content.items
    ]
    return report.Report(
        title=_("Agenda %s") % content.meeting,
        purpose=_purpose(content),
        organisation=content.organisation,
        mark=_mark(content),
        blocks=(report.Facts(tuple(_facts(content))), report.Listing(Table(columns, rows))),
    )


def _purpose(content: MinutesContent) -> str:
    return " · ".join(part for part in (content.body, dutch.moment(content.starts_at), content.place) if part)


def _mark(content: MinutesContent) -> str:
    marks = []
    if content.state in ("bezig", "concept"):
        marks.append(_("concept"))
    if any(one.confidentiality == CONFIDENTIAL for one in content.items):
        marks.append(_("vertrouwelijk"))
    if content.is_fictional:
        marks.append(_("oefenregio, alles verzonnen"))
    return " · ".join(marks)


def _facts(content: MinutesContent) -> Iterator[tuple[str, str]]:
    yield _("Overleg"), content.body
    yield _("Wanneer"), f"{dutch.moment(content.starts_at)} – {dutch.clock(dutch.local(content.ends_at))}"
    if content.place:
        yield _("Waar"), content.place
    if content.chair:
        yield _("Voorzitter"), content.chair
    if content.confirmed_at:
        told = _("%(moment)s, versie %(number)s") % {
            "moment": dutch.moment(content.confirmed_at),
            "number": content.version or 1,
        }
        yield _("Vastgesteld"), told


def _table(content: MinutesContent) -> Iterator[report.Block]:
    rows: list[Line] = []
    heads = set()
    for item in content.items:
        heads.add(len(rows))
        rows += [(item.number, item.title, ""), *_rows(item)]
    if rows:
        yield report.Listing(Table(COLUMNS, rows), heads=frozenset(heads))


def _rows(item: ItemContent) -> Iterator[Line]:
    if item.outcome:
        yield "", item.outcome, ""
    if item.notes.strip():
        yield "", item.notes.strip(), ""
    for entry in item.entries:
        yield "", f"{entry.kind}: {_told(entry)}", entry.explanation


def _told(entry: EntryContent) -> str:
    return "\n".join([entry.text, *(f"{name}: {value}" for name, value in entry_remarks(entry))])


def _press(content: MinutesContent) -> Iterator[report.Block]:
    if content.press_line.strip():
        yield report.Heading(_("Perslijn"))
        yield report.Paragraph(content.press_line.strip())


def _attendance(content: MinutesContent) -> Iterator[report.Block]:
    if content.attendance:
        yield report.Heading(_("Aanwezigheid"))
        columns = (Column(_("Organisatie of functie"), width=60), Column(_("Aanwezigheid"), width=46))
        yield report.Listing(Table(columns, [(_who(one), _status(one)) for one in content.attendance]))


def _who(one: AttendanceContent) -> str:
    return _("%s (gast)") % one.name if one.is_guest else one.name


def _status(one: AttendanceContent) -> str:
    word = STATUS_WORDS[one.status]
    return f"{word} door {one.replaced_by}" if one.replaced_by else word
