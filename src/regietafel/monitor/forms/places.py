"""The form of a place profile: a name, and per place to fill in the values, one per line."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from regietafel.kit.fields import offer_own
from regietafel.monitor.models import PlaceProfile
from regietafel.monitor.selectors.places import FilledBlank, faults_in, filled_blanks, tidy_name
from regietafel.register.public import organisations_with


class LinesField(forms.CharField):
    """Several values, one per line."""

    widget = forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "class": "rt-lines"})

    def clean(self, value: Any) -> Any:
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        return tuple(dict.fromkeys(filter(None, lines)))


class PlaceForm(forms.Form):
    """What a place is called, for every place to fill in that questions may have."""

    name = forms.CharField(
        label=_("Naam van het profiel"),
        max_length=120,
        help_text=_("Bijvoorbeeld de plaats: zo kiest u het straks bij een monitor."),
    )

    def __init__(self, *args: Any, place: PlaceProfile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = place.name if place else ""
        self._blanks = {f"plek_{number}": blank for number, blank in enumerate(filled_blanks(place))}
        for field, blank in self._blanks.items():
            self.fields[field] = _lines_of(blank)
        self.fields["extra_name"] = forms.CharField(
            label=_("Nog een plek"),
            max_length=60,
            required=False,
            help_text=_(
                "Gebruikt uw zoekvraag een eigen plek, zoals <naam wijk>? Schrijf hier hoe die heet."
            ),
        )
        self.fields["extra_values"] = LinesField(
            label=_("Waarden voor die plek"), required=False, help_text=_("Eén per regel.")
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        name = tidy_name(data.get("extra_name", ""))
        if data.get("extra_values") and not name:
            self.add_error("extra_name", _("Schrijf ook hoe deze plek heet."))
        if name in {blank.name for blank in self._blanks.values()}:
            self.add_error("extra_name", _("Deze plek staat hierboven al; vul haar daar aan."))
        self._refuse_unreadable(data)
        return data

    def _refuse_unreadable(self, data: dict[str, Any]) -> None:
        fields = {blank.name: field for field, blank in self._blanks.items()}
        extra = tidy_name(data.get("extra_name", ""))
        values = {name: data.get(field, ()) for name, field in fields.items()}
        values |= {extra: data.get("extra_values", ())} if extra else {}
        for name, faults in faults_in(values).items():
            self.add_error(fields.get(name, "extra_values"), [ValidationError(fault) for fault in faults])

    @property
    def values(self) -> dict[str, list[str]]:
        """Return the values per place to fill in."""
        held = {blank.name: list(self.cleaned_data[field]) for field, blank in self._blanks.items()}
        extra = tidy_name(self.cleaned_data["extra_name"])
        return held | ({extra: list(self.cleaned_data["extra_values"])} if extra else {})


class NewPlaceForm(PlaceForm):
    """A new profile: also its organisation."""

    organisation: Any = forms.ModelChoiceField(label=_("Organisatie"), queryset=None)
    field_order: Iterable[str] = ("organisation", "name")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_own(self.fields["organisation"], organisations_with(user, "may_write"))


def _lines_of(blank: FilledBlank) -> LinesField:
    example = _("Bijvoorbeeld: %s.") % blank.example if blank.example else ""
    return LinesField(
        label=f"<{blank.name}>",
        required=False,
        initial="\n".join(blank.values),
        help_text=" ".join(filter(None, (blank.meaning, str(example)))),
    )
