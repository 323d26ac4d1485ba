"""Monitors, sources, place profiles and published pictures, to read."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from regietafel.kit.rest.fields import Day, NumberInAddress, Words
from regietafel.kit.rest.queries import Key, Query
from regietafel.kit.rest.resources import ItemResource, ListResource, Resource
from regietafel.monitor.api import shapes
from regietafel.monitor.models import MediaPicture, Monitor, PlaceProfile, Source
from regietafel.monitor.selectors import programs
from regietafel.monitor.selectors.trying import read_question
from regietafel.monitor.services.looking import note_export

READ_MEDIA = "omgeving:lezen"


class Monitors(ListResource):
    """Monitors."""

    serializer_class = shapes.MonitorUitvoer
    read_scope = READ_MEDIA
    said: ClassVar[dict[str, Any]] = {"GET": _("Monitors van dossiers die de sleutel mag lezen")}
    query = Query(
        keys=(
            Key("dossier", "dossier_id", NumberInAddress(), _("Alleen van dit dossier.")),
            Key("stand", "state", Words(choices=Monitor.State.values), _("Alleen in deze stand.")),
        ),
        sorts={"titel": "title", "einddatum": "ends_on"},
        usual="title",
    )

    def get_queryset(self) -> QuerySet[Monitor]:
        return programs.monitors_of_program(self.request.user)


class OneMonitor(ItemResource):
    """One monitor."""

    serializer_class = shapes.MonitorUitvoer
    read_scope = READ_MEDIA
    said: ClassVar[dict[str, Any]] = {"GET": _("Eén monitor")}
    parameter = "monitor"

    def get_queryset(self) -> QuerySet[Monitor]:
        return programs.monitors_of_program(self.request.user)


class Sources(ListResource):
    """Sources."""

    serializer_class = shapes.Bron
    read_scope = READ_MEDIA
    said: ClassVar[dict[str, Any]] = {"GET": _("Bronnen van de organisatie, met hun laatste levering")}
    query = Query(
        keys=(Key("aanlevering", "kind", Words(choices=Source.Kind.values), _("Alleen deze aanlevering.")),),
        sorts={"naam": "name", "laatstGeleverdOp": "last_delivered_at"},
        usual="name",
    )

    def get_queryset(self) -> QuerySet[Source]:
        return programs.sources_of_program(self.request.user)


class OneSource(ItemResource):
    """One source."""

    serializer_class = shapes.Bron
    read_scope = READ_MEDIA
    said: ClassVar[dict[str, Any]] = {"GET": _("Eén bron")}
    parameter = "source"

    def get_queryset(self) -> QuerySet[Source]:
        return programs.sources_of_program(self.request.user)


class Places(ListResource):
    """Place profiles."""

    serializer_class = shapes.Plaatsprofiel
    read_scope = READ_MEDIA
    said: ClassVar[dict[str, Any]] = {"GET": _("Plaatsprofielen van de organisatie, om zoekvragen te vullen")}
    query = Query(sorts={"naam": "name"}, usual="name")

    def get_queryset(self) -> QuerySet[PlaceProfile]:
        return programs.places_of_program(self.request.user)


class OnePlace(ItemResource):
    """One place profile."""

    serializer_class = shapes.Plaatsprofiel
    read_scope = READ_MEDIA
    said: ClassVar[dict[str, Any]] = {"GET": _("Eén plaatsprofiel")}
    parameter = "place"

    def get_queryset(self) -> QuerySet[PlaceProfile]:
        return programs.places_of_program(self.request.user)


class Readings(Resource):
    """How a question is read; nothing is kept, so it asks the right to read only."""

    serializer_class = shapes.Zoekvraaglezing
    read_scope = write_scope = READ_MEDIA
    said: ClassVar[dict[str, Any]] = {
        "POST": _("Lees een zoekvraag: in gewone woorden, of wat eraan mankeert")
    }
    input_class: ClassVar[dict[str, Any]] = {"POST": shapes.ZoekvraagInvoer}
    success: ClassVar[dict[str, int]] = {"POST": 200}

    def get_queryset(self) -> QuerySet[Monitor]:
        return programs.monitors_of_program(self.request.user)

    def post(self, request: Request, **kwargs: Any) -> Response:
        sent = self.sent(request)
        reading = read_question(sent["vraag"], sent["invulling"], dialect=sent["schrijfwijze"])
        return self.shown(reading)


class Pictures(ListResource):
    """Published pictures."""

    serializer_class = shapes.OmgevingsbeeldKort
    read_scope = READ_MEDIA
    said: ClassVar[dict[str, Any]] = {"GET": _("Gepubliceerde omgevingsbeelden")}
    query = Query(
        keys=(
            Key("monitor", "monitor_id", NumberInAddress(), _("Alleen van deze monitor.")),
            Key("vanaf", "period_until__gte", Day(), _("De periode eindigt op of na deze dag.")),
        ),
        sorts={"periodeTotEnMet": "period_until", "nummer": "number"},
        usual="-period_until",
    )

    def get_queryset(self) -> QuerySet[MediaPicture]:
        return programs.pictures_of_program(self.request.user)


class OnePicture(ItemResource):
    """One published picture with its figures."""

    serializer_class = shapes.Omgevingsbeeld
    read_scope = READ_MEDIA
    said: ClassVar[dict[str, Any]] = {"GET": _("Eén omgevingsbeeld met cijfers; nooit berichten")}
    parameter = "picture"

    def get_queryset(self) -> QuerySet[MediaPicture]:
        return programs.pictures_of_program(self.request.user)

    def get(self, request: Request, **kwargs: Any) -> Response:
        picture = self.subject()
        note_export(monitor=picture.monitor, what=_("%s via de API") % picture, by=request.user)
        return self.shown(picture)
