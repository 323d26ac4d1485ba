"""What a meeting leaves behind: decisions, bottlenecks and actions, and what is asked of another body."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.deliberation.models.bodies import Body
from regietafel.deliberation.models.meetings import AgendaItem, Meeting
from regietafel.register.public import Organisation, User


class Entry(models.Model):
    """One line of the minutes: a decision, a bottleneck or an action; withdrawn when wrong, never erased."""

    class Kind(models.TextChoices):
        DECISION = "B", _("besluit")
        BOTTLENECK = "K", _("knelpunt")
        ACTION = "A", _("actie")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "gesloten", _("afgerond")
        WITHDRAWN = "ingetrokken", _("ingetrokken")
        REPLACED = "vervangen", _("vervangen")

    class Condition(models.TextChoices):
        NONE = "", _("geen")
        WHILE = "zolang", _("zolang")
        UNTIL = "tot", _("tot")
        PROVIDED = "mits", _("mits")
        UNLESS = "tenzij", _("tenzij")

    item = models.ForeignKey(AgendaItem, models.PROTECT, verbose_name=_("Agendapunt"), related_name="entries")
    kind = models.CharField(_("Soort"), max_length=1, choices=Kind.choices)
    order = models.PositiveSmallIntegerField(_("Volgorde"))
    text = models.TextField(_("Tekst"))
    explanation = models.TextField(_("Toelichting"), blank=True)
    state = models.CharField(_("Stand"), max_length=12, choices=State.choices, default=State.OPEN)
    condition_kind = models.CharField(
        _("Voorwaarde"), max_length=8, choices=Condition.choices, default=Condition.NONE, blank=True
    )
    condition = models.CharField(_("Welke voorwaarde"), max_length=300, blank=True)
    condition_met_at = models.DateTimeField(_("Voorwaarde vervuld"), null=True, blank=True)
    owner_organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name=_("Actiehouder (organisatie)"),
        null=True,
        blank=True,
        related_name="+",
    )
    owner_function = models.CharField(_("Actiehouder (functie)"), max_length=160, blank=True)
    owner_person = models.ForeignKey(
        User,
        models.SET_NULL,
        verbose_name=_("Actiehouder (persoon)"),
        null=True,
        blank=True,
        related_name="owed_actions",
    )
    due_on = models.DateField(_("Termijn"), null=True, blank=True)
    due_is_inclusive = models.BooleanField(_("Tot en met die dag"), default=True)
    due_written = models.CharField(_("Termijn zoals afgesproken"), max_length=120, blank=True)
    feedback_via = models.CharField(_("Terugkoppeling via"), max_length=160, blank=True)
    report = models.TextField(_("Terugmelding"), blank=True)
    reported_at = models.DateTimeField(_("Teruggemeld op"), null=True, blank=True)
    reported_in = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        verbose_name=_("Teruggemeld in"),
        null=True,
        blank=True,
        related_name="reported",
    )
    closed_at = models.DateTimeField(_("Afgerond op"), null=True, blank=True)
    closed_through = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("Opgelost door"), null=True, blank=True, related_name="closes"
    )
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("Vervangt besluit"),
        null=True,
        blank=True,
        related_name="superseded_by",
    )
    carries_out = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("Voert uit"),
        null=True,
        blank=True,
        related_name="carried_out_by",
    )
    about_path = models.CharField(_("Gaat over (bladzijde)"), max_length=300, blank=True)
    about_title = models.CharField(_("Gaat over"), max_length=160, blank=True)
    withdrawn_at = models.DateTimeField(_("Ingetrokken op"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("Reden van intrekken"), max_length=300, blank=True)
    reminded_on = models.DateField(_("Herinnerd op"), null=True, blank=True)
    search_text = models.TextField(_("Zoektekst"), blank=True, editable=False)
    revision = models.PositiveIntegerField(_("Wijziging"), default=1)
    created_at = models.DateTimeField(_("Vastgelegd"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Vastgelegd door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Verslagregel")
        verbose_name_plural = _("Verslagregels")
        ordering = ("item__order", "order", "pk")
        indexes = [models.Index(fields=("kind", "state", "due_on"), name="deliberation_entry_due")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="K", state="gesloten") | models.Q(closed_through__isnull=False),
                name="deliberation_bottleneck_closed_through",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ingetrokken") | models.Q(withdrawn_at__isnull=False),
                name="deliberation_entry_withdrawn_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:80]}"


class Escalation(models.Model):
    """A bottleneck put before another body, and what that body replied."""

    entry = models.ForeignKey(Entry, models.CASCADE, verbose_name=_("Knelpunt"), related_name="escalations")
    to_body = models.ForeignKey(
        Body,
        models.PROTECT,
        verbose_name=_("Naar overlegorgaan"),
        null=True,
        blank=True,
        related_name="escalations",
    )
    to_name = models.CharField(_("Naar"), max_length=160, blank=True)
    question = models.TextField(_("Wat wij vragen"))
    asked_at = models.DateTimeField(_("Gevraagd op"), auto_now_add=True)
    asked_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Gevraagd door"), null=True, related_name="+"
    )
    reply = models.TextField(_("Antwoord"), blank=True)
    replied_at = models.DateTimeField(_("Beantwoord op"), null=True, blank=True)
    replied_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Beantwoord door"), null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Doorgeleiding")
        verbose_name_plural = _("Doorgeleidingen")
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return f"{self.entry} naar {self.to_body or self.to_name}"
