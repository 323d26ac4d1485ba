"""Who an e-mail address and password let in."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from regietafel.host.accounts.practice import practice_allowed
from regietafel.register.public import User
from regietafel.register.public.entrance import may_enter


class AccountBackend(ModelBackend):
    """Lets in accounts that give access today, and asks so again at every request.

    A closed account, a last role that ended or a practice account on a server that others can reach: the next
    request of its session comes from nobody.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        return isinstance(user, User) and may_enter(user) and (not user.is_demo or practice_allowed())
