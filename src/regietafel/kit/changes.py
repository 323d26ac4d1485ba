"""What changes in a record, for people or by the names of its fields, and giving it its new values."""

from collections.abc import Mapping
from typing import Any

from django.db import models


def differences(obj: models.Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return what will change in an object as Dutch label -> [old, new], in words a person can read."""
    found = {}
    for name, new in values.items():
        field = obj._meta.get_field(name)
        old = getattr(obj, name)
        if old != new:
            found[str(field.verbose_name)] = [_words(field, old), _words(field, new)]  # type: ignore[union-attr]
    return found


def _words(field: Any, value: Any) -> Any:
    choices = dict(getattr(field, "flatchoices", ()) or ())
    if value in choices:
        return str(choices[value])
    return str(value) if isinstance(value, models.Model) else value


def assign(obj: models.Model, values: Mapping[str, Any]) -> None:
    """Give an object its new values and store them."""
    for name, new in values.items():
        setattr(obj, name, new)
    obj.save()


def field_differences(obj: models.Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return what differs from what is stored, as field -> [old, new], in values that a log can hold."""
    return {
        name: [_loggable(getattr(obj, name)), _loggable(value)]
        for name, value in values.items()
        if getattr(obj, name) != value
    }


def change(obj: models.Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Give a record new values, store it when anything differs, and return what did, by field."""
    changes = field_differences(obj, values)
    if changes:
        assign(obj, values)
    return changes


def told(values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the values of a new record as changes from nothing, by field; what is empty is left out."""
    return {name: [None, _loggable(value)] for name, value in values.items() if value not in (None, "", [])}


def _loggable(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str | list) else str(value)
