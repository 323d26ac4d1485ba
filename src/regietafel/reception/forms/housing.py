"""What people fill in about the housing task of a half-year."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.fields import WholeNumberField, offer_own
from regietafel.reception.selectors.housing import next_half_year
from regietafel.register.public import Organisation

MOST = 10_000_000
YEARS_BACK, YEARS_AHEAD = 12, 2


def half_years(today: date) -> list[tuple[str, str]]:
    """Return the half-years to choose from, the newest first."""
    found = []
    for year in range(today.year + YEARS_AHEAD, today.year - YEARS_BACK, -1):
        found.append((date(year, 7, 1).isoformat(), _("tweede halfjaar %s") % year))
        found.append((date(year, 1, 1).isoformat(), _("eerste halfjaar %s") % year))
    return found


def half_year_to_note(last: date | None, today: date) -> str:
    """Return the half-year that somebody comes to note: after the last one noted, or else the current."""
    offered = {value for value, _label in half_years(today)}
    following = next_half_year(last).isoformat() if last else ""
    return following if following in offered else date(today.year, 1 if today.month < 7 else 7, 1).isoformat()


def _people(label: Any, help_text: Any = "", *, least: int = 0) -> WholeNumberField:
    return WholeNumberField(label=label, required=False, min_value=least, max_value=MOST, help_text=help_text)


class HalfYearForm(forms.Form):
    """What is known of a half-year; what is not known stays empty and is unknown, never 0."""

    organisation: Any = forms.ModelChoiceField(
        label=gettext_lazy("Bijgehouden door"), queryset=None, empty_label=None
    )
    starts_on = forms.ChoiceField(label=gettext_lazy("Halfjaar"))
    permit_holders = _people(
        gettext_lazy("Vergunninghouders in Nederland"), gettext_lazy("Te huisvesten in dit halfjaar.")
    )
    inhabitants = _people(
        gettext_lazy("Inwoners van de gemeente"), gettext_lazy("Leeg: het inwonertal uit het register.")
    )
    national_inhabitants = _people(
        gettext_lazy("Inwoners van Nederland"), gettext_lazy("Leeg: het inwonertal uit het register.")
    )
    official = _people(
        gettext_lazy("Officiële taakstelling"), gettext_lazy("Van de gepubliceerde lijst; die gaat voor.")
    )
    housed = _people(gettext_lazy("Gehuisvest"), gettext_lazy("Leeg als het nog niet bekend is."))
    opening_balance = _people(
        gettext_lazy("Stand ervoor"),
        gettext_lazy("Alleen bij het eerste halfjaar: boven 0 is achterstand, onder 0 voorsprong."),
        least=-MOST,
    )
    source = forms.CharField(label=gettext_lazy("Bron"), max_length=300)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_own(self.fields["organisation"], organisations)
        chooser: Any = self.fields["starts_on"]
        chooser.choices = half_years(timezone.localdate())

    def clean_starts_on(self) -> date:
        return date.fromisoformat(self.cleaned_data["starts_on"])

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        own, national = sent.get("inhabitants"), sent.get("national_inhabitants")
        if (own is None) != (national is None):
            missing = "inhabitants" if own is None else "national_inhabitants"
            self.add_error(missing, _("Vul beide inwonertallen in, of geen van beide."))
        return sent
