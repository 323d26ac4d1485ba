"""The form that sets the tone of a message right."""

from django import forms
from django.utils.translation import gettext_lazy as _

from regietafel.monitor.engine.sentiment import NEGATIVE, NEUTRAL, POSITIVE

TONES = [(tone, tone) for tone in (POSITIVE, NEUTRAL, NEGATIVE)]


class ToneForm(forms.Form):
    """What a message sounds like, according to a person."""

    tone = forms.ChoiceField(
        label=_("Zo klinkt dit bericht"),
        choices=TONES,
        widget=forms.RadioSelect,
    )
