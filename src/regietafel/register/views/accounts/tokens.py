"""Keys for programs: the list, making one and ending one."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.lists import Column, ListSpec
from regietafel.kit.pages import Action, Empty, FormPage, Header, ListPage
from regietafel.register.forms.accounts import ReasonForm, TokenForm
from regietafel.register.models import ApiToken, User
from regietafel.register.selectors import tokens
from regietafel.register.selectors.access import organisations_with
from regietafel.register.services.tokens import make_token, revoke_token
from regietafel.register.views.accounts.once import SecretPage


def _manages(user: Any) -> bool:
    return organisations_with(user, "may_manage").exists()


class TokenList(ListPage):
    """The keys of the organisations a manager looks after."""

    def prepare(self) -> None:
        self.spec = ListSpec(
            columns=(
                Column("naam", _("Waarvoor"), "name", sort=("name",)),
                Column("organisatie", _("Organisatie"), "organisation.name", sort=("organisation__name",)),
                Column("rechten", _("Rechten"), lambda token: ", ".join(token.scopes)),
                Column(
                    "stand",
                    _("Stand"),
                    lambda token: tokens.token_state(token).word,
                    badge=lambda token: tokens.token_state(token).badge,
                    key_fact=True,
                ),
                Column("tot", _("Geldig tot en met"), "valid_until", sort=("valid_until",), key_fact=True),
                Column("gebruikt", _("Laatst gebruikt"), "last_used_on", sort=("last_used_on",)),
                Column("maker", _("Gemaakt door"), "created_by.name", sort=("created_by__name",)),
            ),
            search=("name",),
            default_sort="tot",
            export_name="api-sleutels",
        )

    def allowed(self) -> bool:
        return _manages(self.request.user)

    def rows(self) -> QuerySet[ApiToken]:
        return tokens.managed_tokens(self.request.user)

    def url_of(self, subject: ApiToken) -> str | None:
        works = tokens.token_state(subject).badge == "ok"
        return reverse("token-revoke", args=[subject.pk]) if works else None

    def header(self) -> Header:
        crumbs = ((_("Beheer"), reverse("manage")), (_("API-sleutels"), None))
        actions = (Action(_("Nieuwe sleutel"), reverse("token-make"), primary=True),)
        purpose = _("Waarmee programma's van uw organisatie gegevens ophalen of toevoegen.")
        return Header(_("API-sleutels"), purpose, crumbs, actions)

    def empty(self) -> Empty:
        action = Action(_("Maak een sleutel"), reverse("token-make"), primary=True)
        return Empty(_("Er zijn nog geen sleutels"), _("Elk programma krijgt een eigen sleutel."), action)


class MakeToken(SecretPage):
    """Makes a key and shows it once."""

    form_class = TokenForm
    submit_label = gettext_lazy("Maak de sleutel")

    def allowed(self) -> bool:
        return _manages(self.request.user)

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def header(self) -> Header:
        return _below(_("Nieuwe sleutel"), _("Voor één programma, met een einddatum."))

    def make(self, form: TokenForm) -> dict[str, Any]:
        by = self.request.user
        assert isinstance(by, User)
        made = make_token(by=by, **form.cleaned_data)
        return {
            "title": _("Sleutel voor %(name)s") % {"name": made.token.name},
            "secret": made.secret,
            "explanation": _(
                "Neem de sleutel nu over in het programma. Wij bewaren alleen een afdruk en tonen hem niet "
                "nog eens. Wie de sleutel heeft, kan alles wat u aanvinkte."
            ),
            "next": reverse("tokens"),
        }


class RevokeToken(FormPage):
    """Ends a key at once."""

    form_class = ReasonForm
    submit_label = gettext_lazy("Trek deze sleutel in")

    def prepare(self) -> None:
        self.token = get_object_or_404(tokens.managed_tokens(self.request.user), pk=self.kwargs["api_token"])

    def header(self) -> Header:
        purpose = _("%(name)s kan daarna meteen niets meer.") % {"name": self.token.name}
        return _below(_("Sleutel intrekken"), purpose)

    def save(self, form: ReasonForm) -> str:
        by = self.request.user
        assert isinstance(by, User)
        revoke_token(token=self.token, reason=form.cleaned_data["reason"], by=by)
        return reverse("tokens")

    def success_message(self) -> str:
        return _("De sleutel is ingetrokken.")


def _below(title: str, purpose: str) -> Header:
    crumbs = ((_("Beheer"), reverse("manage")), (_("API-sleutels"), reverse("tokens")), (title, None))
    return Header(title, purpose, crumbs)
