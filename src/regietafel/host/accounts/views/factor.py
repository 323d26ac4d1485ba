"""The second factor: coupling an app, passing with a code, recovery codes."""

from base64 import b32encode
from typing import Any

import django_otp
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex
from qrcode.main import QRCode

from regietafel.host.accounts.forms import CodeForm, FirstCodeForm
from regietafel.host.accounts.ways import wanted, with_next
from regietafel.kit.pages import Header
from regietafel.kit.refusal import Refused
from regietafel.register.public import User
from regietafel.register.public.entrance import (
    couple_app,
    pass_second_factor,
    renew_recovery_codes,
    second_factor_of,
)

PROPOSED_KEY = "voorgestelde_sleutel"


class SecondFactor(View):
    """Asks for a code; who has no app yet is led to coupling one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not second_factor_of(_person(request)).has_app:
            return redirect(with_next("second-factor-couple", wanted(request)))
        if request.user.is_verified():  # type: ignore[union-attr]
            return redirect(wanted(request))
        return self._ask(CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if form.is_valid():
            device = pass_second_factor(person=_person(request), code=form.cleaned_data["code"])
            if device is not None:
                _verified(request, device)
                return redirect(wanted(request))
            form.add_error(
                "code", _("Deze code werkt niet, of is al gebruikt. Wacht op een nieuwe code en probeer die.")
            )
        return self._ask(form, status=422)

    def _ask(self, form: CodeForm, status: int = 200) -> HttpResponse:
        header = Header(_("Tweede stap"), _("Bewijs met een code dat u het bent."))
        context = {"page": header, "form": form, "next": wanted(self.request)}
        return render(self.request, "host/accounts/code.html", context, status=status)


class Couple(View):
    """Couples an authenticator app; a coupled one is replaced only by who passed it in this session."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if _must_pass_first(request):
            return redirect("second-factor")
        request.session.setdefault(PROPOSED_KEY, random_hex(20))
        return self._ask(FirstCodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if _must_pass_first(request):
            return redirect("second-factor")
        form = FirstCodeForm(request.POST)
        key = request.session.get(PROPOSED_KEY)
        if key is None:
            return redirect(request.get_full_path())
        if not form.is_valid():
            return self._ask(form, status=422)
        try:
            device, codes = couple_app(person=_person(request), key=key, code=form.cleaned_data["code"])
        except Refused as refusal:
            form.add_error("code", str(refusal))
            return self._ask(form, status=422)
        del request.session[PROPOSED_KEY]
        _verified(request, device)
        return _show_codes(request, codes)

    def _ask(self, form: FirstCodeForm, status: int = 200) -> HttpResponse:
        device = TOTPDevice(user=_person(self.request), key=self.request.session[PROPOSED_KEY])
        context: dict[str, Any] = {
            "page": Header(
                _("Koppel een app"), _("Eén keer: daarna vraagt Regietafel bij het inloggen om een code.")
            ),
            "form": form,
            "next": wanted(self.request),
            "picture": qr_drawing(device.config_url),
            "secret": in_groups(device.key),
        }
        return render(self.request, "host/accounts/couple.html", context, status=status)


class RecoveryCodes(View):
    """Makes new recovery codes, for who proves again to hold the app."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._ask(CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        person = _person(request)
        if form.is_valid():
            if pass_second_factor(person=person, code=form.cleaned_data["code"]):
                return _show_codes(request, renew_recovery_codes(person=person))
            form.add_error("code", _("Deze code werkt niet, of is al gebruikt."))
        return self._ask(form, status=422)

    def _ask(self, form: CodeForm, status: int = 200) -> HttpResponse:
        header = Header(_("Nieuwe herstelcodes"), _("De oude codes werken daarna niet meer."))
        left = second_factor_of(_person(self.request)).codes_left
        context = {"page": header, "form": form, "next": wanted(self.request), "left": left}
        return render(self.request, "host/accounts/code.html", context, status=status)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _must_pass_first(request: HttpRequest) -> bool:
    return second_factor_of(_person(request)).has_app and not request.user.is_verified()  # type: ignore[union-attr]


def _verified(request: HttpRequest, device: Any) -> None:
    django_otp.login(request, device)
    request.session.cycle_key()


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    header = Header(_("Uw herstelcodes"), _("U ziet deze codes maar één keer."))
    return render(
        request, "host/accounts/codes.html", {"page": header, "codes": codes, "next": wanted(request)}
    )


def qr_drawing(text: str) -> dict[str, Any]:
    """Return the QR code of a text as the path of an SVG, so that it needs no picture file and no style."""
    code = QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return {"path": path, "size": len(rows)}


def in_groups(key: str) -> str:
    """Return a key as people type it over: base32 in groups of four.

    >>> in_groups("00" * 20)
    'AAAA AAAA AAAA AAAA AAAA AAAA AAAA AAAA'
    """
    text = b32encode(bytes.fromhex(key)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
