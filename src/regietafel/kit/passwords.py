"""Passwords: Argon2 within OWASP's minimum, at most two at once so no storm fills the memory, and rules."""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import MinimumLengthValidator, UserAttributeSimilarityValidator
from django.utils.translation import gettext as _

AT_ONCE = BoundedSemaphore(2)


class BoundedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with AT_ONCE:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with AT_ONCE:
            return super().verify(password, encoded)


class LongEnough(MinimumLengthValidator):
    """Django's rule on length, saying in Dutch what is asked."""

    def get_error_message(self) -> str:
        return _("Dit wachtwoord is te kort. Gebruik minstens %(n)s tekens, bijvoorbeeld een korte zin.") % {
            "n": self.min_length
        }


class UnlikeThePerson(UserAttributeSimilarityValidator):
    """Django's rule on likeness, for the attributes our people have."""

    def get_error_message(self) -> str:
        return _("Dit wachtwoord lijkt te veel op uw naam of e-mailadres.")
