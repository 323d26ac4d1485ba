"""What changes in a record, in words of the log, and giving it its new values."""

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
