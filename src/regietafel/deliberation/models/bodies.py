"""Bodies that meet, who sits in them, and who carries which theme."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.register.public import Confidentiality, Organisation, User


class Body(models.Model):
    """A body that meets, such as a BAO or a driehoek; one organisation keeps its secretariat."""

    class Kind(models.TextChoices):
        BAO = "bao", _("bestuurlijk afstemmingsoverleg (BAO)")
        DVO = "dvo", _("districtelijk veiligheidsoverleg (DVO)")
        RVO = "rvo", _("regionaal veiligheidsoverleg (RVO)")
        TRIANGLE = "driehoek", _("driehoek")
        PLATFORM = "platform", _("Platform IVZ")
        REGIONAL_TABLE = "regietafel", _("regietafel")
        POLICY_TEAM = "rbt", _("regionaal beleidsteam (RBT)")
        PROJECT = "projectleiders", _("projectleidersoverleg")
        STEERING = "stuurgroep", _("stuurgroep")
        COUNCIL = "raad", _("raad of commissie")
        OTHER = "anders", _("ander overleg")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Secretariaat"), related_name="bodies"
    )
    kind = models.CharField(_("Soort"), max_length=16, choices=Kind.choices)
    name = models.CharField(_("Naam"), max_length=120)
    purpose = models.CharField(_("Waarvoor"), max_length=300, blank=True)
    confidentiality = models.PositiveSmallIntegerField(
        _("Vertrouwelijkheid"), choices=Confidentiality.choices, default=Confidentiality.INTERNAL
    )
    interval_weeks = models.PositiveSmallIntegerField(_("Om de zoveel weken"), default=0)
    starts_at = models.TimeField(_("Begint om"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Duur (minuten)"), default=60)
    place = models.CharField(_("Plaats"), max_length=160, blank=True)
    until_when = models.CharField(_("Tot wanneer"), max_length=200, blank=True)
    ended_on = models.DateField(_("Beëindigd op"), null=True, blank=True)
    fixed_items = models.JSONField(_("Vaste agendapunten"), default=list, blank=True)
    process = models.JSONField(_("Werkafspraken"), default=list, blank=True)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Gemaakt door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Overlegorgaan")
        verbose_name_plural = _("Overlegorganen")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("organisation", "name"), name="deliberation_body_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A place at the table: of an organisation or of a function; the person in it may change."""

    class Part(models.TextChoices):
        CHAIR = "voorzitter", _("voorzitter")
        SECRETARY = "secretaris", _("secretaris")
        MEMBER = "lid", _("lid")
        ADVISER = "adviseur", _("adviseur")
        READER = "agendalid", _("agendalid")

    body = models.ForeignKey(Body, models.CASCADE, verbose_name=_("Overlegorgaan"), related_name="seats")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name=_("Organisatie"),
        null=True,
        blank=True,
        related_name="seats",
    )
    function = models.CharField(_("Functie"), max_length=120, blank=True)
    part = models.CharField(_("Rol"), max_length=12, choices=Part.choices, default=Part.MEMBER)
    person = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Persoon"), null=True, blank=True, related_name="seats"
    )
    email = models.EmailField(_("E-mail van de functie"), blank=True)
    deputy = models.CharField(_("Plaatsvervanger (functie)"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("Volgorde"), default=0)
    valid_until = models.DateField(_("Tot en met"), null=True, blank=True)

    class Meta:
        verbose_name = _("Zetel")
        verbose_name_plural = _("Zetels")
        ordering = ("order", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) | ~models.Q(function=""),
                name="deliberation_seat_is_somebodys",
            )
        ]

    def __str__(self) -> str:
        if self.organisation_id is None:
            return self.function
        return f"{self.organisation}, {self.function}" if self.function else str(self.organisation)


class Portfolio(models.Model):
    """A theme with who carries it in the body, and who leads the work."""

    body = models.ForeignKey(Body, models.CASCADE, verbose_name=_("Overlegorgaan"), related_name="portfolios")
    theme = models.CharField(_("Thema"), max_length=120)
    seat = models.ForeignKey(
        Seat,
        models.SET_NULL,
        verbose_name=_("Bestuurlijk trekker"),
        null=True,
        blank=True,
        related_name="portfolios",
    )
    project_lead = models.CharField(_("Ambtelijk projectleider (functie)"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("Portefeuille")
        verbose_name_plural = _("Portefeuilles")
        ordering = ("theme",)
        constraints = [
            models.UniqueConstraint(fields=("body", "theme"), name="deliberation_theme_carried_once")
        ]

    def __str__(self) -> str:
        return self.theme
