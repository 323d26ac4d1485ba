"""Own scenarios of what may come."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.register.public import Organisation, User


class OutlookScenario(models.Model):
    """What a region reckons with beside laag, midden and hoog, and what that rests on."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Coördinatie"), related_name="outlook_scenarios"
    )
    name = models.CharField(_("Naam"), max_length=80)
    factor = models.FloatField(_("Instroom, keer gewoon"), default=1)
    level_per_day = models.FloatField(_("Of: personen per dag"), null=True, blank=True)
    leaving_percent_a_week = models.FloatField(
        _("Particuliere opvang die eindigt (% per week)"), null=True, blank=True
    )
    returning_percent = models.FloatField(_("Daarvan naar de opvang (%)"), default=100)
    source = models.CharField(_("Waarop dit berust"), max_length=300)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Gemaakt door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Scenario van de vooruitblik")
        verbose_name_plural = _("Scenario’s van de vooruitblik")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("organisation", "name"), name="reception_scenario_named_once"),
            models.CheckConstraint(
                condition=models.Q(factor__gte=0)
                & models.Q(leaving_percent_a_week__gte=0, leaving_percent_a_week__lte=100)
                & models.Q(returning_percent__gte=0, returning_percent__lte=100),
                name="reception_scenario_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.name
