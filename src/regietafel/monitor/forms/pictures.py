"""Forms for an omgevingsbeeld: its period, and the words of its maker."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regietafel.kit.fields import SeveralField
from regietafel.monitor.adapters.exporters import MAIN_LABELS, LabelNotes
from regietafel.monitor.forms.monitors import DateInput
from regietafel.monitor.models import Monitor

LABEL_PARTS = {
    "seen": (_("wat wij zien"), 3, 1500),
    "examples": (_("voorbeelden"), 2, 1000),
    "advice": (_("advies"), 2, 1000),
}
EXAMPLES_HELP = _(
    "Eén per regel, in eigen woorden. Letterlijk citeren mag alleen wat media en organisaties zeiden."
)


class PeriodForm(forms.Form):
    """The days an omgevingsbeeld is about, both included."""

    period_from = forms.DateField(label=_("Eerste dag"), widget=DateInput())
    period_until = forms.DateField(label=_("Laatste dag"), widget=DateInput())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("period_from"), data.get("period_until")
        if first and last and last < first:
            self.add_error("period_until", _("De laatste dag ligt voor de eerste."))
        return data


class WordsForm(forms.Form):
    """The words of the maker, whole and per label; the revision guards against overwriting each other."""

    core_message = forms.CharField(
        label=_("Kernbeeld in drie zinnen"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=1500,
        help_text=_(
            "Wat gebeurt er, waarover gaat het, wat betekent dat? Het voorstel komt van de computer."
        ),
    )
    advice = forms.CharField(
        label=_("Advies"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
        required=False,
        help_text=_("Wat raadt u aan, aan wie, en wanneer?"),
    )
    expected_moments = forms.CharField(
        label=_("Verwachte momenten"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=_("Eén moment per regel, met datum en tijd."),
    )
    hotspots = forms.CharField(
        label=_("Brandpunten"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
        help_text=_("Waar speelt het: in welke plaats of buurt, op welk platform?"),
    )
    uncertainty = forms.CharField(
        label=_("Wat onzeker is"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
        help_text=_("Wat weten wij niet, en wat kan dit beeld scheef maken?"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in MAIN_LABELS.items():
            for part, (label, rows, most) in LABEL_PARTS.items():
                self.fields[f"{part}_{code}"] = forms.CharField(
                    label=f"{name.capitalize()}: {label}",
                    widget=forms.Textarea(attrs={"rows": rows}),
                    max_length=most,
                    required=False,
                    help_text=EXAMPLES_HELP if part == "examples" else "",
                )

    @property
    def label_groups(self) -> list[tuple[str, list[Any]]]:
        """Return per main label its name and its fields."""
        return [
            (name.capitalize(), [self[f"{part}_{code}"] for part in LABEL_PARTS])
            for code, name in MAIN_LABELS.items()
        ]

    @property
    def plain_fields(self) -> list[Any]:
        """Return the fields that belong to no label, without the hidden one."""
        return [self[name] for name in self.base_fields if name != "revision"]

    def words(self) -> dict[str, Any]:
        """Return what was written, the parts of each label together."""
        data = self.cleaned_data
        found = {name: data[name] for name in self.base_fields if name != "revision"}
        return found | {"labels": {code: self._notes(code) for code in MAIN_LABELS}}

    def _notes(self, code: str) -> LabelNotes:
        examples = [line.strip("-• ").strip() for line in self.cleaned_data[f"examples_{code}"].splitlines()]
        return LabelNotes(
            seen=self.cleaned_data[f"seen_{code}"].strip(),
            examples=tuple(line for line in examples if line),
            advice=self.cleaned_data[f"advice_{code}"].strip(),
        )


class UrgencyForm(forms.Form):
    """How urgent the subject is, and why."""

    urgency = forms.ChoiceField(
        label=_("Urgentie"), choices=Monitor.Urgency.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Waarom"), max_length=300)


class MailingForm(forms.Form):
    """Which colleagues get a picture by mail."""

    recipients: Any = SeveralField(label=_("Aan"), queryset=None, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["recipients"]
        field.queryset = people
        field.label_from_instance = lambda one: f"{one.name} ({one.email})"
