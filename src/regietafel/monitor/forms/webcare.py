"""The form that makes a question of what people ask: in own words, with a channel and a term."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.monitor.forms.monitors import DateInput
from regietafel.register.public import AskedQuestion


class QuestionForm(forms.Form):
    """A question as a colleague puts it."""

    text = forms.CharField(
        label=_("De vraag in uw eigen woorden"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Zoals meer mensen hem kunnen hebben. Zonder naam, adres of letterlijk citaat van een inwoner."
        ),
    )
    channel = forms.ChoiceField(
        label=_("Waar komt het antwoord?"), choices=AskedQuestion.CHANNELS, widget=forms.RadioSelect
    )
    answer_by = forms.DateField(
        label=_("Antwoord uiterlijk op"),
        required=False,
        widget=DateInput(),
        help_text=_("Dan komt er een termijn op de tijdlijn van het dossier en bij Vandaag."),
    )

    def clean_answer_by(self) -> object:
        day = self.cleaned_data["answer_by"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Deze dag is voorbij. Kies vandaag of later."))
        return day

    def asked(self, origin: str) -> AskedQuestion:
        """Return what was filled in, with the page it came from."""
        data = self.cleaned_data
        return AskedQuestion(
            text=data["text"], channel=data["channel"], answer_by=data["answer_by"], origin=origin
        )
