"""How monitors, sources and pictures look to programs, in Dutch and in camelCase."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from regietafel.kit.rest.fields import Input, Instant, Text, Words
from regietafel.kit.rest.links import Links
from regietafel.monitor.engine.picture import NOTE
from regietafel.monitor.models import MediaPicture, Monitor, QueryVersion, Source
from regietafel.monitor.selectors.monitors import asked_text
from regietafel.monitor.selectors.pictures import next_due


class _NextDue(Instant):
    """The moment before which the next picture of a monitor is expected; none while it does not run."""

    def get_attribute(self, instance: Monitor) -> datetime | None:
        return next_due(instance)


class MonitorUitvoer(serializers.Serializer[Any]):
    """A monitor with the terms on which it runs."""

    id = serializers.IntegerField()
    titel = serializers.CharField(source="title")
    dossier = serializers.IntegerField(source="dossier_id")
    doel = serializers.CharField(source="purpose")
    grondslag = serializers.CharField(source="legal_basis")
    stand = serializers.ChoiceField(choices=Monitor.State.values, source="state")
    begindatum = serializers.DateField(source="starts_on", allow_null=True)
    einddatum = serializers.DateField(source="ends_on", allow_null=True)
    bewaartermijnDagen = serializers.IntegerField(source="retention_days")  # noqa: N815
    bronnen = serializers.SerializerMethodField()
    urgentie = serializers.ChoiceField(choices=Monitor.Urgency.values, source="urgency")
    volgendBeeld = _NextDue(allow_null=True)  # noqa: N815
    laatsteBeeldNummer = serializers.IntegerField(source="last_number", allow_null=True)  # noqa: N815
    _links = Links({"self": "api-monitor"})

    def get_bronnen(self, monitor: Monitor) -> list[int]:
        return [source.pk for source in monitor.sources.all()]


class Bron(serializers.Serializer[Any]):
    """A source; its address may hold a secret and stays inside."""

    id = serializers.IntegerField()
    naam = serializers.CharField(source="name")
    aanlevering = serializers.ChoiceField(choices=Source.Kind.values, source="kind")
    soortBerichten = serializers.CharField(source="message_kind")  # noqa: N815
    actief = serializers.BooleanField(source="is_active")
    laatstOpgehaaldOp = Instant(source="last_fetched_at", allow_null=True)  # noqa: N815
    laatstGeleverdOp = Instant(source="last_delivered_at", allow_null=True)  # noqa: N815
    _links = Links({"self": "api-source"})


class Plaatsprofiel(serializers.Serializer[Any]):
    """What an organisation fills in where a question leaves a place open."""

    id = serializers.IntegerField()
    naam = serializers.CharField(source="name")
    organisatie = serializers.IntegerField(source="organisation_id")
    invulling = serializers.DictField(
        source="values", child=serializers.ListField(child=serializers.CharField())
    )
    gewijzigdOp = Instant(source="changed_at")  # noqa: N815
    _links = Links({"self": "api-place"})


class ZoekvraagInvoer(Input):
    """A question to read, with what fills its blanks."""

    vraag = Text(max_length=20_000)
    schrijfwijze = Words(choices=QueryVersion.Dialect.values, default=QueryVersion.Dialect.REGIETAFEL.value)
    invulling = serializers.DictField(
        child=serializers.ListField(child=Text(max_length=100), max_length=50), default=dict
    )


class Fout(serializers.Serializer[Any]):
    """One mistake in a question."""

    regel = serializers.IntegerField(source="line")
    kolom = serializers.IntegerField(source="column")
    melding = serializers.CharField(source="message")
    voorstel = serializers.CharField(source="suggestion")


class Zoekvraaglezing(serializers.Serializer[Any]):
    """How a question is read."""

    geldig = serializers.BooleanField(source="is_valid")
    uitleg = serializers.CharField(source="explanation")
    canoniek = serializers.CharField(source="canonical")
    boom = serializers.DictField(source="data", allow_null=True)
    waarschuwingen = serializers.ListField(source="remarks", child=serializers.CharField())
    fouten = Fout(source="mistakes", many=True)


class OmgevingsbeeldKort(serializers.Serializer[Any]):
    """A published picture in a list."""

    id = serializers.IntegerField()
    nummer = serializers.IntegerField(source="number")
    monitor = serializers.IntegerField(source="monitor_id")
    periodeVan = serializers.DateField(source="period_from")  # noqa: N815
    periodeTotEnMet = serializers.DateField(source="period_until")  # noqa: N815
    gepubliceerdOp = Instant(source="published_at")  # noqa: N815
    vingerafdruk = serializers.CharField(source="content_sha256")
    _links = Links({"self": "api-picture"})


class Omgevingsbeeld(OmgevingsbeeldKort):
    """A published picture as it was frozen, with the question behind it and what it does not say."""

    kernbeeld = serializers.CharField(source="core_message")
    advies = serializers.CharField(source="advice")
    verwachteMomenten = serializers.CharField(source="expected_moments")  # noqa: N815
    brandpunten = serializers.CharField(source="hotspots")
    onzekerheid = serializers.CharField(source="uncertainty")
    volgendBeeld = Instant(source="next_report_at", allow_null=True)  # noqa: N815
    zoekvraag = serializers.SerializerMethodField()
    zoekvraagVersie = serializers.IntegerField(source="query_version.number")  # noqa: N815
    cijfersVan = Instant(source="figures_at")  # noqa: N815
    cijfers = serializers.DictField(source="figures")
    voorbehoud = serializers.SerializerMethodField()

    def get_zoekvraag(self, picture: MediaPicture) -> str:
        return asked_text(picture.query_version)

    def get_voorbehoud(self, picture: MediaPicture) -> str:
        return NOTE
