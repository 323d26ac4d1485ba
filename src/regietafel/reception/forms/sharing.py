"""What people fill in about an assignment and the parts of it."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.fields import WholeNumberField, day_field
from regietafel.reception.forms.figures import MunicipalityFigures
from regietafel.reception.models import Assignment
from regietafel.reception.selectors.sharing import (
    DISPERSAL_KEY,
    DWELLINGS,
    INHABITANTS,
    OWN,
    PERCENTAGES,
    TYPED,
    Wish,
)

MOST_PLACES = 10_000_000
KEYS = [
    (INHABITANTS, gettext_lazy("inwoners (uit het register)")),
    (DWELLINGS, gettext_lazy("woningen (zelf invullen)")),
    (PERCENTAGES, gettext_lazy("afgesproken percentages (zelf invullen, samen 100)")),
    (DISPERSAL_KEY, gettext_lazy("gewicht van de Spreidingswet (inwoners, en SES-WOA zelf invullen)")),
    (OWN, gettext_lazy("andere afgesproken getallen (zelf invullen)")),
]
EXAMPLE = gettext_lazy(
    "Eén gemeente per regel, bijvoorbeeld “Almelo; 32.500”. Plakken uit een spreadsheet mag ook."
)


class AssignmentForm(forms.Form):
    """An assignment and how it is divided."""

    title = forms.CharField(label=gettext_lazy("Naam van de opdracht"), max_length=160)
    total = WholeNumberField(label=gettext_lazy("Plaatsen"), min_value=1, max_value=MOST_PLACES)
    received_on = day_field(gettext_lazy("Datum van de opdracht"))
    due_on = day_field(gettext_lazy("Plaatsen moeten er zijn op"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Wie gaf de opdracht, en waarin?"),
        max_length=200,
        help_text=gettext_lazy("Bijvoorbeeld: Veiligheidsberaad, brief van 5 april 2022."),
    )
    key = forms.ChoiceField(label=gettext_lazy("Verdelen naar"), choices=KEYS, initial=INHABITANTS)
    key_on = day_field(
        gettext_lazy("Peildatum van de sleutel"),
        required=False,
        help_text=gettext_lazy("Leeg: de datum van de opdracht."),
    )
    figures = MunicipalityFigures(label=gettext_lazy("Getallen per gemeente"), help_text=EXAMPLE)
    key_source = forms.CharField(label=gettext_lazy("Bron van die getallen"), max_length=200, required=False)
    method = forms.ChoiceField(
        label=gettext_lazy("Methode"),
        choices=Assignment.Method.choices,
        initial=Assignment.Method.SAINTE_LAGUE,
        help_text=gettext_lazy("In het voorbeeld ziet u alle methoden naast elkaar."),
    )
    minimum = WholeNumberField(
        label=gettext_lazy("Minimum per gemeente"), min_value=0, max_value=MOST_PLACES, initial=0
    )
    durable = MunicipalityFigures(
        label=gettext_lazy("Duurzame plaatsen die al meetellen"),
        whole=True,
        help_text=gettext_lazy("Minder dan dat krijgt een gemeente niet. Zelfde vorm als hierboven."),
    )
    counts_private = forms.BooleanField(
        label=gettext_lazy("Particuliere opvang telt mee voor deze opdracht"), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Toelichting"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, names: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("figures", "durable"):
            field: Any = self.fields[name]
            field.names = tuple(names)

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        due, received = sent.get("due_on"), sent.get("received_on")
        if due and received and due < received:
            self.add_error("due_on", _("Dit is vóór de datum van de opdracht."))
        if sent.get("key") in TYPED:
            self._ask_for_typed(sent)
        return sent

    def _ask_for_typed(self, sent: dict[str, Any]) -> None:
        if "figures" in sent and not sent["figures"]:
            self.add_error("figures", _("Vul voor deze sleutel per gemeente een getal in."))
        if not sent.get("key_source"):
            self.add_error("key_source", _("Schrijf op waar deze getallen vandaan komen."))

    @property
    def lacks_inhabitants(self) -> bool:
        """Say whether nothing could be divided because inhabitants are unknown or of long ago."""
        return any("inwonertal" in str(error) for error in self.non_field_errors())

    def wish(self) -> Wish:
        """Return what was asked for."""
        sent = self.cleaned_data
        durable: dict[str, Fraction | None] = sent.get("durable") or {}
        return Wish(
            total=sent["total"],
            on=sent["key_on"] or sent["received_on"],
            key=sent["key"],
            method=sent["method"],
            minimum=sent["minimum"],
            figures=sent["figures"] if sent["key"] in TYPED else {},
            durable={name: int(value) for name, value in durable.items() if value},
            source=sent["key_source"] if sent["key"] in TYPED else "",
        )

    def values(self) -> dict[str, Any]:
        """Return what is said of the assignment itself."""
        names = ("title", "received_on", "due_on", "source", "counts_private", "note")
        return {name: self.cleaned_data[name] for name in names}


class AgreeForm(forms.Form):
    """A number that was agreed instead of computed."""

    places = WholeNumberField(label=gettext_lazy("Afgesproken plaatsen"), min_value=0, max_value=MOST_PLACES)
    note = forms.CharField(
        label=gettext_lazy("Wat is afgesproken, en met wie?"), max_length=300, widget=forms.Textarea
    )


class EndForm(forms.Form):
    """The day from which an assignment no longer counts."""

    on = day_field(
        gettext_lazy("Eindigt op"), help_text=gettext_lazy("De eerste dag waarop zij niet meer geldt.")
    )
    reason = forms.CharField(
        label=gettext_lazy("Waarom eindigt de opdracht?"), max_length=300, widget=forms.Textarea
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()
