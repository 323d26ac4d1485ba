"""Organisations and areas."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from regietafel.kit.rest.fields import Text, Words
from regietafel.kit.rest.queries import Key, Query
from regietafel.kit.rest.resources import ItemResource, ListResource
from regietafel.register.api.shapes import Gebied, Organisatie
from regietafel.register.models import ApiToken, Area, Organisation
from regietafel.register.selectors import programs


class Organisations(ListResource):
    """The organisation of the key."""

    serializer_class = Organisatie
    read_scope = ApiToken.Scope.READ_REGISTER
    said: ClassVar[dict[str, Any]] = {"GET": _("Organisaties waarvoor de sleutel geldt")}
    query = Query(sorts={"naam": "name"}, usual="name")

    def get_queryset(self) -> QuerySet[Organisation]:
        return programs.organisations_of_program(self.request.user)


class OneOrganisation(ItemResource):
    """One organisation."""

    serializer_class = Organisatie
    read_scope = ApiToken.Scope.READ_REGISTER
    said: ClassVar[dict[str, Any]] = {"GET": _("Eén organisatie")}
    parameter = "organisation"

    def get_queryset(self) -> QuerySet[Organisation]:
        return programs.organisations_of_program(self.request.user)


class Areas(ListResource):
    """Areas with their CBS codes."""

    serializer_class = Gebied
    read_scope = ApiToken.Scope.READ_REGISTER
    said: ClassVar[dict[str, Any]] = {"GET": _("Gebieden met hun CBS-codes en inwonertallen")}
    query = Query(
        keys=(
            Key("soort", "kind", Words(choices=Area.Kind.values), _("Alleen deze soort gebieden.")),
            Key("naam", "name__icontains", Text(max_length=120), _("De naam bevat deze tekst.")),
        ),
        sorts={"naam": "name", "code": "code"},
        usual="name",
    )

    def get_queryset(self) -> QuerySet[Area]:
        return programs.areas_for_programs()


class OneArea(ItemResource):
    """One area."""

    serializer_class = Gebied
    read_scope = ApiToken.Scope.READ_REGISTER
    said: ClassVar[dict[str, Any]] = {"GET": _("Eén gebied")}
    key = parameter = "code"

    def get_queryset(self) -> QuerySet[Area]:
        return programs.areas_for_programs()
