"""One search over everything a person may see; nothing else is counted, named or hinted at."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from regietafel.deliberation import public as deliberation
from regietafel.kit.pages import DetailPage, Header
from regietafel.monitor import public as monitor
from regietafel.register import public as register


@dataclass(frozen=True)
class Group:
    """Hits of one kind."""

    title: str
    hits: list[Any]


class SearchPage(DetailPage):
    """What the search box in the header finds."""

    template_name = "host/search.html"

    def prepare(self) -> None:
        self.words = self.request.GET.get("q", "").replace("\x00", "").strip()[:200]

    def header(self) -> Header:
        title = _("Zoeken naar “%(words)s”") % {"words": self.words} if self.words else _("Zoeken")
        return Header(
            title, _("In dossiers, feiten, momenten, bijlagen, omgevingsbeelden en verslagen die u mag zien.")
        )

    def context(self) -> dict[str, Any]:
        groups = search_groups(self.request.user, self.words) if len(self.words) >= 2 else []
        return {"groups": groups, "words": self.words, "search_query": self.words}


def search_groups(user: Any, words: str) -> list[Group]:
    """Return what answers the words, per kind; empty kinds are left out."""
    groups = [
        Group(_("Dossiers"), register.search_dossiers(user, words)),
        Group(_("Omgevingsbeelden"), monitor.search_pictures(user, words)),
        Group(_("Besluiten, knelpunten en acties"), deliberation.search_entries(user, words)),
    ]
    return [group for group in groups if group.hits]
