"""Proof that text is gone, requests of people about their data, and messages handed to the police."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.monitor.models.messages import Message, Source
from regietafel.monitor.models.monitors import Monitor
from regietafel.register.public import Organisation, User


class RetentionProof(models.Model):
    """What one run of erasing found when it looked for what it had erased."""

    source = models.ForeignKey(
        Source, models.CASCADE, verbose_name=_("Bron"), related_name="retention_proofs"
    )
    erased_at = models.DateTimeField(_("Gewist op"))
    retention_days = models.PositiveSmallIntegerField(_("Bewaartermijn (dagen)"))
    message_count = models.PositiveIntegerField(_("Aantal berichten"))
    received_until = models.DateTimeField(_("Ontvangen tot"))
    places = models.JSONField(_("Waar is gekeken"), default=dict)
    remains = models.PositiveIntegerField(_("Teruggevonden"), default=0)
    older_backups = models.JSONField(_("Reservekopieën met oudere tekst"), default=list, blank=True)

    class Meta:
        verbose_name = _("Bewijs van wissen")
        verbose_name_plural = _("Bewijzen van wissen")
        ordering = ("-erased_at",)

    def __str__(self) -> str:
        return f"{self.source}: {self.message_count} gewist"


class DataRequest(models.Model):
    """Someone asks what is kept about him or her, or to erase it; the name is in the case file, not here."""

    class Kind(models.TextChoices):
        ACCESS = "inzage", _("inzage")
        ERASURE = "wissen", _("wissen")
        RECTIFICATION = "verbeteren", _("verbeteren")
        OBJECTION = "bezwaar", _("bezwaar")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SEARCHED = "gezocht", _("gezocht")
        ANSWERED = "beantwoord", _("beantwoord")
        REFUSED = "afgewezen", _("afgewezen")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("Organisatie"), related_name="data_requests"
    )
    kind = models.CharField(_("Soort verzoek"), max_length=12, choices=Kind.choices)
    case_number = models.CharField(_("Zaaknummer"), max_length=60)
    received_on = models.DateField(_("Ontvangen op"))
    answer_before = models.DateField(_("Antwoord uiterlijk"))
    state = models.CharField(_("Stand"), max_length=12, choices=State.choices, default=State.OPEN)
    findings = models.JSONField(_("Uitkomst van het zoeken"), default=dict, blank=True)
    searched_at = models.DateTimeField(_("Gezocht op"), null=True, blank=True)
    erased_count = models.PositiveIntegerField(_("Gewiste berichten"), default=0)
    answer = models.TextField(_("Antwoord"), blank=True)
    handled_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Behandeld door"), null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("Afgesloten"), null=True, blank=True)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)

    class Meta:
        verbose_name = _("Verzoek van een betrokkene")
        verbose_name_plural = _("Verzoeken van betrokkenen")
        ordering = ("answer_before",)
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "case_number", "kind"), name="monitor_data_request_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.case_number}"


class PoliceHandover(models.Model):
    """A person handed one message to the police, by hand and with a reason; the text is not kept here."""

    monitor = models.ForeignKey(Monitor, models.PROTECT, verbose_name=_("Monitor"), related_name="handovers")
    message = models.ForeignKey(Message, models.PROTECT, verbose_name=_("Bericht"), related_name="handovers")
    ground = models.CharField(_("Grond"), max_length=200)
    reason = models.TextField(_("Waarom"))
    recipient = models.CharField(_("Overgedragen aan (functie)"), max_length=120)
    text_hash = models.CharField(_("Vingerafdruk van de tekst"), max_length=64)
    handed_by = models.ForeignKey(User, models.PROTECT, verbose_name=_("Overgedragen door"), related_name="+")
    handed_at = models.DateTimeField(_("Overgedragen"), auto_now_add=True)

    class Meta:
        verbose_name = _("Overdracht aan de politie")
        verbose_name_plural = _("Overdrachten aan de politie")
        ordering = ("-handed_at",)

    def __str__(self) -> str:
        return f"overdracht {self.pk}"
