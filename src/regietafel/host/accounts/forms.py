"""Forms at the door."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_PASSWORD = 128


def _password(label: Any, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=LONGEST_PASSWORD, strip=False, widget=widget)


def _email() -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    return forms.EmailField(label=_("E-mailadres"), max_length=254, widget=widget)


class LoginForm(forms.Form):
    """E-mail address and password."""

    username = _email()
    password = _password(_("Wachtwoord"), "current-password")

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()


class LetterForm(forms.Form):
    """The address to which a link for a new password may go."""

    email = _email()

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class CodeForm(forms.Form):
    """A code of the authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Zes cijfers uit uw app, of een van uw herstelcodes."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )


class FirstCodeForm(forms.Form):
    """The first code that proves that the app holds the key."""

    code = forms.CharField(
        label=_("Code uit de app"),
        max_length=10,
        help_text=_("Zes cijfers."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split())


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    new_password = _password(_("Nieuw wachtwoord"), "new-password")
    again = _password(_("Nog een keer"), "new-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password"].help_text = _("Minstens 12 tekens; een korte zin is prima.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and cleaned.get("new_password") != cleaned.get("again") and "again" in cleaned:
            self.add_error("again", _("De twee wachtwoorden zijn niet gelijk."))
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    """A new password, allowed by the old one."""

    field_order = ("password", "new_password", "again")
    password = _password(_("Huidig wachtwoord"), "current-password")
