"""The question of a monitor: as it stands, how we read it, what it finds, writing it, and its versions."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.kit.fields import number_sent
from regietafel.kit.pages import Action, DetailPage, FormPage
from regietafel.monitor.engine.review import QuestionReview
from regietafel.monitor.forms.questions import ImportForm, KeepQueryForm, QueryForm, plain_lines
from regietafel.monitor.models import Monitor, PlaceProfile, QueryVersion
from regietafel.monitor.selectors.monitors import current_query, query_versions, works_for
from regietafel.monitor.selectors.places import only_place, place_of, starting_question
from regietafel.monitor.selectors.reviewing import review_question
from regietafel.monitor.selectors.trying import QuestionRead, read_question, try_question
from regietafel.monitor.selectors.versions import compare_versions
from regietafel.monitor.services.looking import note_look
from regietafel.monitor.services.monitors import revise_query
from regietafel.monitor.views.pages import MonitorPage, OwnPeoplePage, WritingPage, person
from regietafel.register.public import Organisation, User


class MonitorQuery(MonitorPage, DetailPage):
    """The question and its versions."""

    template_name = "monitor/query.html"

    def actions(self) -> tuple[Action, ...]:
        if not self.may_change or self.monitor.state == Monitor.State.STOPPED:
            return ()
        pk = [self.monitor.pk]
        return (
            Action(_("Plak uit een ander systeem"), reverse("monitor-query-import", args=pk)),
            Action(_("Controleer"), reverse("monitor-query-edit", args=pk) + "?stap=controle"),
            Action(_("Wijzig de zoekvraag"), reverse("monitor-query-edit", args=pk), primary=True),
        )

    def context(self) -> dict[str, Any]:
        current = current_query(self.monitor)
        reading = read_question(current.text, current.blank_values) if current else None
        is_own = works_for(self.request.user, self.monitor.dossier.organisation_id)
        return super().context() | {
            "current": current,
            "versions": query_versions(self.monitor),
            "is_own": is_own,
            **(tried(self.monitor, reading, by=person(self.request)) if is_own else {"reading": reading}),
        }


class EditQuery(WritingPage, FormPage):
    """Writing the question: every step but the last only looks, so that nothing changes unseen."""

    form_class = KeepQueryForm
    template_name = "monitor/query_edit.html"
    step = _("Wijzig de zoekvraag")
    back = "monitor-query"

    def prepare(self) -> None:
        super().prepare()
        current = current_query(self.monitor)
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        self.text = written_text(sent, current.text if current else "")
        self.place = chosen_place(sent, self.monitor.dossier.organisation, usual=self.monitor.filled_from)

    def form_arguments(self) -> dict[str, Any]:
        return {"organisation": self.monitor.dossier.organisation}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._write()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        usual = "bewaren" if "note" in request.POST else "voorleggen"
        step = "vervang" if "vervang" in request.POST else request.POST.get("stap", usual)
        if step == "bewaren":
            return super().post(request, **kwargs)
        return self._propose() if step == "voorleggen" else self._write()

    def _write(self) -> HttpResponse:
        """Show the editor with what was written so far."""
        sent = self.request.POST
        kept = {"text": self.text, "filled_from": self.place}
        kept |= {"dialect": sent.get("dialect", ""), "pasted": plain_lines(sent.get("pasted", ""))}
        form = QueryForm(initial=kept, **self.form_arguments())
        return self._editor(form)

    def _propose(self) -> HttpResponse:
        """Show what the question would change, and ask why."""
        written = QueryForm(self.request.POST, **self.form_arguments())
        if not written.is_valid():
            return self._editor(written, status=422)
        form = KeepQueryForm(initial=written.cleaned_data, **self.form_arguments())
        return self._ask(form)

    def _ask(self, form: Any, status: int = 200) -> HttpResponse:
        current = current_query(self.monitor)
        proposed = QueryVersion(text=self.text, blank_values=self.values())
        note_look(monitor=self.monitor, by=person(self.request))
        change = compare_versions(self.monitor, old=current, new=proposed) if current else None
        shown = {"change": change, "review": self._review(), "keeping": True}
        return self.show(status=status, form=form, cancel_url=self.cancel_url(), **shown)

    def _editor(self, form: QueryForm, status: int = 200) -> HttpResponse:
        sent = self.request.POST or self.request.GET
        reading = read_question(self.text, self.values()) if self.text.strip() else None
        shown = {"place": self.place, **tried(self.monitor, reading, by=person(self.request))}
        if sent.get("stap") == "controle":
            shown["review"] = self._review()
        return self.show(status=status, form=form, cancel_url=self.cancel_url(), **shown)

    def _review(self) -> QuestionReview | None:
        """Return what the question does in what we hold, as far as it can be asked."""
        reading = read_question(self.text, self.values())
        if reading.query is None or reading.asked is None:
            return None
        note_look(monitor=self.monitor, by=person(self.request))
        return review_question(self.monitor, reading.query, values=self.values())

    def values(self) -> dict[str, list[str]]:
        """Return what the chosen profile fills in."""
        return self.place.values if self.place else {}

    def save(self, form: KeepQueryForm) -> str:
        revise_query(monitor=self.monitor, by=person(self.request), **form.cleaned_data)
        return self.back_url()

    def success_message(self) -> str:
        return _("De nieuwe versie geldt vanaf nu; de vorige blijft bewaard.")


class TryQuery(OwnPeoplePage):
    """How a question is read and what it would find, as pieces of the editor."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        organisation = self.monitor.dossier.organisation
        text = written_text(request.POST, "").strip("\n")
        place = chosen_place(request.POST, organisation, usual=None)
        reading = read_question(text, place.values if place else {}) if text.strip() else None
        shown = {"place": place, "is_live": True, **tried(self.monitor, reading, by=person(request))}
        return render(request, "monitor/parts/live.html", shown)


