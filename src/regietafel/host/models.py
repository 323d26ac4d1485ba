"""Where people are logged in: one row per browser, so that a person can see and end them."""

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.register.public import User


class LoginSessionManager(BaseSessionManager["LoginSession"]):
    """Django's manager of sessions, for this table."""


class LoginSession(AbstractBaseSession):
    """A session that knows whose it is and since when."""

    account = models.ForeignKey(
        User, models.CASCADE, verbose_name=_("Gebruiker"), null=True, related_name="login_sessions"
    )
    started_at = models.DateTimeField(_("Ingelogd sinds"), null=True)
    browser = models.CharField(_("Browser"), max_length=200, blank=True)

    objects: ClassVar[LoginSessionManager] = LoginSessionManager()

    class Meta:
        verbose_name = _("Sessie")
        verbose_name_plural = _("Sessies")
        ordering = ("-started_at",)
