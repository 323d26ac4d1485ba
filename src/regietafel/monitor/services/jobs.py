"""Work of the monitor in the background."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from regietafel.kit.jobs import Daily, Every, job
from regietafel.monitor.services.fetching import fetch_feeds
from regietafel.monitor.services.learning import learn_labels
from regietafel.monitor.services.mailing import send_mailing
from regietafel.monitor.services.monitors import stop_past_end
from regietafel.monitor.services.retention import erase_raw_text
from regietafel.monitor.services.understanding import understand, watch_all
from regietafel.monitor.services.uploads import take_in_waiting

__all__ = [
    "erase_past_retention",
    "fetch_all_feeds",
    "learn_labels",
    "send_mailing",
    "stop_past_their_end",
    "take_in_waiting",
    "understand",
    "watch_all",
]


@job("monitor.feeds", label=_("Feeds ophalen"), plan=Every(minutes=15))
def fetch_all_feeds() -> None:
    """Fetch every feed in use."""
    fetch_feeds()


@job("monitor.bewaartermijn", label=_("Ruwe tekst wissen na de bewaartermijn"), plan=Daily(time(3, 15)))
def erase_past_retention() -> None:
    """Erase what may no longer be kept."""
    erase_raw_text()


@job("monitor.einde", label=_("Monitors stoppen na hun einddatum"), plan=Daily(time(0, 5)))
def stop_past_their_end() -> None:
    """Stop what has run its term."""
    stop_past_end()
