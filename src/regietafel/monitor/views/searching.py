"""Searching the stored messages of one monitor, with the question language."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from regietafel.kit.documents.table import Column, Kind, Table
from regietafel.kit.downloads import TABLE_WRITERS, download_table
from regietafel.monitor.engine.query import Query
from regietafel.monitor.forms.searching import SearchForm
from regietafel.monitor.selectors.monitors import current_query
from regietafel.monitor.selectors.searching import Hit, narrowed, search_messages
from regietafel.monitor.selectors.trying import QuestionRead, read_question
from regietafel.monitor.services.looking import note_export, note_search
from regietafel.monitor.views.pages import OwnPeoplePage, person

LAST_PLACE = 2**63
EXPORTED, EXPORT_SECONDS = 1_000, 10.0


class SearchMessages(OwnPeoplePage):
    """News and press in the sources of a monitor that answer any question; looking leaves a trace."""

    template_name = "monitor/search.html"
    form: SearchForm

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        before = self._place()
        self.form = SearchForm(request.GET) if "vraag" in request.GET else SearchForm()
        may_search = bool(self.monitor.purpose and self.monitor.legal_basis)
        reading = self._reading() if may_search else None
        asked = self._asked(reading)
        shown: dict[str, Any] = {
            "form": self.form,
            "may_search": may_search,
            "reading": reading,
            "before": before,
            "take_over": urlencode({"text": reading.text}) if reading else "",
        }
        if asked is None:
            return self.show(**shown)
        note_search(monitor=self.monitor, question=self._sought(reading), by=person(request))
        if kind := request.GET.get("uit"):
            return self._export(asked, kind)
        found = search_messages(self.monitor, asked, before=before)
        older = self._address(voor=found.older) if found.older else None
        exports = {kind: self._address(uit=kind) for kind in TABLE_WRITERS}
        return self.show(found=found, older_url=older, newest_url=self._address(), exports=exports, **shown)

    def _sought(self, reading: QuestionRead | None) -> str:
        """Return the question with the days and the medium chosen beside it, for the log."""
        chosen = [self.request.GET.get(name, "") for name in ("van", "tot", "medium")]
        return " ".join([reading.text if reading else "", *chosen])

    def _place(self) -> int | None:
        """Return from where in time to search back, when a next page is asked for."""
        written = self.request.GET.get("voor", "")
        if not written:
            return None
        if not (written.isascii() and written.isdigit() and int(written[:20]) < LAST_PLACE):
            raise SuspiciousOperation("onbekende plek")
        return int(written)

    def _reading(self) -> QuestionRead | None:
        """Return how the question is read; its blanks get the values the monitor has for them."""
        self.form.full_clean()
        text = self.form.cleaned_data.get("vraag", "") if self.form.is_bound else ""
        current = current_query(self.monitor)
        reading = read_question(text, current.blank_values if current else {}) if text else None
        if reading and reading.asked is None:
            self.form.refuse(reading)
        return reading

    def _asked(self, reading: QuestionRead | None) -> Query | None:
        if reading is None or reading.asked is None or not self.form.is_valid():
            return None
        return narrowed(reading.asked, days=self.form.days(), outlet=self.form.cleaned_data["medium"])

    def _address(self, **more: Any) -> str:
        kept = {name: self.request.GET.get(name, "") for name in ("vraag", "van", "tot", "medium")} | more
        return "?" + urlencode({name: value for name, value in kept.items() if value})

    def _export(self, asked: Query, kind: str) -> HttpResponse:
        if kind not in TABLE_WRITERS:
            raise Http404
        found = search_messages(self.monitor, asked, most=EXPORTED, seconds=EXPORT_SECONDS)
        what = _("%(count)s gevonden berichten als %(kind)s") % {
            "count": len(found.hits),
            "kind": kind.upper(),
        }
        note_export(monitor=self.monitor, what=what, by=person(self.request))
        note = "" if found.older is None else _("Alleen de nieuwste %s berichten.") % len(found.hits)
        columns = (
            Column(_("Kop")),
            Column(_("Medium")),
            Column(_("Gepubliceerd"), Kind.MOMENT),
            Column(_("Adres")),
        )
        table = Table(columns, map(_line, found.hits), title=self.header().title, source_note=note)
        return download_table(table, name=_("gevonden berichten"), kind=kind)


def _line(hit: Hit) -> tuple[Any, ...]:
    return (hit.document.title, hit.document.source, hit.published_at, hit.document.url)


urlpatterns = [
    path("omgeving/monitors/<int:pk>/zoeken", SearchMessages.as_view(), name="monitor-search"),
]
