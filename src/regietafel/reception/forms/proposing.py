"""What people fill in for a proposal: which groups or which bus, which nights, and how to reckon."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kernel import dutch
from regietafel.kit.fields import SeveralField, day_field
from regietafel.reception.engine.placing import Household, read_households
from regietafel.reception.models import Group, Proposal
from regietafel.reception.services.proposing import MOST_LATER, MOST_SECONDS

DAYS_STAYED, SECONDS = 28, 8
MOST_IN_A_BUS, MOST_TEXT = 2_000, 20_000
MOST_SEED = 999_999_999
VARIANTS = [
    (Proposal.Variant.REGULAR, gettext_lazy("Regulier: plek, urgentie en aandeel tellen")),
    (
        Proposal.Variant.TAILORED,
        gettext_lazy("Maatwerk: ook wie bij elkaar hoort, en een eerdere plek, werk of school"),
    ),
]


class _Groups(SeveralField):
    """Groups by their code, with how many people and what they need."""

    def label_from_instance(self, obj: Any) -> str:
        people = dutch.counted(obj.people, one=_("persoon"), many=_("personen"))
        needs = [*obj.needs]
        needs += [f"{_('toegankelijk')} {obj.accessible}"] if obj.accessible else []
        needs += [f"{_('zorg')} {obj.care}"] if obj.care else []
        return ", ".join((f"{obj.code}: {people}", *needs)) + f" ({dutch.date(obj.arrives_on)})"


class ProposeForm(forms.Form):
    """Groups that wait, a bus that is announced, or both."""

    groepen: Any = _Groups(
        label=gettext_lazy("Groepen zonder plek"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    bus = forms.CharField(
        label=gettext_lazy("Nieuwe bus"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Een eigen naam of nummer, zoals “bus 12”. Geen namen van mensen."),
    )
    huishoudens = forms.CharField(
        label=gettext_lazy("Wie zitten erin, een regel per huishouden"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Bijvoorbeeld “4, gezin, school”, “3x 2”, “1, toegankelijk, werk Borne” of “2, hoort bij A”. "
            "Gezin, alleenreizend, amv, huisdier, school, tolk, toegankelijk en zorg zijn eisen aan een plek."
        ),
    )
    personen = forms.IntegerField(
        label=gettext_lazy("Of de hele bus als één groep (personen)"),
        min_value=1,
        max_value=MOST_IN_A_BUS,
        required=False,
    )
    eerste_nacht = day_field(gettext_lazy("Eerste nacht"))
    tot = day_field(
        gettext_lazy("Tot (dag van vertrek)"),
        help_text=gettext_lazy("Zo lang wordt geboekt. De vooruitblik rekent erop dat zij dan vertrekken."),
    )
    variant = forms.ChoiceField(
        label=gettext_lazy("Variant"), choices=VARIANTS, widget=forms.RadioSelect, initial="regulier"
    )
    straks = forms.IntegerField(
        label=gettext_lazy("Houd schaarse plekken vrij voor wie nog komt (personen)"),
        min_value=0,
        max_value=MOST_LATER,
        required=False,
        help_text=gettext_lazy(
            "Ingevuld is wat er in twee weken komt als het gaat als met de groepen van de laatste vier "
            "weken. 0 is: kijk niet verder."
        ),
    )
    seconden = forms.IntegerField(
        label=gettext_lazy("Reken hoogstens (seconden)"),
        min_value=1,
        max_value=MOST_SECONDS,
        initial=SECONDS,
        help_text=gettext_lazy(
            "Een bus is meestal binnen een seconde klaar; meer is alleen nodig bij veel groepen."
        ),
    )
    zaad = forms.IntegerField(
        label=gettext_lazy("Begingetal"),
        min_value=0,
        max_value=MOST_SEED,
        initial=1,
        help_text=gettext_lazy("Met hetzelfde getal komt er op dezelfde plekken hetzelfde uit."),
    )

    def __init__(self, *args: Any, groups: QuerySet[Group], later: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groepen"].queryset = groups  # type: ignore[attr-defined]
        first = self._first_night(groups)
        self.initial.setdefault("eerste_nacht", first)
        self.initial.setdefault("tot", first + timedelta(days=DAYS_STAYED))
        self.initial.setdefault("straks", later)
        if not groups.exists():
            del self.fields["groepen"]

    def _first_night(self, groups: QuerySet[Group]) -> date:
        """Return the day on which the first of the chosen groups comes; today when it is here already."""
        chosen = groups.filter(pk__in=self.initial.get("groepen") or ())
        days = chosen.values_list("arrives_on", flat=True)
        return max(min(days, default=timezone.localdate()), timezone.localdate())

    def clean_huishoudens(self) -> tuple[Household, ...]:
        found, wrong = read_households(self.cleaned_data["huishoudens"])
        if wrong:
            line = _("Regel %(line)d: %(why)s.")
            told = [line % {"line": one.line, "why": one.reason} for one in wrong[:5]]
            raise forms.ValidationError(told)
        return found

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        households, people = sent.get("huishoudens") or (), sent.get("personen")
        if people and households:
            self.add_error("personen", _("Kies: een regel per huishouden, of de hele bus als één groep."))
        elif people:
            households = (Household(size=people),)
        if bool(households) != bool(sent.get("bus")) and "huishoudens" not in self.errors:
            self.add_error("bus", _("Een nieuwe bus heeft een naam, en huishoudens of een aantal personen."))
        if not households and not sent.get("groepen") and not self.errors:
            raise forms.ValidationError(_("Kies ten minste één groep, of kondig een bus aan."))
        first, until = sent.get("eerste_nacht"), sent.get("tot")
        if first and until and until <= first:
            self.add_error("tot", _("Kies een dag van vertrek na de eerste nacht."))
        return sent | {"huishoudens": households}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class ChooseForm(forms.Form):
    """Another place for one group, and why; `gezien` is what the page showed."""

    plek = forms.ChoiceField(label=gettext_lazy("Plek"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Waarom kiest u dit?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Staat bij de regel en in het logboek."),
    )
    gezien = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser: Any = self.fields["plek"]
        chooser.choices = places
