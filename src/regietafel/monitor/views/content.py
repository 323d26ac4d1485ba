"""Inhoud: what the messages of the last two weeks say, and Vergelijken: two periods beside each other."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.pages import Action, DetailPage, Header
from regietafel.monitor.adapters.exporters.meaning import (
    ambiguous_places,
    place_table,
    platform_table,
    reach_table,
    term_table,
    theme_table,
    tone_chart,
    wordings_shown,
)
from regietafel.monitor.adapters.sentiment import measured
from regietafel.monitor.engine.meaning import Compared, Meaning
from regietafel.monitor.engine.sentiment import TONE_NOTE
from regietafel.monitor.forms.comparing import PAIRS, PERIODS, CompareForm
from regietafel.monitor.selectors.comparing import (
    Comparison,
    compare_moment,
    compare_spans,
    spans_around,
    usual_spans,
)
from regietafel.monitor.selectors.meaning import meaning_for
from regietafel.monitor.selectors.monitors import works_for
from regietafel.monitor.views.pages import MonitorPage
from regietafel.register.public import past_moments

QUESTIONS_SHOWN = 10
COMPARED_WITH = {
    Compared.BEFORE: _("de acht weken ervoor, voor zover de tekst nog bewaard is"),
    Compared.OTHERS: _("andere berichten uit dezelfde bronnen en dagen"),
    Compared.NOTHING: "",
}


class MonitorContent(MonitorPage, DetailPage):
    """Words, questions, places, media, platforms, themes and tone of the last fourteen days."""

    template_name = "monitor/content.html"

    def actions(self) -> tuple[Action, ...]:
        pk = [self.monitor.pk]
        if self.monitor.started_at is None:
            return ()
        comparing = Action(_("Vergelijk perioden"), reverse("monitor-comparing", args=pk))
        stories = Action(_("Verhalen"), reverse("monitor-stories", args=pk))
        is_own = works_for(self.request.user, self.monitor.dossier.organisation_id)
        return (comparing, stories) if is_own else (comparing,)

    def context(self) -> dict[str, Any]:
        shown = meaning_for(self.monitor) if self.monitor.started_at else None
        told = super().context() | {
            "shown": shown,
        }
        return told | _parts(shown.meaning) if shown else told


def _parts(meaning: Meaning) -> dict[str, Any]:
    net = meaning.media_tone.net
    people = meaning.people_tone
    return {
        "meaning": meaning,
        "compared_with": COMPARED_WITH[Compared(meaning.compared)],
        "terms": term_table(meaning) if meaning.terms else None,
        "questions": meaning.questions[:QUESTIONS_SHOWN],
        "wordings": wordings_shown(meaning),
        "places": place_table(meaning),
        "ambiguous": ambiguous_places(meaning),
        "reach": reach_table(meaning),
        "platforms": platform_table(meaning) if meaning.platforms else None,
        "themes": theme_table(meaning),
        "tone": tone_chart(meaning),
        "net": dutch.interval(net.value, low=net.low, high=net.high, decimals=2) if net else "",
        "people_tones": [(name, count) for name, count in people.counts.items() if count],
        "tests": measured()["toets"],
        "tone_note": TONE_NOTE,
    }


class MonitorCompare(MonitorPage, DetailPage):
    """Whether volume, interactions and tone differ, with how sure that is."""

    template_name = "monitor/comparing.html"
    tab_set = ""

    def header(self) -> Header:
        crumbs = (
            (_("Omgeving"), reverse("monitors")),
            (self.monitor.title, reverse("monitor", args=[self.monitor.pk])),
            (_("Vergelijken"), None),
        )
        return Header(_("Vergelijken"), self.monitor.title, crumbs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form()
        found = self._compared(form) if form.is_valid() and self.monitor.started_at else None
        return self.show(form=form, found=found)

    def _form(self) -> CompareForm:
        """Return the form as it was sent; what was not sent has its usual value."""
        moments = past_moments(self.request.user, self.monitor.dossier, now=timezone.now())
        known = [moment for moment in moments if spans_around(moment)]
        sent = {name: value for name, value in self.request.GET.items() if value}
        usual = dict(zip(PAIRS, usual_spans(), strict=True))
        data = {
            name: day.isoformat()
            for names, span in usual.items()
            for name, day in zip(names, span, strict=True)
        }
        return CompareForm({"moment": PERIODS} | data | sent, moments=known)

    def _compared(self, form: CompareForm) -> Comparison:
        moment = form.chosen_moment()
        around = spans_around(moment) if moment else None
        if moment is None or around is None:
            now, before = form.spans()
            return compare_spans(self.monitor, now=now, before=before)
        return compare_moment(self.monitor, name=moment.title, moment=around[0], around=around[1])


_ONE = "omgeving/monitors/<int:pk>"
urlpatterns = [
    path(f"{_ONE}/inhoud", MonitorContent.as_view(), name="monitor-content"),
    path(f"{_ONE}/vergelijken", MonitorCompare.as_view(), name="monitor-comparing"),
]
