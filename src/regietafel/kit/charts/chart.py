"""A chart with everything that must never be missing: its title, its meaning in words, and its table."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from regietafel.kit.documents.table import Table

SCREEN_WIDTH = 760
PAGE_WIDTH = 1100
"""As wide as a page, so that the letters of a chart that fills one are those of the page."""

PHONE_WIDTH = 360


@dataclass(frozen=True)
class Caption:
    """What a chart is called, what it says in words, what is counted, and where that comes from."""

    title: str
    description: str
    unit: str
    source_note: str = ""


@dataclass(frozen=True)
class Chart:
    """One chart.

    Attributes:
        title: what it shows, in a few words.
        description: what a reader should see in it, one or two sentences; also for who cannot see it.
        spec: Vega-Lite, with its data inside and no width.
        table: the figures behind it.
        fits_phone: it can be drawn as narrow as a phone; what cannot is scrolled there, from its newest day.
        screen_width: how wide it is drawn, so that its letters keep their size in a narrow column.
    """

    title: str
    description: str
    spec: dict[str, Any]
    table: Table
    fits_phone: bool = False
    screen_width: int = SCREEN_WIDTH

    @cached_property
    def svg(self) -> SafeString:
        """The drawing, to be put into a page as it is."""
        from regietafel.kit.charts.rendering import render_svg

        return render_svg(self, width=self.screen_width)

    @cached_property
    def phone_svg(self) -> SafeString | None:
        """The drawing for a phone, of what can be drawn that narrow."""
        from regietafel.kit.charts.rendering import render_svg

        return render_svg(self, width=PHONE_WIDTH) if self.fits_phone else None

    @property
    def spec_json(self) -> str:
        """The specification, for who wants to point at values in the browser."""
        return json.dumps(self.spec, ensure_ascii=False)
