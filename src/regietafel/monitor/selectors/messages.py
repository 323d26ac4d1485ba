"""Messages of an organisation, and messages as the engine counts them."""

from django.db.models import QuerySet

from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.models import Message, Monitor
from regietafel.register.public import Organisation


def totals_of(organisation: Organisation) -> dict[str, int]:
    """Return how many messages an organisation holds, and how many of them have more than one version."""
    messages = Message.objects.filter(organisation=organisation)
    return {"berichten": messages.count(), "berichten_met_versies": messages.filter(version__gt=1).count()}


def shown_messages(monitor: Monitor) -> QuerySet[Message]:
    """Return the messages of a monitor that may be shown one by one: media whose text is still kept."""
    return Message.objects.filter(
        matches__monitor=monitor, kind__in=sorted(MEDIA_KINDS), erased_at__isnull=True
    )
