"""Where messages come from, every delivery, and the messages themselves with their versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.register.public import Organisation, User


class MessageKind(models.TextChoices):
    """The kind of outlet a message appeared in; only news and press may be quoted and linked."""

    NEWS = "nieuws", _("nieuws")
    PRESS = "pers", _("pers")
    SOCIAL = "sociaal", _("sociale media")
    FORUM = "forum", _("forum")
    CONTACT = "klantcontact", _("klantcontact")
    UNKNOWN = "onbekend", _("onbekend")


class Source(models.Model):
    """A feed that is fetched or a series of files that is delivered, of one organisation."""

    class Kind(models.TextChoices):
        FEED = "feed", _("feed (RSS of Atom)")
        FILE = "bestand", _("bestand of export")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Organisatie"), related_name="sources"
    )
    name = models.CharField(_("Naam"), max_length=120)
    kind = models.CharField(_("Aanlevering"), max_length=10, choices=Kind.choices)
    address = models.URLField(_("Adres van de feed"), max_length=500, blank=True)
    message_kind = models.CharField(
        _("Soort berichten"), max_length=12, choices=MessageKind.choices, default=MessageKind.UNKNOWN
    )
    column_mapping = models.JSONField(_("Kolomkoppeling"), default=dict, blank=True)
    is_active = models.BooleanField(_("Actief"), default=True)
    silent_after_hours = models.PositiveIntegerField(_("Stil na (uren)"), default=48)
    etag = models.CharField(_("ETag"), max_length=300, blank=True)
    last_modified = models.CharField(_("Last-Modified"), max_length=100, blank=True)
    last_fetched_at = models.DateTimeField(_("Laatst opgehaald"), null=True, blank=True)
    last_delivered_at = models.DateTimeField(_("Laatst iets nieuws"), null=True, blank=True)
    last_error = models.CharField(_("Laatste fout"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)

    class Meta:
        verbose_name = _("Bron")
        verbose_name_plural = _("Bronnen")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("organisation", "name"), name="monitor_source_name_once"),
            models.CheckConstraint(
                condition=~models.Q(kind="feed") | ~models.Q(address=""), name="monitor_feed_has_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Ingest(models.Model):
    """One delivery of a source: what was read, what was new and what was refused.

    A file that was uploaded waits under `stored_name` until its columns are confirmed, and is then removed.
    """

    class State(models.TextChoices):
        OFFERED = "aangeboden", _("wacht op uw bevestiging")
        QUEUED = "wacht", _("wordt ingelezen")
        DONE = "klaar", _("ingelezen")
        FAILED = "mislukt", _("mislukt")

    source = models.ForeignKey(Source, models.CASCADE, verbose_name=_("Bron"), related_name="ingests")
    started_at = models.DateTimeField(_("Begonnen"))
    finished_at = models.DateTimeField(_("Klaar"), null=True)
    file_name = models.CharField(_("Bestand of adres"), max_length=500)
    file_sha256 = models.CharField(_("Vingerafdruk"), max_length=64, blank=True)
    counts = models.JSONField(_("Aantallen"), default=dict)
    row_errors = models.JSONField(_("Fouten per rij"), default=list)
    failure = models.CharField(_("Mislukt omdat"), max_length=500, blank=True)
    state = models.CharField(_("Stand"), max_length=12, choices=State.choices, default=State.DONE)
    stored_name = models.CharField(_("Tijdelijk bestand"), max_length=80, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, verbose_name=_("Door"), null=True, related_name="+")

    class Meta:
        verbose_name = _("Inname")
        verbose_name_plural = _("Innamen")
        ordering = ("-started_at",)

    def __str__(self) -> str:
        return f"{self.source}: {self.file_name}"


class Message(models.Model):
    """A public message in its latest version; after the retention period only what can be counted remains."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Organisatie"), related_name="messages"
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("Bron"), related_name="messages")
    ingest = models.ForeignKey(Ingest, models.PROTECT, verbose_name=_("Inname"), related_name="messages")
    key = models.CharField(_("Sleutel"), max_length=64)
    external_id = models.CharField(_("Nummer bij de bron"), max_length=500, blank=True)
    url = models.CharField(_("Adres"), max_length=2000, blank=True)
    published_at = models.DateTimeField(_("Gepubliceerd"))
    day = models.DateField(_("Dag"))
    received_at = models.DateTimeField(_("Voor het eerst ontvangen"))
    text_received_at = models.DateTimeField(_("Deze tekst ontvangen"))
    outlet = models.CharField(_("Medium"), max_length=200)
    kind = models.CharField(_("Soort"), max_length=12, choices=MessageKind.choices)
    language = models.CharField(_("Taal"), max_length=8, blank=True)
    place = models.CharField(_("Plaats volgens de bron"), max_length=120, blank=True)
    labels = models.JSONField(_("Labels van de bron"), default=list, blank=True)
    title = models.CharField(_("Kop"), max_length=1000, blank=True)
    text = models.TextField(_("Tekst"), blank=True)
    text_hash = models.CharField(_("Vingerafdruk van de tekst"), max_length=64, blank=True)
    author_day_hash = models.CharField(_("Dagcode van de afzender"), max_length=32, blank=True)
    interactions = models.PositiveIntegerField(_("Reacties"), null=True, blank=True)
    sentiment = models.SmallIntegerField(_("Sentiment"), null=True, blank=True)
    sentiment_judged = models.BooleanField(_("Toon bepaald"), default=False, db_default=False)
    version = models.PositiveSmallIntegerField(_("Versie"), default=1)
    erased_at = models.DateTimeField(_("Tekst gewist"), null=True, blank=True)

    class Meta:
        verbose_name = _("Bericht")
        verbose_name_plural = _("Berichten")
        ordering = ("-published_at",)
        constraints = [
            models.UniqueConstraint(fields=("organisation", "key"), name="monitor_message_known_once")
        ]
        indexes = [
            models.Index(fields=("source", "day"), name="monitor_message_day"),
            models.Index(fields=("erased_at", "received_at"), name="monitor_message_retention"),
        ]

    def __str__(self) -> str:
        return self.title or f"bericht {self.pk}"


