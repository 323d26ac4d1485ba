"""Public actors: the list, one entry with its review, and writing, changing and retiring one."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.pages import Action, DetailPage, Empty, FormPage, Header, ListPage, Page, PostPage
from regietafel.monitor.forms.actors import ActorForm, NewActorForm
from regietafel.monitor.models import PublicActor
from regietafel.monitor.selectors.actors import (
    as_read,
    finder_of,
    may_change_actor,
    may_review_actor,
    may_see_actors,
    state_of,
    visible_actors,
)
from regietafel.monitor.services.actors import (
    add_actor,
    change_actor,
    retire_actor,
    return_actor,
    review_actor,
)
from regietafel.monitor.views.pages import person
from regietafel.register.public import organisations_with

STATES = (("telt", _("telt mee")), ("open", _("nog niet nagekeken")), ("weg", _("van de lijst")))


def _in_state(rows: QuerySet[PublicActor], state: str) -> QuerySet[PublicActor]:
    if state == "weg":
        return rows.filter(is_active=False)
    return rows.filter(is_active=True, reviewed_at__isnull=state == "open")


def _crumbs(*steps: tuple[str, str | None]) -> tuple[tuple[str, str | None], ...]:
    return ((_("Omgeving"), reverse("monitors")), (_("Publieke actoren"), reverse("actors")), *steps)


class PublicActors(ListPage):
    """The list of the organisations in which a person steers monitors or approves."""

    spec = ListSpec(
        columns=(
            Column("naam", _("Naam"), "name", sort=("name",), key_fact=True),
            Column("soort", _("Soort"), "get_kind_display", sort=("kind",)),
            Column(
                "stand",
                _("Stand"),
                lambda actor: state_of(actor)[1],
                sort=("is_active", "reviewed_at"),
                badge=lambda actor: state_of(actor)[0],
                key_fact=True,
            ),
            Column("schrijfwijzen", _("Ook geschreven als"), lambda actor: ", ".join(actor.written_as)),
            Column("reden", _("Waarom op de lijst"), "reason"),
            Column("organisatie", _("Organisatie"), "organisation.name", sort=("organisation__name",)),
        ),
        filters=(
            Filter("stand", _("Stand"), lambda _user: STATES, _in_state),
            Filter("soort", _("Soort"), lambda _user: PublicActor.Kind.choices, "kind"),
        ),
        search=("name", "reason"),
        default_sort="naam",
        export_name="publieke-actoren",
    )

    def allowed(self) -> bool:
        return may_see_actors(self.request.user)

    def header(self) -> Header:
        return Header(
            _("Publieke actoren"),
            _("Organisaties en openbare functies die in berichten het woord voeren. Nooit inwoners."),
            ((_("Omgeving"), reverse("monitors")), (_("Publieke actoren"), None)),
            self._actions(),
        )

    def _actions(self) -> tuple[Action, ...]:
        if not organisations_with(self.request.user, "may_write").exists():
            return ()
        return (Action(_("Nieuwe actor"), reverse("actor-create"), primary=True),)

    def rows(self) -> QuerySet[PublicActor]:
        return visible_actors(self.request.user)

    def url_of(self, subject: PublicActor) -> str:
        return reverse("actor", args=[subject.pk])

    def empty(self) -> Empty:
        return Empty(
            _("Er staan nog geen actoren op de lijst."),
            _(
                "Zet er organisaties en openbare functies op die over uw onderwerp spreken, zoals het COA. "
                "U herkent ze dan bij berichten en verhalen, en kunt erop kiezen."
            ),
            next(iter(self._actions()), None),
        )


class ActorPage(Page):
    """A page of one entry."""

    actor: PublicActor

    def prepare(self) -> None:
        self.actor = get_object_or_404(visible_actors(self.request.user), pk=self.kwargs["pk"])

    def back_url(self) -> str:
        """Return the page of the entry."""
        return reverse("actor", args=[self.actor.pk])


class ActorDetail(ActorPage, DetailPage):
    """What the list says of an actor, and whether it counts."""

    template_name = "monitor/actor.html"

    def header(self) -> Header:
        actions: tuple[Action, ...] = ()
        if may_change_actor(self.request.user, self.actor):
            pk = [self.actor.pk]
            actions = (
                (
                    Action(_("Haal van de lijst"), reverse("actor-retire", args=pk), method="post"),
                    Action(_("Wijzig"), reverse("actor-edit", args=pk), primary=True),
                )
                if self.actor.is_active
                else (Action(_("Zet terug op de lijst"), reverse("actor-return", args=pk), method="post"),)
            )
        return Header(
            self.actor.name,
            _("Publieke actor op de lijst van %s.") % self.actor.organisation,
            _crumbs((self.actor.name, None)),
            actions,
        )

    def context(self) -> dict[str, Any]:
        actor = self.actor
        waits = actor.is_active and actor.reviewed_at is None
        return {
            "actor": actor,
            "state": state_of(actor),
            "mark": finder_of([actor]).of(actor.name),
            "waits": waits,
            "may_review": waits and may_review_actor(self.request.user, actor),
            "is_own": actor.added_by_id == self.request.user.pk,
            "seen": as_read(actor),
        }


class CreateActor(FormPage):
    """A new entry on the list."""

    form_class = NewActorForm
    submit_label = _("Zet op de lijst")

    def allowed(self) -> bool:
        return organisations_with(self.request.user, "may_write").exists()

    def header(self) -> Header:
        return Header(
            _("Nieuwe actor"),
            _("Een collega kijkt de actor na. Pas dan telt die mee."),
            _crumbs((_("Nieuwe actor"), None)),
        )

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def save(self, form: NewActorForm) -> str:
        organisation = form.cleaned_data["organisation"]
        actor = add_actor(organisation=organisation, entry=form.entry, by=person(self.request))
        return reverse("actor", args=[actor.pk])

    def success_message(self) -> str:
        return _("De actor staat op de lijst. Vraag een collega om na te kijken.")


class EditActor(ActorPage, FormPage):
    """Change an entry; it is reviewed anew."""

    form_class = ActorForm

    def allowed(self) -> bool:
        return self.actor.is_active and may_change_actor(self.request.user, self.actor)

    def header(self) -> Header:
        return Header(
            _("Wijzig de actor"),
            _("Na een wijziging kijkt een collega de actor opnieuw na."),
            _crumbs((self.actor.name, self.back_url()), (_("Wijzig"), None)),
        )

    def form_arguments(self) -> dict[str, Any]:
        actor = self.actor
        told = {name: getattr(actor, name) for name in ("kind", "name", "reason")}
        return {"initial": told | {"written_as": "\n".join(actor.written_as)}}

    def save(self, form: ActorForm) -> str:
        change_actor(actor=self.actor, entry=form.entry, by=person(self.request))
        return self.back_url()


class ActorStep(ActorPage, PostPage):
    """One step of an entry."""

    step: ClassVar[Any]

    def act(self) -> str:
        type(self).step(actor=self.actor, by=person(self.request))
        return self.back_url()

    def fallback_url(self) -> str:
        return self.back_url()


class RetireActor(ActorStep):
    """Take an actor off the list."""

    step = staticmethod(retire_actor)


class ReturnActor(ActorStep):
    """Put an actor back."""

    step = staticmethod(return_actor)


class ReviewActor(ActorStep):
    """Approve what another colleague wrote."""

    def act(self) -> str:
        seen = self.request.POST.get("gezien", "")
        review_actor(actor=self.actor, seen=seen, by=person(self.request))
        return self.back_url()


_ONE = "omgeving/actoren/<int:pk>"
urlpatterns = [
    path("omgeving/actoren", PublicActors.as_view(), name="actors"),
    path("omgeving/actoren/nieuw", CreateActor.as_view(), name="actor-create"),
    path(_ONE, ActorDetail.as_view(), name="actor"),
    path(f"{_ONE}/wijzigen", EditActor.as_view(), name="actor-edit"),
    path(f"{_ONE}/nakijken", ReviewActor.as_view(), name="actor-review"),
    path(f"{_ONE}/van-de-lijst", RetireActor.as_view(), name="actor-retire"),
    path(f"{_ONE}/terugzetten", ReturnActor.as_view(), name="actor-return"),
]
