"""What the framework says of a value that cannot be, in our words: what to do, and numbers with points."""

from collections.abc import Mapping
from typing import Any

from django.core import validators
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext_lazy as _

from regietafel.kernel import dutch


class Told(str):
    """A message of which the numbers are written as people here write them."""

    __slots__ = ()

    def __mod__(self, params: Any) -> str:
        """Fill in what a validator knows."""
        values = params if isinstance(params, Mapping) else {}
        return str.__mod__(self, {name: _shown(value) for name, value in values.items()})


def _shown(value: Any) -> Any:
    return dutch.number(value) if isinstance(value, dutch.Number) and not isinstance(value, bool) else value


MESSAGES: Mapping[type, str] = {
    validators.MinValueValidator: "Vul %(limit_value)s of meer in.",
    validators.MaxValueValidator: "Vul %(limit_value)s of minder in.",
    validators.MinLengthValidator: "Dit is te kort: vul ten minste %(limit_value)s tekens in.",
    validators.MaxLengthValidator: "Dit telt %(show_value)s tekens. Maak er %(limit_value)s of minder van.",
}
IMPOSSIBLE = _("Deze gegevens kunnen zo niet samen. Controleer wat u invulde en probeer het opnieuw.")
"""Said where the database refuses what no form or service did; the name of the rule tells nobody anything."""


def speak_plainly() -> None:
    """Give the framework our words, before any form or model is made."""
    for validator, message in MESSAGES.items():
        setattr(validator, "message", Told(message))  # noqa: B010  the framework types it as its own proxy
    BaseConstraint.default_violation_error_message = IMPOSSIBLE
