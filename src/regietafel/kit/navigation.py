"""Tabs and news that capabilities add to a page of a lower floor, without that floor knowing them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class TabSpec:
    """A tab: its word, its place, the address for a subject, and for whom it is shown."""

    label: Any
    order: int
    url: Callable[[Any], str]
    shown: Callable[[Any, Any], bool] = lambda _user, _subject: True


@dataclass(frozen=True)
class Tab:
    """A tab on the page, the current one marked."""

    label: str
    url: str
    active: bool


@dataclass(frozen=True)
class Notice:
    """One line on Vandaag or on a dossier's timeline.

    Attributes:
        at: the moment it happened or is due.
        kind: the word before it, such as "Omgevingsbeeld" or "Termijn".
        badge: `(kind of badge, text)` or None.
        is_whole_day: whether only the day counts, not the hour.
    """

    at: datetime
    kind: str
    title: str
    url: str
    detail: str = ""
    badge: tuple[str, str] | None = None
    dossier_id: int | None = None
    values: tuple[float, ...] = field(default_factory=tuple)
    is_whole_day: bool = False


_TABS: dict[str, list[TabSpec]] = {}
_TIMELINES: list[Callable[[Any, Any], list[Notice]]] = []
_PANELS: dict[str, list[tuple[int, str, Callable[[Any, Any], dict[str, Any] | None]]]] = {}


def add_tab(tab_set: str, tab: TabSpec) -> None:
    """Register a tab of a set, such as `dossier`; called from AppConfig.ready."""
    _TABS.setdefault(tab_set, []).append(tab)


def tabs_of(tab_set: str, subject: Any, *, request: HttpRequest) -> list[Tab]:
    """Return the tabs of a set for a subject, the one of this address marked."""
    specs = sorted(
        (spec for spec in _TABS.get(tab_set, []) if spec.shown(request.user, subject)),
        key=lambda spec: spec.order,
    )
    urls = [spec.url(subject) for spec in specs]
    here = max((url for url in urls if request.path.startswith(url)), key=len, default="")
    return [Tab(str(spec.label), url, url == here) for spec, url in zip(specs, urls, strict=True)]


def add_timeline(read: Callable[[Any, Any], list[Notice]]) -> None:
    """Register a reader `(user, dossier) -> notices` for the timeline of a dossier."""
    _TIMELINES.append(read)


def timeline_of(user: Any, dossier: Any) -> list[Notice]:
    """Return everything on the timeline of a dossier, newest first."""
    found = [notice for read in _TIMELINES for notice in read(user, dossier)]
    return sorted(found, key=lambda notice: notice.at, reverse=True)


def add_panel(
    place: str, *, order: int, template: str, read: Callable[[Any, Any], dict[str, Any] | None]
) -> None:
    """Register a block on a page: `read(user, subject)` gives its context, or None to leave it out."""
    _PANELS.setdefault(place, []).append((order, template, read))


def panels_of(place: str, *, user: Any, subject: Any) -> list[dict[str, Any]]:
    """Return the blocks of a page, each with `template` and its own context under `panel`."""
    shown = []
    for _order, template, read in sorted(_PANELS.get(place, []), key=lambda entry: entry[0]):
        context = read(user, subject)
        if context is not None:
            shown.append({"template": template, "panel": context})
    return shown
