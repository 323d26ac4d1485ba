"""What people fill in for a question to the members."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.deliberation.models import Inquiry, InquiryAnswer
from regietafel.register.public import Organisation

YES_NO = [("ja", _("Ja")), ("nee", _("Nee"))]


class DayInput(forms.DateInput):
    """A day as the date picker of the browser wants it."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class AskForm(forms.Form):
    """A question to every organisation with a seat."""

    question = forms.CharField(
        label=_("Wat wilt u van de leden weten?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    form = forms.ChoiceField(
        label=_("Soort antwoord"), choices=Inquiry.Form.choices, widget=forms.RadioSelect, initial="tekst"
    )
    unit = forms.CharField(
        label=_("Eenheid"),
        max_length=40,
        required=False,
        help_text=_("Alleen bij een getal. Bijvoorbeeld: plekken."),
    )
    answer_by = forms.DateField(label=_("Antwoord uiterlijk op"), widget=DayInput())

    def clean_answer_by(self) -> object:
        day = self.cleaned_data["answer_by"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Deze dag is voorbij. Kies vandaag of later."))
        return day


class AnswerForm(forms.Form):
    """The answer of one organisation, in the form that was asked."""

    organisation: Any = forms.ModelChoiceField(label=_("Namens"), queryset=None, empty_label=None)
    is_yes = forms.ChoiceField(label=_("Antwoord"), choices=YES_NO, widget=forms.RadioSelect)
    number = forms.DecimalField(label=_("Getal"), max_digits=14, decimal_places=2, localize=True)
    text = forms.CharField(
        label=_("Toelichting"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        inquiry: Inquiry,
        organisations: QuerySet[Organisation],
        given: InquiryAnswer | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        chooser: Any = self.fields["organisation"]
        chooser.queryset = organisations
        self._keep(inquiry)
        if given is not None:
            kept = {"organisation": given.organisation_id, "text": given.text, "number": given.number}
            self.initial.update(kept)
            if given.is_yes is not None:
                self.initial["is_yes"] = "ja" if given.is_yes else "nee"

    def _keep(self, inquiry: Inquiry) -> None:
        """Leave only the fields of the form in which is asked."""
        if inquiry.form != Inquiry.Form.YES_NO:
            del self.fields["is_yes"]
        if inquiry.form != Inquiry.Form.NUMBER:
            del self.fields["number"]
        elif inquiry.unit:
            self.fields["number"].label = _("Getal (%s)") % inquiry.unit
        if inquiry.form == Inquiry.Form.TEXT:
            self.fields["text"].label = _("Antwoord")
            self.fields["text"].required = True
