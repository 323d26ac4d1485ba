"""Gegevensmodel: every table with its meaning from the glossary, and its fields as people see them."""

from itertools import groupby
from typing import Any

from django.db.models import Field, Model

from scripts.reference.markdown import GENERATED, plain, table
from tests import words

INTRODUCTION = """# Gegevensmodel

Wat Regietafel bewaart: per tabel wat het is, en per veld hoe het heet op het scherm en in de code. De
betekenis van een tabel komt uit de [woordenlijst](../glossary.md). Nergens staat wie een openbaar bericht
schreef."""
PARTS = {
    "kit": "Gereedschap: logboek en taken",
    "register": "Register: wie, waar en welke dossiers",
    "monitor": "Omgeving: bronnen, berichten en omgevingsbeelden",
    "reception": "Opvang: plaatsen, boekingen, opdrachten en voorstellen",
    "deliberation": "Overleg: leden, agenda, verslag, besluiten en acties",
    "host": "Inloggen",
}
KINDS = {
    "CharField": "tekst",
    "TextField": "lange tekst",
    "SlugField": "code",
    "URLField": "adres",
    "EmailField": "e-mailadres",
    "FileField": "bestand",
    "JSONField": "gegevens (JSON)",
    "BooleanField": "ja of nee",
    "DateField": "dag",
    "TimeField": "tijd",
    "DateTimeField": "moment",
}


def page() -> str:
    """Write the page."""
    meanings = {path: meaning for _, _, path, meaning in words.rows(words.TERMS)}
    parts = [GENERATED, INTRODUCTION]
    for app, models in groupby(words.own_models(), key=lambda model: model._meta.app_label):
        parts.append(f"## {PARTS[app]}")
        parts += [_section(model, meanings[words.code_path(model)]) for model in models]
    return "\n\n".join(parts) + "\n"


def _section(model: type[Model], meaning: str) -> str:
    rows = [_row(field) for field in words.own_fields(model)]
    title = f"### {str(model._meta.verbose_name)[:1].upper()}{str(model._meta.verbose_name)[1:]}"
    place = f"Tabel `{model._meta.db_table}`, in de code `{model.__name__}`."
    return f"{title}\n\n{meaning} {place}\n\n{table(('Veld', 'In de code', 'Wat het is', 'Mag leeg'), rows)}"


def _row(field: "Field[Any, Any]") -> tuple[str, str, str, str]:
    may_be_empty = "ja" if field.null or (field.blank and field.editable) else ""
    return plain(words.label_of(field)), f"`{field.name}`", _kind(field), may_be_empty


def _kind(field: "Field[Any, Any]") -> str:
    if field.related_model:
        other = str(field.related_model._meta.verbose_name).lower()
        return f"meer verwijzingen: {other}" if field.many_to_many else f"verwijst naar: {other}"
    if field.choices:
        return "keuze: " + ", ".join(plain(str(label)) for _value, label in field.flatchoices)
    name = type(field).__name__
    kind = KINDS.get(name) or ("getal" if "Integer" in name else name)
    longest = getattr(field, "max_length", None)
    return f"{kind}, hoogstens {longest} tekens" if longest and kind in {"tekst", "code", "adres"} else kind
