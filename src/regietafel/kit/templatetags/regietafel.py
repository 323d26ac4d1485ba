"""What templates need to write Dutch, to show a state with word and icon, and to draw small graphics."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from regietafel.kernel import dutch

register = template.Library()

ICONS = Path(__file__).resolve().parent.parent / "static/kit/vendor/tabler"
# Dutch word in the template -> (class of the design system, icon that repeats the colour)
BADGES = {
    "ok": ("utrecht-status-badge utrecht-status-badge--success", "circle-check"),
    "let-op": ("utrecht-status-badge utrecht-status-badge--warning", "alert-triangle"),
    "fout": ("utrecht-status-badge utrecht-status-badge--danger", "alert-circle"),
    "info": ("utrecht-status-badge utrecht-status-badge--neutral", "info-circle"),
    "neutraal": ("utrecht-status-badge rt-badge--grey", ""),
}
SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 120, 24, 3


@register.filter
def getal(value: dutch.Number | None, decimals: int | None = None) -> str:
    """Write a number: `{{ 1200|getal }}`, `{{ 3.25|getal:2 }}`."""
    return dutch.number(value, decimals=decimals)


@register.filter
def verschil(value: dutch.Number | None, decimals: int | None = None) -> str:
    """Write a difference with its sign."""
    return dutch.number(value, decimals=decimals, signed=True)


@register.filter
def aandeel(fraction: float | Decimal | None, decimals: int = 0) -> str:
    """Write a fraction as a percentage."""
    return dutch.share(fraction, decimals=decimals)


@register.simple_tag
def interval(
    value: dutch.Number | None, *, low: dutch.Number | None, high: dutch.Number | None, decimals: int = 1
) -> str:
    """Write an estimate with its interval: `{% interval 3.9 low=1.9 high=7.1 %}`."""
    return dutch.interval(value, low=low, high=high, decimals=decimals)


@register.simple_tag
def aantal(count: int | None, *nouns: str) -> str:
    """Write a count with its noun: `{% aantal 3 "bericht" "berichten" %}`."""
    one, many = nouns
    return dutch.counted(count, one=one, many=many)


@register.filter
def datum(day: dt.date | None) -> str:
    """Write a date."""
    return dutch.date(day)


@register.filter
def datum_voluit(day: dt.date | None) -> str:
    """Write a date with its weekday in full."""
    return dutch.date_full(day)


@register.filter
def datum_kort(day: dt.date | None) -> str:
    """Write a date as day and month."""
    return dutch.date_short(day)


@register.filter
def datumtijd(moment: dt.datetime | None) -> str:
    """Write a moment."""
    return dutch.moment(moment)


@register.filter
def tijd(moment: dt.datetime | dt.time | None) -> str:
    """Write a time of day."""
    return dutch.clock(moment)


@register.filter
def periode(first: dt.date | None, last: dt.date | None) -> str:
    """Write a period: `{{ van|periode:tot }}`, both days included."""
    return dutch.period(first, last)


@register.filter
def geleden(day: dt.date | None) -> str:
    """Say how far a day lies from today; only beside the date itself."""
    return dutch.distance(day, today_on=timezone.localdate())


@register.filter
def telaat(due_on: dt.date | None) -> str:
    """Say how late something is, or how long there is left."""
    return dutch.lateness(due_on, today_on=timezone.localdate())


@register.filter
def duur(seconds: float | None) -> str:
    """Write a length of time."""
    return dutch.duration(seconds)


@register.filter
def omvang(size_bytes: int | None) -> str:
    """Write the size of a file."""
    return dutch.file_size(size_bytes)


@register.filter
def webadres(address: str) -> str:
    """Return an address from outside when it leads to a web page, and nothing when it would run something."""
    return address if address.lower().startswith(("https://", "http://")) else ""


@register.filter
def waarde(value: Any) -> Any:
    """Write any value of a table cell the Dutch way; text stays as it is."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if value is None:
        return dutch.UNKNOWN
    if isinstance(value, int | float | Decimal):
        return dutch.number(value)
    if isinstance(value, dt.datetime):
        return dutch.moment(value)
    return dutch.date(value) if isinstance(value, dt.date) else value


@register.filter
def opgemaakt(row: Sequence[Any], columns: Sequence[Any]) -> Iterator[tuple[Any, bool, Any]]:
    """Give each cell of a row, written the Dutch way, whether its column holds numbers, and its label."""
    for value, column in zip(row, columns, strict=True):
        kind = str(getattr(column, "kind", ""))
        text = dutch.share(value, decimals=column.decimals) if kind == "share" else waarde(value)
        if kind == "number" and isinstance(value, int | float | Decimal):
            text = dutch.number(value, decimals=column.decimals)
        yield text, bool(getattr(column, "is_numeric", False)), column.label


