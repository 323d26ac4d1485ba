"""Logging in and out."""

from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from regietafel.host.accounts import clients, sessions
from regietafel.host.accounts.forms import LoginForm
from regietafel.host.accounts.sessions import PROVIDER_CHECKED_FACTOR
from regietafel.host.accounts.ways import wanted
from regietafel.kit.pages import Header
from regietafel.register.public import User, person_by_email
from regietafel.register.public.entrance import note_access, open_visit


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class Login(View):
    """Asks for e-mail address and password; says the same whatever was wrong."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect(wanted(request))
        return self._ask(LoginForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LoginForm(request.POST)
        if not form.is_valid():
            return self._ask(form, status=422)
        email, address = form.cleaned_data["username"], clients.address_of(request)
        if clients.FAILED_LOGINS.is_spent(address) and not clients.knows_device(request, email):
            return clients.wait(request, seconds=60)
        person = auth.authenticate(request, username=email, password=form.cleaned_data["password"])
        if not isinstance(person, User):
            clients.FAILED_LOGINS.spend(address)
            return self._refuse(form, email)
        return self._let_in(person)

    def _let_in(self, person: User) -> HttpResponse:
        auth.login(self.request, person)
        self.request.session.pop(PROVIDER_CHECKED_FACTOR, None)
        sessions.begin(self.request)
        open_visit(person=person, method=_("wachtwoord"))
        response = redirect(wanted(self.request))
        clients.remember_device(self.request, response, email=person.email)
        return response

    def _refuse(self, form: LoginForm, email: str) -> HttpResponse:
        failures = getattr(self.request, "axes_failures_since_start", 0)
        if failures == settings.AXES_FAILURE_LIMIT and (person := person_by_email(email)):
            details = {"result": "geweigerd", "reason": _("te vaak een verkeerd wachtwoord vanaf dit adres")}
            note_access(person=person, what="account.tijdelijk-geweigerd", by=None, details=details)
        form.add_error(
            None, _("E-mailadres en wachtwoord horen niet bij elkaar, of het account is gesloten.")
        )
        return self._ask(form, status=422)

    def _ask(self, form: LoginForm, status: int = 200) -> HttpResponse:
        target = wanted(self.request)
        context: dict[str, Any] = {
            "page": Header(_("Inloggen"), _("Met het account van uw organisatie.")),
            "form": form,
            "next": target,
            "has_oidc": settings.OIDC_ENABLED,
        }
        return render(self.request, "host/accounts/login.html", context, status=status)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session on the server."""
    if isinstance(request.user, User):
        note_access(person=request.user, what="account.uitgelogd", by=request.user, details={})
    auth.logout(request)
    return redirect("login")
