"""The form with which the messages of a monitor are searched."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from regietafel.monitor.engine.query import Query
from regietafel.monitor.engine.query.tree import Days
from regietafel.monitor.forms.monitors import DateInput
from regietafel.monitor.forms.questions import plain_lines, told_at_its_place
from regietafel.monitor.selectors.trying import QuestionRead, read_question

QUOTES = str.maketrans('"“”„«»', "      ")


class SearchForm(forms.Form):
    """A question, and what is chosen beside it: days and an outlet."""

    vraag = forms.CharField(
        label=_("Wat zoekt u?"),
        widget=forms.Textarea(
            attrs={"rows": 2, "id": "id_text", "spellcheck": "false", "class": "rt-input--code"}
        ),
    )
    van = forms.DateField(label=_("Vanaf"), widget=DateInput(), required=False)
    tot = forms.DateField(label=_("Tot en met"), widget=DateInput(), required=False)
    medium = forms.CharField(label=_("Medium"), required=False, max_length=200)

    def clean_vraag(self) -> str:
        return plain_lines(self.cleaned_data["vraag"])

    def clean_medium(self) -> Query | None:
        """Read the name of a medium as part of the question, under the same rules."""
        name = " ".join(self.cleaned_data["medium"].translate(QUOTES).split())
        if not name:
            return None
        reading = read_question(f'bron:"{name}"', {})
        if reading.asked is None:
            raise ValidationError(
                [f"{fault.message} {fault.suggestion}".strip() for fault in reading.mistakes]
            )
        return reading.asked

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        since, until = told.get("van"), told.get("tot")
        if since and until and until < since:
            self.add_error("tot", _("Deze dag ligt vóór de eerste dag."))
        return told

    def refuse(self, reading: QuestionRead) -> None:
        """Mark the question as one that cannot be asked, with the reasons."""
        self.add_error("vraag", [told_at_its_place(fault) for fault in reading.mistakes] or [reading.missing])

    def days(self) -> Days | None:
        """Return the chosen days, if any."""
        since, until = self.cleaned_data.get("van"), self.cleaned_data.get("tot")
        return Days(since, until) if since or until else None
