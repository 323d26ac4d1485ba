"""Forms of a meeting: when and where, its agenda, its papers, its guests and who is there."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.deliberation.models import AgendaItem, Attendance, Body, Meeting
from regietafel.deliberation.selectors.bodies import organisations_to_seat, portfolios_of
from regietafel.kit.fields import UploadField, clock_field, day_field
from regietafel.register.public import Confidentiality, people_of, visible_dossiers

MAX_BYTES = 20_000_000


def moment_of(day: date, clock: time) -> datetime:
    """Return a day and a Dutch clock time as a moment."""
    return timezone.make_aware(datetime.combine(day, clock))


class MeetingForm(forms.Form):
    """When and where a meeting is; times are Dutch clock time."""

    title = forms.CharField(
        label=_("Titel"),
        max_length=160,
        required=False,
        help_text=_("Leeg: dan heet de vergadering naar het overleg, met een volgnummer."),
    )
    day = day_field(_("Dag"))
    starts = clock_field(_("Begint om"))
    ends = clock_field(
        _("Eindigt om"), required=False, help_text=_("Leeg: dan duurt zij zo lang als meestal.")
    )
    place = forms.CharField(label=_("Plaats"), max_length=160, required=False)
    chair = forms.CharField(
        label=_("Voorzitter (functie)"),
        max_length=120,
        required=False,
        help_text=_("De functie, bijvoorbeeld voorzitter veiligheidsregio."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("starts") and values.get("ends") and values["ends"] < values["starts"]:
            self.add_error("ends", _("De vergadering eindigt voordat zij begint."))
        return values

    def told(self) -> dict[str, Any]:
        """Return the fields of a meeting as filled in; a place or chair left open is not among them."""
        data = self.cleaned_data
        ends = moment_of(data["day"], data["ends"]) if data["ends"] else None
        kept = {"title": data["title"], "starts_at": moment_of(data["day"], data["starts"]), "ends_at": ends}
        return kept | {name: data[name] for name in ("place", "chair")}

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """Return a meeting as the form shows it."""
        starts, ends = (timezone.localtime(one) for one in (meeting.starts_at, meeting.ends_at))
        kept = {name: getattr(meeting, name) for name in ("title", "place", "chair", "revision")}
        return kept | {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}


class SeriesForm(forms.Form):
    """Meetings in the rhythm of the body."""

    day = day_field(_("Eerste vergadering op"))
    starts = clock_field(_("Begint om"))
    until = day_field(_("Tot en met"), help_text=_("Op of voor deze dag is de laatste; hoogstens zestig."))

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].initial = body.starts_at
        self.fields["until"].initial = timezone.localdate() + timedelta(days=180)

    @property
    def first(self) -> datetime:
        """Return when the first meeting begins."""
        return moment_of(self.cleaned_data["day"], self.cleaned_data["starts"])


class ReasonForm(forms.Form):
    """Why something does not go on."""

    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Leden en gasten die zijn uitgenodigd, lezen dit in de mail."),
    )


class InvitationForm(forms.Form):
    """What goes with the agenda."""

    note = forms.CharField(
        label=_("Begeleidende tekst"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Iedereen hieronder leest dit, ook gasten. Zet er niets vertrouwelijks in."),
    )


class GuestForm(forms.Form):
    """Somebody from outside, for one meeting."""

    function = forms.CharField(
        label=_("Functie"),
        max_length=120,
        help_text=_("Bijvoorbeeld: staatssecretaris of regiodirecteur COA."),
    )
    organisation: Any = forms.ModelChoiceField(
        label=_("Organisatie"),
        queryset=None,
        required=False,
        empty_label=_("niet ingevuld"),
        help_text=_("Wie daar werkt, ziet de punten die ook voor gasten zijn."),
    )
    person: Any = forms.ModelChoiceField(
        label=_("Persoon"),
        queryset=None,
        required=False,
        empty_label=_("niet ingevuld"),
        help_text=_("Alleen collega's uit uw eigen organisatie."),
    )
    email = forms.EmailField(
        label=_("E-mail van de functie"),
        required=False,
        help_text=_("Hier komt de uitnodiging aan, met alleen de punten voor gasten."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations: Any = self.fields["organisation"]
        organisations.queryset = organisations_to_seat()
        people: Any = self.fields["person"]
        people.queryset = people_of(user)


class ItemForm(forms.Form):
    """An item of the agenda."""

    number = forms.CharField(
        label=_("Nummer"),
        max_length=12,
        required=False,
        help_text=_("Vrij te kiezen, zoals 4.1 of 2b. Leeg: dan krijgt het punt het volgende nummer."),
    )
    dossier: Any = forms.ModelChoiceField(
        label=_("Voorstel uit dossier"),
        queryset=None,
        required=False,
        empty_label=_("geen dossier"),
        help_text=_("Wie het dossier mag lezen, kan er vanaf de agenda heen."),
    )
    title = forms.CharField(
        label=_("Onderwerp"),
        max_length=200,
        required=False,
        help_text=_("Leeg bij een dossier: dan de titel van het dossier."),
    )
    theme = forms.ChoiceField(label=_("Thema"), required=False)
    introduction = forms.CharField(
        label=_("Inleiding"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Waar het om gaat en wat er van het overleg wordt gevraagd."),
    )
    confidentiality = forms.TypedChoiceField(
        label=_("Vertrouwelijkheid"),
        coerce=int,
        choices=Confidentiality.choices,
        initial=1,
        help_text=_(
            "Wie dit niet mag lezen, ziet het punt niet staan. "
            "Geef een vertrouwelijk punt een nummer achteraan, dan valt er geen gat."
        ),
    )
    for_guests = forms.BooleanField(
        label=_("Ook voor gasten"),
        required=False,
        help_text=_("Gasten zien alleen punten waarbij dit staat, met hun stukken."),
    )

    def __init__(
        self, *args: Any, user: Any, body: Body, item: AgendaItem | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._dossiers = visible_dossiers(user).order_by("title")
        dossiers: Any = self.fields["dossier"]
        dossiers.queryset = self._dossiers
        if item is not None and item.dossier_id and not self._dossiers.filter(pk=item.dossier_id).exists():
            del self.fields["dossier"]  # somebody else's dossier stays as it is
        self._offer_themes(body, kept=item.theme if item else "")

    def _offer_themes(self, body: Body, *, kept: str) -> None:
        names = [one.theme for one in portfolios_of(body)]
        names += [kept] if kept and kept not in names else []
        field: Any = self.fields["theme"]
        field.choices = [("", _("geen thema")), *((name, name) for name in names)]
        if not names:
            del self.fields["theme"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("title", "").strip() and values.get("dossier"):
            values["title"] = values["dossier"].title[:200]
        if not values.get("title", "").strip() and "title" not in self.errors:
            self.add_error("title", _("Schrijf op waar het punt over gaat, of kies een dossier."))
        return values

    @staticmethod
    def initial_of(item: AgendaItem) -> dict[str, Any]:
        """Return an item as the form shows it."""
        return {name: getattr(item, name) for name in ItemForm.base_fields}


class PaperForm(forms.Form):
    """A paper that belongs to an item."""

    file = UploadField(
        label=_("Bestand"),
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG of tekst; hoogstens 20 MB."),
    )


class AttendanceForm(forms.Form):
    """Who is there, one choice for every seat and guest."""

    def __init__(self, *args: Any, rows: list[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = rows
        for one in rows:
            name = str(one.seat or one.guest or one.name)
            self.fields[f"status_{one.pk}"] = forms.ChoiceField(
                label=name, choices=Attendance.Status.choices, initial=one.status
            )
            self.fields[f"door_{one.pk}"] = forms.CharField(
                label=_("Vervangen door (functie)"),
                max_length=120,
                required=False,
                initial=one.replaced_by,
            )

    @property
    def groups(self) -> list[tuple[Attendance, Any, Any]]:
        """Return each row with its two fields."""
        return [(one, self[f"status_{one.pk}"], self[f"door_{one.pk}"]) for one in self._rows]

    @property
    def told(self) -> list[tuple[Attendance, str, str]]:
        """Return status and replacement of every row; a deputy is known, so it need not be written."""
        data = self.cleaned_data
        return [
            (one, data[f"status_{one.pk}"], data[f"door_{one.pk}"] or (one.seat.deputy if one.seat else ""))
            for one in self._rows
        ]
