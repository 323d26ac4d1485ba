"""The form with which two periods, or the days around a moment, are chosen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.kernel import dutch
from regietafel.monitor.engine.volume import Span
from regietafel.monitor.forms.monitors import DateInput
from regietafel.monitor.selectors.comparing import LONGEST_DAYS
from regietafel.register.public import Moment

PERIODS = "perioden"
PAIRS = (("van", "tot"), ("met_van", "met_tot"))


class CompareForm(forms.Form):
    """A period and one to compare it with; a moment of the dossier goes before both."""

    moment = forms.ChoiceField(label=_("Vergelijk"))
    van = forms.DateField(label=_("Vanaf"), widget=DateInput())
    tot = forms.DateField(label=_("Tot en met"), widget=DateInput())
    met_van = forms.DateField(label=_("Met: vanaf"), widget=DateInput())
    met_tot = forms.DateField(label=_("Met: tot en met"), widget=DateInput())

    def __init__(self, *args: Any, moments: Sequence[Moment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moments = {str(moment.pk): moment for moment in moments}
        chosen = [
            (key, _("rond %(title)s (%(day)s)") % {"title": moment.title, "day": _day(moment)})
            for key, moment in self.moments.items()
        ]
        field: Any = self.fields["moment"]
        field.choices = [(PERIODS, _("de perioden hieronder")), *chosen]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.errors or told["moment"] != PERIODS:
            return told
        for first, last in PAIRS:
            if told[last] < told[first]:
                self.add_error(last, _("De laatste dag ligt voor de eerste."))
        if not self.errors:
            self._check_together()
        return told

    def _check_together(self) -> None:
        now, before = self.spans()
        if now.last >= timezone.localdate():
            self.add_error("tot", _("Kies hoogstens gisteren: vandaag is nog niet voorbij."))
        if now.first <= before.last and before.first <= now.last:
            self.add_error("met_tot", _("De perioden overlappen. Kies er twee die los staan."))
        first, last = min(now.first, before.first), max(now.last, before.last)
        if (last - first).days >= LONGEST_DAYS:
            self.add_error("met_van", _("Samen beslaan de perioden meer dan een jaar."))

    def chosen_moment(self) -> Moment | None:
        """Return the moment to look around, if one is chosen."""
        return self.moments.get(self.cleaned_data.get("moment", ""))

    def spans(self) -> tuple[Span, Span]:
        """Return the period and the one to compare it with."""
        now, before = (Span(self.cleaned_data[first], self.cleaned_data[last]) for first, last in PAIRS)
        return now, before


def _day(moment: Moment) -> str:
    return dutch.date(timezone.localdate(moment.starts_at))
