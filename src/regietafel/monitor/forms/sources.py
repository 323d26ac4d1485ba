"""Forms for sources, uploads and the columns of a file."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from regietafel.monitor.models import Source
from regietafel.monitor.models.messages import MessageKind
from regietafel.register.public import organisations_with

MOST_UPLOAD_MB = 100
MEANING = {
    "id": _("Nummer bij de bron"), "url": _("Webadres"), "datum": _("Datum en tijd"),
    "titel": _("Kop of titel"), "tekst": _("Tekst"), "bron": _("Medium"),
    "soort": _("Soort bericht"), "taal": _("Taal"), "plaats": _("Plaats"), "labels": _("Labels van de bron"),
    "auteur": _("Afzender (wordt niet bewaard)"), "interacties": _("Aantal reacties"),
}  # fmt: skip


class SourceForm(forms.Form):
    """What people may set of a source."""

    name = forms.CharField(label=_("Naam"), max_length=120, help_text=_("Bijvoorbeeld: Regionale omroep."))
    address = forms.URLField(
        label=_("Adres van de feed"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Alleen bij een feed: een openbaar adres, zonder wachtwoord."),
    )
    message_kind = forms.ChoiceField(
        label=_("Soort berichten"),
        choices=MessageKind.choices,
        initial=MessageKind.UNKNOWN,
        help_text=_(
            "Geldt als het bestand zelf niets zegt. Alleen nieuws en pers worden later genoemd en gelinkt; "
            "van al het andere tonen wij alleen aantallen."
        ),
    )
    silent_after_hours = forms.IntegerField(
        label=_("Meld stilte na (uren)"), min_value=1, max_value=24 * 60, initial=48
    )


class NewSourceForm(SourceForm):
    """A new source: also its organisation and the way it is delivered."""

    organisation: Any = forms.ModelChoiceField(label=_("Organisatie"), queryset=None)
    kind = forms.ChoiceField(
        label=_("Aanlevering"),
        choices=Source.Kind.choices,
        initial=Source.Kind.FEED,
        widget=forms.RadioSelect,
    )
    field_order = ("organisation", "kind", "name", "address")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = organisations_with(user, "may_write")
        field: Any = self.fields["organisation"]
        field.queryset, field.initial = own, own.first()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == Source.Kind.FEED and not data.get("address") and "address" not in self.errors:
            self.add_error("address", _("Vul het adres van de feed in."))
        if data.get("kind") == Source.Kind.FILE:
            data["address"] = ""
        return data


class ChangeSourceForm(SourceForm):
    """A source that exists; it may be put aside."""

    is_active = forms.BooleanField(
        label=_("Actief"), required=False, help_text=_("Uit: er wordt niets meer opgehaald of ingenomen.")
    )


class UploadForm(forms.Form):
    """A file for a source."""

    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("CSV, Excel, ODS, JSONL of een opgeslagen feed; ook ingepakt als .gz. Hoogstens %s MB.")
        % MOST_UPLOAD_MB,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_UPLOAD_MB * 1_000_000:
            raise ValidationError(_("Dit bestand is groter dan %s MB. Splits het.") % MOST_UPLOAD_MB)
        return file


class MappingForm(forms.Form):
    """Which column of a file holds what; a feed says so itself and asks nothing."""

    def __init__(self, *args: Any, header: Sequence[str], guessed: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("– niet in dit bestand –")), *((name, name) for name in header if name)]
        for field, label in MEANING.items() if header else ():
            self.fields[field] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=guessed.get(field, "")
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.fields and not data.get("titel") and not data.get("tekst"):
            raise ValidationError(_("Wijs minstens de kolom met de titel of de tekst aan."))
        return data

    @property
    def columns(self) -> dict[str, str]:
        """Return the chosen columns."""
        return {field: column for field, column in self.cleaned_data.items() if column}
