"""Forms for a monitor: its terms, its question, and what needs a reason or a second person."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.kit.fields import SeveralField
from regietafel.monitor.engine.workflow import MAX_DAYS_AHEAD, RETENTION_DEFAULT_DAYS, RETENTION_MAX_DAYS
from regietafel.monitor.forms.questions import QUESTION_HELP, PlaceField, QuestionField
from regietafel.monitor.models import Monitor
from regietafel.monitor.selectors.monitors import possible_owners
from regietafel.monitor.selectors.places import places_of
from regietafel.monitor.selectors.sources import sources_of
from regietafel.register.public import Dossier, organisations_with, visible_dossiers


class DateInput(forms.DateInput):
    """A date as the browser's own date picker wants it."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class TermsForm(forms.Form):
    """The terms without which a monitor does not run."""

    title = forms.CharField(
        label=_("Titel"), max_length=160, help_text=_("Bijvoorbeeld: Opvang aan de Kade.")
    )
    purpose = forms.ChoiceField(
        label=_("Doel"),
        choices=Monitor.Purpose.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Waarvoor u de berichten gebruikt. Voor een ander doel mag u ze niet gebruiken."),
    )
    legal_basis = forms.CharField(
        label=_("Grondslag"),
        max_length=300,
        required=False,
        help_text=_("De wettelijke taak waarop deze monitor berust, bijvoorbeeld Gemeentewet artikel 172."),
    )
    reason = forms.CharField(
        label=_("Aanleiding"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Waarom is deze monitor nu nodig?"),
    )
    dpia_reference = forms.CharField(
        label=_("DPIA of advies van de FG"),
        max_length=200,
        required=False,
        help_text=_(
            "Zaaknummer of datum van de DPIA of van het advies van de functionaris gegevensbescherming."
        ),
    )
    owner: Any = forms.ModelChoiceField(
        label=_("Eigenaar"), queryset=None, required=False, help_text=_("Wie verantwoordelijk is.")
    )
    starts_on = forms.DateField(label=_("Begint op"), widget=DateInput(), required=False)
    ends_on = forms.DateField(
        label=_("Eindigt op"),
        widget=DateInput(),
        required=False,
        help_text=_("Hoogstens %s dagen na het begin. Dan stopt de monitor vanzelf.") % MAX_DAYS_AHEAD,
    )
    retention_days = forms.IntegerField(
        label=_("Ruwe tekst bewaren (dagen)"),
        min_value=1,
        max_value=RETENTION_MAX_DAYS,
        initial=RETENTION_DEFAULT_DAYS,
        help_text=_("Daarna blijven alleen aantallen over. Meer dan 30 dagen vraagt een tweede persoon."),
    )
    sources: Any = SeveralField(
        label=_("Bronnen"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Alleen openbare bronnen. Staat uw bron er niet bij? Maak haar eerst bij Bronnen."),
    )

    def __init__(self, *args: Any, user: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["owner"]
        sources: Any = self.fields["sources"]
        people.queryset = possible_owners(user, dossier)
        sources.queryset = sources_of(dossier.organisation)
        for field in self.fields.values():
            field.optional_word = _("nodig om te starten")  # type: ignore[attr-defined]


class MonitorForm(TermsForm):
    """A new monitor: the terms and the first version of the question."""

    query = QuestionField(label=_("Zoekvraag"), help_text=QUESTION_HELP)
    filled_from: Any = PlaceField()
    field_order = ("title", "query", "filled_from")

    def __init__(self, *args: Any, user: Any, dossier: Dossier, **kwargs: Any) -> None:
        today = timezone.localdate()
        initial = {"owner": user.pk, "starts_on": today, "ends_on": today + timedelta(days=30)}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, user=user, dossier=dossier, **kwargs)
        place: Any = self.fields["filled_from"]
        place.queryset = places_of(dossier.organisation)
        place.optional_word = _("hoeft niet")


class DossierChoiceForm(forms.Form):
    """Which dossier a new monitor belongs to."""

    dossier: Any = forms.ModelChoiceField(
        label=_("Dossier"), queryset=None, help_text=_("Een monitor hoort altijd bij een dossier.")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["dossier"]
        field.queryset = visible_dossiers(user).filter(organisation__in=organisations_with(user, "may_write"))


class ReasonForm(forms.Form):
    """Why a monitor rests or stops."""

    reason = forms.CharField(label=_("Waarom?"), max_length=300)


class ExtensionForm(forms.Form):
    """Ask for a later end."""

    new_end_on = forms.DateField(
        label=_("Nieuwe einddatum"),
        widget=DateInput(),
        help_text=_("Hoogstens %s dagen vanaf vandaag.") % MAX_DAYS_AHEAD,
    )
    reason = forms.CharField(
        label=_("Waarom is verlengen nodig?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Een tweede persoon leest dit en beslist."),
    )


class RetentionForm(forms.Form):
    """Ask to keep raw text longer than thirty days."""

    new_retention_days = forms.IntegerField(
        label=_("Ruwe tekst bewaren (dagen)"), min_value=31, max_value=RETENTION_MAX_DAYS
    )
    reason = forms.CharField(
        label=_("Waarom is langer bewaren nodig?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Een tweede persoon leest dit en beslist."),
    )


class DecisionForm(forms.Form):
    """The verdict of the second person."""

    decision = forms.ChoiceField(
        label=_("Uw besluit"),
        choices=(("ja", _("Goedkeuren")), ("nee", _("Afwijzen"))),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Toelichting"), max_length=300, required=False, help_text=_("Verplicht als u afwijst.")
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "nee" and not data.get("reason"):
            self.add_error("reason", _("Schrijf kort waarom u de aanvraag afwijst."))
        return data
