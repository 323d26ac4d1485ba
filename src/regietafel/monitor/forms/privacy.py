"""Forms of the privacy desk: requests of data subjects, and handing a message to the police."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.monitor.forms.monitors import DateInput
from regietafel.monitor.models import DataRequest
from regietafel.monitor.selectors.looks import independently_supervised
from regietafel.monitor.services.data_requests import Received

CLOSING = (DataRequest.State.ANSWERED, DataRequest.State.REFUSED)


class ReceivedForm(forms.Form):
    """A request as it came in; the name stays in the case file."""

    organisation: Any = forms.ModelChoiceField(label=_("Organisatie"), queryset=None)
    kind = forms.ChoiceField(
        label=_("Soort verzoek"), choices=DataRequest.Kind.choices, widget=forms.RadioSelect
    )
    case_number = forms.CharField(
        label=_("Zaaknummer"),
        max_length=60,
        help_text=_("Uit uw zaaksysteem. Zet hier geen naam in: die staat in de zaak."),
    )
    received_on = forms.DateField(
        label=_("Ontvangen op"),
        widget=DateInput(),
        help_text=_("Het antwoord moet er binnen een maand zijn."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = independently_supervised(user)
        organisation: Any = self.fields["organisation"]
        organisation.queryset = choices
        self.fields["received_on"].initial = timezone.localdate()
        if choices.count() == 1:
            organisation.initial = choices.get()

    def received(self) -> Received:
        """Return what was filled in."""
        told = self.cleaned_data
        return Received(told["kind"], told["case_number"], told["received_on"])


class ExtendForm(forms.Form):
    """Why a month is too short."""

    reason = forms.CharField(
        label=_("Waarom is een maand te kort?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Vertel dit ook aan de aanvrager, binnen de eerste maand. Noem hier geen naam."),
    )


class SeekForm(forms.Form):
    """What to look for, one per line; sent and forgotten."""

    words = forms.CharField(
        label=_("Waarop zoekt u?"),
        max_length=2_000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "Eén per regel: de naam, een accountnaam, een adres. Hoofdletters, accenten, leestekens en "
            "tekens die op elkaar lijken maken niet uit. Wij bewaren niet wat u hier typt."
        ),
    )

    def lines(self) -> list[str]:
        """Return what was typed, line by line."""
        return str(self.cleaned_data["words"]).splitlines()


class AnswerForm(forms.Form):
    """The answer with which a request closes."""

    state = forms.ChoiceField(
        label=_("Besluit"),
        choices=[(state.value, state.label.capitalize()) for state in CLOSING],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Antwoord"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Wat u antwoordde of waarom u het afwijst, zonder naam. De brief zelf hoort in de zaak."),
    )


class HandoverForm(forms.Form):
    """Why a message goes to the police, and to whom."""

    ground = forms.CharField(
        label=_("Grond"),
        max_length=200,
        help_text=_(
            "Waarop u zich beroept, bijvoorbeeld: vermoeden van bedreiging (Wetboek van Strafrecht "
            "artikel 285). Is er nu gevaar? Bel 112 en wacht niet op dit formulier."
        ),
    )
    reason = forms.CharField(
        label=_("Waarom"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Wat u las en waarom de politie dit moet weten. Noem geen namen."),
    )
    recipient = forms.CharField(
        label=_("Overgedragen aan"),
        max_length=120,
        help_text=_("Een functie, geen naam: bijvoorbeeld wijkagent of meldkamer."),
    )
