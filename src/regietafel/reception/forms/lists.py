"""Lists that are sent as a file, and which of their columns is what."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.kit.fields import UploadField, day_field
from regietafel.reception.adapters.list_columns import COLUMNS
from regietafel.reception.models import ListImport
from regietafel.reception.selectors.access import points_of

NOWHERE = ""


class ListFileForm(forms.Form):
    """A file with a list, what kind of list it is, and for whom."""

    organisation: Any = forms.ModelChoiceField(label=_("Voor"), queryset=None, empty_label=None)
    kind = forms.ChoiceField(label=_("Wat voor lijst is het?"), choices=ListImport.Kind.choices)
    file = UploadField(label=_("Bestand"), help_text=_("CSV of Excel (.xlsx), hoogstens 20 MB."))
    day = day_field(
        _("Peildag"),
        required=False,
        help_text=_("Alleen voor een bezettingslijst: de dag waarop zij klopt."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = points_of(user).order_by("name")
        chosen: Any = self.fields["organisation"]
        chosen.queryset = points
        self.fields["day"].initial = timezone.localdate()
        if points.count() == 1:
            chosen.initial = points.first()

    def clean(self) -> dict[str, Any]:
        """Ask for the day of a list that tells who is where; other lists are of no day."""
        found = super().clean() or {}
        if (
            found.get("kind") == ListImport.Kind.OCCUPANCY
            and not found.get("day")
            and "day" not in self.errors
        ):
            self.add_error("day", _("Zeg op welke dag deze bezettingslijst klopt."))
        return found


class MappingForm(forms.Form):
    """Which column of a file is which of ours."""

    def __init__(self, *args: Any, reading: ListImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = reading
        self.fields["columns"] = forms.IntegerField(
            required=False, initial=len(reading.header), widget=forms.HiddenInput
        )
        if reading.kind == ListImport.Kind.OCCUPANCY:
            self.fields["day"] = day_field(_("Peildag"), help_text=_("De dag waarop deze lijst klopt."))
            self.fields["day"].initial = reading.day
        choices: list[tuple[str, Any]] = [(NOWHERE, _("staat er niet in"))]
        choices += [(str(place), name or f"kolom {place + 1}") for place, name in enumerate(reading.header)]
        for column in COLUMNS[reading.kind]:
            field = forms.ChoiceField(
                label=column.name.replace("_", " ").capitalize(),
                choices=choices,
                required=column.is_needed,
                initial=str(reading.mapping.get(column.name, NOWHERE)),
            )
            self.fields[f"kolom_{column.name}"] = field

    @property
    def mapping(self) -> dict[str, int]:
        """Return the place of each column that is there."""
        chosen = {
            column.name: self.cleaned_data[f"kolom_{column.name}"] for column in COLUMNS[self.reading.kind]
        }
        return {name: int(place) for name, place in chosen.items() if place != NOWHERE}

    def clean(self) -> dict[str, Any]:
        """Refuse a column that would be two things at once, and a choice out of columns that are gone."""
        found = super().clean() or {}
        if found.get("columns") not in (None, len(self.reading.header)):
            raise forms.ValidationError(_("De kolommen zijn intussen bevestigd. Open de lijst opnieuw."))
        used: dict[str, str] = {}
        for column in COLUMNS[self.reading.kind]:
            place = found.get(f"kolom_{column.name}", NOWHERE)
            if place != NOWHERE and place in used:
                self.add_error(f"kolom_{column.name}", _("Deze kolom koos u al voor “%s”.") % used[place])
            used.setdefault(place, column.name)
        return found
