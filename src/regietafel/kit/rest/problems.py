"""Every error of the API in one shape: problem details (RFC 9457), in Dutch, all mistakes at once."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from regietafel.kit.refusal import Refused

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: gettext_lazy("Ongeldige invoer"),
    401: gettext_lazy("Sleutel ontbreekt of werkt niet"),
    403: gettext_lazy("Geen recht"),
    404: gettext_lazy("Niet gevonden"),
    405: gettext_lazy("Handeling bestaat hier niet"),
    406: gettext_lazy("Vorm niet beschikbaar"),
    409: gettext_lazy("In strijd met de stand"),
    413: gettext_lazy("Te groot"),
    415: gettext_lazy("Soort inhoud niet toegestaan"),
    429: gettext_lazy("Te veel verzoeken"),
    500: gettext_lazy("Fout bij ons"),
    503: gettext_lazy("Even niet bereikbaar"),
    507: gettext_lazy("Opslag vol"),
}
DETAILS = {
    400: gettext_lazy("Kijk bij fouten wat er per veld niet klopt."),
    404: gettext_lazy("Dit adres bestaat niet, of deze sleutel mag het niet zien."),
    500: gettext_lazy("Er ging bij ons iets mis; het is vastgelegd. Probeer het later opnieuw."),
    503: gettext_lazy("De database is niet bereikbaar. Probeer het over een minuut opnieuw."),
    507: gettext_lazy("De opslag is vol; er is niets half opgeslagen."),
}


class Conflict(APIException):
    """What was asked contradicts how things stand; `members` are told beside the usual words."""

    status_code = 409

    def __init__(
        self, detail: str, *, mistakes: Any = None, members: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(detail)
        self.mistakes, self.members = mistakes, dict(members or {})


SHAPE: dict[str, Any] = {
    "type": "object",
    "description": "Wat er misging (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "fouten": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["veld", "melding"],
                "properties": {"veld": {"type": "string"}, "melding": {"type": "string"}},
            },
        },
    },
}


def body(status: int, *, detail: str = "", mistakes: Any = None) -> dict[str, Any]:
    """Return the contents of a problem."""
    title = str(TITLES.get(status, TITLES[500 if status >= 500 else 400]))
    described = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or str(DETAILS.get(status, title)),
    }
    found = list(_flat(mistakes)) if mistakes else []
    return described | ({"fouten": found} if found else {})


def answer(status: int) -> JsonResponse:
    """Return a problem outside the reach of the framework, such as an address that does not exist."""
    return JsonResponse(body(status), status=status, content_type=MEDIA_TYPE)


def handle(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what a resource raises into a problem; what nobody foresaw goes on to the server's own handler."""
    if isinstance(exception, Refused):
        exception = ValidationError({"": [str(exception)]})
    elif isinstance(exception, DjangoValidationError):
        exception = ValidationError(exception.messages)
    response = exception_handler(exception, context)
    if response is None:
        return None
    response.data = _described(exception, response)
    response.content_type = MEDIA_TYPE
    return response


def _described(exception: Exception, response: Response) -> dict[str, Any]:
    if isinstance(exception, ValidationError):
        return body(response.status_code, mistakes=response.data)
    if isinstance(exception, Conflict):
        return body(409, detail=str(exception.detail), mistakes=exception.mistakes) | exception.members
    own_words = isinstance(exception, APIException) and response.status_code != 404
    return body(response.status_code, detail=str(response.data["detail"]) if own_words else "")


def _flat(mistakes: Any, path: str = "") -> Iterator[dict[str, str]]:
    if isinstance(mistakes, dict):
        for name, inner in mistakes.items():
            yield from _flat(inner, f"{path}.{name}".strip("."))
    elif isinstance(mistakes, list):
        for number, inner in enumerate(mistakes):
            yield from _flat(inner, f"{path}.{number}".strip(".") if isinstance(inner, dict) else path)
    else:
        name = path.replace("non_field_errors", "").strip(".")
        yield {"veld": name or str(_("geheel")), "melding": str(mistakes)}
