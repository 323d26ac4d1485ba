"""How records of the register look to programs, in Dutch and in camelCase."""

from typing import Any

from rest_framework import serializers

from regietafel.kit.rest.fields import Day, Input, Instant, Number, Text, Words
from regietafel.kit.rest.links import Links
from regietafel.register.models import Confidentiality, Dossier, Fact, Moment, Organisation

SECRECY = {str(level.label): level.value for level in Confidentiality}
FOR_PROGRAMS = [word for word, value in SECRECY.items() if value < Confidentiality.CONFIDENTIAL]


class Secrecy(Words):
    """How far a record may be read, as a word."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=FOR_PROGRAMS, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        return SECRECY[super().to_internal_value(data)]

    def to_representation(self, value: Any) -> str:
        return str(Confidentiality(value).label)


class Organisatie(serializers.Serializer[Any]):
    """An organisation."""

    id = serializers.IntegerField()
    naam = serializers.CharField(source="name")
    code = serializers.CharField()
    soort = serializers.ChoiceField(choices=Organisation.Kind.values, source="kind")
    gebied = serializers.CharField(source="area.code", default=None, allow_null=True)
    _links = Links({"self": "api-organisation"})


class Inwonertal(serializers.Serializer[Any]):
    """A number of inhabitants, never without its day and source."""

    aantal = serializers.IntegerField(source="count")
    peildatum = serializers.DateField(source="reference_on")
    bron = serializers.CharField(source="source")


class Gebied(serializers.Serializer[Any]):
    """An area with its CBS code."""

    code = serializers.CharField()
    naam = serializers.CharField(source="name")
    soort = serializers.CharField(source="kind")
    inwonertallen = Inwonertal(source="inhabitants", many=True)
    _links = Links({"self": "api-area"}, by=("code",))


class DossierUitvoer(serializers.Serializer[Any]):
    """A dossier."""

    id = serializers.IntegerField()
    titel = serializers.CharField(source="title")
    soort = serializers.ChoiceField(choices=Dossier.Kind.values, source="kind")
    samenvatting = serializers.CharField(source="summary")
    zaaknummer = serializers.CharField(source="reference")
    organisatie = serializers.IntegerField(source="organisation_id")
    gebied = serializers.CharField(source="area.code", default=None, allow_null=True)
    fase = serializers.CharField(source="phase.code")
    vertrouwelijkheid = Secrecy(source="confidentiality")
    gedeeldMetRegio = serializers.BooleanField(source="shared_with_region")  # noqa: N815
    versie = serializers.IntegerField(source="version")
    gemaaktOp = Instant(source="created_at")  # noqa: N815
    gewijzigdOp = Instant(source="updated_at")  # noqa: N815
    _links = Links({"self": "api-dossier", "feiten": "api-facts", "momenten": "api-moments"})


class DossierInvoer(Input):
    """A new dossier."""

    organisatie = Number()
    titel = Text(source="title", max_length=160)
    soort = Words(choices=Dossier.Kind.values, source="kind")
    samenvatting = Text(source="summary", max_length=4000, required=False, allow_blank=True)
    zaaknummer = Text(source="reference", max_length=60, required=False, allow_blank=True)
    gebied = Text(max_length=20, required=False, allow_null=True)
    vertrouwelijkheid = Secrecy(source="confidentiality", required=False)


class DossierwijzigingInvoer(Input):
    """What may change of a dossier; `versie` is the one that was read, so that nobody is overwritten."""

    versie = Number()
    titel = Text(source="title", max_length=160)
    soort = Words(choices=Dossier.Kind.values, source="kind")
    samenvatting = Text(source="summary", max_length=4000, allow_blank=True)
    zaaknummer = Text(source="reference", max_length=60, allow_blank=True)
    gebied = Text(max_length=20, allow_null=True)


class Feit(serializers.Serializer[Any]):
    """A fact with status and source."""

    id = serializers.IntegerField()
    tekst = serializers.CharField(source="text")
    status = serializers.ChoiceField(choices=Fact.Status.values)
    bron = serializers.CharField(source="source")
    peildatum = serializers.DateField(source="as_of")
    vervangt = serializers.IntegerField(source="replaces_id", allow_null=True)
    ingetrokkenOp = Instant(source="withdrawn_at", allow_null=True)  # noqa: N815
    vastgelegdOp = Instant(source="created_at")  # noqa: N815
    _links = Links({"self": "api-fact"}, by=("dossier_id", "pk"))


class FeitInvoer(Input):
    """A new fact; with `vervangt` it takes the place of an earlier one, which stays in the history."""

    tekst = Text(source="text", max_length=4000)
    status = Words(choices=Fact.Status.values)
    bron = Text(source="source", max_length=200, required=False, allow_blank=True)
    peildatum = Day(source="as_of")
    vervangt = Number(required=False, allow_null=True)


class IntrekkingInvoer(Input):
    """Why a fact is taken back."""

    reden = Text(source="reason", max_length=300)


class MomentUitvoer(serializers.Serializer[Any]):
    """A moment on the timeline."""

    id = serializers.IntegerField()
    titel = serializers.CharField(source="title")
    soort = serializers.ChoiceField(choices=Moment.Kind.values, source="kind")
    begint = Instant(source="starts_at")
    eindigt = Instant(source="ends_at", allow_null=True)
    plaats = serializers.CharField(source="place")
    toelichting = serializers.CharField(source="note")
    afgerondOp = Instant(source="done_at", allow_null=True)  # noqa: N815
    _links = Links({"self": "api-moment"}, by=("dossier_id", "pk"))


class MomentInvoer(Input):
    """A moment that is planned or recorded."""

    titel = Text(source="title", max_length=160)
    soort = Words(choices=Moment.Kind.values, source="kind")
    begint = Instant(source="starts_at")
    eindigt = Instant(source="ends_at", required=False, allow_null=True)
    plaats = Text(source="place", max_length=160, required=False, allow_blank=True)
    toelichting = Text(source="note", max_length=4000, required=False, allow_blank=True)
