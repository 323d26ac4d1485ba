"""Tables of the machinery: the audit chain, scheduled work and runs of jobs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditHead(models.Model):
    """The last link of one chain; locked while a new link is added."""

    chain = models.CharField(_("Keten"), max_length=60, unique=True)
    sequence = models.PositiveBigIntegerField(_("Volgnummer"), default=0)
    hash = models.CharField(_("Hash"), max_length=64, default="")

    class Meta:
        verbose_name = _("Kop van logketen")
        verbose_name_plural = _("Koppen van logketens")


class AuditEvent(models.Model):
    """One thing that happened: who, when, what, to which object, with which result, from where."""

    chain = models.CharField(_("Keten"), max_length=60)
    sequence = models.PositiveBigIntegerField(_("Volgnummer"))
    at = models.DateTimeField(_("Moment"))
    actor_id = models.BigIntegerField(_("Nummer van gebruiker"), null=True)
    actor = models.CharField(_("Wie"), max_length=200)
    origin = models.CharField(_("Vanaf"), max_length=64)
    action = models.CharField(_("Handeling"), max_length=60)
    object_type = models.CharField(_("Soort object"), max_length=60)
    object_id = models.CharField(_("Nummer van object"), max_length=40)
    object_label = models.CharField(_("Object"), max_length=300)
    result = models.CharField(_("Resultaat"), max_length=20, default="gelukt")
    reason = models.TextField(_("Reden"), blank=True)
    changes = models.JSONField(_("Wijzigingen"), default=dict)
    previous_hash = models.CharField(_("Vorige hash"), max_length=64)
    hash = models.CharField(_("Hash"), max_length=64)

    class Meta:
        verbose_name = _("Logregel")
        verbose_name_plural = _("Logregels")
        ordering = ("chain", "-sequence")
        constraints = [models.UniqueConstraint(fields=("chain", "sequence"), name="kit_audit_one_link")]
        indexes = [models.Index(fields=("object_type", "object_id"), name="kit_audit_object")]


class Schedule(models.Model):
    """Work that returns: every so many minutes, or daily at a local time."""

    name = models.CharField(_("Naam"), max_length=80, unique=True)
    every_minutes = models.PositiveIntegerField(_("Om de (minuten)"), null=True)
    daily_at = models.TimeField(_("Dagelijks om"), null=True)
    next_due_at = models.DateTimeField(_("Volgende keer"))
    last_run_at = models.DateTimeField(_("Laatst gestart"), null=True)
    enabled = models.BooleanField(_("Staat aan"), default=True)

    class Meta:
        verbose_name = _("Gepland werk")
        verbose_name_plural = _("Gepland werk")
        ordering = ("name",)


class JobRun(models.Model):
    """One job with its attempts, lease and outcome; the durable twin of a task in the queue."""

    class State(models.TextChoices):
        WAITING = "wacht", _("wacht")
        RUNNING = "bezig", _("bezig")
        DONE = "klaar", _("klaar")
        RETRY = "opnieuw", _("wordt opnieuw geprobeerd")
        FAILED = "mislukt", _("mislukt")

    name = models.CharField(_("Naam"), max_length=80)
    key = models.CharField(_("Sleutel"), max_length=120, blank=True)
    arguments = models.JSONField(_("Gegevens"), default=dict)
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("Pogingen"), default=0)
    max_attempts = models.PositiveSmallIntegerField(_("Hoogstens"), default=5)
    due_at = models.DateTimeField(_("Vanaf"))
    lease_until = models.DateTimeField(_("Geleend tot"), null=True)
    worker = models.CharField(_("Werker"), max_length=80, blank=True)
    progress = models.CharField(_("Voortgang"), max_length=200, blank=True)
    last_error = models.TextField(_("Laatste fout"), blank=True)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)
    finished_at = models.DateTimeField(_("Afgerond"), null=True)
    task_id = models.CharField(_("Taaknummer"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("Taak")
        verbose_name_plural = _("Taken")
        ordering = ("-created_at",)
        indexes = [models.Index(fields=("state", "due_at"), name="kit_job_due")]
        constraints = [
            models.UniqueConstraint(
                fields=("name", "key"),
                condition=models.Q(state__in=("wacht", "bezig", "opnieuw")) & ~models.Q(key=""),
                name="kit_job_once_in_queue",
            )
        ]
