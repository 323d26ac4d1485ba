"""What people choose for the forecast, and what they fill in for an own scenario."""

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

MOST_DAYS, MOST_SEED = 183, 999_999_999


class OutlookForm(forms.Form):
    """What is asked of the forecast; every choice stands in the address."""

    scenario = forms.ChoiceField(label=gettext_lazy("Scenario"), required=False)
    dagen = forms.IntegerField(
        label=gettext_lazy("Dagen vooruit"), min_value=7, max_value=MOST_DAYS, required=False
    )
    particulier = forms.ChoiceField(
        label=gettext_lazy("Particuliere opvang"),
        choices=[("", gettext_lazy("telt niet mee")), ("mee", gettext_lazy("telt mee"))],
        required=False,
    )
    bekend = day_field(gettext_lazy("Zoals bekend op"), required=False)
    zaad = forms.IntegerField(
        label=gettext_lazy("Begingetal"), min_value=0, max_value=MOST_SEED, required=False
    )

    def __init__(self, *args: Any, own: list[OutlookScenario], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        return sent | {
            "scenario": sent.get("scenario") or "midden",
            "dagen": sent.get("dagen") or DAYS,
            "zaad": SEED if sent.get("zaad") is None else sent["zaad"],
        }


class ScenarioForm(forms.ModelForm[OutlookScenario]):
    """An own scenario with the ground it rests on."""

    class Meta:
        model = OutlookScenario
        fields = (
            "name", "factor", "level_per_day", "leaving_percent_a_week", "returning_percent", "source",
        )  # fmt: skip
        labels = {
            "factor": gettext_lazy("Instroom (keer gewoon)"),
            "level_per_day": gettext_lazy("Of: instroom in personen per dag"),
        }
        help_texts = {
            "factor": gettext_lazy("1 is zoals de afgelopen tijd; 1,5 is de helft meer."),
            "level_per_day": gettext_lazy("Komt in plaats van de instroom van de afgelopen tijd."),
            "leaving_percent_a_week": gettext_lazy("Leeg is zoals het tot nu toe ging."),
            "returning_percent": gettext_lazy("Van wie een gastgezin verlaat: hoeveel procent opvang zoekt."),
            "source": gettext_lazy("Een brief, een prognose, een afspraak: wie zegt dit, en wanneer?"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("factor", "level_per_day", "leaving_percent_a_week", "returning_percent"):
            self.fields[name].localize = True
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "decimal"})
            self.fields[name].widget.is_localized = True
