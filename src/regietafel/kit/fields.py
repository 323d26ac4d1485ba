"""Fields of forms that every capability asks for, and reading what a form or an address sent."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

MOST_DIGITS = 11
_WHOLE = re.compile(r"-?(?:[0-9]{1,12}|[0-9]{1,3}(?:\.[0-9]{3}){1,3})")
MOST_BYTES = 20_000_000


def number_sent(text: str) -> int | None:
    """Return the number that a form or an address sent; None for anything else, such as “²”."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def offer_own(field: Any, rows: QuerySet[Any]) -> None:
    """Let people choose one of their own; of one there is nothing to choose, so it is not asked."""
    field.queryset, field.initial = rows, rows.first()
    if len(rows) == 1:
        field.widget = field.hidden_widget()


class SeveralField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Rows of which somebody picks several; a number too large for a database is none of them."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid_pk_value"], params={"pk": "?"}) from error


class WholeNumberField(forms.IntegerField):
    """A whole number as people here write it: 2000 and 2.000 are the same, and 2,5 is refused.

    The field of Django and the number box of browsers take a point for decimals, so that 2.000 would be 2.
    """

    def __init__(self, **arguments: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "rt-input--number"})
        super().__init__(**{"widget": widget, **arguments})

    def to_python(self, value: Any) -> int | None:
        text = "".join(str(value or "" if value != 0 else 0).split()).replace("−", "-")
        if not text:
            return None
        if not _WHOLE.fullmatch(text):
            raise ValidationError(_("Dit is geen heel getal. Schrijf bijvoorbeeld 2000 of 2.000."))
        return int(text.replace(".", ""))


class UploadField(forms.FileField):
    """A file of at most 20 MB: what is larger is refused before anything is read."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**{"max_length": 300, **arguments})

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload and upload.size > MOST_BYTES:
            raise ValidationError(_("Het bestand is groter dan 20 MB. Maak het kleiner of deel het op."))
        return upload


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """Make a field for a day that browsers show as a calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def clock_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.TimeField:
    """Make a field for a time of day."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget, help_text=help_text)
