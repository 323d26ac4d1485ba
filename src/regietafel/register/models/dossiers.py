"""The dossier: one sensitive matter of one organisation, with its phase, people, facts and papers."""

import secrets
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.register.models.organisations import Area, Organisation, OwnedModel
from regietafel.register.models.people import User


class Phase(models.Model):
    """A step in the life of a dossier; reference data, editable per installation."""

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    name = models.CharField(_("Naam"), max_length=60)
    order = models.PositiveSmallIntegerField(_("Volgorde"))
    description = models.CharField(_("Toelichting"), max_length=300, blank=True)
    is_closed = models.BooleanField(_("Afgesloten"), default=False)

    class Meta:
        verbose_name = _("Fase")
        verbose_name_plural = _("Fasen")
        ordering = ("order",)

    def __str__(self) -> str:
        return self.name


class Dossier(OwnedModel):
    """One matter that needs direction: a reception location, a decision, an incident, unrest or a theme."""

    class Kind(models.TextChoices):
        RECEPTION = "opvanglocatie", _("opvanglocatie")
        HOUSING = "huisvesting", _("huisvesting")
        DECISION = "besluit", _("besluit")
        INCIDENT = "incident", _("incident")
        UNREST = "onrust", _("onrust")
        THEME = "thema", _("thema")

    title = models.CharField(_("Titel"), max_length=160)
    kind = models.CharField(_("Soort"), max_length=20, choices=Kind.choices)
    summary = models.TextField(_("Waar gaat het over"), blank=True)
    reference = models.CharField(_("Zaaknummer"), max_length=60, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, verbose_name=_("Gebied"), null=True, blank=True, related_name="dossiers"
    )
    phase = models.ForeignKey(Phase, models.PROTECT, verbose_name=_("Fase"), related_name="dossiers")
    version = models.PositiveIntegerField(_("Versie"), default=1)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)
    updated_at = models.DateTimeField(_("Gewijzigd"), auto_now=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Gemaakt door"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Dossier")
        verbose_name_plural = _("Dossiers")
        ordering = ("-updated_at",)

    def __str__(self) -> str:
        return self.title


