"""A question to all members with a term, and their answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.deliberation.models.bodies import Body
from regietafel.deliberation.models.entries import Entry
from regietafel.register.public import Organisation, User


class Inquiry(models.Model):
    """A question to the organisations with a seat, to be answered before a day."""

    class Form(models.TextChoices):
        YES_NO = "ja-nee", _("ja of nee")
        NUMBER = "getal", _("getal")
        TEXT = "tekst", _("tekst")

    body = models.ForeignKey(Body, models.CASCADE, verbose_name=_("Overlegorgaan"), related_name="inquiries")
    entry = models.ForeignKey(
        Entry, models.SET_NULL, verbose_name=_("Komt van"), null=True, blank=True, related_name="inquiries"
    )
    question = models.TextField(_("Vraag"))
    form = models.CharField(_("Soort antwoord"), max_length=8, choices=Form.choices, default=Form.TEXT)
    unit = models.CharField(_("Eenheid"), max_length=40, blank=True)
    answer_by = models.DateField(_("Antwoord uiterlijk op"))
    asked_at = models.DateTimeField(_("Gevraagd op"), auto_now_add=True)
    asked_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Gevraagd door"), null=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("Gesloten op"), null=True, blank=True)
    reminded_on = models.DateField(_("Herinnerd op"), null=True, blank=True)

    class Meta:
        verbose_name = _("Uitvraag")
        verbose_name_plural = _("Uitvragen")
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return self.question[:80]


class InquiryAnswer(models.Model):
    """What one organisation answered; a later answer takes the place of an earlier one."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, verbose_name=_("Uitvraag"), related_name="answers")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Organisatie"), related_name="+"
    )
    text = models.TextField(_("Antwoord"), blank=True)
    number = models.DecimalField(_("Getal"), max_digits=14, decimal_places=2, null=True, blank=True)
    is_yes = models.BooleanField(_("Ja"), null=True, blank=True)
    answered_at = models.DateTimeField(_("Beantwoord op"), auto_now=True)
    answered_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Beantwoord door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Antwoord op een uitvraag")
        verbose_name_plural = _("Antwoorden op uitvragen")
        ordering = ("organisation__name",)
        constraints = [
            models.UniqueConstraint(
                fields=("inquiry", "organisation"), name="deliberation_inquiry_answered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.inquiry}"
