"""Requests of other regions for places, and what each municipality answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.register.public import Area, Organisation, User


class AssistanceRequest(models.Model):
    """A request for assistance (bijstandsverzoek) of another region, with the day to answer by."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Coördinatie"), related_name="assistance_requests"
    )
    asked_by = models.CharField(_("Gevraagd door (regio)"), max_length=120)
    asked_on = models.DateField(_("Gevraagd op"))
    people = models.PositiveIntegerField(_("Plaatsen gevraagd"))
    from_on = models.DateField(_("Vanaf"))
    until_on = models.DateField(_("Tot"), null=True, blank=True)
    question = models.TextField(_("Vraag"))
    ground = models.CharField(_("Grondslag"), max_length=120, blank=True)
    answer_by = models.DateField(_("Antwoord uiterlijk op"))
    closed_at = models.DateTimeField(_("Afgesloten"), null=True, blank=True)
    outcome = models.CharField(_("Antwoord aan de regio"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Gemaakt door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Bijstandsverzoek")
        verbose_name_plural = _("Bijstandsverzoeken")
        ordering = ("answer_by", "pk")

    def __str__(self) -> str:
        return f"{self.asked_by}, {self.people}"


class AssistanceAnswer(models.Model):
    """What one municipality offers on a request; no answer is not the same as nothing."""

    request = models.ForeignKey(
        AssistanceRequest, models.CASCADE, verbose_name=_("Bijstandsverzoek"), related_name="answers"
    )
    municipality = models.ForeignKey(
        Area, models.PROTECT, verbose_name=_("Gemeente"), related_name="assistance_answers"
    )
    places = models.PositiveIntegerField(_("Plaatsen"))
    from_on = models.DateField(_("Vanaf"), null=True, blank=True)
    note = models.CharField(_("Toelichting"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("Geantwoord"))
    answered_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Geantwoord door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Antwoord op een bijstandsverzoek")
        verbose_name_plural = _("Antwoorden op een bijstandsverzoek")
        ordering = ("municipality__name",)
        constraints = [
            models.UniqueConstraint(fields=("request", "municipality"), name="reception_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.places}"
