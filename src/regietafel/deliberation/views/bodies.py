"""The bodies a person sits in, one body at a glance, its seats and portfolios, and setting one up."""

from collections import Counter
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.deliberation.forms.bodies import BodyForm, NewBodyForm, PortfoliosForm, SeatForm
from regietafel.deliberation.models import Body, Seat
from regietafel.deliberation.selectors import bodies
from regietafel.deliberation.selectors.meetings import COMING
from regietafel.deliberation.services.bodies import (
    add_seat,
    change_body,
    change_seat,
    create_body,
    end_body,
    end_seat,
    resume_body,
    save_portfolios,
)
from regietafel.deliberation.views.pages import STATE_BADGES, BodyPage, KeepingBodyPage, person
from regietafel.kit.lists import Column, Filter, ListSpec, listing
from regietafel.kit.pages import (
    Action,
    ConfirmPage,
    DetailPage,
    Empty,
    FormPage,
    Header,
    ListPage,
    PostPage,
)
from regietafel.register.public import organisations_with

FEW_MEETINGS = 6
STATES = (("actief", _("actief")), ("beëindigd", _("beëindigd")))


def _in_state(rows: QuerySet[Body], state: str) -> QuerySet[Body]:
    return rows.filter(ended_on__isnull=state == "actief")


def _spec(owed: Counter[int], drafts: Counter[int]) -> ListSpec:
    return ListSpec(
        columns=(
            Column("naam", _("Overleg"), "name", sort=("name",), key_fact=True),
            Column("volgende", _("Volgende vergadering"), lambda body: body.next_at or "",
                   sort=("next_at",), key_fact=True),
            Column("ritme", _("Ritme"), bodies.rhythm_of),
            Column("acties", _("Uw open acties"), lambda body: owed[body.pk], numeric=True),
            Column("verslagen", _("Vast te stellen verslagen"), lambda body: drafts[body.pk], numeric=True),
            Column("soort", _("Soort"), "get_kind_display", sort=("kind",)),
            Column("secretariaat", _("Secretariaat"), "organisation.name", sort=("organisation__name",)),
            Column("stand", _("Stand"), lambda body: _("beëindigd") if body.ended_on else _("actief"),
                   sort=("ended_on",), badge=lambda body: "neutraal" if body.ended_on else "ok"),
        ),
        filters=(
            Filter("stand", _("Stand"), lambda _user: STATES, _in_state),
            Filter("soort", _("Soort"), lambda _user: Body.Kind.choices, "kind"),
        ),
        search=("name", "purpose"),
        default_sort="naam",
    )  # fmt: skip


class Bodies(ListPage):
    """Every body a person may read, with what waits there."""

    template_name = "deliberation/bodies.html"
    spec = ListSpec(columns=())

    def header(self) -> Header:
        return Header(
            _("Overleg"),
            _("Waar u samen besluit: agenda's, verslagen en wat er nog openstaat."),
            actions=self._actions(),
        )

    def _actions(self) -> tuple[Action, ...]:
        lists = (Action(_("Besluiten"), reverse("decisions")), Action(_("Acties"), reverse("actions-mine")))
        if not organisations_with(self.request.user, "may_write").exists():
            return lists
        return (*lists, Action(_("Nieuw overleg"), reverse("body-create"), primary=True))

    def rows(self) -> QuerySet[Body]:
        return bodies.bodies_of(self.request.user)

    def url_of(self, subject: Body) -> str:
        return reverse("body", args=[subject.pk])

    def empty(self) -> Empty:
        return Empty(
            _("U zit nog in geen overleg."),
            _("Een overleg heeft leden, een agenda en een verslag met besluiten, knelpunten en acties."),
            next(iter(self._actions()), None),
        )

    def context(self) -> dict[str, Any]:
        user = self.request.user
        owed, drafts = bodies.owed_actions(user), bodies.drafts_of(user)
        return {
            "invited": bodies.guest_meetings(user),
            "owed": owed[:FEW_MEETINGS],
            "drafts": drafts[:FEW_MEETINGS],
            "more_owed": max(0, owed.count() - FEW_MEETINGS),
        }

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        spec = _spec(*bodies.per_body(request.user))
        shown = listing(spec, self.rows(), params=request.GET, user=request.user, url_of=self.url_of)
        return self.show(listing=shown, empty=self.empty())


