"""The omgevingsbeeld: what public media showed in a period, in draft or frozen under a number."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.monitor.models.monitors import Monitor, QueryVersion
from regietafel.register.public import User


class MediaPicture(models.Model):
    """One picture of a monitor and a period; once published neither words nor figures change."""

    class State(models.TextChoices):
        DRAFT = "concept", _("concept")
        PUBLISHED = "gepubliceerd", _("gepubliceerd")

    monitor = models.ForeignKey(Monitor, models.PROTECT, verbose_name=_("Monitor"), related_name="pictures")
    number = models.PositiveIntegerField(_("Nummer"), null=True, blank=True)
    state = models.CharField(_("Stand"), max_length=12, choices=State.choices, default=State.DRAFT)
    period_from = models.DateField(_("Periode vanaf"))
    period_until = models.DateField(_("Periode tot en met"))
    query_version = models.ForeignKey(
        QueryVersion, models.PROTECT, verbose_name=_("Versie van de zoekvraag"), related_name="+"
    )
    core_message = models.TextField(_("Kernbeeld"), blank=True)
    advice = models.TextField(_("Advies"), blank=True)
    expected_moments = models.TextField(_("Verwachte momenten"), blank=True)
    sections = models.JSONField(_("Per label: wat wij zien, voorbeelden en advies"), default=dict, blank=True)
    hotspots = models.TextField(_("Brandpunten"), blank=True)
    uncertainty = models.TextField(_("Onzekerheid"), blank=True)
    next_report_at = models.DateTimeField(_("Volgend beeld"), null=True, blank=True)
    figures = models.JSONField(_("Cijfers"), default=dict)
    additions = models.JSONField(_("Duiding"), default=list, blank=True)
    figures_at = models.DateTimeField(_("Cijfers van"))
    revision = models.PositiveIntegerField(_("Wijziging"), default=1)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Opsteller"), null=True, related_name="+"
    )
    maker = models.CharField(_("Naam van de opsteller"), max_length=120, blank=True)
    published_at = models.DateTimeField(_("Gepubliceerd"), null=True, blank=True)
    published_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Gepubliceerd door"), null=True, blank=True, related_name="+"
    )
    content = models.JSONField(_("Vastgelegde inhoud"), default=dict, blank=True)
    content_sha256 = models.CharField(_("Vingerafdruk"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("Omgevingsbeeld")
        verbose_name_plural = _("Omgevingsbeelden")
        ordering = ("-period_until", "-number")
        constraints = [
            models.UniqueConstraint(fields=("monitor", "number"), name="monitor_picture_number_once"),
            models.CheckConstraint(
                condition=models.Q(state="concept") | models.Q(number__isnull=False),
                name="monitor_published_picture_has_number",
            ),
            models.CheckConstraint(
                condition=models.Q(period_until__gte=models.F("period_from")),
                name="monitor_picture_period_lasts",
            ),
        ]

    def __str__(self) -> str:
        return f"Omgevingsbeeld {self.number}" if self.number else "Omgevingsbeeld (concept)"


class PictureMailing(models.Model):
    """A published picture was mailed to colleagues, chosen by name from those with a role."""

    picture = models.ForeignKey(
        MediaPicture, models.CASCADE, verbose_name=_("Omgevingsbeeld"), related_name="mailings"
    )
    recipients = models.ManyToManyField(User, verbose_name=_("Ontvangers"), related_name="+")
    sent_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Verstuurd door"), null=True, related_name="+"
    )
    sent_at = models.DateTimeField(_("Verstuurd"), auto_now_add=True)
    delivered = models.JSONField(_("Bezorgd"), default=list, blank=True)

    class Meta:
        verbose_name = _("Verzending van een omgevingsbeeld")
        verbose_name_plural = _("Verzendingen van omgevingsbeelden")
        ordering = ("-sent_at",)

    def __str__(self) -> str:
        return f"verzending {self.pk}"
