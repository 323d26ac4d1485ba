"""A resource: a list or one thing, of which a capability names only what is its own."""

from abc import abstractmethod
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from regietafel.kit.rest.pagination import LinkedPages
from regietafel.kit.rest.queries import AllowedQuery, Ask, Query
from regietafel.kit.rest.schema import ResourceSchema
from regietafel.kit.rest.scopes import HasScope, PerKey


class Resource(GenericAPIView[Any]):
    """What is behind one address.

    Attributes:
        said: per method the summary in the description, in Dutch.
        input_class: per method what may be sent.
        success: per method the status of an answer that is not 200.
        asks: what a single resource may be asked in its address.
        conflicts: per method what the problem says beside the usual when it contradicts how things stand.
    """

    permission_classes = (HasScope,)
    throttle_classes = (PerKey,)
    filter_backends: Any = ()
    pagination_class: Any = None
    schema = ResourceSchema()
    is_list: ClassVar[bool] = False
    read_scope: ClassVar[str]
    write_scope: ClassVar[str] = ""
    said: ClassVar[dict[str, Any]]
    input_class: ClassVar[dict[str, type[serializers.Serializer[Any]]]] = {}
    success: ClassVar[dict[str, int]] = {"POST": 201}
    asks: ClassVar[tuple[Ask, ...]] = ()
    conflicts: ClassVar[dict[str, dict[str, Any]]] = {}

    @abstractmethod
    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows this key may see."""

    def sent(self, request: Request) -> dict[str, Any]:
        """Return what was sent, checked."""
        method = request.method or ""
        form = self.input_class[method](data=request.data, partial=method == "PATCH")
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def shown(self, subject: Any, status: int = 200) -> Response:
        """Return one thing, with its address when it is new."""
        data = self.get_serializer(subject).data
        headers = {"Location": data["_links"]["self"]["href"]} if status == 201 else None
        return Response(data, status=status, headers=headers)


class ListResource(Resource):
    """Many things, in pages."""

    filter_backends = (AllowedQuery,)
    pagination_class = LinkedPages
    is_list = True
    query: ClassVar[Query] = Query()

    def get(self, request: Request, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class ItemResource(Resource):
    """One thing; who may not see it gets no sign that it exists."""

    key: ClassVar[str] = "pk"
    parameter: ClassVar[str]

    def subject(self) -> Any:
        """Return the thing."""
        return get_object_or_404(self.get_queryset(), **{self.key: self.kwargs[self.parameter]})

    def get(self, request: Request, **kwargs: Any) -> Response:
        return self.shown(self.subject())