class ImportQuery(WritingPage, FormPage):
    """A question from another system: as it was pasted beside how we read it; the editor keeps it."""

    form_class = ImportForm
    template_name = "monitor/query_import.html"
    step = _("Plak een zoekvraag uit een ander systeem")
    submit_label = _("Lees de vraag")
    back = "monitor-query"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ImportForm(request.POST)
        if not form.is_valid():
            return self._ask(form, status=422)
        told = form.cleaned_data
        place = self.monitor.filled_from
        values = place.values if place else {}
        reading = read_question(told["pasted"], values, dialect=told["dialect"])
        return self.show(
            form=form,
            reading=reading,
            place=place,
            pasted=told["pasted"],
            submit_label=self.submit_label,
            cancel_url=self.cancel_url(),
        )

    def save(self, form: ImportForm) -> str:
        return self.back_url()


class CompareVersions(OwnPeoplePage, DetailPage):
    """Two versions beside each other: what was written differently, and what that found or lost."""

    template_name = "monitor/query_compare.html"
    older: QueryVersion
    newer: QueryVersion

    def prepare(self) -> None:
        super().prepare()
        versions = list(query_versions(self.monitor)[:2])
        usual = [version.number for version in versions]
        numbers = sorted(self._number(name, usual) for name in ("van", "naar"))
        self.older, self.newer = (
            get_object_or_404(query_versions(self.monitor), number=number) for number in numbers
        )

    def _number(self, name: str, usual: list[int]) -> int:
        asked = self.request.GET.get(name, "")
        fallback = usual[0] if name == "naar" or len(usual) == 1 else usual[1] if usual else 0
        return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else fallback

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        note_look(monitor=self.monitor, by=person(request))
        return super().get(request, **kwargs)

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "older": self.older,
            "newer": self.newer,
            "versions": query_versions(self.monitor),
            "change": compare_versions(self.monitor, old=self.older, new=self.newer),
        }


def tried(monitor: Monitor, reading: QuestionRead | None, *, by: User) -> dict[str, Any]:
    """Return how a question is read, and what it finds when it can be asked; its examples are a look."""
    asked = reading.asked if reading else None
    if asked:
        note_look(monitor=monitor, by=by)
    return {"reading": reading, "trial": try_question(monitor, asked) if asked else None}


def written_text(sent: QueryDict, usual: str, *, field: str = "text") -> str:
    """Return the question under hand, with the model or a suggestion taken over when that was asked."""
    text = plain_lines(sent.get(field, usual))
    if sent.get("stap") == "model":
        return starting_question()
    first, _colon, rest = sent.get("vervang", "").partition(":")
    last, _colon, words = rest.partition(":")
    start, end = number_sent(first), number_sent(last)
    if start is not None and end is not None:
        return text[:start] + plain_lines(words) + text[end:]
    return text


def chosen_place(
    sent: QueryDict, organisation: Organisation, *, usual: PlaceProfile | None
) -> PlaceProfile | None:
    """Return the chosen place profile, as far as the organisation has it; a model takes the only one."""
    place = place_of(organisation, sent.get("filled_from", "")) if "filled_from" in sent else usual
    return place or (only_place(organisation) if sent.get("stap") == "model" else None)


_ONE = "omgeving/monitors/<int:pk>/zoekvraag"
urlpatterns = [
    path(_ONE, MonitorQuery.as_view(), name="monitor-query"),
    path(f"{_ONE}/wijzigen", EditQuery.as_view(), name="monitor-query-edit"),
    path(f"{_ONE}/proberen", TryQuery.as_view(), name="monitor-query-try"),
    path(f"{_ONE}/importeren", ImportQuery.as_view(), name="monitor-query-import"),
    path(f"{_ONE}/vergelijken", CompareVersions.as_view(), name="monitor-query-compare"),
]
