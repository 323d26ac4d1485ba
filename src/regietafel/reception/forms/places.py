"""Forms of a location: what it is, who may see it, its kinds of places and how many there are."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from regietafel.kit.fields import SeveralField, day_field, offer_own
from regietafel.reception.models import CapacityBlock, Location, PlaceKind, Pool, TargetGroup
from regietafel.reception.selectors.choosing import (
    district_choices,
    municipalities_for,
    organisations_to_share_with,
)
from regietafel.register.public import Confidentiality, districts_of, organisations_with, visible_dossiers

MOST_PLACES = 20_000
FEATURES = (
    ("gezin", _("geschikt voor gezinnen")),
    ("alleenreizend", _("geschikt voor alleenreizenden")),
    ("huisdier", _("huisdieren toegestaan")),
    ("school", _("school dichtbij")),
    ("tolk", _("tolk aanwezig")),
)
"""What a location can have and a group can need, in the words of the placement proposal."""


class LocationForm(forms.Form):
    """What is known of a location."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    municipality: Any = forms.ModelChoiceField(label=_("Gemeente"), queryset=None)
    district = forms.ChoiceField(
        label=_("Wijk of buurt"),
        required=False,
        help_text=_("Een wijk van de gemeente die u koos. Zo ziet u of de opvang over de stad is gespreid."),
    )
    address = forms.CharField(label=_("Adres"), max_length=200, required=False)
    features = forms.MultipleChoiceField(
        label=_("Kenmerken"),
        choices=FEATURES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Wat een groep nodig kan hebben. Een voorstel plaatst een groep alleen waar het kan."),
    )
    contact = forms.CharField(
        label=_("Contact (functie)"),
        max_length=160,
        required=False,
        help_text=_("Een functie of afdeling, bijvoorbeeld locatiemanager. Geen naam van een persoon."),
    )
    costs = forms.CharField(
        label=_("Kosten en regeling"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    note = forms.CharField(label=_("Opmerking"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    dossier: Any = forms.ModelChoiceField(
        label=_("Dossier"), queryset=None, required=False, empty_label=_("geen")
    )
    confidentiality = forms.TypedChoiceField(
        label=_("Vertrouwelijkheid"),
        coerce=int,
        choices=Confidentiality.choices,
        initial=1,
        help_text=_(
            "Een vertrouwelijke locatie telt niet mee in de regio en kan niet met haar worden gedeeld."
        ),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        municipality: Any = self.fields["municipality"]
        municipality.queryset = municipalities_for(user)
        self._offer_districts(municipality)
        dossier: Any = self.fields["dossier"]
        dossier.queryset = visible_dossiers(user)

    def _offer_districts(self, municipality: Any) -> None:
        """Let people choose a wijk of their municipalities; where none is known, say who can add them."""
        groups = district_choices(municipality.queryset)
        if groups:
            self.fields["district"].choices = [("", _("onbekend")), *groups]  # type: ignore[attr-defined]
            return
        del self.fields["district"]
        municipality.help_text = format_html(
            '{} <a href="{}">{}</a>.',
            _("Er zijn van deze gemeenten nog geen wijken bekend. Een beheerder leest ze in bij"),
            reverse("areas"),
            _("Gebieden"),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a wijk of another municipality than the one that was chosen."""
        found = super().clean() or {}
        told, municipality = found.get("district"), found.get("municipality")
        if "district" not in self.fields or municipality is None:
            return found
        inside = {str(one.area.pk): one.area for one in districts_of([municipality])}
        if told and told not in inside:
            words = _("Deze wijk ligt niet in %s. Kies een andere, of onbekend.")
            self.add_error("district", words % municipality)
        found["district"] = inside.get(str(told))
        return found

    @staticmethod
    def initial_of(location: Location) -> dict[str, Any]:
        """Return a location as the form shows it."""
        shown = {name: getattr(location, name) for name in LocationForm.base_fields}
        return shown | {"district": location.district_id or ""}


class NewLocationForm(LocationForm):
    """A new location: also who keeps it."""

    organisation: Any = forms.ModelChoiceField(label=_("Beheerd door"), queryset=None)
    field_order: Iterable[str] = ("organisation", "name")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        own = organisations_with(user, "may_write")
        offer_own(self.fields["organisation"], own)
        first = own.select_related("area").first()
        if first is not None and first.area is not None:
            self.fields["municipality"].initial = first.area


class SharingForm(forms.Form):
    """Who may read a location beside whose it is."""

    with_region = forms.BooleanField(
        label=_("Deel met de hele regio"),
        required=False,
        help_text=_("De plaatsen tellen dan mee op het bord en het coördinatiepunt kan er boeken."),
    )
    organisations: Any = SeveralField(
        label=_("Of alleen met"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, location: Location, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations: Any = self.fields["organisations"]
        organisations.queryset = organisations_to_share_with(location)


class DayAndReasonForm(forms.Form):
    """From which day something ends, and why."""

    on = day_field(_("Eerste dag zonder deze plaatsen"))
    reason = forms.CharField(label=_("Reden"), max_length=300)


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reden"), max_length=300)


class PoolForm(forms.Form):
    """A kind of places: what a place can be exchanged for."""

    room_size = forms.IntegerField(
        label=_("Plaatsen per kamer"),
        min_value=1,
        max_value=99,
        initial=1,
        help_text=_("Schrijf 1 voor een zaal. Een groep die geen kamer deelt, krijgt hele kamers."),
    )
    accessible_places = forms.IntegerField(
        label=_("Waarvan toegankelijk"), min_value=0, max_value=MOST_PLACES, required=False,
        help_text=_("Leeg is onbekend."),
    )  # fmt: skip
    care_places = forms.IntegerField(
        label=_("Waarvan zorgplaatsen"), min_value=0, max_value=MOST_PLACES, required=False,
        help_text=_("Leeg is onbekend."),
    )  # fmt: skip

    @staticmethod
    def initial_of(pool: Pool) -> dict[str, Any]:
        """Return a kind of places as the form shows it."""
        return {name: getattr(pool, name) for name in PoolForm.base_fields}


class NewPoolForm(PoolForm):
    """A new kind of places; kind and target group stay as they are."""

    kind = forms.ChoiceField(label=_("Soort opvang"), choices=PlaceKind.choices)
    target_group = forms.ChoiceField(label=_("Voor wie"), choices=TargetGroup.choices, required=False)
    field_order: Iterable[str] = ("kind", "target_group")


class BlockForm(forms.Form):
    """How many places there are on which days, how certain that is and who says so."""

    places = forms.IntegerField(
        label=_("Plaatsen"), min_value=0, max_value=MOST_PLACES, required=False,
        help_text=_("Leeg is onbekend: dan kan niemand deze plaatsen krijgen."),
    )  # fmt: skip
    blocked = forms.IntegerField(
        label=_("Waarvan niet te gebruiken"), min_value=0, max_value=MOST_PLACES, initial=0
    )
    from_on = day_field(_("Vanaf"))
    until_on = day_field(
        _("Eerste dag zonder"),
        required=False,
        help_text=_("Bijvoorbeeld het einde van het contract. Leeg: geen einde."),
    )
    chance = forms.IntegerField(
        label=_("Kans dat het doorgaat (%)"), min_value=0, max_value=100, initial=100,
        help_text=_("Onder de 100 telt het blok wel in de vooruitblik, maar kan niemand er boeken."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Bron"), max_length=200, help_text=_("Van wie of uit welk stuk u dit weet.")
    )
    note = forms.CharField(label=_("Toelichting"), max_length=300, required=False)

    def told(self) -> dict[str, Any]:
        """Return the fields of a block."""
        values = dict(self.cleaned_data)
        return values | {"probability": Decimal(values.pop("chance")) / 100}

    @staticmethod
    def initial_of(block: CapacityBlock) -> dict[str, Any]:
        """Return a block as the form shows it."""
        kept = {name: getattr(block, name) for name in BlockForm.base_fields if name != "chance"}
        return kept | {"chance": int(block.probability * 100)}


class BlockedForm(forms.Form):
    """How many places of a block cannot be used on some days."""

    number = forms.IntegerField(label=_("Niet te gebruiken plaatsen"), min_value=0, max_value=MOST_PLACES)
    from_on = day_field(_("Vanaf"))
    until_on = day_field(_("Eerste dag dat het weer kan"), required=False)
    reason = forms.CharField(label=_("Reden"), max_length=300)
