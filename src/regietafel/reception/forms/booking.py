"""Forms of a booking: reserve, place, note who leaves, change and take back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.kernel import dutch
from regietafel.kit.fields import clock_field, day_field
from regietafel.reception.models import Booking, Group, Location
from regietafel.reception.selectors.choosing import groups_to_book
from regietafel.reception.selectors.locations import Room

MOST_PEOPLE = 20_000
KINDS = ((Booking.Kind.RESERVATION, _("reserveren: zij komen nog")), (Booking.Kind.PLACEMENT, _("plaatsen")))


def _told(room: Room, location: Location | None) -> str:
    """Name what is free first: a phone cuts the end of a choice off."""
    name = (
        str(room.pool)
        if location is None
        else f"{room.pool.get_kind_display()}, {room.pool.get_target_group_display()}"
    )
    rooms = f", kamers van {room.pool.room_size}" if room.pool.room_size > 1 else ""
    return f"{dutch.number(room.free)} vrij: {name}{rooms}"


@dataclass(frozen=True)
class Nights:
    """The nights that numbers of free places are about; without `until` all nights on which there are any."""

    first: date
    until: date | None = None

    def told(self) -> str:
        """Say of which nights a number of free places is."""
        last = self.until - timedelta(days=1) if self.until else None
        nights = dutch.period(self.first, last)
        if last == self.first:
            return str(_("Vrij in de nacht van %s.")) % nights
        told = _("Vrij in elke nacht, %s; de drukste nacht telt.")
        if last is None:
            told = _("Vrij in elke nacht %s, want er is geen dag van vertrek; de drukste nacht telt.")
        return str(told) % nights


class DaysForm(forms.Form):
    """From when until when, and when a reservation lapses."""

    from_on = day_field(_("Eerste dag"))
    until_on = day_field(
        _("Dag van vertrek"),
        required=False,
        help_text=_("Leeg: niemand weet het nog. Dan telt de boeking door."),
    )
    lapses_on = day_field(
        _("Vervalt op"),
        required=False,
        help_text=_("Alleen bij een reservering: daarna zijn de plaatsen weer vrij."),
    )
    lapses_clock = clock_field(
        _("Vervalt om"), required=False, help_text=_("Leeg: aan het einde van die dag.")
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        day, clock = values.get("lapses_on"), values.get("lapses_clock")
        if clock and not day:
            self.add_error("lapses_on", _("Kies ook de dag waarop de reservering vervalt."))
        values["lapses_at"] = self._moment(day, clock) if day else None
        return values

    @staticmethod
    def _moment(day: Any, clock: Any) -> datetime:
        latest = clock or datetime.max.time().replace(microsecond=0)
        return timezone.make_aware(datetime.combine(day, latest))


class BookingForm(DaysForm):
    """Reserve or place at one location, a group or a number of people."""

    kind = forms.ChoiceField(label=_("Wat wilt u?"), choices=KINDS, widget=forms.RadioSelect)
    pool = forms.TypedChoiceField(label=_("Welke plaatsen"), coerce=int)
    group: Any = forms.ModelChoiceField(
        label=_("Groep"), queryset=None, required=False, empty_label=_("geen; alleen een aantal")
    )
    people = forms.IntegerField(
        label=_("Personen"), min_value=1, max_value=MOST_PEOPLE, required=False,
        help_text=_("Leeg: de hele groep."),
    )  # fmt: skip
    origin = forms.CharField(label=_("Bus of herkomstlocatie"), max_length=120, required=False)
    reason = forms.CharField(
        label=_("Toelichting"), max_length=300, required=False,
        help_text=_("Schrijf niets op waaraan iemand te herkennen is."),
    )  # fmt: skip
    field_order = ("kind", "pool", "group", "people", "from_on", "until_on", "lapses_on", "lapses_clock")

    def __init__(
        self, *args: Any, user: Any, rooms: list[Room], location: Location | None = None,
        group: Group | None = None, nights: Nights, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.rooms = {room.pool.pk: room.pool for room in rooms}
        pool: Any = self.fields["pool"]
        pool.choices = [(room.pool.pk, _told(room, location)) for room in rooms]
        pool.help_text = nights.told()
        if group is not None:
            del self.fields["group"]
        else:
            groups: Any = self.fields["group"]
            groups.queryset = groups_to_book(user)
        self.fixed_group = group

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        values["group"] = group = self.fixed_group or values.get("group")
        if group is None and not values.get("people") and "people" not in self.errors:
            self.add_error("people", _("Kies een groep of vul een aantal personen in."))
        values["people"] = values.get("people") or (group.people if group else None)
        if values.get("lapses_at") and values.get("kind") == Booking.Kind.PLACEMENT:
            self.add_error("lapses_on", _("Alleen een reservering kan vervallen."))
        return values

    def told(self) -> dict[str, Any]:
        """Return what is wanted."""
        names = ("kind", "group", "people", "from_on", "until_on", "lapses_at", "origin", "reason")
        return {name: self.cleaned_data[name] for name in names} | {
            "pool": self.rooms[self.cleaned_data["pool"]]
        }


class ArrivalForm(forms.Form):
    """Place people on a reservation, there or elsewhere."""

    pool = forms.TypedChoiceField(label=_("Welke plaatsen"), coerce=int)
    people = forms.IntegerField(label=_("Personen"), min_value=1, max_value=MOST_PEOPLE)
    from_on = day_field(_("Eerste dag"))
    until_on = day_field(_("Dag van vertrek"), required=False)
    reason = forms.CharField(label=_("Toelichting"), max_length=300, required=False)

    def __init__(self, *args: Any, rooms: list[Room], nights: Nights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rooms = {room.pool.pk: room.pool for room in rooms}
        pool: Any = self.fields["pool"]
        pool.choices = [(room.pool.pk, _told(room, None)) for room in rooms]
        pool.help_text = f"{nights.told()} {_('De plaatsen van deze reservering tellen hier als bezet.')}"

    def told(self) -> dict[str, Any]:
        """Return what is wanted."""
        return self.cleaned_data | {"pool": self.rooms[self.cleaned_data["pool"]]}


class DepartureForm(forms.Form):
    """Who leaves, and when."""

    people = forms.IntegerField(label=_("Personen"), min_value=1, max_value=MOST_PEOPLE)
    on = day_field(_("Dag van vertrek"), help_text=_("Vanaf deze dag zijn de plaatsen weer vrij."))
    reason = forms.CharField(label=_("Toelichting"), max_length=300, required=False)

    def __init__(self, *args: Any, is_expected: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_expected:
            self.fields["on"].label = _("Vanaf welke dag")


class ChangeForm(DaysForm):
    """What is different about a booking."""

    people = forms.IntegerField(label=_("Personen"), min_value=1, max_value=MOST_PEOPLE)
    places = forms.IntegerField(
        label=_("Plaatsen"), min_value=1, max_value=MOST_PEOPLE, required=False,
        help_text=_("Leeg: zoveel als de mensen nodig hebben, in hele kamers waar dat zo hoort."),
    )  # fmt: skip
    origin = forms.CharField(label=_("Bus of herkomstlocatie"), max_length=120, required=False)
    reason = forms.CharField(label=_("Reden van de wijziging"), max_length=300)
    field_order = ("people", "places", "from_on", "until_on", "lapses_on", "lapses_clock")

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if booking.kind != Booking.Kind.RESERVATION:
            del self.fields["lapses_on"], self.fields["lapses_clock"]
        if booking.kind == Booking.Kind.DEPARTURE:
            for name in ("people", "places", "until_on", "origin"):
                del self.fields[name]

    def told(self, booking: Booking) -> dict[str, Any]:
        """Return the fields that may change; places left open follow the people."""
        names = [
            name for name in ("people", "from_on", "until_on", "origin", "reason") if name in self.fields
        ]
        values: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        if "lapses_on" in self.fields:
            values["lapses_at"] = self.cleaned_data["lapses_at"]
        if self.cleaned_data.get("places"):
            values["places"] = self.cleaned_data["places"]
        return values

    @staticmethod
    def initial_of(booking: Booking) -> dict[str, Any]:
        """Return a booking as the form shows it."""
        kept: dict[str, Any] = {
            name: getattr(booking, name) for name in ("people", "from_on", "until_on", "origin")
        }
        if booking.lapses_at:
            local = timezone.localtime(booking.lapses_at)
            kept |= {"lapses_on": local.date(), "lapses_clock": local.time()}
        return kept


def nights_of(sent: Mapping[str, Any], *, usual: Nights) -> Nights:
    """Return the nights that were filled in, from today on; the usual ones where nothing can be read."""
    asked = DaysForm(sent)
    asked.is_valid()
    first = asked.cleaned_data.get("from_on")
    if first is None:
        return usual
    first, until = max(first, timezone.localdate()), asked.cleaned_data.get("until_on")
    return Nights(first, until if until and until > first else None)
