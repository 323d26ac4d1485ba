"""Forms of the secretary: all of one line of the minutes, and reasons."""

import datetime as dt
import json
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from regietafel.deliberation.engine.folding import folded
from regietafel.deliberation.models import Entry
from regietafel.deliberation.selectors.noting import (
    NO_LINES,
    NO_ORGANISATIONS,
    NO_PEOPLE,
    earlier_lines,
    owners_at,
)
from regietafel.deliberation.services.noting import FIELDS
from regietafel.kit.fields import day_field
from regietafel.register.public import User

INCLUSIVE = ((True, _("tot en met die dag")), (False, _("vóór die dag")))


class LineChoice(forms.ModelChoiceField[Entry]):
    """A choice of a line of the minutes: its letter, its words and its day."""

    def label_from_instance(self, obj: Entry) -> str:
        day = obj.item.meeting.starts_at
        return f"{day:%d-%m-%Y} {obj.item.number} {obj.kind}: {obj.text[:100]}"


class EntryForm(forms.Form):
    """One line of the minutes; `was` holds what its writer found, so that only what was changed is stored."""

    kind = forms.ChoiceField(label=_("Soort"), choices=Entry.Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("Tekst"), widget=forms.Textarea(attrs={"rows": 3}))
    explanation = forms.CharField(
        label=_("Toelichting"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner_organisation = forms.ModelChoiceField(
        label=_("Actiehouder (organisatie)"),
        queryset=NO_ORGANISATIONS,
        required=False,
        empty_label=_("geen"),
    )
    owner_function = forms.CharField(label=_("Actiehouder (functie)"), max_length=160, required=False)
    owner_person = forms.ModelChoiceField(
        label=_("Actiehouder (persoon)"),
        queryset=NO_PEOPLE,
        required=False,
        empty_label=_("geen"),
        help_text=_("Alleen wie een zetel heeft. Een functie is meestal genoeg."),
    )
    due_on = day_field(_("Termijn"), required=False)
    due_is_inclusive = forms.TypedChoiceField(
        label=_("Telt die dag zelf mee?"),
        choices=INCLUSIVE,
        coerce=lambda value: str(value) == "True",
        widget=forms.RadioSelect,
        help_text=_("“Voor 19 april” is vóór die dag: 18 april is dan de laatste dag."),
    )
    due_written = forms.CharField(
        label=_("Termijn in woorden"),
        max_length=120,
        required=False,
        help_text=_("Zoals afgesproken, bijvoorbeeld “volgend BAO”."),
    )
    feedback_via = forms.CharField(label=_("Terugkoppeling via"), max_length=160, required=False)
    condition_kind = forms.ChoiceField(label=_("Voorwaarde"), choices=Entry.Condition.choices, required=False)
    condition = forms.CharField(label=_("Welke voorwaarde"), max_length=300, required=False)
    about_path = forms.CharField(
        label=_("Gaat over (bladzijde)"),
        max_length=300,
        required=False,
        help_text=_("Plak het adres van een cijfer, locatie of scenario in Regietafel."),
    )
    about_title = forms.CharField(label=_("Naam van die bladzijde"), max_length=160, required=False)
    find = forms.CharField(label=_("Zoek in eerdere regels van dit overleg"), max_length=100, required=False)
    supersedes = LineChoice(
        label=_("Vervangt besluit"), queryset=NO_LINES, required=False, empty_label=_("geen")
    )
    carries_out = LineChoice(label=_("Voert uit"), queryset=NO_LINES, required=False, empty_label=_("geen"))
    was = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, entry: Entry, user: User, host: str, **kwargs: Any) -> None:
        self.entry, self.host = entry, host
        found = {name: getattr(entry, name) for name in FIELDS}
        found["was"] = json.dumps({name: _plain(value) for name, value in found.items()})
        super().__init__(*args, **{"initial": found, **kwargs})
        organisations, people = owners_at(entry)
        self._offer("owner_organisation", organisations)
        self._offer("owner_person", people)
        words = folded(self._asked())
        lines = earlier_lines(user, entry, words=words)
        self._offer("supersedes", lines.filter(kind=Entry.Kind.DECISION))
        self._offer("carries_out", lines)

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choices

    def _asked(self) -> str:
        """Return what is sought; what was chosen before the search is kept on the list."""
        return str(self.data.get("find", "") if self.is_bound else self.initial.get("find", ""))

    def clean_about_path(self) -> str:
        """Keep only the path of a page of the product itself."""
        pasted = str(self.cleaned_data["about_path"]).strip()
        parts = urlsplit(pasted)
        if not pasted:
            return ""
        is_own = not parts.netloc or parts.netloc == self.host
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        try:
            resolve(parts.path)
        except Resolver404:
            is_own = False
        if not is_own or not path.startswith("/") or path.startswith(("//", "/\\")):
            raise ValidationError(
                _now("Dit is geen bladzijde van Regietafel. Plak het adres uit uw browser.")
            )
        return path

    def clean_was(self) -> dict[str, Any]:
        """Read what the writer found."""
        try:
            found = json.loads(self.cleaned_data["was"])
            return {name: self._value(name, found[name]) for name in FIELDS}
        except (ValueError, KeyError, TypeError) as error:
            raise ValidationError(_now("Open dit scherm opnieuw; wij weten niet meer wat u vond.")) from error

    def _value(self, name: str, plain: Any) -> Any:
        model: type[Model] | None = getattr(Entry._meta.get_field(name), "related_model", None)
        if model is not None:
            return model(pk=int(plain)) if plain is not None else None
        return dt.date.fromisoformat(plain) if name == "due_on" and plain else plain

    def changed_values(self) -> dict[str, Any]:
        """Return the fields that this writer changed."""
        was = self.cleaned_data["was"]
        return {name: self.cleaned_data[name] for name in FIELDS if self.cleaned_data[name] != was[name]}


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    return value.isoformat() if isinstance(value, dt.date) else value


class WithdrawForm(forms.Form):
    """Why a line is taken back."""

    reason = forms.CharField(
        label=_("Waarom trekt u deze regel in?"),
        max_length=300,
        help_text=_("De regel blijft doorgehaald in het verslag staan, met deze reden."),
    )


class NewVersionForm(forms.Form):
    """Why laid-down minutes are changed."""

    reason = forms.CharField(
        label=_("Wat moet er veranderen?"),
        max_length=300,
        help_text=_("De vastgestelde versie blijft bewaard. De reden staat bij de nieuwe versie."),
    )
