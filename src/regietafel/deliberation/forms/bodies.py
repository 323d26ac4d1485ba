"""Forms of a body: what it is, who sits at the table, and who carries which theme."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regietafel.deliberation.adapters.body_models import BodyModel
from regietafel.deliberation.engine.agenda import agenda_lines
from regietafel.deliberation.models import Body, Seat
from regietafel.deliberation.selectors.bodies import (
    organisations_to_seat,
    people_to_seat,
    portfolios_of,
    seats_of,
)
from regietafel.kit.fields import clock_field, offer_own
from regietafel.register.public import Confidentiality, organisations_with

LONGEST_TITLE = 200
LONGEST_STEP = 60
SPARE_ROWS = 2


class LinesField(forms.CharField):
    """Several things, one per line."""

    def __init__(self, **arguments: Any) -> None:
        rows = arguments.pop("rows", 6)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "class": "rt-lines"}), **arguments)


class BodyForm(forms.Form):
    """What a body is, how often it meets and what it always speaks of."""

    name = forms.CharField(
        label=_("Naam"), max_length=120, help_text=_("Zoals iedereen het noemt, bijvoorbeeld BAO opvang.")
    )
    kind = forms.ChoiceField(label=_("Soort"), choices=Body.Kind.choices)
    purpose = forms.CharField(
        label=_("Waarvoor"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Eén zin: wat dit overleg samen regelt."),
    )
    confidentiality = forms.TypedChoiceField(
        label=_("Vertrouwelijkheid"),
        coerce=int,
        choices=Confidentiality.choices,
        initial=1,
        help_text=_(
            "Wie minder mag lezen, ziet dit overleg niet. "
            "Eén agendapunt kunt u later nog vertrouwelijk maken."
        ),
    )
    interval_weeks = forms.IntegerField(
        label=_("Om de hoeveel weken"),
        min_value=0,
        max_value=52,
        initial=0,
        help_text=_("Schrijf 2 voor om de twee weken, en 0 als er geen vast ritme is."),
    )
    until_when = forms.CharField(
        label=_("Tot wanneer"),
        max_length=200,
        required=False,
        help_text=_("Waarna het overleg stopt, bijvoorbeeld: aan de opdracht is voldaan."),
    )
    starts_at = clock_field(_("Begint meestal om"), required=False)
    minutes = forms.IntegerField(label=_("Duurt meestal (minuten)"), min_value=5, max_value=1440, initial=60)
    place = forms.CharField(label=_("Meestal in"), max_length=160, required=False)
    fixed_items = LinesField(
        label=_("Vaste agendapunten"),
        required=False,
        help_text=_(
            "Eén per regel, met een nummer ervoor: 1 Opening. Ze komen op elke nieuwe agenda. Zonder nummer"
            " komt het laatste punt achteraan, na wat nog openstaat: Rondvraag."
        ),
    )
    process = LinesField(
        label=_("Werkafspraken"),
        required=False,
        rows=4,
        help_text=_("Eén per regel: de stap, een dubbele punt en wat u afsprak. Bijvoorbeeld: Intake: …"),
    )

    def clean_fixed_items(self) -> list[dict[str, str]]:
        found = agenda_lines(self.cleaned_data["fixed_items"])
        if any(len(title) > LONGEST_TITLE for _number, title in found):
            raise forms.ValidationError(_("Maak elk agendapunt hoogstens 200 tekens lang."))
        return [{"nummer": number, "titel": title} for number, title in found]

    def clean_process(self) -> list[dict[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["process"].splitlines() if line.strip()]
        if any(len(line.partition(":")[0]) > LONGEST_STEP for line in lines):
            raise forms.ValidationError(_("Zet na de naam van de stap een dubbele punt: Intake: …"))
        cut = (line.partition(":") for line in lines)
        return [{"stap": step.strip(), "afspraak": told.strip()} for step, _colon, told in cut]

    @staticmethod
    def initial_of(body: Body) -> dict[str, Any]:
        """Return a body as the form shows it."""
        kept = {name: getattr(body, name) for name in BodyForm.base_fields}
        items = (f"{one.get('nummer', '')} {one['titel']}".strip() for one in body.fixed_items)
        steps = (f"{one['stap']}: {one['afspraak']}".rstrip(": ") for one in body.process)
        return kept | {"fixed_items": "\n".join(items), "process": "\n".join(steps)}

    @staticmethod
    def initial_from(model: BodyModel) -> dict[str, Any]:
        """Return a ready-made form of a body as the form shows it."""
        kept = {name: getattr(model, name) for name in ("kind", "name", "purpose", "interval_weeks")}
        kept |= {"until_when": model.until_when, "minutes": model.minutes}
        return kept | {"fixed_items": "\n".join(model.fixed_items), "process": "\n".join(model.process)}


class NewBodyForm(BodyForm):
    """A new body: also whose secretariat it is."""

    organisation: Any = forms.ModelChoiceField(
        label=_("Secretariaat"), queryset=None, help_text=_("De organisatie die agenda en verslag maakt.")
    )
    field_order: Iterable[str] = ("organisation", "name")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_own(self.fields["organisation"], organisations_with(user, "may_write"))


class SeatForm(forms.Form):
    """Who sits at the table: an organisation or a function, and who that is today."""

    organisation: Any = forms.ModelChoiceField(
        label=_("Organisatie"),
        queryset=None,
        required=False,
        empty_label=_("geen; alleen een functie"),
        help_text=_("Wie daar werkt, leest wat het overleg deelt."),
    )
    function = forms.CharField(
        label=_("Functie"),
        max_length=120,
        required=False,
        help_text=_("Bijvoorbeeld burgemeester of adviseur politie. Nodig als u geen organisatie kiest."),
    )
    part = forms.ChoiceField(label=_("Rol"), choices=Seat.Part.choices, initial=Seat.Part.MEMBER)
    person: Any = forms.ModelChoiceField(
        label=_("Persoon"),
        queryset=None,
        required=False,
        empty_label=_("niet ingevuld"),
        help_text=_("Alleen collega's uit uw eigen organisatie."),
    )
    email = forms.EmailField(
        label=_("E-mail van de functie"),
        required=False,
        help_text=_(
            "Hier komt de uitnodiging aan, met de agenda tot en met intern. "
            "Leeg: dan gaat zij naar de persoon."
        ),
    )
    deputy = forms.CharField(label=_("Plaatsvervanger (functie)"), max_length=120, required=False)

    def __init__(self, *args: Any, user: Any, seat: Seat | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations: Any = self.fields["organisation"]
        organisations.queryset = organisations_to_seat()
        people: Any = self.fields["person"]
        people.queryset = people_to_seat(user, seat)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("organisation") and not values.get("function", "").strip():
            self.add_error("function", _("Kies een organisatie of schrijf een functie op."))
        return values

    @staticmethod
    def initial_of(seat: Seat) -> dict[str, Any]:
        """Return a seat as the form shows it."""
        return {name: getattr(seat, name) for name in SeatForm.base_fields}


class PortfoliosForm(forms.Form):
    """Who carries which theme: a row for each, and some to spare."""

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = list(portfolios_of(body))
        self._rows = range(len(held) + SPARE_ROWS)
        seats = seats_of(body)
        for place in self._rows:
            one = held[place] if place < len(held) else None
            self._add_row(place, seats, initial=one)

    def _add_row(self, place: int, seats: Any, *, initial: Any) -> None:
        theme = initial.theme if initial else ""
        self.fields[f"theme_{place}"] = forms.CharField(
            label=_("Thema"), max_length=120, required=False, initial=theme
        )
        self.fields[f"seat_{place}"] = forms.ModelChoiceField(
            label=_("Bestuurlijk trekker"),
            queryset=seats,
            required=False,
            empty_label=_("nog niemand"),
            initial=initial.seat_id if initial else None,
        )
        self.fields[f"lead_{place}"] = forms.CharField(
            label=_("Ambtelijk projectleider (functie)"),
            max_length=120,
            required=False,
            initial=initial.project_lead if initial else "",
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for place in self._rows:
            is_told = values.get(f"seat_{place}") or values.get(f"lead_{place}", "").strip()
            if is_told and not values.get(f"theme_{place}", "").strip():
                self.add_error(f"theme_{place}", _("Schrijf op om welk thema het gaat."))
        return values

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """Return the fields per row, under the name of the theme."""
        rows = []
        for place in self._rows:
            fields = [self[f"{name}_{place}"] for name in ("theme", "seat", "lead")]
            rows.append((str(fields[0].value() or _("Nog een thema")), fields))
        return rows

    @property
    def rows(self) -> Sequence[tuple[str, Seat | None, str]]:
        """Return theme, seat and project lead of each row that names a theme."""
        data = self.cleaned_data
        named = (place for place in self._rows if data[f"theme_{place}"].strip())
        return [(data[f"theme_{place}"], data[f"seat_{place}"], data[f"lead_{place}"]) for place in named]
