"""Filtering and sorting by a list of what is allowed; anything else is a mistake that is named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from regietafel.kit.rest.pagination import PAGE, PAGE_SIZE, mistakes_in

SORT = "sorteer"
PAGING = {PAGE, PAGE_SIZE}


@dataclass(frozen=True)
class Key:
    """One query key: what it is called, which rows it keeps, and which values it takes."""

    name: str
    lookup: str
    field: Any
    said: Any = ""


@dataclass(frozen=True)
class Query:
    """What may be asked of a list."""

    keys: tuple[Key, ...] = ()
    sorts: Mapping[str, str] = field(default_factory=dict)
    usual: str = "pk"


@dataclass(frozen=True)
class Ask:
    """One thing a single resource may be asked, such as a day: its name and the values it takes."""

    name: str
    field: Any
    said: Any
    required: bool = False


def asked(request: Request, asks: Iterable[Ask]) -> dict[str, Any]:
    """Return what was asked of a single resource, checked; what was not asked is None."""
    known = {ask.name: ask for ask in asks}
    text = _("Deze sleutel kennen wij hier niet. Wel: %(known)s.") % {"known": ", ".join(sorted(known))}
    mistakes: dict[str, Any] = {name: [text] for name in request.query_params if name not in known}
    found: dict[str, Any] = {}
    for name, ask in known.items():
        found[name] = None
        if name in request.query_params:
            try:
                found[name] = ask.field.run_validation(request.query_params[name])
            except serializers.ValidationError as error:
                mistakes[name] = error.detail
        elif ask.required:
            mistakes[name] = [_("Geef dit mee in het adres.")]
    if mistakes:
        raise ValidationError(mistakes)
    return found


def asks_described(asks: Iterable[Ask]) -> list[dict[str, Any]]:
    """Return how the description tells what a single resource may be asked."""
    return [_parameter(a.name, _shape(a.field), said=a.said) | {"required": a.required} for a in asks]


class AllowedQuery(BaseFilterBackend):
    """Applies the query of a list resource."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        query: Query = view.query
        mistakes = _unknown(query, request) | mistakes_in(request.query_params)
        for key in query.keys:
            if key.name in request.query_params:
                try:
                    value = key.field.run_validation(request.query_params[key.name])
                except serializers.ValidationError as error:
                    mistakes[key.name] = error.detail
                else:
                    queryset = queryset.filter(**{key.lookup: value})
        order = _order(query, request, mistakes=mistakes)
        if mistakes:
            raise ValidationError(mistakes)
        return queryset.order_by(*order, "pk")

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        query: Query = view.query
        found = [_parameter(key.name, _shape(key.field), said=key.said) for key in query.keys]
        if query.sorts:
            choices = [sign + name for name in query.sorts for sign in ("", "-")]
            text = _("Waarop gesorteerd wordt; een minteken ervoor draait de volgorde om.")
            found.append(_parameter(SORT, {"type": "string", "enum": choices}, said=text))
        return found


def _unknown(query: Query, request: Request) -> dict[str, Any]:
    known = {key.name for key in query.keys} | PAGING | ({SORT} if query.sorts else set())
    text = _("Deze sleutel kennen wij hier niet. Wel: %(known)s.") % {"known": ", ".join(sorted(known))}
    return {name: [text] for name in request.query_params if name not in known}


def _order(query: Query, request: Request, *, mistakes: dict[str, Any]) -> tuple[str, ...]:
    asked = request.query_params.get(SORT)
    if asked is None or SORT in mistakes:
        return (query.usual,)
    path = query.sorts.get(asked.removeprefix("-"))
    if path is None:
        mistakes[SORT] = [_("Kies uit: %(names)s.") % {"names": ", ".join(query.sorts)}]
        return ()
    return (f"-{path}" if asked.startswith("-") else path,)


def _parameter(name: str, shape: dict[str, Any], *, said: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": str(said), "schema": shape}


def _shape(allowed: Any) -> dict[str, Any]:
    if isinstance(allowed, serializers.ChoiceField):
        return {"type": "string", "enum": list(allowed.choices)}
    if isinstance(allowed, serializers.DateTimeField):
        return {"type": "string", "format": "date-time"}
    if isinstance(allowed, serializers.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(allowed, serializers.IntegerField):
        return {"type": "integer", "minimum": allowed.min_value, "maximum": allowed.max_value}
    return {"type": "string", "minLength": 1, "maxLength": allowed.max_length}
