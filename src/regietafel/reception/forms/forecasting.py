"""What people choose for the forecast, and what they fill in for an own scenario."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kernel import dutch
from regietafel.kit.fields import day_field
from regietafel.reception.engine.forecast import SCENARIOS
from regietafel.reception.forms.board import EARLIEST
from regietafel.reception.models import OutlookScenario
from regietafel.reception.selectors.forecasting import DAYS, SEED
from regietafel.reception.services.forecasting import MOST_A_DAY, MOST_FACTOR

MOST_DAYS, MOST_SEED = 183, 999_999_999
AT_ONCE = {"data-submit": True}
USUAL = {"scenario": "midden", "dagen": DAYS, "zaad": SEED}


class OutlookForm(forms.Form):
    """What is asked of the forecast; every choice stands in the address."""

    scenario = forms.ChoiceField(label=gettext_lazy("Scenario"), widget=forms.Select(attrs=AT_ONCE))
    dagen = forms.IntegerField(label=gettext_lazy("Dagen vooruit"), min_value=7, max_value=MOST_DAYS)
    particulier = forms.ChoiceField(
        label=gettext_lazy("Particuliere opvang"),
        choices=[("", gettext_lazy("telt niet mee")), ("mee", gettext_lazy("telt mee"))],
        required=False,
        widget=forms.Select(attrs=AT_ONCE),
    )
    bekend = day_field(gettext_lazy("Zoals bekend op"), required=False)
    zaad = forms.IntegerField(label=gettext_lazy("Begingetal"), min_value=0, max_value=MOST_SEED)

    def __init__(self, sent: Mapping[str, Any], *, own: list[OutlookScenario]) -> None:
        super().__init__({**USUAL, **{name: value for name, value in sent.items() if value}})
        chooser: Any = self.fields["scenario"]
        chooser.choices = [(each.name, each.name) for each in SCENARIOS] + [
            (str(one.pk), one.name) for one in own
        ]

    def clean_bekend(self) -> Any:
        day = self.cleaned_data["bekend"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Wat later bekend wordt, weet niemand. Kies vandaag of eerder."))
        if day and day < EARLIEST:
            raise forms.ValidationError(_("Kies een dag vanaf %s.") % dutch.date(EARLIEST))
        return day


def _number(label: Any, *, most: float, required: bool = True, **arguments: Any) -> forms.FloatField:
    """Make a field for a number from 0 that people write with a comma, of which errors tell the range."""
    told = gettext_lazy("Vul een getal van 0 tot en met %s in.") % dutch.number(most)
    return forms.FloatField(
        label=label,
        min_value=0,
        max_value=most,
        required=required,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"min_value": told, "max_value": told, "invalid": told},
        **arguments,
    )


class ScenarioForm(forms.Form):
    """An own scenario with the ground it rests on."""

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=80)
    factor = _number(
        gettext_lazy("Instroom (keer gewoon)"), most=MOST_FACTOR, initial=1,
        help_text=gettext_lazy("1 is zoals de afgelopen tijd; 1,5 is de helft meer."),
    )  # fmt: skip
    level_per_day = _number(
        gettext_lazy("Of: instroom in personen per dag"), most=MOST_A_DAY, required=False,
        help_text=gettext_lazy("Komt in plaats van de instroom van de afgelopen tijd."),
    )  # fmt: skip
    leaving_percent_a_week = _number(
        gettext_lazy("Particuliere opvang die eindigt (% per week)"), most=100, required=False,
        help_text=gettext_lazy("Leeg is zoals het tot nu toe ging."),
    )  # fmt: skip
    returning_percent = _number(
        gettext_lazy("Daarvan naar de opvang (%)"), most=100, initial=100,
        help_text=gettext_lazy("Van wie een gastgezin verlaat: hoeveel procent opvang zoekt."),
    )  # fmt: skip
    source = forms.CharField(
        label=gettext_lazy("Waarop dit berust"), max_length=300,
        help_text=gettext_lazy("Een brief, een prognose, een afspraak: wie zegt dit, en wanneer?"),
    )  # fmt: skip

    @staticmethod
    def initial_of(scenario: OutlookScenario) -> dict[str, Any]:
        """Return a scenario as the form shows it."""
        return {name: getattr(scenario, name) for name in ScenarioForm.base_fields}
