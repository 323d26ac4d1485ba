"""What a municipality fills in where a question leaves a place open."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.register.public import Organisation


class PlaceProfile(models.Model):
    """Names of one place, per blank of a question: `{"plaatsnaam": ["Hengelo"], "bijnaam plaats": []}`.

    Questions keep the values they were filled with; a change here gives each of them a next version.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Organisatie"), related_name="place_profiles"
    )
    name = models.CharField(_("Naam"), max_length=120)
    values = models.JSONField(_("Ingevulde plekken"), default=dict, blank=True)
    changed_at = models.DateTimeField(_("Gewijzigd"), auto_now=True)

    class Meta:
        verbose_name = _("Plaatsprofiel")
        verbose_name_plural = _("Plaatsprofielen")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("organisation", "name"), name="monitor_place_profile_name_once")
        ]

    def __str__(self) -> str:
        return self.name
