"""What people fill in about a request for assistance."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kernel import dutch
from regietafel.kit.fields import WholeNumberField, day_field, offer_own
from regietafel.reception.models import AssistanceRequest
from regietafel.register.public import Area

MOST_PLACES = 100_000


class AskForm(forms.Form):
    """A request of another region."""

    asked_by = forms.CharField(
        label=gettext_lazy("Welke regio vraagt dit?"),
        max_length=120,
        help_text=gettext_lazy("Bijvoorbeeld: Veiligheidsregio Noord."),
    )
    asked_on = day_field(gettext_lazy("Gevraagd op"))
    people = WholeNumberField(label=gettext_lazy("Plaatsen gevraagd"), min_value=1, max_value=MOST_PLACES)
    from_on = day_field(gettext_lazy("Nodig vanaf"))
    until_on = day_field(gettext_lazy("Tot"), required=False)
    question = forms.CharField(
        label=gettext_lazy("Wat vraagt u de gemeenten?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    ground = forms.CharField(
        label=gettext_lazy("Grondslag"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Bijvoorbeeld: Wet veiligheidsregio’s, artikel 51."),
    )
    answer_by = day_field(gettext_lazy("Antwoord uiterlijk op"))

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        last = sent.get("answer_by")
        if last and last < timezone.localdate():
            self.add_error("answer_by", _("Deze dag is voorbij. Kies vandaag of later."))
        if sent.get("until_on") and sent.get("from_on") and sent["until_on"] <= sent["from_on"]:
            self.add_error("until_on", _("Kies een dag na de eerste dag, of laat dit leeg."))
        return sent


class AnswerForm(forms.Form):
    """What a municipality offers."""

    municipality: Any = forms.ModelChoiceField(label=gettext_lazy("Namens"), queryset=None, empty_label=None)
    places = WholeNumberField(
        label=gettext_lazy("Plaatsen die u kunt bieden"),
        min_value=0,
        max_value=MOST_PLACES,
    )
    from_on = day_field(gettext_lazy("Vanaf"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Toelichting"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Nodig als u antwoordt namens een andere gemeente: van wie kreeg u dit, en hoe?"
        ),
    )

    def __init__(
        self, *args: Any, municipalities: QuerySet[Area], asked: AssistanceRequest, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_own(self.fields["municipality"], municipalities)
        self.fields["places"].help_text = _(
            "Gevraagd: %s. 0 is ook een antwoord. Wie niets invult, staat als onbekend."
        ) % dutch.counted(asked.people, one=_("plaats"), many=_("plaatsen"))
        first, until = dutch.date(asked.from_on), asked.until_on
        needed = first if until is None else _("%(first)s tot %(until)s") % {
            "first": first, "until": dutch.date(until),
        }  # fmt: skip
        self.fields["from_on"].help_text = _("Nodig vanaf %s. Leeg: nog niet bekend.") % needed


class CloseForm(forms.Form):
    """What was answered to the region that asked."""

    outcome = forms.CharField(
        label=gettext_lazy("Wat is de andere regio geantwoord?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
