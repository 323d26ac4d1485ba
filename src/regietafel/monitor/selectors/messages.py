"""Messages of an organisation, and messages as the engine counts them."""

from typing import Any

from django.db.models import QuerySet

from regietafel.monitor.models import Message
from regietafel.register.public import Organisation


def totals_of(organisation: Organisation) -> dict[str, int]:
    """Return how many messages an organisation holds, and how many of them have more than one version."""
    messages = Message.objects.filter(organisation=organisation)
    return {"berichten": messages.count(), "berichten_met_versies": messages.filter(version__gt=1).count()}