class MessageVersion(models.Model):
    """An earlier version of a message whose text changed at the same address."""

    message = models.ForeignKey(Message, models.CASCADE, verbose_name=_("Bericht"), related_name="versions")
    number = models.PositiveSmallIntegerField(_("Versie"))
    title = models.CharField(_("Kop"), max_length=1000, blank=True)
    text = models.TextField(_("Tekst"), blank=True)
    text_hash = models.CharField(_("Vingerafdruk van de tekst"), max_length=64)
    published_at = models.DateTimeField(_("Gepubliceerd"))
    received_at = models.DateTimeField(_("Ontvangen"))

    class Meta:
        verbose_name = _("Eerdere versie")
        verbose_name_plural = _("Eerdere versies")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("message", "number"), name="monitor_message_version_once")
        ]

    def __str__(self) -> str:
        return f"versie {self.number}"


class Match(models.Model):
    """A message answers the question of a monitor, as the question now stands."""

    monitor = models.ForeignKey(
        "monitor.Monitor", models.CASCADE, verbose_name=_("Monitor"), related_name="matches"
    )
    message = models.ForeignKey(Message, models.CASCADE, verbose_name=_("Bericht"), related_name="matches")
    story = models.ForeignKey(
        "monitor.Story",
        models.SET_NULL,
        verbose_name=_("Verhaal"),
        null=True,
        blank=True,
        related_name="matches",
    )

    class Meta:
        verbose_name = _("Treffer")
        verbose_name_plural = _("Treffers")
        constraints = [models.UniqueConstraint(fields=("monitor", "message"), name="monitor_match_once")]

    def __str__(self) -> str:
        return f"treffer {self.pk}"
