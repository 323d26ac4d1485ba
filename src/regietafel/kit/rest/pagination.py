"""Long lists in pages, with links to walk through them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response

PAGE, PAGE_SIZE = "pagina", "paginaGrootte"
LARGEST = 100
LAST_PAGE = 100_000


class LinkedPages(PageNumberPagination):
    """Fifty at a time unless asked otherwise; a page that does not exist is a mistake in the query."""

    page_size = 50
    max_page_size = LARGEST
    page_query_param = PAGE
    page_size_query_param = PAGE_SIZE

    def get_paginated_response(self, data: Any) -> Response:
        assert self.page is not None and self.request is not None
        links = {
            "self": self.request.build_absolute_uri(),
            "prev": self.get_previous_link(),
            "next": self.get_next_link(),
        }
        return Response(
            {
                "_links": {name: {"href": href} for name, href in links.items() if href},
                "totaal": self.page.paginator.count,
                "resultaten": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "object", "properties": {"href": {"type": "string", "format": "uri"}}}
        return {
            "type": "object",
            "required": ["_links", "totaal", "resultaten"],
            "properties": {
                "_links": {
                    "type": "object",
                    "required": ["self"],
                    "properties": dict.fromkeys(("self", "prev", "next"), link),
                },
                "totaal": {"type": "integer", "minimum": 0},
                "resultaten": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        described = (
            (PAGE, _("Nummer van de bladzijde, vanaf 1."), LAST_PAGE, 1),
            (PAGE_SIZE, _("Aantal per bladzijde, hoogstens 100."), LARGEST, self.page_size),
        )
        return [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": text,
                "schema": {"type": "integer", "minimum": 1, "maximum": most, "default": usual},
            }
            for name, text, most, usual in described
        ]


def mistakes_in(asked: Mapping[str, str]) -> dict[str, Any]:
    """Return what is wrong with the page and the size that were asked for."""
    return {
        name: [_("Geef een geheel getal van 1 tot en met %(most)s.") % {"most": most}]
        for name, most in ((PAGE, LAST_PAGE), (PAGE_SIZE, LARGEST))
        if not _is_number(asked.get(name, "1"), most)
    }


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most
