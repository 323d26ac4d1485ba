"""People: the list, one person with roles and log, and inviting somebody."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.models import AuditEvent
from regietafel.kit.pages import Action, DetailPage, Empty, Header, ListPage, Page
from regietafel.register.forms.accounts import InviteForm
from regietafel.register.models import User
from regietafel.register.selectors import accounts
from regietafel.register.services import accounts as services
from regietafel.register.views.accounts.once import SecretPage
from regietafel.register.views.history import event_list


def people_list(user: Any) -> ListSpec:
    """Return the list of people for a manager, with choices from the own organisations."""
    return ListSpec(
        columns=(
            Column("naam", _("Naam"), "name", sort=("name",)),
            Column("email", _("E-mailadres"), "email", sort=("email",)),
            Column("rollen", _("Rollen"), accounts.shown_roles, key_fact=True),
            Column("stand", _("Account"), accounts.account_word, badge=accounts.account_badge, key_fact=True),
            Column(
                "bezoek",
                _("Laatst ingelogd"),
                lambda person: person.current_visit_at and timezone.localdate(person.current_visit_at),
                sort=("current_visit_at",),
            ),
        ),
        filters=(
            Filter("rol", _("Rol"), accounts.role_choices, accounts.with_role(user)),
            Filter("organisatie", _("Organisatie"), accounts.organisation_choices, accounts.in_organisation),
            Filter("stand", _("Account"), lambda _user: accounts.STATES, accounts.in_state),
        ),
        search=("name", "email"),
        default_sort="naam",
        export_name="mensen",
    )


class PeopleList(ListPage):
    """Everybody with a role, once, in the organisations a manager looks after."""

    def prepare(self) -> None:
        self.spec = people_list(self.request.user)

    def allowed(self) -> bool:
        return accounts.manages_people(self.request.user)

    def rows(self) -> QuerySet[User]:
        return accounts.listed_people(self.request.user)

    def url_of(self, subject: User) -> str:
        return reverse("person", args=[subject.pk])

    def header(self) -> Header:
        crumbs = ((_("Beheer"), reverse("manage")), (_("Mensen"), None))
        actions = (Action(_("Nodig iemand uit"), reverse("person-invite"), primary=True),)
        purpose = _("Wie in uw organisatie met Regietafel werkt, in welke rol en tot wanneer.")
        return Header(_("Mensen"), purpose, crumbs, actions)

    def empty(self) -> Empty:
        invite = Action(_("Nodig iemand uit"), reverse("person-invite"), primary=True)
        return Empty(_("Er is nog niemand"), _("Nodig uw eerste collega uit."), invite)


class PersonPage(Page):
    """A page about one person; whom a manager does not manage, is not there."""

    def prepare(self) -> None:
        managed = accounts.managed_people(self.request.user)
        self.person = get_object_or_404(managed, pk=self.kwargs["person"])
        self.manages_account = accounts.manages_account(self.request.user, self.person)

    def address(self, name: str) -> str:
        """Return the address of a page of this person."""
        return reverse(name, args=[self.person.pk])

    def below(self, title: str, purpose: str = "") -> Header:
        """Return the header of a page below the person."""
        crumbs = (
            (_("Beheer"), reverse("manage")),
            (_("Mensen"), reverse("people")),
            (self.person.name, self.address("person")),
            (title, None),
        )
        return Header(title, purpose, crumbs)


class PersonDetail(PersonPage, DetailPage):
    """One person: account, roles by date, and what a manager can do."""

    template_name = "register/accounts/person.html"

    def header(self) -> Header:
        crumbs = (
            (_("Beheer"), reverse("manage")),
            (_("Mensen"), reverse("people")),
            (self.person.name, None),
        )
        return Header(self.person.name, self.person.email, crumbs, self._actions())

    def _actions(self) -> tuple[Action, ...]:
        actions = [
            Action(_("Geef een rol"), self.address("role-give"), primary=True),
            Action(_("Logboek"), self.address("person-history")),
        ]
        if self.manages_account and self.person.is_active:
            actions += [
                Action(_("Link voor nieuw wachtwoord"), self.address("person-link")),
                Action(_("Wis tweede stap"), self.address("person-factor")),
                Action(_("Sluit account"), self.address("person-close")),
            ]
        elif self.manages_account:
            actions.append(Action(_("Open account weer"), self.address("person-open")))
        return tuple(actions)

    def context(self) -> dict[str, Any]:
        return {
            "person": self.person,
            "state": (accounts.account_badge(self.person), accounts.account_word(self.person)),
            "factor": accounts.second_factor_of(self.person),
            "memberships": accounts.managed_roles(self.request.user, self.person),
            "today": timezone.localdate(),
            "works_elsewhere": not self.manages_account,
        }


class PersonHistory(PersonPage, ListPage):
    """What happened to an account, in the organisations this manager looks after."""

    def prepare(self) -> None:
        super().prepare()
        self.events = accounts.people_history(self.request.user, self.person)
        self.spec = event_list(self.events, in_full=True, export_name="logboek-account")

    def rows(self) -> QuerySet[AuditEvent]:
        return self.events

    def header(self) -> Header:
        return self.below(_("Logboek"), _("Wie wat wanneer met dit account deed."))


class InvitePerson(SecretPage):
    """Makes an account with a first role and shows the link with which the person begins."""

    form_class = InviteForm
    submit_label = gettext_lazy("Nodig uit")

    def allowed(self) -> bool:
        return accounts.manages_people(self.request.user)

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def header(self) -> Header:
        crumbs = (
            (_("Beheer"), reverse("manage")),
            (_("Mensen"), reverse("people")),
            (_("Uitnodigen"), None),
        )
        return Header(_("Nodig iemand uit"), _("De persoon kiest zelf een wachtwoord."), crumbs)

    def make(self, form: InviteForm) -> dict[str, Any]:
        by = self.request.user
        assert isinstance(by, User)
        invited = services.invite_person(
            email=form.cleaned_data["email"], name=form.cleaned_data["name"], given=form.given(), by=by
        )
        address = reverse("person", args=[invited.person.pk])
        if not invited.is_new:
            title = _("%(name)s had al een account en heeft de rol nu ook bij u.") % {"name": invited.person}
            return {"title": title, "next": address}
        return {
            "title": _("%(name)s is uitgenodigd.") % {"name": invited.person},
            "secret": self.request.build_absolute_uri(accounts.one_time_path(invited.person)),
            "explanation": _(
                "Geef deze link zelf aan de persoon, langs een weg die u vertrouwt. De link werkt één keer, "
                "tot 24 uur na nu, en wij tonen hem niet nog eens."
            ),
            "next": address,
        }
