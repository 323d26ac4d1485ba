"""How locations, places and the board of a region look to programs, in Dutch and in camelCase."""

from typing import Any

from rest_framework import serializers

from regietafel.kit.rest.fields import Instant
from regietafel.kit.rest.links import Links
from regietafel.reception.engine.ledger import Private
from regietafel.reception.models import Location, PlaceKind, TargetGroup
from regietafel.reception.selectors.board import Board, Line, Places
from regietafel.register.public import Confidentiality

LEVELS = [str(level.label) for level in Confidentiality if level < Confidentiality.CONFIDENTIAL]
EVERYBODY = str(TargetGroup.EVERYONE.label)
PRIVATE = [one.value for one in Private]


class Gemeentenaam(serializers.Serializer[Any]):
    """A municipality with its CBS code."""

    code = serializers.CharField()
    naam = serializers.CharField(source="name")


class _ForWhom(serializers.ChoiceField):
    """Whom places are for, as a word; a word for everybody too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[value or EVERYBODY for value in TargetGroup.values], **kwargs)

    def to_representation(self, value: Any) -> str:
        return str(value) or EVERYBODY


class SoortPlaatsen(serializers.Serializer[Any]):
    """Places of a location that may be exchanged for each other."""

    id = serializers.IntegerField()
    soort = serializers.ChoiceField(choices=PlaceKind.values, source="kind")
    doelgroep = _ForWhom(source="target_group")
    kamergrootte = serializers.IntegerField(source="room_size")
    toegankelijkePlaatsen = serializers.IntegerField(source="accessible_places", allow_null=True)  # noqa: N815
    zorgplaatsen = serializers.IntegerField(source="care_places", allow_null=True)


class Opvanglocatie(serializers.Serializer[Any]):
    """A location; its address and who to call stay on the pages, since people live there."""

    id = serializers.IntegerField()
    naam = serializers.CharField(source="name")
    organisatie = serializers.IntegerField(source="organisation_id")
    gemeente = Gemeentenaam(source="municipality")
    wijk = serializers.CharField(source="district.code", default=None, allow_null=True)
    kenmerken = serializers.ListField(source="features", child=serializers.CharField())
    soortenPlaatsen = SoortPlaatsen(source="pools", many=True)  # noqa: N815
    gedeeldMetRegio = serializers.BooleanField(source="shared_with_region")  # noqa: N815
    vertrouwelijkheid = serializers.SerializerMethodField()
    geslotenOp = serializers.DateField(source="closed_on", allow_null=True)  # noqa: N815
    _links = Links({"self": "api-location", "plaatsdagen": "api-place-days"})

    def get_vertrouwelijkheid(self, location: Location) -> str:
        return str(Confidentiality(location.confidentiality).label)


class Opvangblok(serializers.Serializer[Any]):
    """So many places from a day to another, and who told so; null where nobody knows how many."""

    id = serializers.IntegerField()
    locatie = serializers.IntegerField(source="pool.location_id")
    soortPlaatsen = serializers.IntegerField(source="pool_id")  # noqa: N815
    soort = serializers.ChoiceField(choices=PlaceKind.values, source="pool.kind")
    doelgroep = _ForWhom(source="pool.target_group")
    plaatsen = serializers.IntegerField(source="places", allow_null=True)
    nietTeGebruiken = serializers.IntegerField(source="blocked")  # noqa: N815
    vanaf = serializers.DateField(source="from_on")
    tot = serializers.DateField(source="until_on", allow_null=True)
    kans = serializers.FloatField(source="probability")
    bron = serializers.CharField(source="source")
    vastgelegdOp = Instant(source="recorded_at")  # noqa: N815
    _links = Links({"self": "api-block"})


class Plaatsen(serializers.Serializer[Any]):
    """Places, and the people who hold them; null where nobody knows how many places there are."""

    plaatsen = serializers.SerializerMethodField()
    nietTeGebruiken = serializers.IntegerField(source="blocked")  # noqa: N815
    teGebruiken = serializers.IntegerField(source="usable", allow_null=True)  # noqa: N815
    bezet = serializers.IntegerField(source="occupied")
    gereserveerd = serializers.IntegerField(source="reserved")
    leegInKamers = serializers.IntegerField(source="kept")  # noqa: N815
    vrij = serializers.SerializerMethodField()
    teVeelToegezegd = serializers.IntegerField(source="short")  # noqa: N815
    nogNietZeker = serializers.IntegerField(source="uncertain")  # noqa: N815
    blokkenOnbekend = serializers.IntegerField(source="unknown_blocks")  # noqa: N815

    def get_plaatsen(self, places: Places) -> int | None:
        return None if places.usable is None else places.capacity

    def get_vrij(self, places: Places) -> int | None:
        return None if places.usable is None else places.free


class Plaatsdag(serializers.Serializer[Any]):
    """One day of one kind of places."""

    dag = serializers.DateField(source="day")
    stand = Plaatsen(source="places")


class PlaatsdagenVanSoort(serializers.Serializer[Any]):
    """Every day of one kind of places."""

    soortPlaatsen = SoortPlaatsen(source="pool")  # noqa: N815
    dagen = Plaatsdag(source="days", many=True)


class Plaatsdagen(serializers.Serializer[Any]):
    """The places of a location per kind and day, as known at a moment, private places included."""

    locatie = serializers.IntegerField(source="location.pk")
    van = serializers.DateField(source="first")
    totEnMet = serializers.DateField(source="last")  # noqa: N815
    zoalsBekendOp = Instant(source="at")  # noqa: N815
    particulier = serializers.ChoiceField(choices=PRIVATE, source="private")
    toelichting = serializers.CharField(source="caption")
    perSoort = PlaatsdagenVanSoort(source="pools", many=True)  # noqa: N815
    _links = Links({"self": "api-place-days", "locatie": "api-location"}, by=("location.pk",))


class BordKort(serializers.Serializer[Any]):
    """A region of which the key may read the board."""

    code = serializers.CharField()
    naam = serializers.CharField(source="name")
    _links = Links({"self": "api-board"}, by=("code",))


class Opdracht(serializers.Serializer[Any]):
    """Places asked of the region."""

    titel = serializers.CharField(source="title")
    plaatsen = serializers.IntegerField(source="total")
    ontvangenOp = serializers.DateField(source="received_on")  # noqa: N815
    teLeverenOp = serializers.DateField(source="due_on", allow_null=True)  # noqa: N815
    bron = serializers.CharField(source="source")
    particulierTeltMee = serializers.BooleanField(source="counts_private")  # noqa: N815


class Bordregel(serializers.Serializer[Any]):
    """One municipality; null is unknown or not asked, never 0. Below 0 is too few."""

    gemeente = serializers.CharField(source="area.code", default=None, allow_null=True)
    naam = serializers.CharField(source="name")
    opdracht = serializers.IntegerField(source="target", allow_null=True)
    gerealiseerd = serializers.IntegerField(source="realised", allow_null=True)
    verschil = serializers.SerializerMethodField()
    prognose = serializers.IntegerField(source="planned", allow_null=True)
    verschilPrognose = serializers.IntegerField(source="difference", allow_null=True)  # noqa: N815
    prognoseNogNietZeker = serializers.IntegerField(source="uncertain")  # noqa: N815
    locaties = serializers.IntegerField(source="locations")
    stand = Plaatsen(source="places")

    def get_verschil(self, line: Line) -> int | None:
        known = line.target is not None and line.realised is not None
        return (line.realised or 0) - (line.target or 0) if known else None


class Nieuw(serializers.Serializer[Any]):
    """People placed and reserved for since a day; private places do not count."""

    sinds = Instant(source="since")
    geplaatst = serializers.IntegerField(source="placed")
    gereserveerd = serializers.IntegerField(source="reserved")


class Bord(serializers.Serializer[Any]):
    """The board of a region on a day, as known at a moment, and whether private places are in the numbers."""

    code = serializers.CharField(source="region.area.code")
    naam = serializers.CharField(source="region.area.name")
    coordinatiepunt = serializers.IntegerField(source="region.point.pk", default=None, allow_null=True)
    peildatum = serializers.DateField(source="question.day")
    zoalsBekendOp = Instant(source="question.at")  # noqa: N815
    particulier = serializers.ChoiceField(choices=PRIVATE, source="question.private")
    particulierePlaatsen = serializers.IntegerField(source="private_usable")  # noqa: N815
    toelichting = serializers.CharField(source="caption")
    opdrachten = Opdracht(source="assignments", many=True)
    opdracht = serializers.IntegerField(source="assigned", allow_null=True)
    opdrachtVerdeeld = serializers.SerializerMethodField()  # noqa: N815
    gerealiseerd = serializers.IntegerField(source="total.usable", allow_null=True)
    verschil = serializers.IntegerField(source="gap", allow_null=True)
    prognose = serializers.IntegerField(source="planned", allow_null=True)
    prognosePeildatum = serializers.DateField(source="due_on", allow_null=True)  # noqa: N815
    prognoseNogNietZeker = serializers.IntegerField(source="uncertain_on_due")  # noqa: N815
    verschilPrognose = serializers.SerializerMethodField()  # noqa: N815
    stand = Plaatsen(source="total")
    nieuw = Nieuw(source="new")
    gemeenten = Bordregel(source="lines", many=True)
    _links = Links({"self": "api-board"}, by=("region.area.code",))

    def get_opdrachtVerdeeld(self, board: Board) -> int | None:  # noqa: N802
        return board.targets_sum if board.has_targets else None

    def get_verschilPrognose(self, board: Board) -> int | None:  # noqa: N802
        if board.planned is None or board.assigned is None:
            return None
        return board.planned - board.assigned
