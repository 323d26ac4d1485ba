"""Assignments and fair share: a list, a new one with what every method gives, one with who is how far."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kernel import dutch
from regietafel.kit.lists import Column, ListSpec
from regietafel.kit.pages import Action, DetailPage, Empty, FormPage, Header, ListPage, Page
from regietafel.kit.refusal import Refused
from regietafel.reception.engine.ledger import Private
from regietafel.reception.forms.sharing import AgreeForm, AssignmentForm, EndForm
from regietafel.reception.models import Assignment, Target
from regietafel.reception.selectors.access import Region, may_coordinate, region_of_point, visible_assignments
from regietafel.reception.selectors.board import Board, Question, board_of, days_before, known_on
from regietafel.reception.selectors.sharing import assignment_told, assignments_of, visible_targets
from regietafel.reception.services.sharing import (
    agree_target,
    change_assignment,
    end_assignment,
    make_assignment,
    share_out,
)
from regietafel.reception.views.regions import Crumb, RegionPage, person

PREVIEW = "bekijk"


def _state(row: Assignment) -> str:
    if row.ended_on is None:
        return _("geldt")
    return _("beëindigd %s") % dutch.date_short(row.ended_on)


class Assignments(RegionPage, ListPage):
    """What the region was asked."""

    title = gettext_lazy("Opdrachten")
    purpose = gettext_lazy("Wat van de regio is gevraagd, en wie welk deel op zich neemt.")
    spec = ListSpec(
        columns=(
            Column("opdracht", gettext_lazy("Opdracht"), "title", sort=("title",)),
            Column(
                "plaatsen", gettext_lazy("Plaatsen"), "total", sort=("total",), numeric=True, key_fact=True
            ),
            Column("datum", gettext_lazy("Datum"), "received_on", sort=("received_on",)),
            Column("uiterlijk", gettext_lazy("Te leveren op"), "due_on", sort=("due_on",)),
            Column("sleutel", gettext_lazy("Verdeeld naar"), "key"),
            Column("methode", gettext_lazy("Methode"), "get_method_display"),
            Column("stand", gettext_lazy("Stand"), _state, key_fact=True),
        ),
        search=("title", "source"),
        default_sort="-datum",
        export_name="opdrachten",
    )

    def actions(self) -> tuple[Action, ...]:
        if not self.coordinates:
            return ()
        return (Action(_("Nieuwe opdracht"), reverse("assignment-new"), primary=True),)

    def rows(self) -> QuerySet[Assignment]:
        return visible_assignments(self.request.user).filter(
            pk__in=assignments_of(self.the_region).values("pk")
        )

    def url_of(self, subject: Any) -> str:
        return reverse("assignment", args=[subject.pk])

    def empty(self) -> Empty:
        text = _(
            "Een opdracht is een aantal plaatsen met een datum, een bron en een verdeling over gemeenten."
        )
        action = Action(_("Nieuwe opdracht"), reverse("assignment-new")) if self.coordinates else None
        return Empty(_("Deze regio heeft nog geen opdracht."), text, action)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return ListPage.get(self, request, **kwargs) if self.region else self.without_region()


class AssignmentAsking(FormPage):
    """Ask for an assignment; a first button shows what every method gives, a second stores it."""

    form_class = AssignmentForm
    template_name = "reception/assignment_form.html"
    submit_label = gettext_lazy("Bewaar de opdracht")

    @abstractmethod
    def dividing(self) -> Region:
        """Return the region over which is divided."""

    def form_arguments(self) -> dict[str, Any]:
        return {"names": [area.name for area in self.dividing().municipalities]}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.POST.get("stap") != PREVIEW:
            return super().post(request, **kwargs)
        form = self.form_class(request.POST, **self.form_arguments())
        shares = None
        if form.is_valid():
            try:
                shares = share_out(self.dividing(), form.wish())
            except Refused as refusal:
                form.add_error(None, str(refusal))
        status = 200 if shares else 422
        return self.show(
            status=status,
            form=form,
            shares=shares,
            submit_label=self.submit_label,
            cancel_url=self.cancel_url(),
        )


class NewAssignment(AssignmentAsking, RegionPage):
    """A new assignment of the region."""

    tab_set = ""
    title = gettext_lazy("Nieuwe opdracht")
    purpose = gettext_lazy("Leg vast wat is gevraagd, en zie eerst wat elke methode geeft.")

    def allowed(self) -> bool:
        return self.coordinates

    def header(self) -> Header:
        crumbs: tuple[Crumb, ...] = (
            (_("Opvang"), reverse("reception")),
            (_("Opdrachten"), reverse("assignments")),
            (str(self.title), None),
        )
        return Header(str(self.title), str(self.purpose), crumbs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return FormPage.get(self, request, **kwargs)

    def dividing(self) -> Region:
        return self.the_region

    def form_arguments(self) -> dict[str, Any]:
        return super().form_arguments() | {"initial": {"received_on": timezone.localdate()}}

    def save(self, form: AssignmentForm) -> str:
        made = make_assignment(
            region=self.the_region, wish=form.wish(), by=person(self.request), **form.values()
        )
        return reverse("assignment", args=[made.pk])

    def success_message(self) -> str:
        return _("De opdracht is verdeeld en staat op het bord.")


class AssignmentPage(Page):
    """A page of one assignment that the person may read."""

    step: Any = ""
    assignment: Assignment

    def prepare(self) -> None:
        self.assignment = get_object_or_404(visible_assignments(self.request.user), pk=self._number())

    def _number(self) -> int:
        return int(self.kwargs["pk"])

    @property
    def may_change(self) -> bool:
        """Say whether this person coordinates, and the assignment still holds."""
        is_open = self.assignment.ended_on is None
        return is_open and may_coordinate(self.request.user, self.assignment.organisation_id)

    def url(self) -> str:
        """Return the address of the assignment."""
        return reverse("assignment", args=[self.assignment.pk])

    def header(self) -> Header:
        name = self.assignment.title
        here: tuple[Crumb, ...] = ((name, None),)
        if self.step:
            here = ((name, self.url()), (str(self.step), None))
        crumbs = ((_("Opvang"), reverse("reception")), (_("Opdrachten"), reverse("assignments")), *here)
        return Header(str(self.step) or name, self.purpose(), crumbs, self.actions())

    def purpose(self) -> str:
        """Say what it comes to."""
        asked = _("%(total)s, gevraagd op %(day)s. Bron: %(source)s") % {
            "total": dutch.counted(self.assignment.total, one=_("plaats"), many=_("plaatsen")),
            "day": dutch.date(self.assignment.received_on),
            "source": self.assignment.source,
        }
        return asked if not self.step else self.assignment.title

    def actions(self) -> tuple[Action, ...]:
        """Return the buttons beside the title."""
        return ()

    def context(self) -> dict[str, Any]:
        return {"assignment": self.assignment, "may_change": self.may_change}

    def board(self) -> Board | None:
        """Return the board of today for this assignment alone; None without a region."""
        region = region_of_point(self.assignment.organisation)
        if region is None:
            return None
        today = timezone.localdate()
        private = Private.INCLUDED if self.assignment.counts_private else Private.EXCLUDED
        return board_of(
            region,
            Question(
                day=today,
                at=known_on(None),
                private=private,
                since=days_before(today),
                assignment=self.assignment.pk,
            ),
        )


class AssignmentDetail(AssignmentPage, DetailPage):
    """One assignment with its parts, the other methods, and who is how far."""

    template_name = "reception/assignment.html"

    def actions(self) -> tuple[Action, ...]:
        if not self.may_change:
            return ()
        pk = [self.assignment.pk]
        return (
            Action(_("Verdeel opnieuw"), reverse("assignment-change", args=pk)),
            Action(_("Beëindig"), reverse("assignment-end", args=pk)),
        )

    def context(self) -> dict[str, Any]:
        board = self.board()
        return super().context() | {
            "told": assignment_told(self.assignment, board),
            "today": timezone.localdate(),
            "board": board,
        }


class ChangingPage(AssignmentPage):
    """A step that only who coordinates may take, while the assignment holds."""

    def allowed(self) -> bool:
        return self.may_change


class ChangeAssignment(ChangingPage, AssignmentAsking):
    """Divide anew."""

    step = gettext_lazy("Verdeel opnieuw")
    submit_label = gettext_lazy("Bewaar de nieuwe verdeling")

    def dividing(self) -> Region:
        region = region_of_point(self.assignment.organisation)
        if region is None:
            raise Http404
        return region

    def form_arguments(self) -> dict[str, Any]:
        found = self.assignment
        durable = {one.municipality.name: one.durable for one in found.targets.all() if one.durable}
        names = ("title", "total", "received_on", "due_on", "source", "key", "key_on", "key_source", "method")
        initial: dict[str, Any] = {name: getattr(found, name) for name in names}
        initial |= {name: getattr(found, name) for name in ("minimum", "counts_private", "note")}
        initial["durable"] = _lines(durable)
        return super().form_arguments() | {"initial": initial}

    def save(self, form: AssignmentForm) -> str:
        change_assignment(
            assignment=self.assignment,
            region=self.dividing(),
            wish=form.wish(),
            by=person(self.request),
            **form.values(),
        )
        return self.url()

    def success_message(self) -> str:
        return _("De opdracht is opnieuw verdeeld. Wat met de hand is afgesproken, is gebleven.")


def _lines(values: Mapping[str, int]) -> str:
    return "\n".join(f"{name}; {value}" for name, value in values.items())


class EndAssignment(ChangingPage, FormPage):
    """End an assignment."""

    form_class = EndForm
    step = gettext_lazy("Beëindig de opdracht")
    submit_label = gettext_lazy("Beëindig")

    def save(self, form: Any) -> str:
        end_assignment(assignment=self.assignment, by=person(self.request), **form.cleaned_data)
        return self.url()


class AgreeTarget(ChangingPage, FormPage):
    """Take another number than was computed, with a note."""

    form_class = AgreeForm
    submit_label = gettext_lazy("Leg de afspraak vast")
    target: Target

    def prepare(self) -> None:
        self.target = get_object_or_404(visible_targets(self.request.user), pk=self.kwargs["pk"])
        self.assignment = self.target.assignment
        self.step = _("Afspraak met %s") % self.target.municipality

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"places": self.target.places, "note": self.target.note}}

    def save(self, form: Any) -> str:
        agree_target(target=self.target, by=person(self.request), **form.cleaned_data)
        return self.url()


urlpatterns = [
    path("opvang/opdrachten", Assignments.as_view(), name="assignments"),
    path("opvang/opdrachten/nieuw", NewAssignment.as_view(), name="assignment-new"),
    path("opvang/opdrachten/<int:pk>", AssignmentDetail.as_view(), name="assignment"),
    path("opvang/opdrachten/<int:pk>/verdelen", ChangeAssignment.as_view(), name="assignment-change"),
    path("opvang/opdrachten/<int:pk>/beeindigen", EndAssignment.as_view(), name="assignment-end"),
    path("opvang/aandelen/<int:pk>", AgreeTarget.as_view(), name="target-agree"),
]
