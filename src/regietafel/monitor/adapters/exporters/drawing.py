"""The chart and the table of a picture, the same on the page and on paper."""

from django.utils.translation import gettext as _

from regietafel.kernel.dutch import counted, date, number, period
from regietafel.kit.charts import Band, Caption, Chart, Line, Point, line_chart
from regietafel.kit.documents.table import Column, Kind, Table
from regietafel.monitor.engine.picture import PictureFigures

FEWEST_DAYS = 3
OUTLETS_SHOWN = 15


def volume_chart(figures: PictureFigures) -> Chart | None:
    """Draw the media messages per day against what is usual on that weekday; None for a day or two."""
    if len(figures.days) < FEWEST_DAYS:
        return None
    points = [Point(day.day, day.count) for day in figures.days]
    bounds = [
        (day.day, float(day.usual_low), float(day.usual_high))
        for day in figures.days
        if day.usual_low is not None and day.usual_high is not None
    ]
    band = Band(_("gewoonlijk"), bounds) if len(bounds) == len(points) else None
    caption = Caption(
        title=_("Berichten in de media per dag"),
        description=_description(figures, has_band=band is not None),
        unit=_("berichten"),
        source_note=_("Nieuws en pers die de zoekvraag beantwoorden, %s.")
        % period(figures.starts_on, figures.ends_on),
    )
    return line_chart([Line(_("berichten"), points, name_of_one=_("bericht"))], caption=caption, band=band)


def _description(figures: PictureFigures, *, has_band: bool) -> str:
    busiest = max(figures.days, key=lambda day: (day.count, day.day))
    told = _("De drukste dag telde %s berichten.") % number(busiest.count)
    usual = _("De band is het laagste en hoogste aantal op dezelfde weekdag in de weken voor %s.") % date(
        figures.starts_on
    )
    return f"{told} {usual}" if has_band else told


def outlet_table(figures: PictureFigures) -> Table:
    """Return per medium the messages found, and their share of everything it published."""
    found = [source for source in figures.sources if source.count][:OUTLETS_SHOWN]
    rest = len(figures.sources) - len(found)
    note = _("Aandeel van alles wat het medium in deze periode bracht, met 95%-interval tussen haakjes.")
    if rest:
        others = counted(rest, one=_("ander medium bracht"), many=_("andere media brachten"))
        note += " " + _("%s niets of minder.") % others.capitalize()
    return Table(
        columns=(
            Column(_("Medium")),
            Column(_("Berichten"), Kind.NUMBER),
            Column(_("Van alles"), Kind.NUMBER),
            Column(_("Aandeel in %"), Kind.ESTIMATE),
        ),
        rows=[
            (
                source.source,
                source.count,
                source.share.published if source.share else None,
                _share(source.share),
            )
            for source in found
        ],
        title=_("Nieuws en pers in deze periode"),
        source_note=note,
    )


def _share(share: object) -> str:
    fraction, low, high = (getattr(share, name, None) for name in ("fraction", "low", "high"))
    if fraction is None or low is None or high is None:
        return _("onbekend")
    return f"{_percent(fraction)} ({_percent(low)}–{_percent(high)})"


def _percent(fraction: float) -> str:
    return number(fraction * 100, decimals=1)
