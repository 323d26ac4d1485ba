"""Groups known by a code, bookings, and lists of bookings: to read, and to add."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from regietafel.kit.rest.fields import NumberInAddress, Text, Words
from regietafel.kit.rest.problems import Conflict
from regietafel.kit.rest.queries import Key, Query
from regietafel.kit.rest.resources import ItemResource, ListResource, Resource
from regietafel.reception.api import booking_shapes as shapes
from regietafel.reception.models import Booking, BookingList, Group
from regietafel.reception.selectors import programs
from regietafel.reception.selectors.access import READ_SCOPE, WRITE_SCOPE
from regietafel.reception.services.booking_lists import (
    ListFull,
    ListRefused,
    Mistake,
    ReferenceUsed,
    book_list,
)
from regietafel.reception.services.days import Shortage
from regietafel.reception.services.groups import create_group


class Groups(ListResource):
    """Groups."""

    serializer_class = shapes.Opvanggroep
    read_scope, write_scope = READ_SCOPE, WRITE_SCOPE
    said: ClassVar[dict[str, Any]] = {
        "GET": gettext_lazy("Groepen die de sleutel mag kennen: een code, een aantal en wat nodig is"),
        "POST": gettext_lazy("Maak een groep, met een code die niemand verraadt"),
    }
    input_class: ClassVar[dict[str, Any]] = {"POST": shapes.OpvanggroepInvoer}
    query = Query(
        keys=(Key("code", "code", Text(max_length=40), gettext_lazy("Alleen met deze code.")),),
        sorts={"komtOp": "arrives_on", "code": "code"},
        usual="arrives_on",
    )

    def get_queryset(self) -> QuerySet[Group]:
        return programs.groups_of_program(self.request.user)

    def post(self, request: Request) -> Response:
        sent = self.sent(request)
        organisation = programs.organisation_of_program(request.user)
        return self.shown(create_group(organisation=organisation, by=request.user, **sent), status=201)


class OneGroup(ItemResource):
    """One group."""

    serializer_class = shapes.Opvanggroep
    read_scope = READ_SCOPE
    said: ClassVar[dict[str, Any]] = {"GET": gettext_lazy("Eén groep")}
    parameter = "group"

    def get_queryset(self) -> QuerySet[Group]:
        return programs.groups_of_program(self.request.user)


class Bookings(ListResource):
    """Bookings in force."""

    serializer_class = shapes.Opvangboeking
    read_scope = READ_SCOPE
    said: ClassVar[dict[str, Any]] = {
        "GET": gettext_lazy("Boekingen die gelden: reserveringen, plaatsingen en vertrek")
    }
    query = Query(
        keys=(
            Key("soort", "kind", Words(choices=Booking.Kind.values), gettext_lazy("Alleen deze soort.")),
            Key("locatie", "pool__location_id", NumberInAddress(), gettext_lazy("Alleen op deze locatie.")),
            Key(
                "groep",
                "group__code",
                Text(max_length=40),
                gettext_lazy("Alleen van de groep met deze code."),
            ),
        ),
        sorts={"vanaf": "from_on", "vastgelegdOp": "recorded_at"},
        usual="from_on",
    )

    def get_queryset(self) -> QuerySet[Booking]:
        return programs.bookings_of_program(self.request.user)


class OneBooking(ItemResource):
    """One booking; its number stays the same when it is changed."""

    serializer_class = shapes.Opvangboeking
    read_scope = READ_SCOPE
    said: ClassVar[dict[str, Any]] = {"GET": gettext_lazy("Eén boeking die geldt")}
    key, parameter = "series", "booking"

    def get_queryset(self) -> QuerySet[Booking]:
        return programs.bookings_of_program(self.request.user)


class BookingLists(Resource):
    """Booking a list: all of it, or nothing."""

    serializer_class = shapes.Boekingslijst
    read_scope, write_scope = READ_SCOPE, WRITE_SCOPE
    said: ClassVar[dict[str, Any]] = {
        "POST": gettext_lazy("Boek een lijst, helemaal of niet; nog eens sturen boekt niets dubbel")
    }
    input_class: ClassVar[dict[str, Any]] = {"POST": shapes.BoekingslijstInvoer}
    conflicts: ClassVar[dict[str, dict[str, Any]]] = {"POST": shapes.SHORTAGES}

    def get_queryset(self) -> QuerySet[BookingList]:
        return programs.lists_of_program(self.request.user)

    def post(self, request: Request) -> Response:
        sent = self.sent(request)
        items = [shapes.item_of(line) for line in sent["boekingen"]]
        organisation = programs.organisation_of_program(request.user)
        try:
            kept = book_list(
                organisation=organisation, reference=sent["reference"], items=items, by=request.user
            )
        except ListFull as full:
            members = {"tekorten": [_shortage(one) for one in full.shortages]}
            detail = _("Er is niet genoeg plaats. Er is niets geboekt.")
            raise Conflict(detail, mistakes=_mistakes(full.mistakes), members=members) from full
        except ListRefused as refusal:
            raise ValidationError(_mistakes(refusal.mistakes)) from refusal
        except ReferenceUsed as refusal:
            raise Conflict(str(refusal)) from refusal
        return self.shown(_with_lines(kept, request), status=201)


class OneBookingList(ItemResource):
    """One list that was booked."""

    serializer_class = shapes.Boekingslijst
    read_scope = READ_SCOPE
    said: ClassVar[dict[str, Any]] = {"GET": gettext_lazy("Wat met een lijst is geboekt, zoals toen geboekt")}
    parameter = "list"

    def get_queryset(self) -> QuerySet[BookingList]:
        return programs.lists_of_program(self.request.user)

    def get(self, request: Request, **kwargs: Any) -> Response:
        return self.shown(_with_lines(self.subject(), request))


def _with_lines(kept: BookingList, request: Request) -> BookingList:
    kept.booked = programs.lines_of_list(request.user, kept)  # type: ignore[attr-defined]
    return kept


def _mistakes(found: Iterable[Mistake]) -> dict[str, Any]:
    """Name every line as a program counts them, and its field as it is called here."""
    told: dict[str, Any] = {}
    for one in found:
        place = "" if one.line is None else f"boekingen.{one.line}"
        told.setdefault(f"{place}.{shapes.FIELDS.get(one.field, '')}".strip("."), []).append(one.message)
    return told


def _shortage(one: Shortage) -> dict[str, Any]:
    return {
        "locatie": one.pool.location_id,
        "soortPlaatsen": one.pool.pk,
        "van": one.first.isoformat(),
        "totEnMet": one.last.isoformat(),
        "vrij": one.free,
        "nodig": one.needed,
    }
