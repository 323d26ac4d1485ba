"""The charts and tables of what messages say, the same wherever they are shown."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from regietafel.kernel.dutch import UNKNOWN, counted, number, period, share
from regietafel.kit.charts import Caption, Chart, Part, Stack, stacked_chart
from regietafel.kit.documents.table import Column, Kind, Table
from regietafel.monitor.engine.content.places import AMBIGUOUS, PlaceCount
from regietafel.monitor.engine.content.platforms import PlatformShift
from regietafel.monitor.engine.content.wording import WordingPeriod, WordingReport
from regietafel.monitor.engine.meaning import Compared, Meaning
from regietafel.monitor.engine.picture.figures import Share
from regietafel.monitor.engine.sentiment import NEGATIVE, NEUTRAL, POSITIVE

TERMS_SHOWN = 15
PLACES_SHOWN = 12
CANDIDATES_NAMED = 4
TONES = (POSITIVE, NEUTRAL, NEGATIVE)


@dataclass(frozen=True)
class WordingShown:
    """One subject: how often each name is used, and what is to be said about it."""

    subject: str
    table: Table
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class AmbiguousPlace:
    """A name that more places have: how it is written, how often, and which places it may be."""

    name: str
    count: int
    candidates: str


def tone_chart(meaning: Meaning) -> Chart | None:
    """Draw the tone of media messages as one divided bar; None when nothing could be judged."""
    tone = meaning.media_tone
    if not tone.judged:
        return None
    parts = tuple(Part(verdict, tone.counts[verdict]) for verdict in TONES)
    told = ", ".join(
        f"{share(found.fraction)} {verdict}" for verdict in TONES if (found := tone.shares[verdict])
    )
    total = counted(tone.judged, one=_("beoordeeld bericht"), many=_("beoordeelde berichten"))
    caption = Caption(
        title=_("Toon van nieuws en pers"),
        description=_("%(shares)s, van %(total)s.") % {"shares": told.capitalize(), "total": total},
        unit=_("berichten"),
        source_note=_span(meaning),
    )
    return stacked_chart([Stack(_("media"), parts)], caption=caption)


def term_table(meaning: Meaning) -> Table:
    """Return the words that set these messages apart, with their numbers here and in the comparison."""
    against = {
        Compared.BEFORE: _("Ervoor (van %s)"),
        Compared.OTHERS: _("Andere (van %s)"),
        Compared.NOTHING: _("Vergelijking (%s)"),
    }[Compared(meaning.compared)]
    return Table(
        columns=(
            Column(_("Woord")),
            Column(_("Nu (van %s)") % number(meaning.read), Kind.NUMBER),
            Column(against % number(meaning.read_against), Kind.NUMBER),
        ),
        rows=[(one.term, one.count, one.count_against) for one in meaning.terms[:TERMS_SHOWN]],
        title=_("Berichten waarin het woord staat"),
        source_note=_span(meaning),
    )


def wordings_shown(meaning: Meaning) -> list[WordingShown]:
    """Return per subject the names that are used, now and before."""
    return [
        WordingShown(report.subject, _wording_table(report), report.remarks) for report in meaning.wordings
    ]


def _wording_table(report: WordingReport) -> Table:
    now, before = report.periods
    earlier = {term.name: term.share for term in before.terms}
    rows = [
        (term.name, term.count, _percent(term.share), _percent(earlier.get(term.name)))
        for term in now.terms
        if term.count or _has_count(earlier.get(term.name))
    ]
    return Table(
        columns=(
            Column(_("Woord")),
            Column(_("Nu"), Kind.NUMBER),
            Column(_("% nu"), Kind.ESTIMATE),
            Column(_("% ervoor"), Kind.ESTIMATE),
        ),
        rows=rows,
        title=report.subject.capitalize(),
        source_note=_wording_note(now, before),
    )


def _wording_note(now: WordingPeriod, before: WordingPeriod) -> str:
    told = _("Van %s nu") % counted(now.total, one=_("bericht"), many=_("berichten"))
    if not before.total:
        return told + ". " + _("Van de weken ervoor is geen tekst meer bewaard.")
    return told + _(" en %s ervoor, met 95 %%-marge.") % number(before.total)


def _has_count(found: Share | None) -> bool:
    return found is not None and found.count > 0


def place_table(meaning: Meaning) -> Table | None:
    """Return how many messages name each municipality; None when none is named."""
    found = [place for place in meaning.places if place.verdict != AMBIGUOUS][:PLACES_SHOWN]
    if not found:
        return None
    return Table(
        columns=(
            Column(_("Gemeente (zoals geschreven)")),
            Column(_("Berichten (van %s)") % number(meaning.read), Kind.NUMBER),
        ),
        rows=[(_place_name(place), place.count) for place in found],
        title=_("Berichten waarin een gemeente of kern wordt genoemd"),
        source_note=_span(meaning) + " " + _("Een bericht telt één keer per gemeente."),
    )


def _place_name(place: PlaceCount) -> str:
    others = [name for name in place.names if name.casefold() != place.municipality.casefold()]
    return f"{place.municipality} ({', '.join(others[:2])})" if others else place.municipality


def ambiguous_places(meaning: Meaning) -> list[AmbiguousPlace]:
    """Return the names of which nothing says which place is meant."""
    return [
        AmbiguousPlace(
            name=place.names[0],
            count=place.count,
            candidates=", ".join(
                dict.fromkeys(f"{place.names[0]} ({one.reason})" for one in place.candidates)
            )
            if len(place.candidates) <= CANDIDATES_NAMED
            else _("%s plaatsen") % len(place.candidates),
        )
        for place in meaning.places
        if place.verdict == AMBIGUOUS
    ]


def reach_table(meaning: Meaning) -> Table | None:
    """Return local, regional and national attention as shares; None when no reach is known."""
    if not any(row.share for row in meaning.reach):
        return None
    return Table(
        columns=(
            Column(_("Bereik")),
            Column(_("Mediaberichten"), Kind.NUMBER),
            Column(_("% van wat bekend is"), Kind.ESTIMATE),
        ),
        rows=[(row.reach, row.count, _percent(row.share) if row.share else "") for row in meaning.reach],
        title=_("Voor wie de media schrijven, met 95 %-marge"),
        source_note=_span(meaning) + " " + _("Onbekend: het medium staat niet in onze lijst."),
    )


def platform_table(meaning: Meaning) -> Table:
    """Return the share of each platform now and before, and whether it shifted."""
    ranked = sorted(meaning.platforms, key=lambda one: (-one.now.count, one.platform))
    note = _span(meaning)
    if any(one.change is None for one in meaning.platforms):
        note += " " + _(
            "Geen oordeel: in een periode schreven op een platform te weinig mensen om te tellen."
        )
    if meaning.platforms_by_outlet:
        note += " " + _(
            "Van gewiste berichten is het adres weg; daarom telt hier alleen de naam van het medium."
        )
    return Table(
        columns=(
            Column(_("Platform")),
            Column(_("Berichten"), Kind.NUMBER),
            Column(_("% nu"), Kind.ESTIMATE),
            Column(_("% ervoor"), Kind.ESTIMATE),
            Column(_("Verschuiving")),
        ),
        rows=[_platform_row(one) for one in ranked],
        title=_("Aandeel per platform, met 95 %-marge"),
        source_note=note,
    )


def _platform_row(one: PlatformShift) -> tuple[str, int, str, str, str]:
    return (
        one.platform,
        one.now.count,
        _percent(one.now.share),
        _percent(one.before.share),
        one.verdict.partition(":")[0].removesuffix(" anders"),
    )


def theme_table(meaning: Meaning) -> Table | None:
    """Return the themes that come together, with how often against chance; None without any."""
    rows = [
        (
            f"{one.first} + {one.second}",
            one.together,
            f"{number(one.lift, decimals=2)} ({number(one.low, decimals=2)}–{number(one.high, decimals=2)})",
            _("ja") if one.is_clear else _("niet aantoonbaar"),
        )
        for one in meaning.themes
        if max(one.count_first, one.count_second) < one.total  # a theme of all messages goes with each
    ]
    if not rows:
        return None
    return Table(
        columns=(
            Column(_("Thema’s")),
            Column(_("Samen"), Kind.NUMBER),
            Column(_("× toeval"), Kind.ESTIMATE),
            Column(_("Verband")),
        ),
        rows=rows,
        title=_("Thema’s in hetzelfde bericht"),
        source_note=_span(meaning),
    )


def _percent(found: Share | None) -> str:
    if found is None:
        return UNKNOWN
    value, low, high = (number(100 * each, decimals=0) for each in (found.fraction, found.low, found.high))
    return f"{value} ({low}–{high})"


def _span(meaning: Meaning) -> str:
    return _("Berichten %s.") % period(meaning.starts_on, meaning.ends_on)
