"""Forms of what is in a dossier: facts, moments, people, papers, links and notes."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.kit.fields import UploadField, clock_field, day_field
from regietafel.register.models import Fact, Moment
from regietafel.register.selectors.access import people_of
from regietafel.register.selectors.dossiers import directory
from regietafel.register.services.dossier_parts import Happening, Statement, web_address
from regietafel.register.services.participants import Participation


class FactForm(forms.Form):
    """What is known, reserved or not yet known."""

    text = forms.CharField(
        label=_("Wat"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Eén feit in gewone woorden. Iets wat nog niet bekend is, hoort er ook bij."),
    )
    status = forms.ChoiceField(
        label=_("Hoe zeker is het"), choices=Fact.Status.choices, widget=forms.RadioSelect
    )
    source = forms.CharField(
        label=_("Bron"),
        max_length=200,
        required=False,
        help_text=_("Bijvoorbeeld: collegebesluit 29 maart. Nodig als het feit bekend is."),
    )
    as_of = day_field(_("Peildatum"), help_text=_("De dag waarop dit zo was of bekend werd."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("status") == Fact.Status.KNOWN and not values.get("source", "").strip():
            self.add_error("source", _("Noem de bron, of kies “onder voorbehoud”."))
        return values

    def statement(self) -> Statement:
        """Return what was filled in."""
        values = self.cleaned_data
        return Statement(values["text"], values["status"], values["source"], values["as_of"])


class MomentForm(forms.Form):
    """What happens, when and where; times are Dutch clock time."""

    title = forms.CharField(label=_("Titel"), max_length=160)
    kind = forms.ChoiceField(label=_("Soort"), choices=Moment.Kind.choices)
    day = day_field(_("Dag"))
    starts = clock_field(_("Begint om"))
    ends = clock_field(_("Eindigt om"), required=False)
    place = forms.CharField(label=_("Plaats"), max_length=160, required=False)
    note = forms.CharField(
        label=_("Toelichting"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("starts") and values.get("ends") and values["ends"] < values["starts"]:
            self.add_error("ends", _("Het moment eindigt voordat het begint."))
        return values

    def happening(self) -> Happening:
        """Return what was filled in."""
        values = self.cleaned_data
        return Happening(
            title=values["title"],
            kind=values["kind"],
            starts_at=self._at(values["starts"]),
            ends_at=self._at(values["ends"]) if values["ends"] else None,
            place=values["place"],
            note=values["note"],
        )

    def _at(self, clock: time) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], clock))

    @staticmethod
    def initial_of(moment: Moment) -> dict[str, Any]:
        """Return a moment as the form shows it."""
        starts = timezone.localtime(moment.starts_at)
        return {
            "title": moment.title,
            "kind": moment.kind,
            "day": starts.date(),
            "starts": starts.time(),
            "ends": timezone.localtime(moment.ends_at).time() if moment.ends_at else None,
            "place": moment.place,
            "note": moment.note,
        }


class MemberForm(forms.Form):
    """A function in the dossier, with or without an account."""

    function = forms.CharField(
        label=_("Functie"), max_length=120, help_text=_("Bijvoorbeeld: projectleider opvang, contact COA.")
    )
    user: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Gebruiker"),
        queryset=None,
        required=False,
        empty_label=_("geen account nodig"),
        help_text=_("Wie u kiest, kan dit dossier lezen, ook als het vertrouwelijk is."),
    )
    organisation: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Organisatie"), queryset=None, required=False, empty_label=_("niet ingevuld")
    )
    may_write = forms.BooleanField(
        label=_("Mag bijdragen"),
        required=False,
        help_text=_("Feiten, momenten, bestanden en notities toevoegen."),
    )
    valid_until = day_field(_("Tot en met"), required=False, help_text=_("Voor een gast verplicht."))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people_of(user)  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = directory()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("may_write") and not values.get("user"):
            self.add_error("user", _("Kies wie er mag bijdragen."))
        if values.get("valid_until") and values["valid_until"] < timezone.localdate():
            self.add_error("valid_until", _("Deze dag is al voorbij."))
        return values

    def participation(self) -> Participation:
        """Return what was filled in."""
        return Participation(**self.cleaned_data)


class UploadForm(forms.Form):
    """A file for the dossier."""

    file = UploadField(
        label=_("Bestand"),
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG of tekst; hoogstens 20 MB."),
    )
    description = forms.CharField(
        label=_("Wat staat erin"),
        max_length=300,
        required=False,
        help_text=_("Vooral nodig bij een afbeelding of scan, voor wie die niet kan zien."),
    )


class DescriptionForm(forms.Form):
    """What is in a file, in words."""

    description = forms.CharField(
        label=_("Wat staat erin"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class LinkForm(forms.Form):
    """An address elsewhere."""

    title = forms.CharField(label=_("Titel"), max_length=160)
    url = forms.CharField(
        label=_("Adres"),
        max_length=500,
        validators=[web_address],
        widget=forms.URLInput,
        help_text=_("Begint met https:// of http://"),
    )


class NoteForm(forms.Form):
    """A note for the journal."""

    text = forms.CharField(
        label=_("Notitie"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Een notitie kunt u later niet wijzigen. Een fout herstelt u met een volgende notitie."),
    )


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("Reden"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De reden komt in het logboek."),
    )
