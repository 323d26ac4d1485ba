"""Organisations and areas: who works here, where, and which area lies in which, by date."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Confidentiality(models.IntegerChoices):
    """How far a record may be read; a role reads up to one of these."""

    PUBLIC = 0, _("openbaar")
    INTERNAL = 1, _("intern")
    CONFIDENTIAL = 2, _("vertrouwelijk")


class Area(models.Model):
    """A piece of the Netherlands with its CBS code; deeper or wider areas are linked by date."""

    class Kind(models.TextChoices):
        COUNTRY = "land", _("land")
        PROVINCE = "provincie", _("provincie")
        REGION = "veiligheidsregio", _("veiligheidsregio")
        POLICE_TEAM = "basisteam", _("basisteam")
        MUNICIPALITY = "gemeente", _("gemeente")
        DISTRICT = "wijk", _("wijk")
        NEIGHBOURHOOD = "buurt", _("buurt")

    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = models.CharField(_("Naam"), max_length=120)
    kind = models.CharField(_("Soort"), max_length=20, choices=Kind.choices)
    tile_column = models.PositiveSmallIntegerField(_("Tegelkolom"), null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(_("Tegelrij"), null=True, blank=True)
    geometry = models.JSONField(_("Vorm (GeoJSON, WGS84)"), null=True, blank=True)
    source = models.CharField(_("Bron"), max_length=200, blank=True)
    centre = models.CharField(_("Plaats van het middelpunt"), max_length=80, blank=True)
    latitude = models.FloatField(_("Breedtegraad"), null=True, blank=True)
    longitude = models.FloatField(_("Lengtegraad"), null=True, blank=True)
    centre_source = models.CharField(_("Bron van het middelpunt"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Gebied")
        verbose_name_plural = _("Gebieden")
        ordering = ("name",)
        indexes = [models.Index(fields=("kind", "name"), name="register_area_kind")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="register_area_centre_is_whole",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AreaMembership(models.Model):
    """One area lies in another, from a day up to (not including) another day."""

    area = models.ForeignKey(Area, models.CASCADE, verbose_name=_("Gebied"), related_name="parents")
    parent = models.ForeignKey(Area, models.CASCADE, verbose_name=_("Ligt in"), related_name="children")
    valid_from = models.DateField(_("Geldig vanaf"))
    valid_until = models.DateField(_("Geldig tot"), null=True, blank=True)
    source = models.CharField(_("Bron"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Gebiedsindeling")
        verbose_name_plural = _("Gebiedsindelingen")
        constraints = [
            models.UniqueConstraint(fields=("area", "parent", "valid_from"), name="register_area_lies_once"),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="register_area_membership_lasts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} in {self.parent}"


class Inhabitants(models.Model):
    """Number of inhabitants of an area on a reference day, with its source."""

    area = models.ForeignKey(Area, models.CASCADE, verbose_name=_("Gebied"), related_name="inhabitants")
    reference_on = models.DateField(_("Peildatum"))
    count = models.PositiveIntegerField(_("Inwoners"))
    source = models.CharField(_("Bron"), max_length=300)
    note = models.CharField(_("Opmerking"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Inwonertal")
        verbose_name_plural = _("Inwonertallen")
        ordering = ("-reference_on",)
        constraints = [
            models.UniqueConstraint(fields=("area", "reference_on"), name="register_inhabitants_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.count} op {self.reference_on}"


class Organisation(models.Model):
    """A body whose people use Regietafel; every record belongs to exactly one."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "gemeente", _("gemeente")
        SAFETY_REGION = "veiligheidsregio", _("veiligheidsregio")
        POLICE = "politie", _("politie")
        PROSECUTION = "om", _("Openbaar Ministerie")
        COA = "coa", _("COA")
        HEALTH = "ggd", _("GGD")
        PROVINCE = "provincie", _("provincie")
        HOUSING = "corporatie", _("woningcorporatie")
        OTHER = "overig", _("overig")

    name = models.CharField(_("Naam"), max_length=120, unique=True)
    code = models.SlugField(_("Code"), max_length=40, unique=True)
    kind = models.CharField(_("Soort"), max_length=20, choices=Kind.choices)
    area = models.ForeignKey(
        Area, models.PROTECT, verbose_name=_("Gebied"), null=True, blank=True, related_name="organisations"
    )
    is_fictional = models.BooleanField(_("Fictief (oefenregio)"), default=False)
    is_active = models.BooleanField(_("Actief"), default=True)

    class Meta:
        verbose_name = _("Organisatie")
        verbose_name_plural = _("Organisaties")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class OwnedModel(models.Model):
    """What belongs to one organisation and may be shared with the region or with named organisations."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Organisatie"), related_name="%(class)ss"
    )
    confidentiality = models.PositiveSmallIntegerField(
        _("Vertrouwelijkheid"), choices=Confidentiality.choices, default=Confidentiality.INTERNAL
    )
    shared_with_region = models.BooleanField(_("Gedeeld met de regio"), default=False)
    shared_with = models.ManyToManyField(
        Organisation, verbose_name=_("Gedeeld met"), blank=True, related_name="shared_%(class)ss"
    )

    class Meta:
        abstract = True