class BodyOverview(BodyPage, DetailPage):
    """One body at a glance: when it meets, who sits there and who carries which theme."""

    template_name = "deliberation/body.html"

    def actions(self) -> tuple[Action, ...]:
        if not self.may_change:
            return ()
        pk = [self.body.pk]
        edit = Action(_("Wijzig"), reverse("body-edit", args=pk))
        if self.body.ended_on:
            return (edit, Action(_("Open weer"), reverse("body-resume", args=pk), method="post"))
        return (edit, Action(_("Vergadering plannen"), reverse("meeting-create", args=pk), primary=True))

    def context(self) -> dict[str, Any]:
        body, user = self.body, self.request.user
        badges = STATE_BADGES
        meetings = bodies.meetings_of(body)
        coming = bodies.next_meeting(body)
        past = meetings.exclude(state__in=COMING)[:FEW_MEETINGS]
        later = meetings.filter(state__in=COMING).exclude(pk=coming.pk if coming else 0)
        return (
            super().context()
            | {
                "coming": coming,
                "coming_badge": badges[coming.state] if coming else "",  # type: ignore[index]
                "later": later.filter(ends_at__gte=timezone.now()).order_by("starts_at")[:FEW_MEETINGS],
                "past": [(one, badges[one.state]) for one in past],  # type: ignore[index]
                "rhythm": bodies.rhythm_of(body),
                "usual": bodies.usual_of(body),
                "seats": bodies.seats_of(body),
                "portfolios": bodies.portfolios_of(body),
                "owed": bodies.owed_actions(user).filter(item__meeting__body=body),
            }
        )


class NewBody(FormPage):
    """Set up a body, from nothing or from a ready-made form."""

    form_class = NewBodyForm
    template_name = "deliberation/body_create.html"
    submit_label = gettext_lazy("Begin het overleg")

    def allowed(self) -> bool:
        return organisations_with(self.request.user, "may_write").exists()

    def header(self) -> Header:
        crumbs = ((_("Overleg"), reverse("bodies")), (_("Nieuw overleg"), None))
        return Header(_("Nieuw overleg"), _("Daarna voegt u leden toe en plant u vergaderingen."), crumbs)

    def form_arguments(self) -> dict[str, Any]:
        model = bodies.model_named(self.request.GET.get("vorm", ""))
        return {"user": self.request.user, "initial": NewBodyForm.initial_from(model) if model else {}}

    def context(self) -> dict[str, Any]:
        chosen = bodies.model_named(self.request.GET.get("vorm", ""))
        return {"models": bodies.models_to_choose(), "chosen": chosen}

    def save(self, form: NewBodyForm) -> str:
        values = dict(form.cleaned_data)
        body = create_body(organisation=values.pop("organisation"), by=person(self.request), **values)
        return reverse("body-seats", args=[body.pk])

    def success_message(self) -> str:
        return _("Het overleg is begonnen. Voeg nu de leden toe.")


class BodyStep(KeepingBodyPage):
    """A step that goes back to a page of the body."""

    back: ClassVar[str] = "body"

    def back_url(self) -> str:
        """Return the page this step was taken from."""
        return reverse(self.back, args=[self.body.pk])


class EditBody(BodyStep, FormPage):
    """Change what a body is."""

    form_class = BodyForm
    step = _("Wijzig het overleg")
    template_name = "deliberation/body_edit.html"

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": BodyForm.initial_of(self.body)}

    def save(self, form: BodyForm) -> str:
        change_body(body=self.body, by=person(self.request), **form.cleaned_data)
        return self.back_url()


class EndBody(BodyStep, ConfirmPage):
    """Let a body end."""

    step = _("Beëindig het overleg")
    question = gettext_lazy("Is dit overleg klaar?")
    confirm_label = gettext_lazy("Beëindig")

    def context(self) -> dict[str, Any]:
        told = [
            _("U kunt geen nieuwe vergaderingen meer plannen."),
            _("Wat gepland staat, vervalt niet vanzelf."),
            _("Agenda's, verslagen en acties blijven te lezen. U kunt het overleg later weer openen."),
        ]
        return super().context() | {"consequences": told, "cancel_url": self.back_url()}

    def act(self) -> str:
        end_body(body=self.body, by=person(self.request))
        return self.back_url()


