"""What every answer under /api/ carries, also the ones that no resource gave."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from regietafel.kit.rest.problems import MEDIA_TYPE, answer

PREFIX = "/api/"
PUBLIC_DOCUMENT = "/openapi.json"


class ApiAnswers:
    """Name the version, open the description to every site, and turn any other error into a problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(PREFIX):
            return response
        kind = response.headers.get("Content-Type", "")
        if response.status_code >= 400 and not kind.startswith(MEDIA_TYPE):
            response = answer(response.status_code)
        response.headers["API-Version"] = settings.API_VERSION
        if request.path.endswith(PUBLIC_DOCUMENT):
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response
