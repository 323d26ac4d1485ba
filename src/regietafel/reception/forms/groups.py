"""The form of a group: a code, how many, and what they need. It asks for nothing that says who they are."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regietafel.kit.fields import day_field, offer_own
from regietafel.reception.engine.anonymity import personal, unfit_code, unfit_link
from regietafel.reception.models import Group, PlaceKind
from regietafel.reception.selectors.access import points_of
from regietafel.reception.selectors.choosing import municipalities_for

MOST_PEOPLE, MOST_URGENT = 20_000, 10
NEEDS = (
    ("gezin", _("een plek voor gezinnen")),
    ("alleenreizend", _("een plek voor alleenreizenden")),
    ("huisdier", _("een huisdier mag mee")),
    ("school", _("een school dichtbij")),
    ("tolk", _("een tolk")),
)


class GroupForm(forms.Form):
    """What is known of a group."""

    code = forms.CharField(
        label=_("Code"), max_length=40, required=False,
        help_text=_("Een code of uw eigen volgnummer, nooit een naam. Leeg: dan kiest het systeem er een."),
    )  # fmt: skip
    people = forms.IntegerField(label=_("Personen"), min_value=1, max_value=MOST_PEOPLE)
    arrives_on = day_field(_("Komt op"))
    leaves_on = day_field(_("Vertrekt op"), required=False)
    latest_on = day_field(_("Uiterlijk een plek op"), required=False)
    origin = forms.CharField(label=_("Bus of herkomstlocatie"), max_length=120, required=False)
    shares_room = forms.BooleanField(
        label=_("Deelt een kamer met anderen"), required=False,
        help_text=_("Zo niet, dan krijgt de groep hele kamers."),
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label=_("Nodig"), choices=NEEDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    kinds = forms.MultipleChoiceField(
        label=_("Soorten opvang die kunnen"), choices=PlaceKind.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Niets gekozen: alle soorten kunnen."),
    )  # fmt: skip
    accessible = forms.IntegerField(
        label=_("Toegankelijke plaatsen nodig"), min_value=0, max_value=MOST_PEOPLE, initial=0
    )
    care = forms.IntegerField(label=_("Zorgplaatsen nodig"), min_value=0, max_value=MOST_PEOPLE, initial=0)
    urgency = forms.IntegerField(
        label=_("Urgentie"), min_value=1, max_value=MOST_URGENT, initial=1,
        help_text=_("1 is gewoon, 10 gaat voor alles."),
    )  # fmt: skip
    link = forms.CharField(
        label=_("Hoort bij (code)"), max_length=40, required=False,
        help_text=_("Groepen met dezelfde code hier komen zo mogelijk in één gemeente."),
    )  # fmt: skip
    earlier: Any = forms.ModelChoiceField(
        label=_("Eerdere plek"), queryset=None, required=False, empty_label=_("geen")
    )
    tied_to: Any = forms.ModelChoiceField(
        label=_("Werk of school"), queryset=None, required=False, empty_label=_("geen")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("earlier", "tied_to"):
            field: Any = self.fields[name]
            field.queryset = municipalities_for(user)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip()
        if code and (why := unfit_code(code)):
            told = _("Deze code heeft %s. Neem een code die niemand verraadt, zoals G-014 of bus 3.")
            raise forms.ValidationError(told % why)
        return code

    def clean_origin(self) -> str:
        return self._without_persons("origin")

    def clean_link(self) -> str:
        link = str(self.cleaned_data["link"])
        if why := unfit_link(link):
            told = _("Hier staat %s. Neem een teken dat niemand verraadt, zoals K-12.")
            raise forms.ValidationError(told % why)
        return link

    def _without_persons(self, name: str) -> str:
        text = str(self.cleaned_data[name])
        if why := personal(text):
            raise forms.ValidationError(
                _("Hier lijkt %s te staan. Schrijf niets op waaraan iemand te herkennen is.") % why
            )
        return text

    @staticmethod
    def initial_of(group: Group) -> dict[str, Any]:
        """Return a group as the form shows it."""
        return {name: getattr(group, name) for name in GroupForm.base_fields}


class NewGroupForm(GroupForm):
    """A new group: also who looks for its place."""

    organisation: Any = forms.ModelChoiceField(label=_("Coördinatie"), queryset=None)
    field_order: Iterable[str] = ("organisation", "code")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        offer_own(self.fields["organisation"], points_of(user).order_by("name"))
