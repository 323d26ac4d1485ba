"""What was proposed for groups without a place, what a person made of it, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.reception.models.bookings import Booking, Group
from regietafel.reception.models.places import Pool
from regietafel.register.public import Organisation, User


class Proposal(models.Model):
    """A proposal for groups on one day, with what it was computed from and how good it is."""

    class Variant(models.TextChoices):
        REGULAR = "regulier", _("regulier")
        TAILORED = "maatwerk", _("maatwerk")

    class State(models.TextChoices):
        OPEN = "voorstel", _("voorstel")
        CONFIRMED = "bevestigd", _("bevestigd")
        REFUSED = "afgewezen", _("afgewezen")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Coördinatie"), related_name="reception_proposals"
    )
    title = models.CharField(_("Voor"), max_length=160)
    variant = models.CharField(_("Variant"), max_length=12, choices=Variant.choices, default=Variant.REGULAR)
    state = models.CharField(_("Stand"), max_length=12, choices=State.choices, default=State.OPEN)
    first_on = models.DateField(_("Eerste nacht"))
    until_on = models.DateField(_("Tot"))
    seed = models.PositiveIntegerField(_("Begingetal"), default=1)
    seconds = models.PositiveSmallIntegerField(_("Hoogstens seconden"), default=15)
    placed = models.PositiveIntegerField(_("Personen geplaatst"), default=0)
    unplaced = models.PositiveIntegerField(_("Personen zonder plek"), default=0)
    value = models.FloatField(_("Doelwaarde"), null=True)
    bound = models.FloatField(_("Ondergrens"), null=True)
    gap_percent = models.FloatField(_("Kloof (%)"), null=True)
    is_proven = models.BooleanField(_("Bewezen het beste"), default=False)
    inputs = models.JSONField(_("Waarmee gerekend is"), default=dict)
    made_at = models.DateTimeField(_("Gemaakt"))
    made_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Gemaakt door"), null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("Besloten"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Besloten door"), null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("Reden"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Plaatsingsvoorstel")
        verbose_name_plural = _("Plaatsingsvoorstellen")
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.title


class ProposalLine(models.Model):
    """One group of a proposal: where to, why, and what a person changed it into."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, verbose_name=_("Plaatsingsvoorstel"), related_name="lines"
    )
    group = models.ForeignKey(
        Group, models.SET_NULL, verbose_name=_("Groep"), null=True, related_name="proposal_lines"
    )
    people = models.PositiveIntegerField(_("Personen"))
    pool = models.ForeignKey(
        Pool,
        models.PROTECT,
        verbose_name=_("Voorgestelde plek"),
        null=True,
        blank=True,
        related_name="proposal_lines",
    )
    reason = models.TextField(_("Waarom"))
    chosen = models.ForeignKey(
        Pool,
        models.PROTECT,
        verbose_name=_("Gekozen plek"),
        null=True,
        blank=True,
        related_name="chosen_lines",
    )
    is_changed = models.BooleanField(_("Door een mens gewijzigd"), default=False)
    change_reason = models.CharField(_("Reden van de wijziging"), max_length=300, blank=True)
    booking = models.ForeignKey(
        Booking,
        models.PROTECT,
        verbose_name=_("Boeking"),
        null=True,
        blank=True,
        related_name="proposal_lines",
    )

    class Meta:
        verbose_name = _("Regel van een voorstel")
        verbose_name_plural = _("Regels van een voorstel")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("proposal", "group"), name="reception_group_once_in_proposal"),
            models.CheckConstraint(
                condition=models.Q(is_changed=False) | ~models.Q(change_reason=""),
                name="reception_change_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.chosen}"
