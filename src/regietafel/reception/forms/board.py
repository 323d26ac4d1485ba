"""What people choose above the board: which day, as known when, with private places or not."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.fields import day_field
from regietafel.reception.engine.ledger import Private
from regietafel.reception.models import Assignment
from regietafel.reception.selectors.board import (
    DEFAULT_PERIOD,
    PERIODS,
    Question,
    days_before,
    known_on,
    usual_private,
)

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
PRIVATE = [
    (Private.EXCLUDED.value, gettext_lazy("zonder particuliere opvang")),
    (Private.INCLUDED.value, gettext_lazy("met particuliere opvang")),
    (Private.ONLY.value, gettext_lazy("alleen particuliere opvang")),
]
PERIOD_CHOICES = [
    (30, gettext_lazy("30 dagen")),
    (90, gettext_lazy("90 dagen")),
    (180, gettext_lazy("een half jaar")),
    (365, gettext_lazy("een jaar")),
]
FIRST = ("dag", "particulier")
assert {days for days, _label in PERIOD_CHOICES} == set(PERIODS)


class BoardForm(forms.Form):
    """Everything is optional: without a choice it is today, as known now."""

    dag = day_field(gettext_lazy("Dag"), required=False)
    bekend = day_field(gettext_lazy("Zoals bekend op"), required=False)
    particulier = forms.ChoiceField(label=gettext_lazy("Telt mee"), choices=PRIVATE, required=False)
    sinds = day_field(gettext_lazy("Nieuw sinds"), required=False)
    periode = forms.TypedChoiceField(
        label=gettext_lazy("Verloop over"), choices=PERIOD_CHOICES, coerce=int, required=False
    )
    opdracht = forms.TypedChoiceField(label=gettext_lazy("Opdracht"), coerce=int, required=False)

    def __init__(self, sent: Mapping[str, Any], *, assignments: Iterable[Assignment] = ()) -> None:
        found = list(assignments)
        super().__init__({**usual_choices(found), **{name: value for name, value in sent.items() if value}})
        offered = [(one.pk, str(one)) for one in found]
        chooser: Any = self.fields["opdracht"]
        chooser.choices = [("", _("alle samen")), *offered]
        if len(offered) < 2:
            del self.fields["opdracht"]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """Return what everybody chooses."""
        return [field for field in self if field.name in FIRST]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """Return what few people choose."""
        return [field for field in self if field.name not in FIRST]

    @property
    def has_more(self) -> bool:
        """Say whether one of the rarer choices was made, or cannot be read."""
        chosen = any(self.data.get(field.name) for field in self.more_fields if field.name != "periode")
        return chosen or self.data.get("periode") != DEFAULT_PERIOD or bool(self.errors)

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        for name in ("dag", "bekend", "sinds"):
            if sent.get(name) and not EARLIEST <= sent[name] <= LATEST:
                self.add_error(name, _("Kies een dag tussen 2000 en 2100."))
        return sent

    def question(self) -> Question:
        """Return what was chosen; what cannot be read is that of today, and its field says so."""
        self.is_valid()
        sent, usual = self.cleaned_data, usual_choices(())
        day = sent.get("dag") or timezone.localdate()
        return Question(
            day=day,
            at=known_on(sent.get("bekend")),
            private=Private(sent.get("particulier") or usual["particulier"]),
            since=sent.get("sinds") or days_before(day),
            period=sent.get("periode") or DEFAULT_PERIOD,
            assignment=sent.get("opdracht") or None,
        )


def usual_choices(assignments: Iterable[Assignment]) -> dict[str, Any]:
    """Return what is shown when nothing was chosen: today, and private places as the assignment says."""
    return {
        "dag": timezone.localdate(),
        "particulier": usual_private(assignments).value,
        "periode": DEFAULT_PERIOD,
    }
