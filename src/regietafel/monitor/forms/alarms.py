"""The form that says what an alarm was."""

from django import forms
from django.utils.translation import gettext_lazy as _

from regietafel.monitor.models import Alarm


class VerdictForm(forms.Form):
    """What was going on, and how one knows."""

    verdict = forms.ChoiceField(
        label=_("Wat was er aan de hand?"),
        choices=[choice for choice in Alarm.Verdict.choices if choice[0] != Alarm.Verdict.OPEN],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Waarom"),
        max_length=300,
        help_text=_("Bijvoorbeeld: raadsvergadering over de opvang, zoals verwacht."),
    )
