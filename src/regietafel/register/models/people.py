"""People who log in, the roles they hold in organisations, and the tokens of programs."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.register.models.organisations import Confidentiality, Organisation


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the e-mail address is stored in lower case, so it exists once."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person with an account: a civil servant, an administrator of the installation or a guest."""

    email = models.EmailField(_("E-mailadres"), unique=True)
    name = models.CharField(_("Naam"), max_length=120)
    is_active = models.BooleanField(_("Actief"), default=True)
    is_platform_admin = models.BooleanField(_("Beheerder van de installatie"), default=False)
    is_demo = models.BooleanField(_("Oefenaccount"), default=False)
    last_visit_at = models.DateTimeField(_("Vorig bezoek"), null=True, blank=True)
    current_visit_at = models.DateTimeField(_("Dit bezoek"), null=True, blank=True)
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("Gebruiker")
        verbose_name_plural = _("Gebruikers")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A function with its rights; loaded from the reference data, the same words everywhere."""

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    name = models.CharField(_("Naam"), max_length=80)
    reads_up_to = models.PositiveSmallIntegerField(
        _("Leest tot en met"), choices=Confidentiality.choices, default=Confidentiality.PUBLIC
    )
    may_write = models.BooleanField(_("Mag schrijven"), default=False)
    may_publish = models.BooleanField(_("Mag publiceren"), default=False)
    may_approve = models.BooleanField(_("Mag als tweede persoon goedkeuren"), default=False)
    may_manage = models.BooleanField(_("Mag mensen en instellingen beheren"), default=False)
    order = models.PositiveSmallIntegerField(_("Volgorde"), default=0)

    class Meta:
        verbose_name = _("Rol")
        verbose_name_plural = _("Rollen")
        ordering = ("order", "name")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person holds a role in an organisation, from a day up to and including another day."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("Gebruiker"), related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("Organisatie"), related_name="memberships"
    )
    role = models.ForeignKey(Role, models.PROTECT, verbose_name=_("Rol"), related_name="memberships")
    valid_from = models.DateField(_("Geldig vanaf"))
    valid_until = models.DateField(_("Geldig tot en met"), null=True, blank=True)
    deputy_of = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Vervangt"), null=True, blank=True, related_name="deputised"
    )
    is_guest = models.BooleanField(_("Gast"), default=False)

    class Meta:
        verbose_name = _("Rol van een gebruiker")
        verbose_name_plural = _("Rollen van gebruikers")
        ordering = ("organisation__name", "role__order")
        constraints = [
            models.UniqueConstraint(
                fields=("user", "organisation", "role", "valid_from"), name="register_role_once"
            ),
            models.CheckConstraint(
                condition=models.Q(is_guest=False) | models.Q(valid_until__isnull=False),
                name="register_guest_has_end_date",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="register_role_lasts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.role} bij {self.organisation}"


class ApiToken(models.Model):
    """A key for a program of one organisation, with scopes and an end date; only its hash is kept."""

    class Scope(models.TextChoices):
        READ_REGISTER = "register:lezen", _("organisaties en gebieden lezen")
        READ_DOSSIERS = "dossiers:lezen", _("dossiers lezen, behalve vertrouwelijke")
        WRITE_DOSSIERS = "dossiers:schrijven", _("dossiers, feiten en momenten toevoegen en wijzigen")
        READ_MEDIA = "omgeving:lezen", _("monitors, bronnen en gepubliceerde omgevingsbeelden lezen")
        READ_TABLES = (
            "overleg:lezen",
            _("overleggen, agenda's, besluiten en uitvragen lezen, behalve vertrouwelijke"),
        )
        REPORT_ACTIONS = "overleg:schrijven", _("acties van de eigen organisatie terugmelden")
        READ_PLACES = (
            "opvang:lezen",
            _("opvanglocaties, plaatsen, het bord van de regio en boekingen lezen, behalve vertrouwelijke"),
        )
        WRITE_PLACES = "opvang:schrijven", _("boekingen en groepen van de opvang toevoegen")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("Organisatie"), related_name="api_tokens"
    )
    name = models.CharField(_("Naam"), max_length=80)
    token_hash = models.CharField(_("Hash van de sleutel"), max_length=64, unique=True)
    scopes = models.JSONField(_("Rechten"), default=list)
    created_by = models.ForeignKey(User, models.PROTECT, verbose_name=_("Gemaakt door"), related_name="+")
    created_at = models.DateTimeField(_("Gemaakt"), auto_now_add=True)
    valid_until = models.DateField(_("Geldig tot en met"))
    revoked_at = models.DateTimeField(_("Ingetrokken"), null=True, blank=True)
    last_used_on = models.DateField(_("Laatst gebruikt"), null=True, blank=True)

    class Meta:
        verbose_name = _("API-sleutel")
        verbose_name_plural = _("API-sleutels")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.name
