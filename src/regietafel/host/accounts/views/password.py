"""Choosing a password: changing one's own, asking for a link, and using that link."""

from typing import Any

from django.contrib import auth, messages
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from regietafel.host.accounts import clients, sessions
from regietafel.host.accounts.forms import ChangePasswordForm, LetterForm, NewPasswordForm
from regietafel.host.accounts.letters import ask_letter
from regietafel.kit.pages import FormPage, Header
from regietafel.kit.refusal import Refused
from regietafel.register.public import User
from regietafel.register.public.entrance import choose_password, person_of_link

KEPT_TOKEN = "wachtwoordlink"
STRIPPED = "kies"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ChangePassword(FormPage):
    """Changes one's own password; every other session ends."""

    form_class = ChangePasswordForm
    submit_label = _("Wijzig wachtwoord")

    def header(self) -> Header:
        crumbs = ((_("Mijn account"), reverse("account")), (_("Wachtwoord"), None))
        return Header(_("Wachtwoord wijzigen"), _("U blijft hier ingelogd en elders niet meer."), crumbs)

    def save(self, form: ChangePasswordForm) -> str:
        person = self.request.user
        assert isinstance(person, User)
        if clients.WRONG_PASSWORDS.is_spent(person.pk):
            raise Refused(_("U probeerde het te vaak. Wacht een kwartier."))
        if not person.check_password(form.cleaned_data["password"]):
            clients.WRONG_PASSWORDS.spend(person.pk)
            raise Refused(_("Uw huidige wachtwoord klopt niet."))
        choose_password(person=person, password=form.cleaned_data["new_password"], by=person)
        auth.update_session_auth_hash(self.request, person)
        sessions.end_others(person, keep=self.request.session.session_key)
        return reverse("account")

    def success_message(self) -> str:
        return _("Uw wachtwoord is gewijzigd.")


class AskLetter(View):
    """Sends a link for a new password; says the same whether the address has an account or not."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(form=LetterForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LetterForm(request.POST)
        if not form.is_valid():
            return self._show(form=form, status=422)
        address = clients.address_of(request)
        if clients.ASKED_LETTERS.is_spent(address):
            return clients.wait(request, seconds=900)
        clients.ASKED_LETTERS.spend(address)
        ask_letter(form.cleaned_data["email"], site=request.build_absolute_uri("/"))
        return self._show(form=None)

    def _show(self, *, form: LetterForm | None, status: int = 200) -> HttpResponse:
        header = Header(
            _("Wachtwoord vergeten"), _("U krijgt een link waarmee u een nieuw wachtwoord kiest.")
        )
        context = {"page": header, "form": form}
        return render(self.request, "host/accounts/forgotten.html", context, status=status)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class UseLink(View):
    """Lets the holder of a one-time link choose a password; the link leaves the address bar at once."""

    def get(self, request: HttpRequest, *, code: str, token: str) -> HttpResponse:
        if token != STRIPPED:
            request.session[KEPT_TOKEN] = token
            return redirect("new-password", code=code, token=STRIPPED)
        person = self._person(code)
        return self._ask(NewPasswordForm()) if person else self._stale()

    def post(self, request: HttpRequest, *, code: str, token: str) -> HttpResponse:
        person = self._person(code)
        if person is None:
            return self._stale()
        form = NewPasswordForm(request.POST)
        if not form.is_valid():
            return self._ask(form, status=422)
        try:
            choose_password(person=person, password=form.cleaned_data["new_password"], by=person)
        except Refused as refusal:
            form.add_error("new_password", str(refusal))
            return self._ask(form, status=422)
        sessions.end_others(person, keep=None)
        request.session.flush()
        messages.success(request, _("Uw wachtwoord is gewijzigd. Log nu in."))
        return redirect("login")

    def _person(self, code: str) -> User | None:
        person = person_of_link(code)
        token = self.request.session.get(KEPT_TOKEN, "")
        return person if person and default_token_generator.check_token(person, token) else None

    def _ask(self, form: NewPasswordForm, status: int = 200) -> HttpResponse:
        return self._show({"form": form}, status)

    def _stale(self) -> HttpResponse:
        return self._show({"form": None}, 410)

    def _show(self, context: dict[str, Any], status: int) -> HttpResponse:
        header = Header(
            _("Kies een wachtwoord"), _("Een lange zin die u onthoudt, is sterker dan een kort raadsel.")
        )
        return render(
            self.request, "host/accounts/new_password.html", {"page": header, **context}, status=status
        )
