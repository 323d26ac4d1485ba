"""Forms about people, their roles and the keys of programs; choices offer only what the manager may give."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regietafel.register.models import ApiToken, User
from regietafel.register.selectors.access import organisations_with, today
from regietafel.register.selectors.accounts import colleagues, managed_organisations, roles_on_offer
from regietafel.register.services.accounts import RoleGiven
from regietafel.register.services.tokens import LONGEST_DAYS


def _day(label: Any, **extra: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **extra
    )


class ReasonForm(forms.Form):
    """Why something is done; it goes into the log."""

    reason = forms.CharField(
        label=_("Reden"), max_length=300, help_text=_("Kort. De reden komt in het logboek te staan.")
    )


class RoleForm(forms.Form):
    """A role in an organisation, with its dates."""

    organisation: Any = forms.ModelChoiceField(label=_("Organisatie"), queryset=None, empty_label=None)
    role: Any = forms.ModelChoiceField(label=_("Rol"), queryset=None, empty_label=_("kies een rol"))
    valid_from = _day(_("Vanaf"))
    valid_until = _day(
        _("Tot en met"), required=False, help_text=_("Bij een gast verplicht. Laat anders leeg.")
    )
    deputy_of: Any = forms.ModelChoiceField(
        label=_("Vervangt"),
        queryset=None,
        required=False,
        empty_label=_("niemand"),
        help_text=_("Alleen bij tijdelijke vervanging van een collega."),
    )
    is_guest = forms.BooleanField(
        label=_("Gast: ziet alleen de dossiers waaraan hij of zij meedoet"), required=False
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Any] = {
            "organisation": managed_organisations(user).filter(is_active=True),
            "role": roles_on_offer(user),
            "deputy_of": colleagues(user),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = today

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if cleaned.get("is_guest") and last is None and "valid_until" not in self.errors:
            self.add_error("valid_until", _("Een gast heeft een einddatum nodig."))
        if first and last and last < first:
            self.add_error("valid_until", _("De einddatum ligt voor de begindatum."))
        return cleaned

    def given(self) -> RoleGiven:
        """Return the role that was filled in."""
        names = ("organisation", "role", "valid_from", "valid_until", "deputy_of", "is_guest")
        return RoleGiven(**{name: self.cleaned_data[name] for name in names})


class InviteForm(RoleForm):
    """A person with a first role."""

    field_order = ("name", "email", "organisation", "role")
    name = forms.CharField(label=_("Naam"), max_length=120)
    email = forms.EmailField(label=_("E-mailadres van het werk"), max_length=254)


class EndRoleForm(ReasonForm):
    """The last day of a role."""

    field_order = ("last_day", "reason")
    last_day = _day(
        _("Laatste dag"),
        help_text=_("Een dag die voorbij is neemt de rol meteen af, ook uit sessies die nu openstaan."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = today() - timedelta(days=1)


class TokenForm(forms.Form):
    """A key for a program."""

    organisation: Any = forms.ModelChoiceField(label=_("Organisatie"), queryset=None, empty_label=None)
    name = forms.CharField(
        label=_("Waarvoor"), max_length=80, help_text=_("Het programma dat de sleutel gebruikt.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("Rechten"),
        choices=ApiToken.Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Geef niet meer dan het programma nodig heeft."),
    )
    valid_until = _day(_("Geldig tot en met"), help_text=_("Hoogstens een jaar."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_with(  # type: ignore[attr-defined]
            user, "may_manage"
        ).filter(is_active=True)

    def clean_valid_until(self) -> date:
        day: date = self.cleaned_data["valid_until"]
        if not today() <= day <= today() + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(_("Kies een dag tussen vandaag en een jaar na nu."))
        return day
