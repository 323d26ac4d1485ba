"""The monitor: a question about a phenomenon, with the purpose and ground without which it does not run."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.monitor.models.messages import Source
from regietafel.monitor.models.places import PlaceProfile
from regietafel.register.public import Dossier, User


class Monitor(models.Model):
    """What is followed within one dossier: question, purpose, ground, owner, term, retention and sources."""

    class State(models.TextChoices):
        DRAFT = "concept", _("concept")
        RUNNING = "actief", _("actief")
        PAUSED = "gepauzeerd", _("gepauzeerd")
        STOPPED = "gestopt", _("gestopt")

    class Purpose(models.TextChoices):
        COMMUNICATION = "communicatie", _("communicatie")
        PUBLIC_ORDER = "openbare-orde", _("openbare orde")

    class Urgency(models.TextChoices):
        LOW = "laag", _("laag")
        NORMAL = "normaal", _("normaal")
        RAISED = "verhoogd", _("verhoogd")
        HIGH = "hoog", _("hoog")

    dossier = models.ForeignKey(Dossier, models.PROTECT, verbose_name=_("Dossier"), related_name="monitors")
    title = models.CharField(_("Titel"), max_length=160)
    purpose = models.CharField(_("Doel"), max_length=20, choices=Purpose.choices, blank=True)
    legal_basis = models.CharField(_("Grondslag"), max_length=300, blank=True)
    reason = models.TextField(_("Aanleiding"), blank=True)
    dpia_reference = models.CharField(_("Verwijzing naar DPIA of advies FG"), max_length=200, blank=True)
    owner = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("Eigenaar"), null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField(_("Begint op"), null=True, blank=True)
    ends_on = models.DateField(_("Eindigt op"), null=True, blank=True)
    retention_days = models.PositiveSmallIntegerField(_("Bewaartermijn ruwe tekst (dagen)"), default=14)
    sources = models.ManyToManyField(Source, verbose_name=_("Bronnen"), blank=True, related_name="monitors")
    filled_from = models.ForeignKey(
        PlaceProfile,
        models.PROTECT,
        verbose_name=_("Plaatsprofiel"),
        null=True,
        blank=True,
        related_name="monitors",
    )
    urgency = models.CharField(_("Urgentie"), max_length=10, choices=Urgency.choices, default=Urgency.NORMAL)
    state = models.CharField(_("Stand"), max_length=12, choices=State.choices, default=State.DRAFT)
    state_reason = models.CharField(_("Reden van de stand"), max_length=300, blank=True)
    started_at = models.DateTimeField(_("Voor het eerst gestart"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("Gestopt"), null=True, blank=True)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)
    updated_at = models.DateTimeField(_("Gewijzigd"), auto_now=True)

    class Meta:
        verbose_name = _("Monitor")
        verbose_name_plural = _("Monitors")
        ordering = ("title",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(retention_days__gte=1) & models.Q(retention_days__lte=90),
                name="monitor_retention_at_most_90_days",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="actief") | models.Q(ends_on__isnull=False),
                name="monitor_running_has_end_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class QueryVersion(models.Model):
    """The question as it stood from a moment on; never changed, only followed by a next version.

    ``text`` may hold blanks, which ``blank_values`` fills in. A question pasted in another supplier's
    language stands in ``pasted`` as it was, and in ``text`` as we read it.
    """

    class Dialect(models.TextChoices):
        REGIETAFEL = "regietafel", _("Regietafel")
        OBI = "obi", _("OBI4wan of Spotler")
        LUCENE = "lucene", _("Lucene")
        MELTWATER = "meltwater", _("Meltwater")

    monitor = models.ForeignKey(
        Monitor, models.CASCADE, verbose_name=_("Monitor"), related_name="query_versions"
    )
    number = models.PositiveSmallIntegerField(_("Versie"))
    text = models.TextField(_("Zoekvraag"))
    blank_values = models.JSONField(_("Ingevulde plekken"), default=dict, blank=True)
    dialect = models.CharField(
        _("Zoektaal"), max_length=12, choices=Dialect.choices, default=Dialect.REGIETAFEL
    )
    pasted = models.TextField(_("Zoals geplakt"), blank=True)
    note = models.CharField(_("Waarom gewijzigd"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("Vanaf"), auto_now_add=True)
    created_by = models.ForeignKey(User, models.SET_NULL, verbose_name=_("Door"), null=True, related_name="+")

    class Meta:
        verbose_name = _("Versie van de zoekvraag")
        verbose_name_plural = _("Versies van de zoekvraag")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("monitor", "number"), name="monitor_query_version_once")
        ]

    def __str__(self) -> str:
        return f"versie {self.number}"


class MonitorRequest(models.Model):
    """A request that needs a second person: a later end, or keeping raw text longer than 30 days."""

    class Kind(models.TextChoices):
        EXTENSION = "verlenging", _("verlenging")
        RETENTION = "bewaartermijn", _("langere bewaartermijn")

    class Decision(models.TextChoices):
        OPEN = "open", _("wacht op een tweede persoon")
        GRANTED = "goedgekeurd", _("goedgekeurd")
        REFUSED = "afgewezen", _("afgewezen")

    monitor = models.ForeignKey(Monitor, models.CASCADE, verbose_name=_("Monitor"), related_name="requests")
    kind = models.CharField(_("Soort aanvraag"), max_length=14, choices=Kind.choices)
    new_end_on = models.DateField(_("Nieuwe einddatum"), null=True, blank=True)
    new_retention_days = models.PositiveSmallIntegerField(
        _("Nieuwe bewaartermijn (dagen)"), null=True, blank=True
    )
    reason = models.TextField(_("Waarom"))
    requested_by = models.ForeignKey(User, models.PROTECT, verbose_name=_("Gevraagd door"), related_name="+")
    requested_at = models.DateTimeField(_("Gevraagd"), auto_now_add=True)
    decision = models.CharField(_("Uitkomst"), max_length=12, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("Beslist door"), null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("Beslist"), null=True, blank=True)
    decision_reason = models.CharField(_("Toelichting"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Aanvraag")
        verbose_name_plural = _("Aanvragen")
        ordering = ("-requested_at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("requested_by")),
                name="monitor_request_second_person",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="open", decided_by__isnull=True)
                | (~models.Q(decision="open") & models.Q(decided_by__isnull=False)),
                name="monitor_request_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=models.Q(new_retention_days__isnull=True) | models.Q(new_retention_days__lte=90),
                name="monitor_request_retention_at_most_90_days",
            ),
            models.UniqueConstraint(
                fields=("monitor", "kind"),
                condition=models.Q(decision="open"),
                name="monitor_request_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