class ResumeBody(BodyStep, PostPage):
    """Let a body that ended meet again."""

    def act(self) -> str:
        resume_body(body=self.body, by=person(self.request))
        return self.back_url()

    def fallback_url(self) -> str:
        return self.back_url()


class BodySeats(BodyPage, DetailPage):
    """Who sits at the table, and who carries which theme."""

    template_name = "deliberation/seats.html"

    def actions(self) -> tuple[Action, ...]:
        if not self.may_change:
            return ()
        pk = [self.body.pk]
        return (
            Action(_("Verdeel portefeuilles"), reverse("body-portfolios", args=pk)),
            Action(_("Lid toevoegen"), reverse("seat-create", args=pk), primary=True),
        )

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "seats": bodies.seats_of(self.body),
            "ended": bodies.ended_seats(self.body),
            "portfolios": bodies.portfolios_of(self.body),
        }


class NewSeat(BodyStep, FormPage):
    """Give an organisation or a function a seat."""

    form_class = SeatForm
    step = _("Lid toevoegen")
    submit_label = gettext_lazy("Toevoegen")
    back = "body-seats"

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def save(self, form: SeatForm) -> str:
        add_seat(body=self.body, by=person(self.request), **form.cleaned_data)
        return self.back_url()


class SeatStep(BodyStep):
    """A step of one seat that is still taken."""

    back = "body-seats"
    seat: Seat

    def prepare(self) -> None:
        super().prepare()
        self.seat = get_object_or_404(bodies.seats_of(self.body), pk=self.kwargs["part"])


class EditSeat(SeatStep, FormPage):
    """Change who sits in a seat."""

    form_class = SeatForm
    step = _("Wijzig het lid")

    def form_arguments(self) -> dict[str, Any]:
        initial = SeatForm.initial_of(self.seat)
        return {"user": self.request.user, "seat": self.seat, "initial": initial}

    def save(self, form: SeatForm) -> str:
        change_seat(seat=self.seat, by=person(self.request), **form.cleaned_data)
        return self.back_url()


class EndSeat(SeatStep, ConfirmPage):
    """Let a seat end."""

    step = _("Beëindig het lidmaatschap")
    confirm_label = gettext_lazy("Beëindig")

    def context(self) -> dict[str, Any]:
        told = [
            _("%s leest vanaf nu niets meer van dit overleg, ook niet wat er was.") % self.seat,
            _("In oude verslagen blijft staan dat dit lid erbij was."),
        ]
        return super().context() | {"consequences": told, "cancel_url": self.back_url()}

    def act(self) -> str:
        end_seat(seat=self.seat, by=person(self.request))
        return self.back_url()


class EditPortfolios(BodyStep, FormPage):
    """Say who carries which theme."""

    form_class = PortfoliosForm
    template_name = "deliberation/portfolios.html"
    step = _("Verdeel portefeuilles")
    back = "body-seats"

    def form_arguments(self) -> dict[str, Any]:
        return {"body": self.body}

    def save(self, form: PortfoliosForm) -> str:
        save_portfolios(body=self.body, rows=form.rows, by=person(self.request))
        return self.back_url()


_ONE = "overleg/<int:pk>"
_SEAT = f"{_ONE}/leden/<int:part>"
urlpatterns = [
    path("overleg", Bodies.as_view(), name="bodies"),
    path("overleg/nieuw", NewBody.as_view(), name="body-create"),
    path(_ONE, BodyOverview.as_view(), name="body"),
    path(f"{_ONE}/wijzigen", EditBody.as_view(), name="body-edit"),
    path(f"{_ONE}/beeindigen", EndBody.as_view(), name="body-end"),
    path(f"{_ONE}/openen", ResumeBody.as_view(), name="body-resume"),
    path(f"{_ONE}/leden", BodySeats.as_view(), name="body-seats"),
    path(f"{_ONE}/leden/nieuw", NewSeat.as_view(), name="seat-create"),
    path(f"{_SEAT}/wijzigen", EditSeat.as_view(), name="seat-edit"),
    path(f"{_SEAT}/beeindigen", EndSeat.as_view(), name="seat-end"),
    path(f"{_ONE}/portefeuilles", EditPortfolios.as_view(), name="body-portfolios"),
]
