"""The API as a whole: its root, its description and the addresses of every part."""

from functools import lru_cache
from typing import Any, ClassVar

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from regietafel.deliberation.api.addresses import urlpatterns as deliberation_urls
from regietafel.kit.pages import Header
from regietafel.kit.rest.schema import ResourceSchema
from regietafel.monitor.api.addresses import urlpatterns as monitor_urls
from regietafel.reception.api.addresses import urlpatterns as reception_urls
from regietafel.register.api.addresses import urlpatterns as register_urls

PARTS = (*register_urls, *monitor_urls, *deliberation_urls, *reception_urls)
# What the code calls the parts of an address, and what the description calls them.
PARAMETERS = {
    "organisation": "organisatieId",
    "dossier": "dossierId",
    "fact": "feitId",
    "moment": "momentId",
    "monitor": "monitorId",
    "source": "bronId",
    "picture": "omgevingsbeeldId",
    "body": "overlegorgaanId",
    "meeting": "vergaderingId",
    "item": "agendapuntId",
    "entry": "besluitId",
    "inquiry": "uitvraagId",
    "place": "plaatsprofielId",
    "location": "opvanglocatieId",
    "block": "opvangblokId",
    "region": "regiocode",
    "group": "opvanggroepId",
    "booking": "opvangboekingId",
    "list": "opvangboekingslijstId",
}
ANYTHING = {"type": "object", "additionalProperties": True}


class OpenResource(APIView):
    """A resource that needs no key."""

    schema = ResourceSchema()
    authentication_classes = ()
    permission_classes = ()


class Root(OpenResource):
    """Where the API begins."""

    said: ClassVar[dict[str, str]] = {"GET": "Begin van de API, met links naar wat er is"}

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        lists = {str(one.pattern).lstrip("/"): one.name for one in PARTS if "<" not in str(one.pattern)}
        names = {"self": "api-root", "openapi": "api-description", **lists}
        links = {
            name: {"href": request.build_absolute_uri(reverse(address))} for name, address in names.items()
        }
        return Response({"_links": links})


class Description(OpenResource):
    """The description of the API, for programs."""

    said: ClassVar[dict[str, str]] = {"GET": "Deze beschrijving (OpenAPI)"}

    @extend_schema(operation_id="haalBeschrijving", tags=["beschrijving"], responses={200: ANYTHING})
    def get(self, request: Request) -> Response:
        return Response(description())


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """Return the description; it changes only with the code."""
    found: dict[str, Any] = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
    found["paths"] = {_in_dutch(address): operations for address, operations in found["paths"].items()}
    for operations in found["paths"].values():
        for operation in operations.values():
            for parameter in (one for one in operation.get("parameters", ()) if one["in"] == "path"):
                parameter["name"] = PARAMETERS.get(parameter["name"], parameter["name"])
    return found


def _in_dutch(address: str) -> str:
    for name, dutch in PARAMETERS.items():
        address = address.replace(f"{{{name}}}", f"{{{dutch}}}")
    return address


class Documentation(View):
    """The description for people, readable without scripts."""

    def get(self, request: HttpRequest) -> HttpResponse:
        operations = [
            {"method": method.upper(), "path": address, **one}
            for address, methods in description()["paths"].items()
            for method, one in methods.items()
        ]
        header = Header(_("API"), _("Voor programma's van uw organisatie."))
        context = {"page": header, "operations": operations, "info": description()["info"]}
        return render(request, "host/api_docs.html", context)


@method_decorator(csp_update({"img-src": ["data:"]}), name="dispatch")
class Workbench(View):
    """Swagger UI: a tool of others, in English, to try requests with."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "host/api_workbench.html", {"page": Header(_("API uitproberen"))})


api_urlpatterns = [
    path("", Root.as_view(), name="api-root"),
    path("/openapi.json", Description.as_view(), name="api-description"),
    path("/docs", Documentation.as_view(), name="api-docs"),
    path("/docs/swagger", Workbench.as_view(), name="api-workbench"),
    *PARTS,
]
