"""Whether the feeds that run bring what they should, over all organisations and without naming any."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regietafel.kit.health import Health, State
from regietafel.monitor.selectors.retention import failing_proofs, late_count
from regietafel.monitor.selectors.sources import feeds_in_use, silent_since


def feeds_health() -> Health:
    """Check the connection to every feed of a running monitor by its last fetch."""
    feeds = list(feeds_in_use())
    if not feeds:
        return Health(State.OK, _("Er wordt nu geen feed opgehaald."))
    failing = [feed for feed in feeds if feed.last_error]
    silent = [feed for feed in feeds if not feed.last_error and silent_since(feed)]
    if not failing and not silent:
        text = ngettext("%d feed levert.", "%d feeds leveren.", len(feeds))
        return Health(State.OK, text % len(feeds))
    text = _("Van %(all)d feeds gaan er %(failing)d fout en zijn er %(silent)d stil. Zie Omgeving, Bronnen.")
    found = {"all": len(feeds), "failing": len(failing), "silent": len(silent)}
    return Health(State.ATTENTION, text % found)


def retention_health() -> Health:
    """Check that what had to be erased is gone, and was not found again."""
    failing = failing_proofs().count()
    if failing:
        text = ngettext(
            "Bij %d bron is na het wissen tekst teruggevonden.",
            "Bij %d bronnen is na het wissen tekst teruggevonden.",
            failing,
        )
        return Health(State.FAULT, f"{text % failing} {_('Voer uit: regietafel bewaar --voer-uit.')}")
    late = late_count()
    if late:
        text = _("Van %d berichten is de bewaartermijn al langer dan een dag voorbij. Draait de takenwerker?")
        return Health(State.ATTENTION, text % late)
    return Health(State.OK, _("Tekst waarvan de bewaartermijn voorbij is, is gewist en niet teruggevonden."))
