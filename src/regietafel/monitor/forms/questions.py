"""Forms for a question: writing it, keeping it with a reason, and reading one from elsewhere."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from regietafel.monitor.models import QueryVersion
from regietafel.monitor.selectors.places import places_of
from regietafel.monitor.selectors.trying import Fault, read_question
from regietafel.register.public import Organisation

EDITOR = {
    "rows": 8,
    "spellcheck": "false",
    "autocapitalize": "off",
    "class": "rt-input--code",
    "data-editor": "",
}
QUESTION_HELP = _(
    "Woorden naast elkaar moeten allemaal voorkomen. Gebruik OF tussen keuzes, NIET om iets uit te sluiten, "
    "haakjes om te groeperen, “aanhalingstekens” voor een vaste woordgroep en een ster voor elk vervolg "
    "(asielzoek*). Zoek naar onderwerpen, plaatsen en organisaties, nooit naar personen."
)


def plain_lines(text: str) -> str:
    """Return a text with the line ends that places in it are counted with; browsers send two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class QuestionField(forms.CharField):
    """A search question; mistakes and questions about a person are refused beside the field."""

    widget = forms.Textarea(attrs=EDITOR)

    def clean(self, value: Any) -> str:
        text: str = super().clean(plain_lines(value or ""))
        if mistakes := read_question(text, {}).mistakes if text else ():
            raise ValidationError([told_at_its_place(fault) for fault in mistakes])
        return text


def told_at_its_place(fault: Fault) -> str:
    """Return a mistake as one line, with its place as far as it stands in the question."""
    place = _("Regel %(line)s, teken %(column)s: ") % {"line": fault.line, "column": fault.column}
    return f"{place if fault.caret else ''}{fault.message} {fault.suggestion}".strip()


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The profile that fills the places to fill in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=None,
            label=_("Plaatsprofiel"),
            required=False,
            empty_label=_("geen"),
            help_text=_("Vult plekken zoals <plaatsnaam> in."),
            **kwargs,
        )


class QueryForm(forms.Form):
    """The question under hand, with the profile that fills it and how it was pasted."""

    text = QuestionField(label=_("Zoekvraag"), help_text=QUESTION_HELP)
    filled_from: Any = PlaceField()
    dialect = forms.ChoiceField(
        choices=QueryVersion.Dialect.choices, required=False, widget=forms.HiddenInput
    )
    pasted = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["filled_from"].queryset = places_of(organisation)  # type: ignore[attr-defined]

    def clean_dialect(self) -> str:
        return self.cleaned_data["dialect"] or QueryVersion.Dialect.REGIETAFEL

    def clean_pasted(self) -> str:
        return plain_lines(self.cleaned_data["pasted"])


class KeepQueryForm(QueryForm):
    """A next version of the question, with the reason for it."""

    note = forms.CharField(
        label=_("Waarom wijzigt u de vraag?"), max_length=300, help_text=_("Dit blijft bij de versie staan.")
    )


class ImportForm(forms.Form):
    """A question as it stands in another system."""

    dialect = forms.ChoiceField(
        label=_("Waar komt de vraag vandaan?"),
        choices=QueryVersion.Dialect.choices,
        initial=QueryVersion.Dialect.OBI,
        widget=forms.RadioSelect,
    )
    pasted = forms.CharField(
        label=_("De vraag zoals zij daar staat"),
        strip=False,
        widget=forms.Textarea(attrs=EDITOR),
        help_text=_("Plak de hele vraag. Wij veranderen niets zonder het u te laten zien."),
    )

    def clean_pasted(self) -> str:
        return plain_lines(self.cleaned_data["pasted"])
