"""Forms for an omgevingsbeeld: its period, and the words of its maker."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regietafel.monitor.forms.monitors import DateInput


class PeriodForm(forms.Form):
    """The days an omgevingsbeeld is about, both included."""

    period_from = forms.DateField(label=_("Eerste dag"), widget=DateInput())
    period_until = forms.DateField(label=_("Laatste dag"), widget=DateInput())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("period_from"), data.get("period_until")
        if first and last and last < first:
            self.add_error("period_until", _("De laatste dag ligt voor de eerste."))
        return data


class WordsForm(forms.Form):
    """Kernbeeld, advice and expected moments; the revision guards against overwriting each other."""

    core_message = forms.CharField(
        label=_("Kernbeeld in drie zinnen"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=1500,
        help_text=_(
            "Wat gebeurt er, waarover gaat het, wat betekent dat? Het voorstel komt van de computer."
        ),
    )
    advice = forms.CharField(
        label=_("Advies"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
        required=False,
        help_text=_("Wat raadt u aan, aan wie, en wanneer?"),
    )
    expected_moments = forms.CharField(
        label=_("Verwachte momenten"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=_("Eén moment per regel, met datum en tijd."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
