"""Long lists in pages, with links to walk through them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
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
    page_query_description = _("Nummer van de bladzijde, vanaf 1.")
    page_size_query_description = _("Aantal per bladzijde, hoogstens 100.")

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any] | None:
        limits = ((self.page_query_param, LAST_PAGE), (self.page_size_query_param, LARGEST))
        wrong = {
            name: [_("Geef een geheel getal van 1 tot en met %(most)s.") % {"most": most}]
            for name, most in limits
            if not _is_number(request.query_params.get(name, "1"), most)
        }
        if wrong:
            raise ValidationError(wrong)
        return super().paginate_queryset(queryset, request, view)

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
            (self.page_query_param, self.page_query_description, LAST_PAGE, 1),
            (self.page_size_query_param, self.page_size_query_description, LARGEST, self.page_size),
        )
        return [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": str(text),
                "schema": {"type": "integer", "minimum": 1, "maximum": most, "default": usual},
            }
            for name, text, most, usual in described
        ]


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most
