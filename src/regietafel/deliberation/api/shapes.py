"""How bodies, meetings and what came of them look to programs, in Dutch and in camelCase."""

from typing import Any

from rest_framework import serializers

from regietafel.deliberation.models import AgendaItem, Body, Entry, Inquiry, Meeting, Seat
from regietafel.kit.rest.fields import Input, Instant, Text
from regietafel.kit.rest.links import Links
from regietafel.register.public import Confidentiality

LEVELS = [str(level.label) for level in Confidentiality if level < Confidentiality.CONFIDENTIAL]


class _Level(serializers.ChoiceField):
    """How far something may be read, as a word."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=LEVELS, **kwargs)

    def to_representation(self, value: Any) -> str:
        return str(Confidentiality(value).label)


class Zetel(serializers.Serializer[Any]):
    """A seat: an organisation or a function, never a person or an address."""

    organisatie = serializers.IntegerField(source="organisation_id", allow_null=True)
    naam = serializers.SerializerMethodField()
    rol = serializers.ChoiceField(choices=Seat.Part.values, source="part")

    def get_naam(self, seat: Seat) -> str:
        return str(seat)


class Overlegorgaan(serializers.Serializer[Any]):
    """A body that meets."""

    id = serializers.IntegerField()
    naam = serializers.CharField(source="name")
    soort = serializers.ChoiceField(choices=Body.Kind.values, source="kind")
    secretariaat = serializers.IntegerField(source="organisation_id")
    waarvoor = serializers.CharField(source="purpose")
    vertrouwelijkheid = _Level(source="confidentiality")
    omDeWeken = serializers.IntegerField(source="interval_weeks")  # noqa: N815
    totWanneer = serializers.CharField(source="until_when")  # noqa: N815
    beeindigdOp = serializers.DateField(source="ended_on", allow_null=True)  # noqa: N815
    zetels = Zetel(source="taken", many=True)
    _links = Links({"self": "api-body"})


class Vergadering(serializers.Serializer[Any]):
    """A meeting; its press line is for who sits at the table, once the meeting is over."""

    id = serializers.IntegerField()
    overlegorgaan = serializers.IntegerField(source="body_id")
    nummer = serializers.IntegerField(source="number")
    titel = serializers.CharField(source="title")
    begint = Instant(source="starts_at")
    eindigt = Instant(source="ends_at")
    plaats = serializers.CharField(source="place")
    stand = serializers.ChoiceField(choices=Meeting.State.values, source="state")
    vastgesteldOp = Instant(source="confirmed_at", allow_null=True)  # noqa: N815
    perslijn = serializers.SerializerMethodField()
    _links = Links({"self": "api-meeting"})

    def get_perslijn(self, meeting: Any) -> str | None:
        return meeting.press_line if meeting.reads_body and meeting.closed_at is not None else None


class Agendapunt(serializers.Serializer[Any]):
    """An item of an agenda; what was said about it is there once the meeting is over."""

    id = serializers.IntegerField()
    vergadering = serializers.IntegerField(source="meeting_id")
    volgorde = serializers.IntegerField(source="order")
    nummer = serializers.CharField(source="number")
    onderwerp = serializers.CharField(source="title")
    soort = serializers.ChoiceField(choices=AgendaItem.Kind.values, source="kind")
    thema = serializers.CharField(source="theme")
    inleiding = serializers.CharField(source="introduction")
    besproken = serializers.SerializerMethodField()
    vertrouwelijkheid = _Level(source="confidentiality")
    ookVoorGasten = serializers.BooleanField(source="for_guests")  # noqa: N815
    dossier = serializers.IntegerField(source="known_dossier", allow_null=True)
    _links = Links({"self": "api-agenda-item"})

    def get_besproken(self, item: AgendaItem) -> str | None:
        return item.notes if item.meeting.closed_at is not None else None


class Besluit(serializers.Serializer[Any]):
    """A decision (B), bottleneck (K) or action (A); the person who owes it is not named."""

    id = serializers.IntegerField()
    soort = serializers.ChoiceField(choices=Entry.Kind.values, source="kind")
    tekst = serializers.CharField(source="text")
    toelichting = serializers.CharField(source="explanation")
    stand = serializers.ChoiceField(choices=Entry.State.values, source="state")
    overlegorgaan = serializers.IntegerField(source="item.meeting.body_id")
    vergadering = serializers.IntegerField(source="item.meeting_id")
    agendapunt = serializers.IntegerField(source="item_id")
    voorwaardeSoort = serializers.CharField(source="condition_kind")  # noqa: N815
    voorwaarde = serializers.CharField(source="condition")
    voorwaardeVervuldOp = Instant(source="condition_met_at", allow_null=True)  # noqa: N815
    actiehouderOrganisatie = serializers.IntegerField(  # noqa: N815
        source="owner_organisation_id", allow_null=True
    )
    actiehouderFunctie = serializers.CharField(source="owner_function")  # noqa: N815
    termijn = serializers.DateField(source="due_on", allow_null=True)
    termijnTotEnMet = serializers.BooleanField(source="due_is_inclusive")  # noqa: N815
    termijnTekst = serializers.CharField(source="due_written")  # noqa: N815
    terugkoppelingVia = serializers.CharField(source="feedback_via")  # noqa: N815
    terugmelding = serializers.CharField(source="report")
    teruggemeldOp = Instant(source="reported_at", allow_null=True)  # noqa: N815
    afgerondOp = Instant(source="closed_at", allow_null=True)  # noqa: N815
    opgelostDoor = serializers.IntegerField(source="known_solution", allow_null=True)  # noqa: N815
    vervangt = serializers.IntegerField(source="known_replaced", allow_null=True)
    voertUit = serializers.IntegerField(source="known_request", allow_null=True)  # noqa: N815
    ingetrokkenOp = Instant(source="withdrawn_at", allow_null=True)  # noqa: N815
    redenIntrekking = serializers.CharField(source="withdrawn_reason")  # noqa: N815
    _links = Links({"self": "api-entry"})


class TerugmeldingInvoer(Input):
    """What is reported back about an action."""

    terugmelding = Text(max_length=2000, source="report")
    klaar = serializers.BooleanField(source="is_done")


class Antwoord(serializers.Serializer[Any]):
    """The answer of one organisation; who wrote it is not named."""

    organisatie = serializers.IntegerField(source="organisation_id")
    tekst = serializers.CharField(source="text")
    getal = serializers.DecimalField(
        source="number", max_digits=14, decimal_places=2, allow_null=True, coerce_to_string=False
    )
    ja = serializers.BooleanField(source="is_yes", allow_null=True)
    beantwoordOp = Instant(source="answered_at")  # noqa: N815


class Uitvraag(serializers.Serializer[Any]):
    """A question to the members; who did not answer is not in the list of answers."""

    id = serializers.IntegerField()
    overlegorgaan = serializers.IntegerField(source="body_id")
    vraag = serializers.CharField(source="question")
    soortAntwoord = serializers.ChoiceField(choices=Inquiry.Form.values, source="form")  # noqa: N815
    eenheid = serializers.CharField(source="unit")
    antwoordUiterlijkOp = serializers.DateField(source="answer_by")  # noqa: N815
    gevraagdOp = Instant(source="asked_at")  # noqa: N815
    geslotenOp = Instant(source="closed_at", allow_null=True)  # noqa: N815
    gevraagd = serializers.SerializerMethodField()
    beantwoord = serializers.SerializerMethodField()
    antwoorden = Antwoord(source="answers", many=True)
    _links = Links({"self": "api-inquiry"})

    def get_gevraagd(self, inquiry: Any) -> int:
        return int(inquiry.asked_count or 0)

    def get_beantwoord(self, inquiry: Any) -> int:
        return int(inquiry.answered_count or 0)