@lru_cache(maxsize=128)
def _drawing(name: str) -> SafeString:
    """Read the strokes of a vendored icon once."""
    if not name.replace("-", "").isalnum():
        raise template.TemplateSyntaxError(f"no icon is called {name!r}")
    text = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    inner = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
    return mark_safe(" ".join(inner.split()))


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon beside a word; screen readers skip it."""
    return format_html(
        '<svg class="rt-icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"'
        ' focusable="false">{}</svg>',
        _drawing(name),
    )


@register.simple_tag
def badge(kind: str, text: str) -> SafeString:
    """Show a state as colour, icon and word: `{% badge "let-op" "2 dagen te laat" %}`."""
    if kind not in BADGES:
        raise template.TemplateSyntaxError(f"a badge is one of {', '.join(BADGES)}, not {kind!r}")
    names, picture = BADGES[kind]
    return format_html(
        '<span class="rt-badge {}">{}<span>{}</span></span>', names, icon(picture) if picture else "", text
    )


@register.simple_tag
def begrip(word: str, meaning: str) -> SafeString:
    """Explain a word of the field in a small window: `{% begrip "BAO" "Bestuurlijk overleg." %}`."""
    name = f"begrip-{slugify(word)}"
    return format_html(
        '<button type="button" class="rt-term" popovertarget="{}">{}</button>'
        '<span class="rt-term__meaning" id="{}" popover>{}</span>',
        name,
        word,
        name,
        meaning,
    )


def _spark_points(values: Sequence[float | None]) -> Iterator[list[tuple[float, float]]]:
    """Scale values to the drawing, one run per stretch without gaps."""
    known = [value for value in values if value is not None]
    low, spread = min(known), (max(known) - min(known)) or 1
    step = (SPARK_WIDTH - 2 * SPARK_EDGE) / max(1, len(values) - 1)
    run: list[tuple[float, float]] = []
    for index, value in enumerate(values):
        if value is None:
            if run:
                yield run
            run = []
            continue
        height = (value - low) / spread * (SPARK_HEIGHT - 2 * SPARK_EDGE)
        run.append((round(SPARK_EDGE + index * step, 1), round(SPARK_HEIGHT - SPARK_EDGE - height, 1)))
    if run:
        yield run


@register.simple_tag
def sparkline(values: Iterable[float | None], what: str = "waarden", alarm: bool = False) -> SafeString:
    """Draw a series as a small line with its last value marked; days without a value are gaps."""
    series = list(values)
    known = [value for value in series if value is not None]
    if not known:
        return format_html('<span class="rt-soft">{}</span>', dutch.UNKNOWN)
    runs = list(_spark_points(series))
    lines = format_html_join(
        "",
        '<polyline class="rt-spark__line" points="{}"/>',
        ((" ".join(f"{x},{y}" for x, y in run),) for run in runs),
    )
    label = (
        f"{what}: van {dutch.number(known[0])} naar {dutch.number(known[-1])},"
        f" hoogste {dutch.number(max(known))}, {dutch.counted(len(series), one='punt', many='punten')}"
    )
    x, y = runs[-1][-1]
    return format_html(
        '<svg class="rt-spark{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<circle class="rt-spark__end" cx="{}" cy="{}" r="2.5"/></svg>',
        " rt-spark--alarm" if alarm else "",
        SPARK_WIDTH,
        SPARK_HEIGHT,
        label,
        lines,
        x,
        y,
    )


@register.simple_tag
def bars(*values: float | None, of: float, label: str) -> SafeString:
    """Draw amounts one after the other in a bar as long as `of`; the label says the same in words."""
    widths = [max(0.0, min(100.0, (value or 0) / of * 100)) if of else 0.0 for value in values]
    starts = [sum(widths[:index]) for index in range(len(widths))]
    pieces = (
        (index, f"{start:.2f}", f"{width:.2f}")
        for index, (start, width) in enumerate(zip(starts, widths, strict=True), start=1)
    )
    return format_html(
        '<svg class="rt-bar" viewBox="0 0 100 12" preserveAspectRatio="none" role="img"'
        ' aria-label="{}">{}</svg>',
        label,
        format_html_join("", '<rect class="rt-bar__{}" x="{}" y="0" width="{}" height="12"/>', pieces),
    )


@register.filter
def gemarkeerd(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """Write the pieces of a text, escaped, what was found marked: `{{ hit.pieces|gemarkeerd }}`."""
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", text) if is_marked else text,) for text, is_marked in pieces),
    )


@register.simple_tag
def cel(cell: Any) -> Any:
    """Write one cell of a list: its value the Dutch way, as a badge when the column says so.

    What is not known is "onbekend" in a column of numbers and in a badge, and blank elsewhere.
    """
    if cell.badge:
        return badge(cell.badge, waarde(cell.value))
    return "" if cell.value is None and not cell.column.numeric else waarde(cell.value)


@register.filter
def data_block(json_text: str) -> SafeString:
    """Escape JSON for a data block in the page, where HTML escapes do not work."""
    escapes = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    return mark_safe(str(json_text).translate(escapes))
