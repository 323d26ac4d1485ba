"""Forms for labelling: the sample to draw, and a sub-label of one's own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regietafel.monitor.forms.pictures import PeriodForm
from regietafel.monitor.models import MainLabel


class SampleForm(PeriodForm):
    """How many messages of which days are drawn by lot."""

    size = forms.IntegerField(
        label=_("Aantal berichten"),
        min_value=1,
        max_value=2_000,
        initial=100,
        help_text=_(
            "Vanaf 50 gelabelde berichten tonen wij aandelen. Met 100 is de marge hoogstens 10 procentpunt."
        ),
    )


class SubLabelForm(forms.Form):
    """A sub-label of one organisation."""

    code = forms.SlugField(
        label=_("Code"), max_length=30, help_text=_("Kleine letters en streepjes, zoals “oproep-tot-komen”.")
    )
    main = forms.ChoiceField(label=_("Hoofdlabel"), choices=MainLabel.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Naam"), max_length=40)
    key = forms.CharField(label=_("Toets"), max_length=1, help_text=_("Eén kleine letter of één cijfer."))
    explanation = forms.CharField(
        label=_("Uitleg"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wat een bericht doet dat dit label krijgt. Een label gaat nooit over wie iets schreef."),
    )
    order = forms.IntegerField(label=_("Volgorde"), min_value=0, max_value=999, initial=50)
    is_active = forms.BooleanField(label=_("In gebruik"), required=False, initial=True)

    def values(self) -> dict[str, Any]:
        """Return what is kept, without the code that names it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "code"}
