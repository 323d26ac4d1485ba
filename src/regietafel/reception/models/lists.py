"""Lists that were sent as a file, waiting for a person to say that they were understood."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.register.public import Organisation, User


class ListImport(models.Model):
    """A list in the making: its cells stay until it is stored or thrown away, and a week at most."""

    class Kind(models.TextChoices):
        LOCATIONS = "locaties", _("locaties")
        PLACES = "plaatsen", _("plaatsen per locatie")
        GROUPS = "groepen", _("groepen die een plek zoeken")
        OCCUPANCY = "bezetting", _("bezettingslijst")

    class State(models.TextChoices):
        READ = "gelezen", _("nog niet opgeslagen")
        STORED = "opgeslagen", _("opgeslagen")
        DROPPED = "weggegooid", _("weggegooid")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Organisatie"), related_name="reception_lists"
    )
    kind = models.CharField(_("Soort lijst"), max_length=12, choices=Kind.choices)
    state = models.CharField(_("Stand"), max_length=12, choices=State.choices, default=State.READ)
    file_name = models.CharField(_("Bestand"), max_length=200)
    day = models.DateField(_("Peildag"))
    header = models.JSONField(_("Kolommen in het bestand"), default=list)
    left_out = models.JSONField(_("Niet gelezen kolommen"), default=list)
    rows = models.JSONField(_("Rijen"), default=list)
    mapping = models.JSONField(_("Welke kolom wat is"), default=dict)
    trial = models.JSONField(_("Uitkomst van het nakijken"), default=dict)
    outcome = models.JSONField(_("Wat is opgeslagen"), default=dict)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Gemaakt door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Ingelezen lijst")
        verbose_name_plural = _("Ingelezen lijsten")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.file_name
