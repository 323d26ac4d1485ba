"""What a region was asked, and who takes which part of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.register.public import Area, Organisation, User


class Assignment(models.Model):
    """So many places asked of a region; its targets are what each municipality takes of it."""

    class Method(models.TextChoices):
        SAINTE_LAGUE = "sainte-lague", _("Sainte-Laguë")
        HAMILTON = "hamilton", _("Hamilton (grootste resten)")
        DHONDT = "dhondt", _("D’Hondt")
        ROUNDING = "afronden", _("ieder voor zich afronden")
        DISPERSAL = "spreidingswet", _("formule van de Spreidingswet")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Coördinatie"), related_name="reception_assignments"
    )
    title = models.CharField(_("Opdracht"), max_length=160)
    total = models.PositiveIntegerField(_("Plaatsen"))
    received_on = models.DateField(_("Datum van de opdracht"))
    due_on = models.DateField(_("Te leveren op"), null=True, blank=True)
    source = models.CharField(_("Bron"), max_length=200)
    key = models.CharField(_("Verdeelsleutel"), max_length=40, default="inwoners")
    key_on = models.DateField(_("Peildatum van de sleutel"), null=True, blank=True)
    key_source = models.CharField(_("Bron van de sleutel"), max_length=300, blank=True)
    method = models.CharField(
        _("Methode"), max_length=16, choices=Method.choices, default=Method.SAINTE_LAGUE
    )
    minimum = models.PositiveIntegerField(_("Minimum per gemeente"), default=0)
    counts_private = models.BooleanField(_("Particuliere opvang telt mee"), default=False)
    note = models.TextField(_("Toelichting"), blank=True)
    ended_on = models.DateField(_("Beëindigd op"), null=True, blank=True)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Gemaakt door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Opvangopdracht")
        verbose_name_plural = _("Opvangopdrachten")
        ordering = ("-received_on", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "title"), name="reception_assignment_named_once")
        ]

    def __str__(self) -> str:
        return self.title


class Target(models.Model):
    """The part of one municipality in an assignment, with the figures it was computed from."""

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, verbose_name=_("Opvangopdracht"), related_name="targets"
    )
    municipality = models.ForeignKey(
        Area, models.PROTECT, verbose_name=_("Gemeente"), related_name="reception_targets"
    )
    weight = models.FloatField(_("Gewicht"))
    quota = models.FloatField(_("Aandeel voor afronden"))
    places = models.PositiveIntegerField(_("Plaatsen"))
    durable = models.PositiveIntegerField(_("Duurzame plaatsen die meetellen"), default=0)
    is_agreed = models.BooleanField(_("Afgesproken, niet berekend"), default=False)
    source = models.CharField(_("Bron"), max_length=300)
    note = models.CharField(_("Toelichting"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Aandeel in de opdracht")
        verbose_name_plural = _("Aandelen in de opdracht")
        ordering = ("municipality__name",)
        constraints = [
            models.UniqueConstraint(fields=("assignment", "municipality"), name="reception_target_once")
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.places}"


class HousingTask(models.Model):
    """The task of a municipality to house permit holders in one half-year, and how far it is."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Organisatie"), related_name="housing_tasks"
    )
    municipality = models.ForeignKey(
        Area, models.PROTECT, verbose_name=_("Gemeente"), related_name="housing_tasks"
    )
    starts_on = models.DateField(_("Begin van het halfjaar"))
    permit_holders = models.PositiveIntegerField(_("Vergunninghouders in Nederland"), null=True, blank=True)
    inhabitants = models.PositiveIntegerField(_("Inwoners van de gemeente"), null=True, blank=True)
    national_inhabitants = models.PositiveIntegerField(_("Inwoners van Nederland"), null=True, blank=True)
    key_on = models.DateField(_("Peildatum van de inwoners"), null=True, blank=True)
    official = models.PositiveIntegerField(_("Officiële taakstelling"), null=True, blank=True)
    housed = models.PositiveIntegerField(_("Gehuisvest"), null=True, blank=True)
    opening_balance = models.IntegerField(_("Stand ervoor"), null=True, blank=True)
    source = models.CharField(_("Bron"), max_length=300)
    recorded_at = models.DateTimeField(_("Vastgelegd"), auto_now=True)

    class Meta:
        verbose_name = _("Taakstelling huisvesting")
        verbose_name_plural = _("Taakstellingen huisvesting")
        ordering = ("municipality__name", "starts_on")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "municipality", "starts_on"), name="reception_housing_task_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.starts_on}"


class PublicTotal(models.Model):
    """The totals of a region on one day as they were published; the numbers never change, only withdrawal."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Coördinatie"), related_name="public_totals"
    )
    day = models.DateField(_("Stand van"))
    capacity = models.PositiveIntegerField(_("Te gebruiken plaatsen"), null=True, blank=True)
    occupied = models.PositiveIntegerField(_("Bezet"))
    assigned = models.PositiveIntegerField(_("Opdracht"), null=True, blank=True)
    assignment_title = models.CharField(_("Welke opdracht"), max_length=300, blank=True)
    counts_private = models.BooleanField(_("Met particuliere opvang"), default=False)
    caption = models.CharField(_("Wat wel en niet meetelt"), max_length=500)
    text = models.TextField(_("Toelichting voor inwoners"))
    published_at = models.DateTimeField(_("Gepubliceerd"))
    published_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Gepubliceerd door"), null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("Ingetrokken"), null=True, blank=True)
    withdrawn_because = models.CharField(_("Reden van intrekken"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Openbaar totaal")
        verbose_name_plural = _("Openbare totalen")
        ordering = ("-day", "-published_at")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_because=""),
                name="reception_withdrawal_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.day}"
