"""A picture as a report for a mayor: what matters on top, how we know it at the end."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from regietafel.kernel.dutch import counted, date, moment, number, period, share
from regietafel.kit.documents import report
from regietafel.monitor.adapters.exporters.content import PictureContent
from regietafel.monitor.adapters.exporters.drawing import outlet_table, volume_chart
from regietafel.monitor.adapters.exporters.telling import attention
from regietafel.monitor.engine.picture import Change, PictureFigures

STORIES_ON_PAPER = 8
QUESTIONS_ON_PAPER = 3
CHANGES_ON_PAPER = 6


def picture_report(content: PictureContent, changes: Sequence[Change]) -> report.Report:
    """Return a picture as the blocks of a report."""
    figures = content.figures
    blocks: list[report.Block] = [
        *_message(content),
        *_labels(content),
        *_hotspots(content),
        *_attention(figures),
        *_additions(content),
        *_changes(changes),
        *_stories(figures),
        *_questions(figures),
        *_outlets(figures),
        *_uncertain(content),
        *_ground(content),
    ]
    return report.Report(
        title=f"{content.title}: {content.scope.monitor}" if content.scope.monitor else content.title,
        purpose=_purpose(content),
        organisation=content.scope.organisation,
        mark=_mark(content),
        author=content.maker,
        blocks=tuple(blocks),
    )


def _purpose(content: PictureContent) -> str:
    parts = [period(content.figures.starts_on, content.figures.ends_on)]
    if content.maker:
        parts.append(_("opgesteld door %s") % content.maker)
    if content.published_at:
        parts.append(_("gepubliceerd %s") % moment(content.published_at))
    return " · ".join(parts)


def _mark(content: PictureContent) -> str:
    marks = [] if content.published_at else [_("concept")]
    return " · ".join([*marks, *([_("oefenregio, alles verzonnen")] if content.scope.is_fictional else [])])


def _message(content: PictureContent) -> Iterator[report.Block]:
    notes = content.notes
    if notes.core_message:
        yield report.Heading(_("Kernbeeld"))
        yield report.Quote(notes.core_message)
    if notes.advice:
        yield report.Heading(_("Advies"))
        yield from (report.Paragraph(line) for line in notes.advice.splitlines() if line.strip())
    if notes.moments:
        yield report.Heading(_("Verwachte momenten"))
        yield report.Bullets(tuple((line, "") for line in notes.moments))


def _labels(content: PictureContent) -> Iterator[report.Block]:
    """Per label: what we see, examples in the words of the maker, and advice."""
    for _code, name, notes in content.notes.per_label:
        yield report.Heading(name.capitalize())
        yield from (report.Paragraph(line) for line in notes.seen.splitlines() if line.strip())
        if notes.examples:
            yield report.Bullets(tuple((example, "") for example in notes.examples))
        if notes.advice:
            yield report.Paragraph(_("Advies: %s") % notes.advice)


def _hotspots(content: PictureContent) -> Iterator[report.Block]:
    if content.notes.hotspots:
        yield report.Heading(_("Brandpunten"))
        yield from (report.Paragraph(line) for line in content.notes.hotspots.splitlines() if line.strip())


def _key_figures(figures: PictureFigures) -> tuple[tuple[str, str], ...]:
    found = [(number(figures.media_count), _("berichten in nieuws en pers"))]
    if figures.share is not None:
        found.append((share(figures.share.fraction, decimals=1), _("van alles wat de bronnen brachten")))
    found.append((number(figures.story_count), _("verschillende verhalen")))
    if figures.trend.previous is not None:
        found.append((number(figures.trend.previous), _("berichten in de periode ervoor")))
    return tuple(found)


def _attention(figures: PictureFigures) -> Iterator[report.Block]:
    yield report.Heading(_("Hoeveel aandacht"))
    yield report.KeyFigures(_key_figures(figures))
    yield report.Paragraph(f"{attention(figures)} {_('Oordeel')}: {figures.trend.verdict}.")
    chart = volume_chart(figures)
    if chart is not None:
        yield report.Drawing(chart)


def _additions(content: PictureContent) -> Iterator[report.Block]:
    """What stands beside the counts: each a sentence, a small table and how it was made."""
    for one in content.additions:
        yield report.Heading(one.title)
        if one.text:
            yield report.Paragraph(one.text)
        if one.table is not None:
            yield report.Listing(one.table)
        elif one.note:
            yield report.Paragraph(one.note, is_soft=True)


def _outlets(figures: PictureFigures) -> Iterator[report.Block]:
    if figures.media_count:
        yield report.Heading(_("Per medium"))
        yield report.Listing(outlet_table(figures))


def _changes(changes: Sequence[Change]) -> Iterator[report.Block]:
    if changes:
        yield report.Heading(_("Veranderd sinds het vorige beeld"))
        yield report.Bullets(tuple((change.sentence, "") for change in changes[:CHANGES_ON_PAPER]))


def _stories(figures: PictureFigures) -> Iterator[report.Block]:
    if not figures.stories:
        return
    yield report.Heading(_("Meest gebrachte verhalen"))
    shown = figures.stories[:STORIES_ON_PAPER]
    yield report.Bullets(tuple((story.title, _brought(story.size, story.outlets)) for story in shown))
    rest = figures.story_count - len(shown)
    if rest > 0:
        others = counted(rest, one=_("ander verhaal"), many=_("andere verhalen"))
        yield report.Paragraph(_("En nog %s.") % others, is_soft=True)


def _brought(size: int, outlets: Sequence[str]) -> str:
    messages = counted(size, one=_("bericht"), many=_("berichten"))
    named = ", ".join(outlets[:4]) + (_(" en andere") if len(outlets) > 4 else "")
    return f"{messages} · {named}" if named else messages


def _questions(figures: PictureFigures) -> Iterator[report.Block]:
    if figures.questions:
        yield report.Heading(_("Vragen in de media"))
        shown = figures.questions[:QUESTIONS_ON_PAPER]
        yield report.Bullets(tuple((question.title, question.outlet) for question in shown))


def _uncertain(content: PictureContent) -> Iterator[report.Block]:
    figures = content.figures
    yield report.Heading(_("Wat onzeker is"))
    yield report.Remark(content.note)
    yield from (report.Paragraph(line) for line in content.notes.uncertainty.splitlines() if line.strip())
    lines = [(_silent(found.source, date(found.last_on)), "") for found in figures.silent_sources]
    people = figures.people
    if people.count is not None:
        told = _("Minstens %s berichten van mensen.") % number(people.count)
        lines.append((f"{told} {people.explanation}", ""))
    elif figures.kinds and any(kind.is_rounded for kind in figures.kinds):
        lines.append((people.explanation, ""))
    if lines:
        yield report.Bullets(tuple(lines))


def _silent(source: str, last: str) -> str:
    return _("%(source)s leverde voor het laatst iets op %(last)s.") % {"source": source, "last": last}


def _ground(content: PictureContent) -> Iterator[report.Block]:
    scope = content.scope
    pairs = [
        (_("Doel"), scope.purpose),
        (_("Grondslag"), scope.legal_basis),
        (_("Zoekvraag"), f"{scope.query} ({_('versie')} {scope.query_version})"),
        (_("Bronnen"), ", ".join(scope.sources)),
        (_("Cijfers van"), moment(scope.figures_at) if scope.figures_at else ""),
        (_("Urgentie"), content.urgency),
        (_("Volgend beeld"), moment(content.next_report_at) if content.next_report_at else ""),
    ]
    yield report.Heading(_("Waarop dit beeld berust"))
    yield report.Facts(tuple((name, value) for name, value in pairs if value))
