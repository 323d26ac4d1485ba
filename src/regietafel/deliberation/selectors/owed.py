"""Open actions for the command line: of all bodies, without the words of what is confidential."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from regietafel.deliberation.engine.folding import folded
from regietafel.deliberation.models import Body, Entry
from regietafel.deliberation.selectors.entries import BY_TERM, days_late, last_day_of, late_on
from regietafel.deliberation.selectors.minutes import owner_of
from regietafel.register.public import Confidentiality


@dataclass(frozen=True)
class Owed:
    """One open action; a confidential one tells only where and when."""

    entry: Entry
    text: str | None
    owner: str | None
    last_day: date | None
    days_late: int | None

    def to_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "nr": self.entry.pk,
            "overleg": self.entry.item.meeting.body.name,
            "vergadering": self.entry.item.meeting.starts_at,
            "tekst": self.text,
            "eigenaar": self.owner,
            "termijn": self.last_day,
            "dagen_te_laat": self.days_late,
            "vertrouwelijk": self.text is None,
        }


def bodies_named(name: str) -> list[Body]:
    """Return the bodies with this name, whatever its capitals and accents."""
    return [body for body in Body.objects.order_by("pk") if folded(body.name) == folded(name)]


def body_names() -> list[str]:
    """Return the names of all bodies."""
    return sorted(set(Body.objects.values_list("name", flat=True)))


def open_actions(*, bodies: Iterable[Body] | None = None, only_late: bool = False) -> list[Owed]:
    """Return the open actions of meetings that are over, late first."""
    rows: QuerySet[Entry] = Entry.objects.filter(
        kind=Entry.Kind.ACTION, state=Entry.State.OPEN, item__meeting__closed_at__isnull=False
    ).select_related("item__meeting__body", "owner_organisation", "owner_person")
    if bodies is not None:
        rows = rows.filter(item__meeting__body__in=[body.pk for body in bodies])
    if only_late:
        rows = rows.filter(late_on(timezone.localdate()))
    ordered = rows.order_by(BY_TERM, "due_is_inclusive", "pk")
    return [_owed(entry) for entry in ordered]


def _owed(entry: Entry) -> Owed:
    secret = max(entry.item.confidentiality, entry.item.meeting.body.confidentiality)
    is_told = secret < Confidentiality.CONFIDENTIAL
    return Owed(
        entry=entry,
        text=entry.text if is_told else None,
        owner=(owner_of(entry) or None) if is_told else None,
        last_day=last_day_of(entry),
        days_late=days_late(entry),
    )
