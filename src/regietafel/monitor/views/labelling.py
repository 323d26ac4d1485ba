"""Labelling: one message at a time, by keyboard; and what the labels tell."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.kit.downloads import download
from regietafel.kit.fields import number_sent
from regietafel.kit.pages import Action, DetailPage, FormPage, Header, PostPage
from regietafel.kit.refusal import Refused
from regietafel.monitor.engine.labels import MAIN_LABELS, SAMPLE, TRAINING, Label, LabelCount, LabelShare
from regietafel.monitor.forms.labelling import SampleForm, SubLabelForm
from regietafel.monitor.models import Monitor
from regietafel.monitor.selectors.labelled import labels_of
from regietafel.monitor.selectors.labelling import (
    Shown,
    last_labelling,
    message_to_label,
    next_message,
    open_sample,
    sample_left,
    scheme_of,
    shown_again,
    standing_of,
    suggestions_for,
)
from regietafel.monitor.selectors.pictures import usual_periods
from regietafel.monitor.services.label_files import export_labels
from regietafel.monitor.services.labelling import (
    draw_random_sample,
    label_message,
    save_sub_label,
    undo_label,
)
from regietafel.monitor.services.looking import note_look
from regietafel.monitor.views.pages import OwnPeoplePage, WritingPage, person

NONE, SKIP = "geen", "overslaan"
LAYOUTS = ("csv", "xlsx")


class LabellingPage(OwnPeoplePage):
    """A page about the labels of one monitor, for people who steer it."""

    def allowed(self) -> bool:
        return super().allowed() and self.may_change and self.monitor.started_at is not None

    @property
    def kind(self) -> str:
        """What is labelled for: the sample while this person has some of it left, unless they chose."""
        asked = self.request.GET.get("soort") or self.request.POST.get("soort")
        if asked in (SAMPLE, TRAINING):
            return str(asked)
        return SAMPLE if sample_left(self.monitor, by=person(self.request)) else TRAINING

    def address(self) -> str:
        """Return the page that shows the next message."""
        return f"{reverse('monitor-label', args=[self.monitor.pk])}?soort={self.kind}"


class LabelMessages(LabellingPage):
    """One message large, its labels under the hand, the next at once."""

    template_name = "monitor/label.html"
    tab_set = ""

    def header(self) -> Header:
        crumbs = (
            (_("Omgeving"), reverse("monitors")),
            (self.monitor.title, reverse("monitor-labels", args=[self.monitor.pk])),
            (_("Labelen"), None),
        )
        return Header(_("Labelen"), self.monitor.title, breadcrumbs=crumbs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        shown = next_message(self.monitor, kind=self.kind, by=person(request))
        if shown:
            note_look(monitor=self.monitor, by=person(request))
        return self._page(shown)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        number = number_sent(request.POST.get("bericht", ""))
        message = None if number is None else message_to_label(self.monitor, number)
        if message is None:
            messages.error(request, _("De tekst van dit bericht is intussen gewist. Hier is het volgende."))
            return redirect(self.address())
        answer, codes = request.POST.get("antwoord", ""), request.POST.getlist("label")
        try:
            if not codes and answer not in (NONE, SKIP):
                raise Refused(_("Kies een label, of “Geen van deze”."))
            label_message(
                monitor=self.monitor,
                message=message,
                codes=() if answer == NONE else codes,
                is_skipped=answer == SKIP,
                by=person(request),
            )
        except Refused as refusal:
            return self._page(shown_again(self.monitor, message.pk), status=422, refusal=str(refusal))
        return redirect(self.address())

    def _page(self, shown: Shown | None, *, status: int = 200, refusal: str = "") -> HttpResponse:
        by = person(self.request)
        is_teaching = self.kind == TRAINING
        return self.show(
            status=status,
            shown=shown,
            kind=self.kind,
            is_teaching=is_teaching,
            groups=self._groups(),
            suggestions=suggestions_for(self.monitor, shown) if shown and is_teaching else (),
            standing=standing_of(self.monitor, kind=self.kind, by=by),
            may_undo=last_labelling(self.monitor, by) is not None,
            refusal=refusal,
            question_url=self._question_url(shown) if shown else "",
        )

    def _question_url(self, shown: Shown) -> str:
        asked = reverse("monitor-question", args=[self.monitor.pk])
        return f"{asked}?bericht={shown.number}&van=labelen"

    def _groups(self) -> list[tuple[Label, list[Label]]]:
        subs = scheme_of(self.monitor.dossier.organisation).subs
        return [(main, [sub for sub in subs if sub.main == main.code]) for main in MAIN_LABELS]


class UndoLabel(LabellingPage, PostPage):
    """Take back the last label."""

    def act(self) -> str:
        undo_label(monitor=self.monitor, by=person(self.request))
        messages.success(self.request, _("Uw laatste label is teruggenomen."))
        return self.address()

    def fallback_url(self) -> str:
        return self.address()


class MonitorLabels(OwnPeoplePage, DetailPage):
    """What the labels tell: shares with their margin, agreement, and what the machine can."""

    template_name = "monitor/labels.html"

    def actions(self) -> tuple[Action, ...]:
        if not self.may_change or self.monitor.started_at is None:
            return ()
        pk = [self.monitor.pk]
        return (
            Action(_("Trek een steekproef"), reverse("monitor-sample", args=pk)),
            Action(_("Labelen"), reverse("monitor-label", args=pk), primary=True),
        )

    def context(self) -> dict[str, Any]:
        found = labels_of(self.monitor)
        told = [(label, one, _form_of(one)) for label, one in found.told]
        names = {label.code: label.name for label, _one in found.told}
        qualities = found.model.quality["per_label"] if found.model else {}
        return super().context() | {
            "found": found,
            "told": told,
            "is_labelled": self.monitor.labellings.exists(),
            "has_shares": any(form == "aandeel" for _label, _one, form in told),
            "sample": open_sample(self.monitor),
            "agreement": [(names.get(one.label, _("Alles samen")), one) for one in found.agreement],
            "disputes": [
                (names[one.first], names.get(one.second, _("dat label niet")), one.messages)
                for one in found.disputes
            ],
            "layouts": LAYOUTS,
            "qualities": [(names.get(code, code), one) for code, one in qualities.items()],
        }


def _form_of(told: object) -> str:
    if isinstance(told, LabelShare):
        return "aandeel"
    return "aantal" if isinstance(told, LabelCount) else "verborgen"


class LabelsFile(WritingPage):
    """The labels of a monitor as a file: ids, codes and roles, never a text; it leaves a line in the log."""

    back = "monitor-labels"

    def get(self, request: HttpRequest, layout: str, **kwargs: Any) -> HttpResponse:
        if layout not in LAYOUTS:
            raise Http404
        content = export_labels(monitor=self.monitor, layout=layout, by=person(request))
        return download(content, name=f"labels-monitor-{self.monitor.pk}", kind=layout)


class DrawSample(WritingPage, FormPage):
    """Draw messages by lot."""

    form_class = SampleForm
    step = _("Trek een steekproef")
    submit_label = _("Trek")
    back = "monitor-labels"

    def form_arguments(self) -> dict[str, Any]:
        week = usual_periods()[1]
        return {"initial": {"period_from": week.first, "period_until": week.last, "size": 100}}

    def save(self, form: SampleForm) -> str:
        draw_random_sample(monitor=self.monitor, by=person(self.request), **form.cleaned_data)
        return reverse("monitor-label", args=[self.monitor.pk])

    def success_message(self) -> str:
        return _("De steekproef is getrokken. U kunt meteen beginnen.")


class AddSubLabel(WritingPage, FormPage):
    """Add a sub-label for the whole organisation, or put another in the place of one."""

    form_class = SubLabelForm
    step = _("Eigen label")
    back = "monitor-labels"

    def save(self, form: SubLabelForm) -> str:
        monitor: Monitor = self.monitor
        save_sub_label(
            organisation=monitor.dossier.organisation,
            code=form.cleaned_data["code"],
            by=person(self.request),
            **form.values(),
        )
        return self.back_url()


_ONE = "omgeving/monitors/<int:pk>"
urlpatterns = [
    path(f"{_ONE}/labels", MonitorLabels.as_view(), name="monitor-labels"),
    path(f"{_ONE}/labels/bestand/<str:layout>", LabelsFile.as_view(), name="monitor-labels-file"),
    path(f"{_ONE}/labelen", LabelMessages.as_view(), name="monitor-label"),
    path(f"{_ONE}/labelen/terug", UndoLabel.as_view(), name="monitor-label-undo"),
    path(f"{_ONE}/steekproef", DrawSample.as_view(), name="monitor-sample"),
    path(f"{_ONE}/labels/eigen", AddSubLabel.as_view(), name="monitor-sub-label"),
]
