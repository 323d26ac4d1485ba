"""Minutes as they were frozen, and minutes of others as they were read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.deliberation.models.bodies import Body
from regietafel.deliberation.models.meetings import Meeting
from regietafel.register.public import User


class MinutesVersion(models.Model):
    """The minutes of a meeting as they were confirmed; a change makes a next version."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, verbose_name=_("Vergadering"), related_name="versions"
    )
    number = models.PositiveIntegerField(_("Versie"))
    content = models.JSONField(_("Vastgelegde inhoud"), default=dict)
    content_sha256 = models.CharField(_("Vingerafdruk"), max_length=64)
    reason = models.CharField(_("Waarom deze versie"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("Vastgesteld"), auto_now_add=True)
    made_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Vastgesteld door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Vastgesteld verslag")
        verbose_name_plural = _("Vastgestelde verslagen")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("meeting", "number"), name="deliberation_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, versie {self.number}"


class MinutesImport(models.Model):
    """Minutes that somebody sent as a file: what was understood, and what became of it."""

    class State(models.TextChoices):
        READ = "gelezen", _("gelezen, nog niet opgeslagen")
        STORED = "opgeslagen", _("opgeslagen")
        DROPPED = "weggegooid", _("weggegooid")

    body = models.ForeignKey(Body, models.CASCADE, verbose_name=_("Overlegorgaan"), related_name="imports")
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, verbose_name=_("Vergadering"), null=True, blank=True, related_name="imports"
    )
    file_name = models.CharField(_("Bestandsnaam"), max_length=200)
    sha256 = models.CharField(_("Vingerafdruk"), max_length=64)
    lines = models.JSONField(_("Regels van het bestand"), default=list)
    reading = models.JSONField(_("Zoals gelezen"), default=dict)
    state = models.CharField(_("Stand"), max_length=12, choices=State.choices, default=State.READ)
    revision = models.PositiveIntegerField(_("Wijziging"), default=1)
    created_at = models.DateTimeField(_("Ingelezen op"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Ingelezen door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Ingelezen verslag")
        verbose_name_plural = _("Ingelezen verslagen")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.file_name
