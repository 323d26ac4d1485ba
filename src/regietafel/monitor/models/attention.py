"""What the monitor makes of many messages: stories, alarms, sentiment set right by hand, public actors."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.monitor.models.messages import Message
from regietafel.monitor.models.monitors import Monitor
from regietafel.register.public import Organisation, User


class Story(models.Model):
    """Copies and near copies of one text among the messages of a monitor; counted once.

    The title is that of a medium; a story that only people brought has none.
    """

    monitor = models.ForeignKey(Monitor, models.CASCADE, verbose_name=_("Monitor"), related_name="stories")
    title = models.CharField(_("Kop"), max_length=1000, blank=True)
    first_at = models.DateTimeField(_("Eerste bericht"))
    last_at = models.DateTimeField(_("Laatste bericht"))
    size = models.PositiveIntegerField(_("Aantal berichten"), default=1)

    class Meta:
        verbose_name = _("Verhaal in een monitor")
        verbose_name_plural = _("Verhalen in een monitor")
        ordering = ("-last_at",)
        indexes = [models.Index(fields=("monitor", "last_at"), name="monitor_story_last")]

    def __str__(self) -> str:
        return self.title or f"verhaal {self.pk}"


class Alarm(models.Model):
    """A day on which a monitor saw more than chance explains, or a source that fell silent."""

    class Kind(models.TextChoices):
        VOLUME = "volume", _("meer berichten")
        SOURCE_GONE = "bron-weg", _("bron weg")

    class Verdict(models.TextChoices):
        OPEN = "open", _("nog niet beoordeeld")
        REAL = "echt", _("er is iets aan de hand")
        EXPLAINED = "verklaard", _("verklaard, geen actie nodig")
        FALSE = "vals", _("vals alarm")

    monitor = models.ForeignKey(Monitor, models.CASCADE, verbose_name=_("Monitor"), related_name="alarms")
    kind = models.CharField(_("Soort"), max_length=10, choices=Kind.choices, default=Kind.VOLUME)
    day = models.DateField(_("Dag"))
    outlet = models.CharField(_("Medium"), max_length=200, blank=True)
    count = models.PositiveIntegerField(_("Aantal"), null=True)
    expected = models.FloatField(_("Verwacht"), null=True)
    low = models.FloatField(_("Verwacht, laagste"), null=True)
    high = models.FloatField(_("Verwacht, hoogste"), null=True)
    p_value = models.FloatField(_("Kans op toeval"), null=True)
    stories = models.JSONField(_("Verhalen erachter"), default=list, blank=True)
    raised_at = models.DateTimeField(_("Gegeven op"), auto_now_add=True)
    verdict = models.CharField(_("Oordeel"), max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    judged_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Beoordeeld door"), null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField(_("Beoordeeld"), null=True, blank=True)
    judged_because = models.CharField(_("Reden van het oordeel"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Alarm van een monitor")
        verbose_name_plural = _("Alarmen van monitors")
        ordering = ("-day", "-raised_at")
        constraints = [
            models.UniqueConstraint(
                fields=("monitor", "kind", "day", "outlet"), name="monitor_alarm_raised_once"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict="open") | ~models.Q(judged_because=""),
                name="monitor_alarm_judged_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"alarm van {self.day:%d-%m-%Y}"


class SentimentCorrection(models.Model):
    """A colleague set the sentiment of a message right; this wins from the word list."""

    message = models.ForeignKey(
        Message, models.CASCADE, verbose_name=_("Bericht"), related_name="sentiment_corrections"
    )
    sentiment = models.SmallIntegerField(_("Sentiment"))
    by = models.ForeignKey(User, models.SET_NULL, verbose_name=_("Door"), null=True, related_name="+")
    at = models.DateTimeField(_("Op"), auto_now_add=True)

    class Meta:
        verbose_name = _("Verbetering van het sentiment")
        verbose_name_plural = _("Verbeteringen van het sentiment")
        ordering = ("-at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sentiment__in=(-1, 0, 1)), name="monitor_corrected_sentiment_known"
            )
        ]

    def __str__(self) -> str:
        return f"sentiment {self.sentiment}"


class PublicActor(models.Model):
    """An organisation or a public function that speaks in public; never a private person."""

    class Kind(models.TextChoices):
        MEDIUM = "medium", _("medium")
        PARTY = "partij", _("politieke partij")
        ACTION_GROUP = "actiegroep", _("actiegroep (als organisatie)")
        GOVERNMENT = "overheid", _("overheid")
        RECEPTION = "opvang", _("opvangorganisatie")
        AID = "hulp", _("hulporganisatie")
        FUNCTION = "functie", _("openbare functie")
        OTHER = "overig", _("andere organisatie")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("Organisatie"), related_name="public_actors"
    )
    name = models.CharField(_("Naam"), max_length=120)
    kind = models.CharField(_("Soort"), max_length=12, choices=Kind.choices)
    written_as = models.JSONField(_("Ook geschreven als"), default=list, blank=True)
    reason = models.CharField(_("Waarom op de lijst"), max_length=300)
    added_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Toegevoegd door"), null=True, related_name="+"
    )
    added_at = models.DateTimeField(_("Toegevoegd"), auto_now_add=True)
    reviewed_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Nagekeken door"), null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("Nagekeken"), null=True, blank=True)
    is_active = models.BooleanField(_("Actief"), default=True)

    class Meta:
        verbose_name = _("Publieke actor")
        verbose_name_plural = _("Publieke actoren")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("organisation", "name"), name="monitor_public_actor_once")
        ]

    def __str__(self) -> str:
        return self.name


class RecentFigures(models.Model):
    """The figures of the last two weeks of a monitor, counted in the background after each delivery."""

    monitor = models.OneToOneField(
        Monitor, models.CASCADE, verbose_name=_("Monitor"), related_name="recent_figures"
    )
    figures = models.JSONField(_("Cijfers"))
    volume = models.JSONField(_("Verloop"), default=dict, blank=True)
    meaning = models.JSONField(_("Inhoud en toon"), default=dict, blank=True)
    stamp = models.CharField(_("Stand van vraag en berichten"), max_length=80)
    counted_at = models.DateTimeField(_("Geteld"))

    class Meta:
        verbose_name = _("Recente cijfers")
        verbose_name_plural = _("Recente cijfers")

    def __str__(self) -> str:
        return f"cijfers van {self.monitor}"
