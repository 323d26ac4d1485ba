"""The form of a public actor: what it is, how it is written, and why it is on the list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regietafel.kit.fields import offer_own
from regietafel.monitor.forms.places import LinesField
from regietafel.monitor.models import PublicActor
from regietafel.monitor.selectors.actors import fault_of
from regietafel.monitor.services.actors import Entry
from regietafel.register.public import organisations_with


class ActorForm(forms.Form):
    """One entry; the name of a private person is refused with the reason."""

    name = forms.CharField(
        label=_("Naam"),
        max_length=120,
        help_text=_("Een organisatie, een medium of een openbare functie. Nooit de naam van een inwoner."),
    )
    kind = forms.ChoiceField(label=_("Soort"), choices=PublicActor.Kind.choices, widget=forms.RadioSelect)
    written_as = LinesField(
        label=_("Ook geschreven als"),
        required=False,
        help_text=_("Een afkorting of andere schrijfwijze, één per regel."),
    )
    reason = forms.CharField(
        label=_("Waarom op de lijst"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Bijvoorbeeld: voert het woord over de opvang. Een collega kijkt dit na."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "name" in data and "kind" in data and "written_as" in data:
            fault = fault_of(kind=data["kind"], name=data["name"], written_as=data["written_as"])
            if fault:
                self.add_error("name", fault)
        return data

    @property
    def entry(self) -> Entry:
        """Return what was filled in."""
        data = self.cleaned_data
        return Entry(**{name: data[name] for name in ("kind", "name", "written_as", "reason")})


class NewActorForm(ActorForm):
    """A new entry, in one of the organisations in which a person steers monitors."""

    organisation: Any = forms.ModelChoiceField(label=_("Organisatie"), queryset=None)
    field_order: Iterable[str] = ("organisation", "name")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_own(self.fields["organisation"], organisations_with(user, "may_write"))
