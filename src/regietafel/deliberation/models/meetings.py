"""Meetings: agenda, papers, guests and attendance."""

import secrets
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.deliberation.models.bodies import Body, Seat
from regietafel.register.public import Confidentiality, Dossier, Organisation, User


class Meeting(models.Model):
    """One meeting of a body, from invitation to confirmed minutes."""

    class State(models.TextChoices):
        PLANNED = "gepland", _("gepland")
        INVITED = "uitgenodigd", _("uitgenodigd")
        RUNNING = "bezig", _("bezig")
        DRAFT = "concept", _("conceptverslag")
        CONFIRMED = "vastgesteld", _("vastgesteld")
        CANCELLED = "vervallen", _("vervallen")

    body = models.ForeignKey(Body, models.PROTECT, verbose_name=_("Overlegorgaan"), related_name="meetings")
    number = models.PositiveIntegerField(_("Nummer"))
    title = models.CharField(_("Titel"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("Begint"))
    ends_at = models.DateTimeField(_("Eindigt"))
    place = models.CharField(_("Plaats"), max_length=160, blank=True)
    chair = models.CharField(_("Voorzitter (functie)"), max_length=120, blank=True)
    state = models.CharField(_("Stand"), max_length=12, choices=State.choices, default=State.PLANNED)
    press_line = models.TextField(_("Perslijn"), blank=True)
    invited_at = models.DateTimeField(_("Uitgenodigd"), null=True, blank=True)
    opened_at = models.DateTimeField(_("Geopend"), null=True, blank=True)
    closed_at = models.DateTimeField(_("Gesloten"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("Vastgesteld op"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Vastgesteld door"), null=True, blank=True, related_name="+"
    )
    confirmed_in = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name=_("Vastgesteld in"),
        null=True,
        blank=True,
        related_name="confirms",
    )
    cancelled_reason = models.CharField(_("Reden van vervallen"), max_length=300, blank=True)
    reopened_reason = models.CharField(_("Reden van een nieuwe versie"), max_length=300, blank=True)
    series = models.CharField(_("Reeks"), max_length=32, blank=True)
    revision = models.PositiveIntegerField(_("Wijziging"), default=1)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Gemaakt door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Vergadering")
        verbose_name_plural = _("Vergaderingen")
        ordering = ("-starts_at",)
        constraints = [
            models.UniqueConstraint(fields=("body", "number"), name="deliberation_meeting_number_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")), name="deliberation_meeting_lasts"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.body} {self.number}"


class Guest(models.Model):
    """Somebody from outside the body, invited to one meeting; sees what is shared with guests and no more."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name=_("Vergadering"), related_name="guests")
    function = models.CharField(_("Functie"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Organisatie"), null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Persoon"), null=True, blank=True, related_name="invitations"
    )
    email = models.EmailField(_("E-mail van de functie"), blank=True)

    class Meta:
        verbose_name = _("Gast")
        verbose_name_plural = _("Gasten")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.function


class AgendaItem(models.Model):
    """One item on the agenda, and what was said about it."""

    class Kind(models.TextChoices):
        FIXED = "vast", _("vast punt")
        BOTTLENECK = "knelpunt", _("openstaand knelpunt")
        ACTION = "actie", _("openstaande actie")
        PROPOSAL = "voorstel", _("voorstel uit een dossier")
        INQUIRY = "uitvraag", _("uitvraag")
        CONFIRMATION = "verslag", _("verslag vaststellen")
        FREE = "vrij", _("vrij punt")

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name=_("Vergadering"), related_name="items")
    order = models.PositiveSmallIntegerField(_("Volgorde"))
    number = models.CharField(_("Nummer"), max_length=12, blank=True)
    title = models.CharField(_("Onderwerp"), max_length=200)
    kind = models.CharField(_("Soort"), max_length=10, choices=Kind.choices, default=Kind.FREE)
    theme = models.CharField(_("Thema"), max_length=120, blank=True)
    introduction = models.TextField(_("Inleiding"), blank=True)
    notes = models.TextField(_("Besproken"), blank=True)
    confidentiality = models.PositiveSmallIntegerField(
        _("Vertrouwelijkheid"), choices=Confidentiality.choices, default=Confidentiality.INTERNAL
    )
    for_guests = models.BooleanField(_("Ook voor gasten"), default=False)
    dossier = models.ForeignKey(
        Dossier,
        models.SET_NULL,
        verbose_name=_("Dossier"),
        null=True,
        blank=True,
        related_name="agenda_items",
    )
    carried = models.ForeignKey(
        "deliberation.Entry",
        models.SET_NULL,
        verbose_name=_("Komt van"),
        null=True,
        blank=True,
        related_name="carried_to",
    )
    inquiry = models.ForeignKey(
        "deliberation.Inquiry",
        models.SET_NULL,
        verbose_name=_("Uitvraag"),
        null=True,
        blank=True,
        related_name="+",
    )
    confirms = models.ForeignKey(
        Meeting, models.SET_NULL, verbose_name=_("Verslag van"), null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(_("Wijziging"), default=1)

    class Meta:
        verbose_name = _("Agendapunt")
        verbose_name_plural = _("Agendapunten")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


def random_place(_paper: Any, _name: str) -> str:
    """Choose where a paper is kept: a name that tells nothing and cannot be guessed."""
    return f"stukken/{timezone.localdate():%Y/%m}/{secrets.token_hex(16)}"


class Paper(models.Model):
    """A paper that belongs to an agenda item."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, verbose_name=_("Agendapunt"), related_name="papers")
    file = models.FileField(_("Bestand"), upload_to=random_place, max_length=300)
    name = models.CharField(_("Bestandsnaam"), max_length=200)
    media_type = models.CharField(_("Soort bestand"), max_length=100)
    size_bytes = models.PositiveBigIntegerField(_("Grootte (bytes)"))
    sha256 = models.CharField(_("Vingerafdruk"), max_length=64)
    created_at = models.DateTimeField(_("Toegevoegd"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Toegevoegd door"), null=True, related_name="+"
    )
    removed_at = models.DateTimeField(_("Verwijderd"), null=True, blank=True)

    class Meta:
        verbose_name = _("Vergaderstuk")
        verbose_name_plural = _("Vergaderstukken")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Attendance(models.Model):
    """Whether a seat or a guest was there; nothing said is a status of its own."""

    class Status(models.TextChoices):
        PRESENT = "aanwezig", _("aanwezig")
        REPLACED = "vervangen", _("vervangen")
        EXCUSED = "afgemeld", _("afgemeld")
        ABSENT = "afwezig", _("afwezig zonder bericht")
        UNKNOWN = "onbekend", _("onbekend")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name=_("Vergadering"), related_name="attendances"
    )
    seat = models.ForeignKey(
        Seat, models.PROTECT, verbose_name=_("Zetel"), null=True, blank=True, related_name="attendances"
    )
    guest = models.OneToOneField(
        Guest, models.CASCADE, verbose_name=_("Gast"), null=True, blank=True, related_name="attendance"
    )
    name = models.CharField(_("Zoals genoemd"), max_length=160, blank=True)
    status = models.CharField(
        _("Aanwezigheid"), max_length=10, choices=Status.choices, default=Status.UNKNOWN
    )
    replaced_by = models.CharField(_("Vervangen door (functie)"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("Aanwezigheid")
        verbose_name_plural = _("Aanwezigheid")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("meeting", "seat"), name="deliberation_seat_attends_once"),
            models.CheckConstraint(
                condition=models.Q(seat__isnull=False) | models.Q(guest__isnull=False) | ~models.Q(name=""),
                name="deliberation_attendance_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat or self.guest or self.name}: {self.get_status_display()}"


class Invitation(models.Model):
    """The agenda was mailed to who sits at the table; who got it is noted at once."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name=_("Vergadering"), related_name="invitations"
    )
    addresses = models.JSONField(_("Aan"), default=list)
    delivered = models.JSONField(_("Bezorgd"), default=list, blank=True)
    note = models.TextField(_("Begeleidende tekst"), blank=True)
    sent_at = models.DateTimeField(_("Verstuurd"), auto_now_add=True)
    sent_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Verstuurd door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Uitnodiging")
        verbose_name_plural = _("Uitnodigingen")
        ordering = ("-sent_at",)

    def __str__(self) -> str:
        return f"uitnodiging voor {self.meeting}"
