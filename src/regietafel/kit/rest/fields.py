"""Fields as strict as their description: a number is not a text, and a moment has a zone."""

import re
from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import UUID

from django.core.validators import RegexValidator
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

LARGEST_NUMBER = 2**31 - 1
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WRITTEN_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
ZONED = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})", re.IGNORECASE)


class Text(serializers.CharField):
    """A text of at least one visible character, unless it may be empty."""

    default_error_messages = {"invalid": _("Geef een tekst.")}

    def __init__(self, *, max_length: int, allow_blank: bool = False, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, allow_blank=allow_blank, trim_whitespace=False, **kwargs)
        if not allow_blank:
            self.validators.append(RegexValidator(r"\S", _("Vul hier iets in.")))

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Number(serializers.IntegerField):
    """The number of a record."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_NUMBER, **kwargs)

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class NumberInAddress(serializers.IntegerField):
    """The number of a record in a query, where everything is text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_NUMBER, **kwargs)

    def to_internal_value(self, data: Any) -> int:
        if not (isinstance(data, str) and data.isascii() and data.isdigit()):
            self.fail("invalid")
        return super().to_internal_value(data)


class Count(serializers.IntegerField):
    """How many: a whole number of at least 0, or of at least what is told."""

    def __init__(self, *, most: int, least: int = 0, **kwargs: Any) -> None:
        super().__init__(min_value=least, max_value=most, **kwargs)

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class YesNo(serializers.BooleanField):
    """True or false, and no word for them."""

    default_error_messages = {"invalid": _("Geef true of false.")}

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Identifier(serializers.UUIDField):
    """A number that stays the same when what it numbers changes, written as a text."""

    default_error_messages = {"invalid": _("Geef een nummer zoals 9f1c0c3e-5b1d-4b8e-9d5b-2f6f0c1a7e11.")}

    def to_internal_value(self, data: Any) -> UUID:
        if not (isinstance(data, str) and WRITTEN_UUID.fullmatch(data)):
            self.fail("invalid", value=data)
        return UUID(data)


class Day(serializers.DateField):
    """A day, without a time."""

    default_error_messages = {"invalid": _("Geef een bestaande dag als jjjj-mm-dd.")}

    def to_internal_value(self, value: Any) -> date:
        try:
            found = parse_date(value) if isinstance(value, str) and DAY.fullmatch(value) else None
        except ValueError:
            found = None
        if found is None:
            self.fail("invalid")
        return found


class Instant(serializers.DateTimeField):
    """A moment: any zone comes in, UTC goes out."""

    default_error_messages = {"invalid": _("Geef een moment met tijdzone, zoals 2027-04-07T14:05:00+02:00.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=UTC, **kwargs)

    def to_internal_value(self, value: Any) -> datetime:
        try:
            found = parse_datetime(value) if isinstance(value, str) and ZONED.fullmatch(value) else None
            in_utc = found.astimezone(UTC) if found else None
        except (ValueError, OverflowError):
            in_utc = None
        if in_utc is None:
            self.fail("invalid")
        return in_utc


class Words(serializers.ChoiceField):
    """A choice from words."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Input(serializers.Serializer[Any]):
    """What comes in: fields that are not described are mistakes too."""

    def to_internal_value(self, data: Any) -> Any:
        found, mistakes = None, cast(dict[str, Any], {})
        if isinstance(data, dict):
            unknown = _("Dit veld kennen wij niet.")
            mistakes = {name: [unknown] for name in data if name not in self.fields}
        try:
            found = super().to_internal_value(data)
        except serializers.ValidationError as error:
            mistakes |= cast(Any, error.detail) if isinstance(error.detail, dict) else {"": error.detail}
        if mistakes:
            raise serializers.ValidationError(mistakes)
        return found
