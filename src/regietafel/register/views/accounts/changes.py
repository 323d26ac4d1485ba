"""What a manager changes about a person: roles, password link, second factor, closing and opening."""

from abc import ABC, abstractmethod
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.pages import FormPage, Header
from regietafel.register.forms.accounts import EndRoleForm, ReasonForm, RoleForm
from regietafel.register.models import User
from regietafel.register.selectors import accounts
from regietafel.register.services import accounts as services
from regietafel.register.services.second_factor import remove_second_factor
from regietafel.register.views.accounts.once import SecretPage
from regietafel.register.views.accounts.people import PersonPage


class GiveRole(PersonPage, FormPage):
    """Gives a person a role."""

    form_class = RoleForm
    submit_label = gettext_lazy("Geef deze rol")

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def header(self) -> Header:
        return self.below(_("Geef een rol"), _("Een rol geldt in één organisatie, van dag tot dag."))

    def save(self, form: RoleForm) -> str:
        services.give_role(person=self.person, given=form.given(), by=_manager(self))
        return self.address("person")

    def success_message(self) -> str:
        return _("De rol is gegeven.")


class EndRole(FormPage):
    """Lets a role end."""

    form_class = EndRoleForm
    submit_label = gettext_lazy("Beëindig deze rol")

    def prepare(self) -> None:
        managed = accounts.managed_memberships(self.request.user)
        self.membership = get_object_or_404(managed, pk=self.kwargs["membership"])

    def header(self) -> Header:
        person = self.membership.user
        crumbs = (
            (_("Beheer"), reverse("manage")),
            (_("Mensen"), reverse("people")),
            (person.name, reverse("person", args=[person.pk])),
            (_("Rol beëindigen"), None),
        )
        return Header(_("Rol beëindigen"), str(self.membership), crumbs)

    def save(self, form: EndRoleForm) -> str:
        services.end_role(membership=self.membership, by=_manager(self), **form.cleaned_data)
        return reverse("person", args=[self.membership.user_id])

    def success_message(self) -> str:
        return _("De rol is beëindigd.")


class WholeAccountPage(PersonPage):
    """A page that acts on the account itself, for who manages every organisation the person works for."""

    def allowed(self) -> bool:
        return self.manages_account


class NewLink(WholeAccountPage, SecretPage):
    """Makes a one-time link with which the person chooses a new password."""

    form_class = ReasonForm
    submit_label = gettext_lazy("Maak een link")

    def header(self) -> Header:
        return self.below(
            _("Link voor een nieuw wachtwoord"), _("De persoon kiest zelf; u krijgt het niet te zien.")
        )

    def make(self, form: ReasonForm) -> dict[str, Any]:
        services.allow_new_password(person=self.person, reason=form.cleaned_data["reason"], by=_manager(self))
        return {
            "title": _("Link voor %(name)s") % {"name": self.person},
            "secret": self.request.build_absolute_uri(accounts.one_time_path(self.person)),
            "explanation": _(
                "Controleer eerst of u echt met deze persoon te maken heeft. De link werkt één keer, "
                "tot 24 uur na nu, en wij tonen hem niet nog eens."
            ),
            "next": self.address("person"),
        }


class AccountChange(WholeAccountPage, FormPage, ABC):
    """Does one thing to an account, for a reason."""

    form_class = ReasonForm

    def save(self, form: ReasonForm) -> str:
        self.change(reason=form.cleaned_data["reason"], by=_manager(self))
        return self.address("person")

    @abstractmethod
    def change(self, *, reason: str, by: User) -> None:
        """Call the service."""


class ClearFactor(AccountChange):
    """Lets a person who lost the phone begin again."""

    submit_label = gettext_lazy("Wis de tweede stap")

    def header(self) -> Header:
        purpose = _("Bij het inloggen koppelt de persoon een nieuwe app. Controleer wie erom vraagt.")
        return self.below(_("Tweede stap wissen"), purpose)

    def change(self, *, reason: str, by: User) -> None:
        remove_second_factor(person=self.person, reason=reason, by=by)

    def success_message(self) -> str:
        return _("De tweede stap is gewist.")


class CloseAccount(AccountChange):
    """Closes an account."""

    submit_label = gettext_lazy("Sluit dit account")

    def header(self) -> Header:
        purpose = _("De persoon wordt meteen uitgelogd. Wat hij of zij vastlegde blijft staan.")
        return self.below(_("Account sluiten"), purpose)

    def change(self, *, reason: str, by: User) -> None:
        services.close_account(person=self.person, reason=reason, by=by)

    def success_message(self) -> str:
        return _("Het account is gesloten.")


class OpenAccount(AccountChange):
    """Opens a closed account."""

    submit_label = gettext_lazy("Open dit account weer")

    def header(self) -> Header:
        return self.below(_("Account weer openen"), _("De rollen die nog lopen gelden dan weer."))

    def change(self, *, reason: str, by: User) -> None:
        services.open_account(person=self.person, reason=reason, by=by)

    def success_message(self) -> str:
        return _("Het account is weer open.")


def _manager(page: Any) -> User:
    assert isinstance(page.request.user, User)
    return page.request.user
