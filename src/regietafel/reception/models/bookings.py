"""Who is promised which place: groups known by a code only, and the lines of the ledger about them."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.reception.models.places import Pool
from regietafel.register.public import Area, Organisation, User


class Group(models.Model):
    """People who are placed together: a code, how many, what they need. Nothing says who they are."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Coördinatie"), related_name="reception_groups"
    )
    code = models.CharField(_("Code"), max_length=40)
    people = models.PositiveIntegerField(_("Personen"))
    origin = models.CharField(_("Bus of herkomstlocatie"), max_length=120, blank=True)
    needs = models.JSONField(_("Nodig"), default=list, blank=True)
    kinds = models.JSONField(_("Soorten opvang die kunnen"), default=list, blank=True)
    accessible = models.PositiveIntegerField(_("Toegankelijke plaatsen nodig"), default=0)
    care = models.PositiveIntegerField(_("Zorgplaatsen nodig"), default=0)
    shares_room = models.BooleanField(_("Deelt een kamer met anderen"), default=False)
    urgency = models.PositiveSmallIntegerField(_("Urgentie"), default=1)
    link = models.CharField(_("Hoort bij (code)"), max_length=40, blank=True)
    earlier = models.ForeignKey(
        Area, models.PROTECT, verbose_name=_("Eerdere plek"), null=True, blank=True, related_name="+"
    )
    tied_to = models.ForeignKey(
        Area, models.PROTECT, verbose_name=_("Werk of school"), null=True, blank=True, related_name="+"
    )
    arrives_on = models.DateField(_("Komt op"))
    leaves_on = models.DateField(_("Vertrekt op"), null=True, blank=True)
    latest_on = models.DateField(_("Uiterlijk een plek op"), null=True, blank=True)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Gemaakt door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Groep")
        verbose_name_plural = _("Groepen")
        ordering = ("arrives_on", "code")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "code"), name="reception_group_code_once"),
            models.CheckConstraint(condition=models.Q(people__gte=1), name="reception_group_of_people"),
            models.CheckConstraint(
                condition=models.Q(accessible__lte=models.F("people"), care__lte=models.F("people")),
                name="reception_group_needs_its_own",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Booking(models.Model):
    """A line of the ledger: places held, filled or given back; replaced, never changed or deleted."""

    class Kind(models.TextChoices):
        RESERVATION = "reservering", _("reservering")
        PLACEMENT = "plaatsing", _("plaatsing")
        DEPARTURE = "vertrek", _("vertrek")

    pool = models.ForeignKey(Pool, models.PROTECT, verbose_name=_("Soort plaatsen"), related_name="bookings")
    kind = models.CharField(_("Soort"), max_length=12, choices=Kind.choices)
    series = models.UUIDField(_("Reeks"), default=uuid4, editable=False)
    group = models.ForeignKey(
        Group,
        models.SET_NULL,
        verbose_name=_("Groep"),
        null=True,
        blank=True,
        related_name="bookings",
    )
    people = models.PositiveIntegerField(_("Personen"))
    places = models.PositiveIntegerField(_("Plaatsen"))
    from_on = models.DateField(_("Vanaf"))
    until_on = models.DateField(_("Tot (dag van vertrek)"), null=True, blank=True)
    lapses_at = models.DateTimeField(_("Vervalt"), null=True, blank=True)
    of = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("Van boeking"),
        null=True,
        blank=True,
        related_name="followed_by",
    )
    origin = models.CharField(_("Bus of herkomstlocatie"), max_length=120, blank=True)
    reason = models.CharField(_("Reden"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("Vastgelegd"))
    recorded_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Vastgelegd door"), null=True, related_name="+"
    )
    superseded_at = models.DateTimeField(_("Vervangen"), null=True, blank=True)

    class Meta:
        verbose_name = _("Boeking")
        verbose_name_plural = _("Boekingen")
        ordering = ("from_on", "pk")
        indexes = [models.Index(fields=("pool", "from_on"), name="reception_booking_pool_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(people__gte=1, places__gte=models.F("people")),
                name="reception_booking_of_people",
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gt=models.F("from_on")),
                name="reception_booking_lasts",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="vertrek") | models.Q(of__isnull=False),
                name="reception_departure_of_a_booking",
            ),
            models.UniqueConstraint(
                fields=("series",),
                condition=models.Q(superseded_at__isnull=True),
                name="reception_booking_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.people}, {self.pool}"


class BookingList(models.Model):
    """A list of bookings that a program sent under a reference of its own; sent again it books nothing."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Organisatie"), related_name="reception_booking_lists"
    )
    reference = models.CharField(_("Kenmerk"), max_length=64)
    fingerprint = models.CharField(_("Vingerafdruk van wat is gestuurd"), max_length=64)
    lines = models.JSONField(_("Boekingen, in volgorde"), default=list)
    recorded_at = models.DateTimeField(_("Vastgelegd"), auto_now_add=True)

    class Meta:
        verbose_name = _("Lijst van boekingen")
        verbose_name_plural = _("Lijsten van boekingen")
        ordering = ("-recorded_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "reference"), name="reception_booking_list_once")
        ]

    def __str__(self) -> str:
        return self.reference
