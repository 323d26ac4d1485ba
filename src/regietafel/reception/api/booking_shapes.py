"""How groups and bookings look to programs; a group is a code, a number of people and what they need."""

from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from regietafel.kit.rest.fields import Count, Day, Identifier, Input, Instant, Number, Text, Words, YesNo
from regietafel.kit.rest.links import Links
from regietafel.reception.forms.groups import MOST_PEOPLE, NEEDS
from regietafel.reception.models import Booking
from regietafel.reception.services.booking_lists import MOST_LINES, REFERENCE, Item, misfits

PLAIN = _("Gebruik letters, cijfers en . _ : - en begin met een letter of cijfer.")
FIELDS = {
    "kind": "soort", "pool": "soortPlaatsen", "group": "groep", "people": "personen", "from_on": "vanaf",
    "until_on": "vertrekOp", "lapses_at": "vervaltOp", "booking": "boeking", "origin": "herkomst",
    "reason": "toelichting",
}  # fmt: skip
"""What the fields of a line of a list are called here."""


def item_of(line: dict[str, Any]) -> Item:
    """Return a line that was sent as the service takes it; null is left out."""
    return Item(**{name: value for name, value in line.items() if value is not None})


SHORTAGES: dict[str, Any] = {
    "tekorten": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["locatie", "soortPlaatsen", "van", "totEnMet", "vrij", "nodig"],
            "properties": {
                "locatie": {"type": "integer"},
                "soortPlaatsen": {"type": "integer"},
                "van": {"type": "string", "format": "date"},
                "totEnMet": {"type": "string", "format": "date"},
                "vrij": {"type": "integer"},
                "nodig": {"type": "integer"},
            },
        },
    }
}


class Reference(Text):
    """A number or a UUID of the program itself."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=64, **kwargs)
        self.validators[-1] = RegexValidator(f"^{REFERENCE.pattern}$", PLAIN)  # for "not empty"


class Opvanggroep(serializers.Serializer[Any]):
    """A group."""

    id = serializers.IntegerField()
    organisatie = serializers.IntegerField(source="organisation_id")
    code = serializers.CharField()
    personen = serializers.IntegerField(source="people")
    nodig = serializers.ListField(source="needs", child=serializers.CharField())
    toegankelijkNodig = serializers.IntegerField(source="accessible")  # noqa: N815
    zorgNodig = serializers.IntegerField(source="care")  # noqa: N815
    deeltKamer = serializers.BooleanField(source="shares_room")  # noqa: N815
    komtOp = serializers.DateField(source="arrives_on")  # noqa: N815
    vertrektOp = serializers.DateField(source="leaves_on", allow_null=True)  # noqa: N815
    _links = Links({"self": "api-group"})


class OpvanggroepInvoer(Input):
    """A new group."""

    code = Text(max_length=40)
    personen = Count(source="people", least=1, most=MOST_PEOPLE)
    nodig = serializers.ListField(
        source="needs",
        child=Words(choices=[word for word, _said in NEEDS]),
        max_length=len(NEEDS),
        default=list,
    )
    toegankelijkNodig = Count(source="accessible", most=MOST_PEOPLE, default=0)  # noqa: N815
    zorgNodig = Count(source="care", most=MOST_PEOPLE, default=0)  # noqa: N815
    deeltKamer = YesNo(source="shares_room", default=False)  # noqa: N815
    komtOp = Day(source="arrives_on")  # noqa: N815
    vertrektOp = Day(source="leaves_on", required=False, allow_null=True)  # noqa: N815


class Opvangboeking(serializers.Serializer[Any]):
    """A line of the ledger; its free texts stay on the pages."""

    id = serializers.UUIDField(source="series")
    soort = serializers.ChoiceField(choices=Booking.Kind.values, source="kind")
    locatie = serializers.IntegerField(source="pool.location_id")
    soortPlaatsen = serializers.IntegerField(source="pool_id")  # noqa: N815
    groep = serializers.CharField(source="group.code", default=None, allow_null=True)
    personen = serializers.IntegerField(source="people")
    plaatsen = serializers.IntegerField(source="places")
    vanaf = serializers.DateField(source="from_on")
    vertrekOp = serializers.DateField(source="until_on", allow_null=True)  # noqa: N815
    vervaltOp = Instant(source="lapses_at", allow_null=True)  # noqa: N815
    boeking = serializers.UUIDField(source="known_of", allow_null=True)
    vastgelegdOp = Instant(source="recorded_at")  # noqa: N815
    _links = Links({"self": "api-booking"}, by=("series",))


class BoekingsregelInvoer(Input):
    """One reservation, placement or departure."""

    soort = Words(source="kind", choices=Booking.Kind.values)
    soortPlaatsen = Number(source="pool", required=False)  # noqa: N815
    groep = Text(source="group", max_length=40, required=False)
    personen = Count(source="people", least=1, most=MOST_PEOPLE, required=False)
    vanaf = Day(source="from_on", required=False)
    vertrekOp = Day(source="until_on", required=False, allow_null=True)  # noqa: N815
    vervaltOp = Instant(source="lapses_at", required=False)  # noqa: N815
    boeking = Identifier(source="booking", required=False)
    herkomst = Text(source="origin", max_length=120, required=False)
    toelichting = Text(source="reason", max_length=300, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if wrong := list(misfits(item_of(attrs))):
            raise serializers.ValidationError({FIELDS[field]: [message] for field, message in wrong})
        return attrs


class BoekingslijstInvoer(Input):
    """A list of bookings under a reference of the program itself."""

    kenmerk = Reference(source="reference")
    boekingen = serializers.ListField(child=BoekingsregelInvoer(), min_length=1, max_length=MOST_LINES)


class Boekingslijst(serializers.Serializer[Any]):
    """What was booked with a list, as it was booked then."""

    id = serializers.IntegerField()
    kenmerk = serializers.CharField(source="reference")
    vastgelegdOp = Instant(source="recorded_at")  # noqa: N815
    boekingen = Opvangboeking(source="booked", many=True)
    _links = Links({"self": "api-booking-list"})
