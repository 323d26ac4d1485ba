"""Locations, their places per day, blocks of places and the board of a region: to read."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from regietafel.kit.rest.fields import Day, NumberInAddress, Text, Words
from regietafel.kit.rest.queries import Ask, Key, Query, asked
from regietafel.kit.rest.resources import ItemResource, ListResource
from regietafel.reception.api import place_shapes as shapes
from regietafel.reception.forms.board import EARLIEST, LATEST
from regietafel.reception.models import CapacityBlock, Location, PlaceKind
from regietafel.reception.selectors import programs
from regietafel.reception.selectors.access import READ_SCOPE
from regietafel.register.public import Area

LONGEST_DAYS = 92


class BoardDay(Day):
    """A day of which places are counted: as near as the pages let people choose one."""

    default_error_messages = {"far": gettext_lazy("Kies een dag tussen 2000 en 2100.")}

    def to_internal_value(self, value: Any) -> date:
        found = super().to_internal_value(value)
        if not EARLIEST <= found <= LATEST:
            self.fail("far")
        return found


KNOWN = Ask(
    "bekendOp", Day(), gettext_lazy("Zoals bekend aan het einde van deze dag; anders zoals nu bekend.")
)


class _WithKind(Words):
    """A kind of places, as the locations that have it."""

    def to_internal_value(self, data: Any) -> Any:
        return programs.locations_with_kind(super().to_internal_value(data))


class Locations(ListResource):
    """Locations."""

    serializer_class = shapes.Opvanglocatie
    read_scope = READ_SCOPE
    said: ClassVar[dict[str, Any]] = {
        "GET": gettext_lazy("Opvanglocaties van de organisatie, en die met de regio of met haar zijn gedeeld")
    }
    query = Query(
        keys=(
            Key(
                "gemeente",
                "municipality__code",
                Text(max_length=20),
                gettext_lazy("CBS-code van de gemeente."),
            ),
            Key(
                "soort",
                "pk__in",
                _WithKind(choices=PlaceKind.values),
                gettext_lazy("Alleen locaties met deze soort plaatsen."),
            ),
            Key(
                "organisatie",
                "organisation_id",
                NumberInAddress(),
                gettext_lazy("Alleen wat deze organisatie beheert."),
            ),
        ),
        sorts={"naam": "name"},
        usual="name",
    )

    def get_queryset(self) -> QuerySet[Location]:
        return programs.locations_of_program(self.request.user)


class OneLocation(ItemResource):
    """One location."""

    serializer_class = shapes.Opvanglocatie
    read_scope = READ_SCOPE
    said: ClassVar[dict[str, Any]] = {"GET": gettext_lazy("Eén opvanglocatie")}
    parameter = "location"

    def get_queryset(self) -> QuerySet[Location]:
        return programs.locations_of_program(self.request.user)


class PlaceDays(ItemResource):
    """Places per kind and day."""

    serializer_class = shapes.Plaatsdagen
    read_scope = READ_SCOPE
    said: ClassVar[dict[str, Any]] = {
        "GET": gettext_lazy("Plaatsen van een locatie per soort en dag, hoogstens 92 dagen")
    }
    parameter = "location"
    asks = (
        Ask("van", BoardDay(), gettext_lazy("Eerste dag."), required=True),
        Ask("totEnMet", BoardDay(), gettext_lazy("Laatste dag, hoogstens 91 dagen later."), required=True),
        KNOWN,
    )

    def get_queryset(self) -> QuerySet[Location]:
        return programs.locations_of_program(self.request.user)

    def get(self, request: Request, **kwargs: Any) -> Response:
        location = self.subject()
        sent = asked(request, self.asks)
        first, last = sent["van"], sent["totEnMet"]
        if not first <= last < first + timedelta(days=LONGEST_DAYS):
            told = _("Kies een laatste dag die niet voor de eerste ligt, en hoogstens 91 dagen erna.")
            raise ValidationError({"totEnMet": [told]})
        found = programs.days_of_location(location, first=first, last=last, known=sent["bekendOp"])
        return self.shown(found)


class Blocks(ListResource):
    """Blocks of places in force."""

    serializer_class = shapes.Opvangblok
    read_scope = READ_SCOPE
    said: ClassVar[dict[str, Any]] = {
        "GET": gettext_lazy(
            "Capaciteitsblokken die gelden, met hun bron: hoeveel plaatsen, van wanneer tot wanneer"
        )
    }
    query = Query(
        keys=(
            Key("locatie", "pool__location_id", NumberInAddress(), gettext_lazy("Alleen van deze locatie.")),
            Key("soort", "pool__kind", Words(choices=PlaceKind.values), gettext_lazy("Alleen deze soort.")),
            Key("eindigtVoor", "until_on__lt", Day(), gettext_lazy("Eindigt voor deze dag.")),
        ),
        sorts={"vanaf": "from_on", "tot": "until_on"},
        usual="from_on",
    )

    def get_queryset(self) -> QuerySet[CapacityBlock]:
        return programs.blocks_of_program(self.request.user)


class OneBlock(ItemResource):
    """One block of places."""

    serializer_class = shapes.Opvangblok
    read_scope = READ_SCOPE
    said: ClassVar[dict[str, Any]] = {"GET": gettext_lazy("Eén capaciteitsblok dat geldt")}
    parameter = "block"

    def get_queryset(self) -> QuerySet[CapacityBlock]:
        return programs.blocks_of_program(self.request.user)


class Boards(ListResource):
    """Regions with a board."""

    serializer_class = shapes.BordKort
    read_scope = READ_SCOPE
    said: ClassVar[dict[str, Any]] = {
        "GET": gettext_lazy("De veiligheidsregio waarvan de sleutel het bord leest")
    }
    query = Query(sorts={"naam": "name"}, usual="name")

    def get_queryset(self) -> QuerySet[Area]:
        return programs.regions_of_program(self.request.user)


class OneBoard(ItemResource):
    """The board of a region."""

    serializer_class = shapes.Bord
    read_scope = READ_SCOPE
    said: ClassVar[dict[str, Any]] = {
        "GET": gettext_lazy(
            "Het bord van een regio: opdracht, gerealiseerd, prognose en verschil per gemeente"
        )
    }
    parameter = "region"
    asks = (
        Ask("dag", BoardDay(), gettext_lazy("Van deze dag; anders vandaag.")),
        KNOWN,
        Ask(
            "particulier",
            Words(choices=shapes.PRIVATE),
            gettext_lazy("Met, zonder of alleen particuliere opvang; anders zoals de opdracht zegt."),
        ),
    )

    def get_queryset(self) -> QuerySet[Area]:
        return programs.regions_of_program(self.request.user)

    def get(self, request: Request, **kwargs: Any) -> Response:
        code = self.kwargs["region"]
        if not self.get_queryset().filter(code=code).exists():
            raise Http404
        sent = asked(request, self.asks)
        board = programs.board_for_program(
            request.user, code, day=sent["dag"], known=sent["bekendOp"], private=sent["particulier"]
        )
        return self.shown(board)
