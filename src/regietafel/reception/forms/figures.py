"""A field for one number per municipality, pasted from a spreadsheet or typed line by line."""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from regietafel.reception.adapters.numbers import NotANumber, points_group, read_number
from regietafel.reception.adapters.town_names import is_named

_SPLIT = re.compile(r"\t|;|\s{2,}|:\s")
_LAST_NUMBER = re.compile(r"^(?P<name>.*?\S)\s+(?P<number>\S+)$")
MOST_TOLD = 5


class MunicipalityFigures(forms.CharField):
    """Lines such as “Almelo; 72.425”; gives a number per municipality, None where it says unknown."""

    def __init__(self, *, names: Iterable[str] = (), whole: bool = False, **arguments: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 6, "class": "rt-input--code"})
        super().__init__(**{"widget": widget, "required": False, "max_length": 40_000, **arguments})
        self.names = tuple(names)
        self.whole = whole

    def clean(self, value: Any) -> dict[str, Fraction | None]:
        text = super().clean(value)
        cells, errors = self._cells(text)
        grouped = points_group(cells.values())
        found: dict[str, Fraction | None] = {}
        for name, cell in cells.items():
            try:
                found[name] = read_number(cell, grouped=grouped)
            except NotANumber as refusal:
                errors.append(f"{name}: {refusal}")
                continue
            errors += self._objections(name, found[name])
        if errors:
            raise ValidationError(errors[:MOST_TOLD])
        return found

    def _cells(self, text: str) -> tuple[dict[str, str], list[str]]:
        cells: dict[str, str] = {}
        errors: list[str] = []
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            name, cell = _parts(line)
            known = next((one for one in self.names if is_named(one, name)), None)
            if known is None:
                errors.append(
                    _("Regel %(line)s: “%(name)s” is geen gemeente van deze regio.")
                    % {"line": number, "name": name[:60]}
                )
            elif known in cells:
                errors.append(_("Regel %(line)s: %(name)s staat er al.") % {"line": number, "name": known})
            else:
                cells[known] = cell
        return cells, errors

    def _objections(self, name: str, value: Fraction | None) -> list[str]:
        if self.whole and value is not None and (value < 0 or value.denominator != 1):
            return [_("%s: dit moet een heel getal zijn van 0 of meer.") % name]
        return []


def _parts(line: str) -> tuple[str, str]:
    """Split a line into a name and what stands behind it."""
    pieces = [piece.strip() for piece in _SPLIT.split(line.strip(), maxsplit=1)]
    if len(pieces) == 2:
        return pieces[0], pieces[1]
    found = _LAST_NUMBER.match(line.strip())
    return (found["name"], found["number"]) if found else (line.strip(), "")
