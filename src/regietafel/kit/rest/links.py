"""Where a thing and its neighbours are found."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

LINK = {"type": "object", "required": ["href"], "properties": {"href": {"type": "string", "format": "uri"}}}
SHAPE = {
    "type": "object",
    "required": ["self"],
    "properties": {"self": LINK},
    "additionalProperties": LINK,
    "readOnly": True,
}


@extend_schema_field(SHAPE)
class Links(serializers.Field[Any, Any, Any, Any]):
    """Addresses by name: each a named address of the product, filled with attributes of the thing."""

    def __init__(self, names: Mapping[str, str], *, by: tuple[str, ...] = ("pk",)) -> None:
        super().__init__(source="*", read_only=True)
        self.names, self.by = names, by

    def to_representation(self, value: Any) -> dict[str, dict[str, str]]:
        request = self.context.get("request")
        arguments = [attrgetter(attribute)(value) for attribute in self.by]
        return {
            name: {"href": reverse(address, args=arguments, request=request)}
            for name, address in self.names.items()
        }

    def to_internal_value(self, data: Any) -> Any:
        raise NotImplementedError
