"""The page of one's own account: roles, second factor, where one is logged in, keys one made."""

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regietafel.host.accounts import sessions
from regietafel.kit.pages import Action, DetailPage, Header, PostPage
from regietafel.register.public import User, current_roles
from regietafel.register.public.entrance import note_access, second_factor_of, tokens_made_by


class Account(DetailPage):
    """What the product knows of me, and what I may do."""

    template_name = "host/accounts/account.html"

    def header(self) -> Header:
        actions = (Action(_("Wachtwoord wijzigen"), reverse("password")),)
        return Header(
            _("Mijn account"), _("Uw rollen, uw tweede stap en waar u bent ingelogd."), actions=actions
        )

    def context(self) -> dict[str, Any]:
        person = self.request.user
        assert isinstance(person, User)
        return {
            "roles": current_roles(person),
            "factor": second_factor_of(person),
            "sessions": sessions.sessions_of(person),
            "current_key": self.request.session.session_key,
            "tokens": tokens_made_by(person),
        }


class EndOtherSessions(PostPage):
    """Logs me out everywhere but here."""

    def act(self) -> str:
        person = self.request.user
        assert isinstance(person, User)
        ended = sessions.end_others(person, keep=self.request.session.session_key)
        note_access(person=person, what="account.elders-uitgelogd", by=person, details={})
        words = ngettext(
            "U bent op 1 andere plek uitgelogd.", "U bent op %(n)s andere plekken uitgelogd.", ended
        )
        none = _("U was nergens anders ingelogd.")
        messages.success(self.request, words % {"n": ended} if ended else none)
        return reverse("account")
