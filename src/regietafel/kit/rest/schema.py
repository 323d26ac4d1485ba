"""The description of the API (OpenAPI): Dutch words from the resources, and what all answers share."""

from typing import Any, cast

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.settings import spectacular_settings

from regietafel.kit.rest.pagination import PAGE
from regietafel.kit.rest.problems import MEDIA_TYPE, SHAPE, TITLES
from regietafel.kit.rest.queries import asks_described
from regietafel.kit.rest.scopes import needed_scope

WRITING = {"post", "put", "patch"}
DONE = {"200": "Gelukt.", "201": "Gemaakt; de header Location zegt waar."}
VERSION_HEADER = {
    "API-Version": {
        "description": "Volledige versie van deze API.",
        "schema": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
    }
}


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes the key in the header."""

    target_class = "regietafel.kit.rest.authentication.TokenAuthentication"
    name = "sleutel"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        text = _("Een API-sleutel van uw organisatie, met einddatum en rechten. Te maken onder Beheer.")
        return {"type": "http", "scheme": "bearer", "description": text}


class ResourceSchema(AutoSchema):
    """Describes one resource from what it says of itself."""

    def get_summary(self) -> str:
        return str(cast(Any, self.view).said[self.method])

    def get_description(self) -> str:  # type: ignore[override]
        scope = needed_scope(self.view, self.method) if hasattr(self.view, "read_scope") else ""
        return _("Vraagt het recht %(scope)s.") % {"scope": f"`{scope}`"} if scope else ""

    def get_operation_id(self) -> str:
        address = self.path.removeprefix(spectacular_settings.SCHEMA_PATH_PREFIX or "")
        words = [word for word in address.replace("{", "").replace("}", "").split("/") if word]
        return self.verb + "".join(word.capitalize() for word in words)

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        asks = asks_described(getattr(self.view, "asks", ()) if self.method == "GET" else ())
        if operation and asks:
            operation["parameters"] = [*operation.get("parameters", ()), *asks]
        members = getattr(self.view, "conflicts", {}).get(self.method)
        if operation and members is not None:
            shape = {**SHAPE, "properties": SHAPE["properties"] | members}
            operation["responses"]["409"] = _problem(str(TITLES[409]), shape)
        return operation

    @property
    def verb(self) -> str:
        """Return the first word of the name of an operation."""
        if self.method == "GET":
            return "lijst" if self._is_list_view() else "haal"
        makes = cast(Any, self.view).success.get(self.method, 200) == 201
        return "maak" if makes else {"POST": "vraag", "PATCH": "wijzig"}[self.method]

    def get_request_serializer(self) -> Any:
        form = getattr(self.view, "input_class", {}).get(self.method)
        return form(partial=self.method == "PATCH") if form else None

    def get_response_serializers(self) -> Any:
        shown = self.get_serializer_of_answer()
        return {cast(Any, self.view).success.get(self.method, 200): shown}

    def get_serializer_of_answer(self) -> Any:
        """Return what the resource answers with."""
        form = cast(Any, self.view).get_serializer_class()
        return form(many=True) if self._is_list_view() else form()

    def _is_list_view(self, serializer: Any = None) -> bool:
        return getattr(self.view, "is_list", False) and self.method == "GET"


def complete(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Give every operation the header and the problems that it can answer with; called by drf-spectacular."""
    components = result.setdefault("components", {})
    components["responses"] = {f"Probleem{status}": _problem(str(TITLES[status])) for status in _ALL}
    components.setdefault("schemas", {})["Problem"] = SHAPE
    for name, shape in components["schemas"].items():
        if name.endswith("Invoer"):
            shape["additionalProperties"] = False
        if name != "Problem":
            _leave_out(shape, {"description", "title", "x-spec-enum-id"})
    for operations in result["paths"].values():
        for method, operation in operations.items():
            _complete_operation(method, operation)
    return result


_ALL = (400, 401, 403, 404, 405, 406, 415, 429, 500, 503)


def _leave_out(shape: Any, words: set[str]) -> None:
    """Take out what was meant for makers, such as docstrings; the names of properties stay."""
    if isinstance(shape, dict):
        for word in words & shape.keys():
            if isinstance(shape[word], str):
                del shape[word]
        for inner in shape.values():
            _leave_out(inner, words)


def _complete_operation(method: str, operation: dict[str, Any]) -> None:
    for status, answer in operation["responses"].items():
        if status not in DONE:
            continue
        answer["description"] = DONE[status]
        answer.setdefault("headers", {}).update(VERSION_HEADER)
    for status in _possible(method, operation):
        operation["responses"].setdefault(str(status), {"$ref": f"#/components/responses/Probleem{status}"})


def _possible(method: str, operation: dict[str, Any]) -> list[int]:
    parameters = operation.get("parameters", [])
    possible = {500: True, 503: True, 406: True}
    possible[400] = bool(parameters) or method in WRITING
    possible[404] = any(one["in"] == "path" or one["name"] == PAGE for one in parameters)
    possible[415] = method in WRITING
    possible[401] = possible[403] = possible[429] = bool(operation.get("security"))
    return sorted(status for status, may_occur in possible.items() if may_occur)


def _problem(description: str, shape: dict[str, Any] | None = None) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": shape or {"$ref": "#/components/schemas/Problem"}}}
    return {"description": description, "headers": VERSION_HEADER, "content": content}
