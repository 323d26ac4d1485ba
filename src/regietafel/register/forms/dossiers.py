"""Forms of a dossier itself: what it says, who may read it, in which phase it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regietafel.kit.fields import SeveralField
from regietafel.register.engine.sharing import Widening, widenings
from regietafel.register.models import Confidentiality, Dossier
from regietafel.register.selectors.access import organisations_with
from regietafel.register.selectors.areas import areas_for_choice
from regietafel.register.selectors.dossiers import directory, phase_options, sharing_of
from regietafel.register.services.dossiers import DossierContent, SharingChoice

CONSEQUENCES = {
    Widening.LESS_SECRET: _("ook mensen met een rol die minder vertrouwelijk leest"),
    Widening.WITH_REGION: _("medewerkers van alle organisaties in uw veiligheidsregio"),
    Widening.WITH_ORGANISATIONS: _("medewerkers van de organisaties die u erbij kiest"),
}


class DossierForm(forms.Form):
    """What a dossier says about itself."""

    title = forms.CharField(
        label=_("Titel"), max_length=160, help_text=_("Kort en herkenbaar, zonder namen van inwoners.")
    )
    kind = forms.ChoiceField(label=_("Soort"), choices=Dossier.Kind.choices)
    summary = forms.CharField(
        label=_("Waar gaat het over"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Een of twee zinnen die een buitenstaander begrijpt."),
    )
    area = forms.ModelChoiceField(
        label=_("Gebied"), required=False, queryset=areas_for_choice(), empty_label=_("nog niet bekend")
    )
    reference = forms.CharField(label=_("Zaaknummer"), max_length=60, required=False)

    def content(self) -> DossierContent:
        """Return what was filled in."""
        values = self.cleaned_data
        return DossierContent(
            title=values["title"],
            kind=values["kind"],
            summary=values["summary"],
            reference=values["reference"],
            area=values["area"],
        )


class NewDossierForm(DossierForm):
    """A new dossier belongs to an organisation in which the maker may write."""

    organisation: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Organisatie"), queryset=None, empty_label=None
    )
    confidentiality = forms.TypedChoiceField(
        label=_("Vertrouwelijkheid"),
        coerce=int,
        choices=Confidentiality.choices,
        initial=Confidentiality.INTERNAL,
        help_text=_("Delen met de regio of met andere organisaties doet u daarna, bij het dossier."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organisation"]
        own = organisations_with(user, "may_write")
        choice.queryset = own  # type: ignore[attr-defined]
        if own.count() == 1:
            choice.initial = own.first()
            choice.widget = choice.hidden_widget()


class EditDossierForm(DossierForm):
    """Changes a dossier; the version says what the person was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ShareForm(forms.Form):
    """Who may read a dossier; asks for confirmation when that becomes more people."""

    confidentiality = forms.TypedChoiceField(
        label=_("Vertrouwelijkheid"), coerce=int, choices=Confidentiality.choices, widget=forms.RadioSelect
    )
    with_region = forms.BooleanField(
        label=_("Delen met de regio"),
        required=False,
        help_text=_("Medewerkers van de organisaties in uw veiligheidsregio kunnen meelezen."),
    )
    organisations: Any = SeveralField(
        label=_("Delen met deze organisaties"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    confirmed = forms.BooleanField(
        label=_("Ja, ik wil dat deze mensen het dossier kunnen lezen"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier = dossier
        self.fields["organisations"].queryset = directory(dossier)  # type: ignore[attr-defined]

    def choice(self) -> SharingChoice:
        """Return what was chosen."""
        values = self.cleaned_data
        return SharingChoice(values["confidentiality"], values["with_region"], tuple(values["organisations"]))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        wider = widenings(sharing_of(self.dossier), self.choice().sharing)
        if wider:
            self.fields["confirmed"].widget = forms.CheckboxInput()
            if not values.get("confirmed"):
                who = "; ".join(str(CONSEQUENCES[way]) for way in wider)
                self.add_error(
                    "confirmed",
                    _("Hierdoor kunnen meer mensen dit dossier lezen: %(who)s. Vink aan dat u dit wilt.")
                    % {"who": who},
                )
        return values


class PhaseForm(forms.Form):
    """To which phase, and why."""

    phase = forms.ChoiceField(label=_("Naar welke fase"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reden"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nodig als u een fase overslaat, teruggaat, afsluit of heropent."),
    )

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = {option.phase.code: option for option in phase_options(dossier)}
        field = self.fields["phase"]
        field.choices = [  # type: ignore[attr-defined]
            (code, f"{option.phase.name} ({option.step.value})") for code, option in self.options.items()
        ]
        following = next((c for c, option in self.options.items() if not option.needs_reason), None)
        field.initial = following

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        option = self.options.get(values.get("phase", ""))
        if option and option.needs_reason and not values.get("reason", "").strip():
            self.add_error("reason", option.ground)
        return values
