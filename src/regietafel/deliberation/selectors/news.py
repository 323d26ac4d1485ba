"""What deliberation adds to the pages of a dossier, and to the search over everything."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from regietafel.deliberation.models import Entry
from regietafel.deliberation.selectors.access import visible_entries
from regietafel.deliberation.selectors.entries import entries_of_dossier, having_words, late_on
from regietafel.deliberation.selectors.today import shortened
from regietafel.kit.navigation import Notice
from regietafel.register.public import Dossier

MOST_FOUND = 20
MOST_IN_PANEL = 6


def dossier_timeline(user: Any, dossier: Dossier) -> list[Notice]:
    """Return what was decided, got stuck or was promised about a dossier, on the day of the meeting."""
    rows = entries_of_dossier(user, dossier).exclude(state=Entry.State.WITHDRAWN)
    return [_notice(entry) for entry in rows.filter(item__meeting__closed_at__isnull=False)]


def _notice(entry: Entry) -> Notice:
    return Notice(
        at=entry.item.meeting.starts_at,
        kind=entry.get_kind_display().capitalize(),
        title=shortened(entry.text),
        url=reverse("entry", args=[entry.pk]),
        detail=str(entry.item.meeting),
        badge=("neutraal", entry.get_state_display()) if entry.state != Entry.State.OPEN else None,
        dossier_id=entry.item.dossier_id,
    )


def dossier_panel(user: Any, dossier: Dossier) -> dict[str, Any] | None:
    """Return the open bottlenecks and actions of a dossier for its overview, or None without any."""
    rows = entries_of_dossier(user, dossier).filter(
        kind__in=(Entry.Kind.BOTTLENECK, Entry.Kind.ACTION), state=Entry.State.OPEN
    )
    found = list(rows.order_by("item__meeting__starts_at", "pk"))
    if not found:
        return None
    today = timezone.localdate()
    return {
        "dossier": dossier,
        "entries": found[:MOST_IN_PANEL],
        "left_out": max(0, len(found) - MOST_IN_PANEL),
        "late": rows.filter(late_on(today), kind=Entry.Kind.ACTION).count(),
    }


def search_entries(user: Any, words: str) -> list[Notice]:
    """Return the decisions, bottlenecks and actions in which every word occurs."""
    rows = having_words(visible_entries(user).filter(~Q(search_text="")), words)
    return [_notice(entry) for entry in rows.order_by("-item__meeting__starts_at", "pk")[:MOST_FOUND]]
