"""Where people can be received: locations, the kinds of places there, and how many there are on which day."""

from datetime import date, timedelta
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.register.public import Area, Dossier, OwnedModel, User


class PlaceKind(models.TextChoices):
    """What kind of reception a place belongs to; private hosting is a kind of its own."""

    CRISIS = "crisisnoodopvang", _("crisisnoodopvang")
    EMERGENCY = "noodopvang", _("noodopvang")
    ASYLUM_CENTRE = "azc", _("asielzoekerscentrum (azc)")
    MUNICIPAL = "gemeentelijk", _("gemeentelijke opvang")
    PRIVATE = "particulier", _("particuliere opvang")
    TRANSIT = "doorstroom", _("doorstroomlocatie")
    ROUND_THE_CLOCK = "24/7", _("24/7-opvang")


class TargetGroup(models.TextChoices):
    """Whom a place is for; where somebody comes from, believes or is does not exist here."""

    EVERYONE = "", _("iedereen")
    FAMILIES = "gezin", _("gezinnen")
    SINGLE = "alleenreizend", _("alleenreizenden")
    MINORS = "amv", _("alleenreizende minderjarigen (amv)")


KIND_WORDS = dict(PlaceKind.choices)
GROUP_WORDS = dict(TargetGroup.choices)
"""Looked up at once; Django compares every choice anew, and every line of the log names a pool."""


class Location(OwnedModel):
    """A place where people can be received; its organisation keeps it, its area is where it lies."""

    name = models.CharField(_("Naam"), max_length=120)
    municipality = models.ForeignKey(
        Area, models.PROTECT, verbose_name=_("Gemeente"), related_name="reception_locations"
    )
    district = models.ForeignKey(
        Area,
        models.PROTECT,
        verbose_name=_("Wijk of buurt"),
        null=True,
        blank=True,
        related_name="reception_locations_inside",
    )
    address = models.CharField(_("Adres"), max_length=200, blank=True)
    dossier = models.ForeignKey(
        Dossier,
        models.SET_NULL,
        verbose_name=_("Dossier"),
        null=True,
        blank=True,
        related_name="reception_locations",
    )
    features = models.JSONField(_("Kenmerken"), default=list, blank=True)
    contact = models.CharField(_("Contact (functie)"), max_length=160, blank=True)
    costs = models.TextField(_("Kosten en regeling"), blank=True)
    note = models.TextField(_("Opmerking"), blank=True)
    closed_on = models.DateField(_("Gesloten op"), null=True, blank=True)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Gemaakt door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Opvanglocatie")
        verbose_name_plural = _("Opvanglocaties")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("organisation", "name"), name="reception_location_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class Pool(models.Model):
    """Places that may be exchanged for each other: one location, one kind, one target group.

    The days from ``counted_from`` to ``counted_until`` have a `PlaceDay`; reservations that lapsed by
    ``counted_at`` hold no place there any more.
    """

    location = models.ForeignKey(
        Location, models.PROTECT, verbose_name=_("Opvanglocatie"), related_name="pools"
    )
    kind = models.CharField(_("Soort"), max_length=20, choices=PlaceKind.choices)
    target_group = models.CharField(
        _("Voor wie"), max_length=20, choices=TargetGroup.choices, blank=True, default=TargetGroup.EVERYONE
    )
    room_size = models.PositiveSmallIntegerField(_("Plaatsen per kamer"), default=1)
    accessible_places = models.PositiveIntegerField(_("Toegankelijke plaatsen"), null=True, blank=True)
    care_places = models.PositiveIntegerField(_("Zorgplaatsen"), null=True, blank=True)
    counted_from = models.DateField(_("Geteld vanaf"), null=True, editable=False)
    counted_until = models.DateField(_("Geteld tot en met"), null=True, editable=False)
    counted_at = models.DateTimeField(_("Geteld op"), null=True, editable=False)

    class Meta:
        verbose_name = _("Soort plaatsen")
        verbose_name_plural = _("Soorten plaatsen")
        ordering = ("location__name", "kind", "target_group")
        constraints = [
            models.UniqueConstraint(fields=("location", "kind", "target_group"), name="reception_pool_once"),
            models.CheckConstraint(
                condition=models.Q(room_size__gte=1), name="reception_room_holds_somebody"
            ),
        ]

    def __str__(self) -> str:
        kind = KIND_WORDS.get(self.kind, self.kind)
        return f"{self.location} · {kind}, {GROUP_WORDS.get(self.target_group, self.target_group)}"


class CapacityBlock(models.Model):
    """Places of a pool over some days; a change replaces the record, so that what we knew stays knowable."""

    pool = models.ForeignKey(Pool, models.PROTECT, verbose_name=_("Soort plaatsen"), related_name="blocks")
    series = models.UUIDField(_("Reeks"), default=uuid4, editable=False)
    places = models.PositiveIntegerField(_("Plaatsen"), null=True, blank=True)
    blocked = models.PositiveIntegerField(_("Niet te gebruiken"), default=0)
    from_on = models.DateField(_("Vanaf"))
    until_on = models.DateField(_("Tot (eerste dag zonder)"), null=True, blank=True)
    probability = models.DecimalField(_("Kans dat het doorgaat"), max_digits=3, decimal_places=2, default=1)
    source = models.CharField(_("Bron"), max_length=200)
    note = models.CharField(_("Toelichting"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("Vastgelegd"))
    recorded_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Vastgelegd door"), null=True, related_name="+"
    )
    superseded_at = models.DateTimeField(_("Vervangen"), null=True, blank=True)

    class Meta:
        verbose_name = _("Capaciteitsblok")
        verbose_name_plural = _("Capaciteitsblokken")
        ordering = ("from_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gt=models.F("from_on")),
                name="reception_block_lasts",
            ),
            models.CheckConstraint(
                condition=models.Q(places__isnull=True, blocked=0)
                | models.Q(blocked__lte=models.F("places")),
                name="reception_block_blocks_its_own",
            ),
            models.CheckConstraint(
                condition=models.Q(probability__gte=0, probability__lte=1),
                name="reception_block_chance",
            ),
            models.UniqueConstraint(
                fields=("series",),
                condition=models.Q(superseded_at__isnull=True),
                name="reception_block_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool}: {self.places}"

    @property
    def last_on(self) -> date | None:
        """Return the last day with these places; None without an end."""
        return self.until_on - timedelta(days=1) if self.until_on else None


class PlaceDay(models.Model):
    """Places and claims of a pool on one day, kept with every booking; the database refuses one too many.

    ``short``: places that were promised and then taken away, by a fire or an ended contract. They are the
    only way to claim more than there is, and no booking can raise them.
    """

    pool = models.ForeignKey(Pool, models.CASCADE, verbose_name=_("Soort plaatsen"), related_name="days")
    day = models.DateField(_("Dag"))
    places = models.PositiveIntegerField(_("Te gebruiken plaatsen"), default=0)
    claimed = models.PositiveIntegerField(_("Bezet of gereserveerd"), default=0)
    short = models.PositiveIntegerField(_("Toegezegd en weggevallen"), default=0)

    class Meta:
        verbose_name = _("Plaatsdag")
        verbose_name_plural = _("Plaatsdagen")
        constraints = [
            models.UniqueConstraint(fields=("pool", "day"), name="reception_place_day_once"),
            models.CheckConstraint(
                condition=models.Q(claimed__lte=models.F("places") + models.F("short")),
                name="reception_never_overbooked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool}, {self.day}"
