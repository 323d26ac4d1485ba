"""Forms of administration: organisations, and files with figures, neighbourhoods and shapes of areas."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regietafel.register.models import Organisation
from regietafel.register.selectors.areas import areas_for_choice
from regietafel.register.services.organisations import OrganisationContent


class OrganisationForm(forms.Form):
    """What is known about an organisation."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    kind = forms.ChoiceField(label=_("Soort"), choices=Organisation.Kind.choices)
    area = forms.ModelChoiceField(
        label=_("Gebied"),
        required=False,
        queryset=areas_for_choice(),
        empty_label=_("geen"),
        help_text=_("Het gebied bepaalt in welke veiligheidsregio deze organisatie meeleest."),
    )
    is_active = forms.BooleanField(
        label=_("Actief"),
        required=False,
        initial=True,
        help_text=_(
            "Zet u dit uit, dan kunnen de mensen van deze organisatie er niet meer bij. Alles blijft bewaard."
        ),
    )

    def content(self) -> OrganisationContent:
        """Return what was filled in."""
        return OrganisationContent(**self.cleaned_data)


class ImportForm(forms.Form):
    """A file about areas, and where it comes from."""

    kind = forms.ChoiceField(
        label=_("Wat staat erin"),
        widget=forms.RadioSelect,
        choices=(
            ("inwoners", _("Inwonertallen (CSV met gebied, peildatum, inwoners en eventueel opmerking)")),
            ("buurten", _("Wijken en buurten (CSV met code, naam, soort, ligt_in en geldig_vanaf)")),
            ("vormen", _("Vormen voor de kaart (GeoJSON of TopoJSON, in lengte- en breedtegraden)")),
        ),
    )
    file = forms.FileField(label=_("Bestand"), help_text=_("Hoogstens 60 MB."))
    source = forms.CharField(
        label=_("Bron"),
        max_length=200,
        help_text=_("Bijvoorbeeld: CBS StatLine 03759ned, opgehaald op 3 maart 2025."),
    )

    def content(self) -> bytes:
        """Return the bytes of the file."""
        upload: Any = self.cleaned_data["file"]
        read: bytes = upload.read()
        return read
