"""Minutes that were read from a file, for a person to correct."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regietafel.deliberation.engine.importing import Draft, DraftItem, DraftLine, DraftPresence
from regietafel.deliberation.models import Attendance, Entry
from regietafel.kit.fields import UploadField, day_field

NOTHING, LEFT = "", "weg"
KINDS = [*Entry.Kind.choices, (LEFT, _("hoort er niet bij"))]


class MinutesFileForm(forms.Form):
    """A file with minutes."""

    file = UploadField(
        label=_("Bestand"),
        help_text=_(
            "Verslag of besluitenlijst als Word (.docx), PDF, tekst of JSON van Notubiz; hoogstens 20 MB."
        ),
    )
    year = forms.IntegerField(
        label=_("Jaar"),
        required=False,
        min_value=1990,
        max_value=2100,
        help_text=_("Alleen nodig als het verslag nergens een jaartal noemt."),
    )


class HeadForm(forms.Form):
    """Which meeting it was."""

    held_on = day_field(
        _("Dag van de vergadering"), required=False, help_text=_("Nodig om het verslag op te slaan.")
    )
    title = forms.CharField(label=_("Titel"), max_length=160, required=False)


class ItemForm(forms.Form):
    """One agenda item."""

    number = forms.CharField(label=_("Nummer"), max_length=12, required=False)
    title = forms.CharField(label=_("Onderwerp"), max_length=200, required=False)
    notes = forms.CharField(label=_("Besproken"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class LineForm(forms.Form):
    """One decision, bottleneck or action."""

    kind = forms.ChoiceField(label=_("Soort"), choices=KINDS)
    item = forms.TypedChoiceField(label=_("Agendapunt"), required=False, coerce=int, empty_value=None)
    text = forms.CharField(label=_("Tekst"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    explanation = forms.CharField(
        label=_("Toelichting"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = forms.CharField(label=_("Actiehouder"), max_length=160, required=False)
    due_on = day_field(_("Termijn"), required=False)
    due_is_inclusive = forms.BooleanField(label=_("die dag telt nog mee"), required=False)
    condition_kind = forms.ChoiceField(label=_("Voorwaarde"), choices=Entry.Condition.choices, required=False)
    condition = forms.CharField(label=_("Welke voorwaarde"), max_length=300, required=False)

    def __init__(self, *args: Any, items: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("geen")), *items]  # type: ignore[attr-defined]


class PresenceForm(forms.Form):
    """Somebody in the list of those present."""

    name = forms.CharField(label=_("Organisatie of functie"), max_length=160, required=False)
    status = forms.ChoiceField(label=_("Aanwezigheid"), choices=Attendance.Status.choices)


class RestForm(forms.Form):
    """A line that was not understood: leave it, or say what it is."""

    kind = forms.ChoiceField(
        label=_("Wat is dit?"), choices=[(NOTHING, _("laat staan")), *Entry.Kind.choices], required=False
    )


ItemSet = forms.formset_factory(ItemForm, extra=0)
LineSet = forms.formset_factory(LineForm, extra=1)
PresenceSet = forms.formset_factory(PresenceForm, extra=0)
RestSet = forms.formset_factory(RestForm, extra=0)


class Correction:
    """Everything of a draft as forms, and the draft that they give back."""

    def __init__(self, draft: Draft, data: Any = None) -> None:
        self.draft = draft
        named = [(place, f"{one.number} {one.title}".strip()[:80]) for place, one in enumerate(draft.items)]
        self.head = HeadForm(data, prefix="kop", initial={"held_on": draft.held_on, "title": draft.title})
        self.items = ItemSet(data, prefix="punt", initial=[_item(one) for one in draft.items])
        self.lines = LineSet(
            data,
            prefix="regel",
            initial=[_line(one) for one in draft.lines],
            form_kwargs={"items": named},
        )
        self.presence = PresenceSet(
            data,
            prefix="presentie",
            initial=[{"name": one.name, "status": one.status} for one in draft.presence],
        )
        self.rest = RestSet(data, prefix="rest", initial=[{"kind": NOTHING} for _one in draft.rest])

    @property
    def parts(self) -> tuple[Any, ...]:
        """Return the forms in the order of the page."""
        return (self.head, self.items, self.lines, self.presence, self.rest)

    def is_valid(self) -> bool:
        """Say whether everything can be read."""
        found = [part.is_valid() for part in self.parts]  # all of them, so that every mistake is told
        return all(found)

    @property
    def fits(self) -> bool:
        """Say whether what was sent is of this draft: a form for each part, and one for a new line."""
        pairs = (
            (self.items, self.draft.items),
            (self.presence, self.draft.presence),
            (self.rest, self.draft.rest),
        )
        is_whole = len(self.lines.forms) >= len(self.draft.lines)
        return is_whole and all(len(sent.forms) == len(held) for sent, held in pairs)

    def told_lines(self) -> list[tuple[Any, DraftLine | None]]:
        """Return the form of every line beside the line it was read from."""
        return [pair for pair in zip_longest(self.lines.forms, self.draft.lines) if pair[0] is not None]

    def told_rest(self) -> list[tuple[Any, tuple[int, str]]]:
        """Return the form of every line that was not understood beside that line."""
        return list(zip(self.rest.forms, self.draft.rest, strict=False))

    def corrected(self) -> Draft:
        """Return the draft with what was filled in; what is left out as a line is kept with the rest."""
        kept = list(self._lines())
        chosen = [form.cleaned_data.get("kind", NOTHING) for form in self.rest.forms]
        pairs = list(zip(chosen, self.draft.rest, strict=True))
        added = [DraftLine(kind=kind, text=text, lines=(number,)) for kind, (number, text) in pairs if kind]
        rest = [one for kind, one in pairs if not kind]
        dropped = [
            (one.lines[0] if one.lines else 0, one.text) for one in kept if one.kind == LEFT and one.text
        ]
        return replace(
            self.draft,
            held_on=self.head.cleaned_data["held_on"],
            title=self.head.cleaned_data["title"],
            items=tuple(self._items()),
            lines=tuple([one for one in kept if one.kind != LEFT] + added),
            presence=tuple(
                DraftPresence(name=form.cleaned_data["name"], status=form.cleaned_data["status"])
                for form in self.presence.forms
                if form.cleaned_data["name"]
            ),
            rest=tuple(sorted(rest + dropped)),
        )

    def _items(self) -> Iterator[DraftItem]:
        for form, old in zip(self.items.forms, self.draft.items, strict=True):
            yield replace(old, **form.cleaned_data)

    def _lines(self) -> Iterator[DraftLine]:
        for form, old in self.told_lines():
            filled = form.cleaned_data
            if filled.get("text", "").strip():
                yield replace(old or DraftLine(kind="B", text=""), **filled)


def _item(one: DraftItem) -> dict[str, Any]:
    return {"number": one.number, "title": one.title, "notes": one.notes}


def _line(one: DraftLine) -> dict[str, Any]:
    names = (
        "kind",
        "item",
        "text",
        "explanation",
        "owner",
        "due_on",
        "due_is_inclusive",
        "condition_kind",
        "condition",
    )
    return {name: getattr(one, name) for name in names}