class DossierPart(models.Model):
    """Something that lives inside one dossier and is seen by whoever sees the dossier."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, verbose_name=_("Dossier"), related_name="%(class)ss")
    created_at = models.DateTimeField(_("Vastgelegd"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Vastgelegd door"), null=True, related_name="+"
    )

    class Meta:
        abstract = True


class PhaseChange(DossierPart):
    """The dossier went from one phase to another, for a reason."""

    from_phase = models.ForeignKey(
        Phase, models.PROTECT, verbose_name=_("Van fase"), null=True, related_name="+"
    )
    to_phase = models.ForeignKey(Phase, models.PROTECT, verbose_name=_("Naar fase"), related_name="+")
    reason = models.TextField(_("Reden"), blank=True)

    class Meta:
        verbose_name = _("Fasewisseling")
        verbose_name_plural = _("Fasewisselingen")
        ordering = ("-created_at",)


class DossierMember(DossierPart):
    """A person or function that takes part in the dossier; a person may see it while this lasts."""

    user = models.ForeignKey(
        User, models.CASCADE, verbose_name=_("Gebruiker"), null=True, blank=True, related_name="dossier_roles"
    )
    function = models.CharField(_("Functie"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Organisatie"), null=True, blank=True, related_name="+"
    )
    may_write = models.BooleanField(_("Mag bijdragen"), default=False)
    valid_until = models.DateField(_("Tot en met"), null=True, blank=True)

    class Meta:
        verbose_name = _("Deelnemer")
        verbose_name_plural = _("Deelnemers")
        ordering = ("function",)

    def __str__(self) -> str:
        return self.function


class Fact(DossierPart):
    """A statement about the matter with its status and source; a newer one replaces it, never erases it."""

    class Status(models.TextChoices):
        KNOWN = "bekend", _("bekend")
        RESERVED = "voorbehoud", _("onder voorbehoud")
        UNKNOWN = "onbekend", _("nog niet bekend")

    text = models.TextField(_("Wat"))
    status = models.CharField(_("Status"), max_length=12, choices=Status.choices)
    source = models.CharField(_("Bron"), max_length=200, blank=True)
    as_of = models.DateField(_("Peildatum"))
    replaces = models.OneToOneField(
        "self", models.PROTECT, verbose_name=_("Vervangt"), null=True, blank=True, related_name="replaced_by"
    )
    withdrawn_at = models.DateTimeField(_("Ingetrokken"), null=True, blank=True)

    class Meta:
        verbose_name = _("Feit")
        verbose_name_plural = _("Feiten")
        ordering = ("created_at",)

    def __str__(self) -> str:
        return self.text[:80]


class Moment(DossierPart):
    """Something that happens on the dossier's timeline: a meeting, a letter, a decision, an opening."""

    class Kind(models.TextChoices):
        MEETING = "bijeenkomst", _("bijeenkomst")
        CONSULTATION = "overleg", _("overleg")
        LETTER = "brief", _("brief of bericht")
        DECISION = "besluit", _("besluit")
        OPENING = "opening", _("opening of sluiting")
        DEADLINE = "termijn", _("termijn")
        OTHER = "anders", _("anders")

    title = models.CharField(_("Titel"), max_length=160)
    kind = models.CharField(_("Soort"), max_length=12, choices=Kind.choices)
    starts_at = models.DateTimeField(_("Begint"))
    ends_at = models.DateTimeField(_("Eindigt"), null=True, blank=True)
    place = models.CharField(_("Plaats"), max_length=160, blank=True)
    note = models.TextField(_("Toelichting"), blank=True)
    done_at = models.DateTimeField(_("Afgerond"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("Ingetrokken"), null=True, blank=True)

    class Meta:
        verbose_name = _("Moment")
        verbose_name_plural = _("Momenten")
        ordering = ("starts_at",)

    def __str__(self) -> str:
        return self.title


def random_place(_attachment: Any, _name: str) -> str:
    """Choose where a file is kept: a name that tells nothing and cannot be guessed."""
    return f"bijlagen/{timezone.localdate():%Y/%m}/{secrets.token_hex(16)}"


class Attachment(DossierPart):
    """A paper in the dossier, with the text taken out of it."""

    file = models.FileField(_("Bestand"), upload_to=random_place, max_length=300)
    name = models.CharField(_("Bestandsnaam"), max_length=200)
    description = models.CharField(_("Wat staat erin"), max_length=300, blank=True)
    media_type = models.CharField(_("Soort bestand"), max_length=100)
    size_bytes = models.PositiveBigIntegerField(_("Grootte (bytes)"))
    sha256 = models.CharField(_("Vingerafdruk"), max_length=64)
    text = models.TextField(_("Tekst"), blank=True)
    text_note = models.CharField(_("Over de tekst"), max_length=200, blank=True)
    removed_at = models.DateTimeField(_("Verwijderd"), null=True, blank=True)

    class Meta:
        verbose_name = _("Bijlage")
        verbose_name_plural = _("Bijlagen")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.name


class Link(DossierPart):
    """An address elsewhere that belongs to the matter."""

    title = models.CharField(_("Titel"), max_length=160)
    url = models.URLField(_("Adres"), max_length=500)
    removed_at = models.DateTimeField(_("Verwijderd"), null=True, blank=True)

    class Meta:
        verbose_name = _("Koppeling")
        verbose_name_plural = _("Koppelingen")
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class JournalEntry(DossierPart):
    """A dated note in the dossier's journal; it can be corrected by a next one, not changed.

    A question is one to answer: through a channel, with the moment before which where there is a term.
    ``origin`` is the page of the product it was written on.
    """

    class Kind(models.TextChoices):
        NOTE = "notitie", _("notitie")
        QUESTION = "vraag", _("vraag uit de omgeving")

    class Channel(models.TextChoices):
        WEBSITE = "website", _("website")
        SOCIAL = "sociaal", _("sociale media")
        DESK = "balie", _("telefoon of balie")
        LETTER = "brief", _("brief of e-mail")
        MEETING = "bijeenkomst", _("bijeenkomst")
        PRESS = "pers", _("pers")

    text = models.TextField(_("Notitie"))
    kind = models.CharField(_("Soort"), max_length=10, choices=Kind.choices, default=Kind.NOTE)
    channel = models.CharField(_("Kanaal"), max_length=12, choices=Channel.choices, blank=True)
    origin = models.CharField(_("Herkomst"), max_length=200, blank=True)
    moment = models.OneToOneField(
        Moment, models.SET_NULL, verbose_name=_("Termijn"), null=True, blank=True, related_name="question"
    )

    class Meta:
        verbose_name = _("Journaalregel")
        verbose_name_plural = _("Journaalregels")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.text[:80]
