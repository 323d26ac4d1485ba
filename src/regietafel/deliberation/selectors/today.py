"""What deliberation has to say on Vandaag."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.engine.access import acts_for
from regietafel.deliberation.models import Body, Entry, Escalation, Inquiry, Meeting
from regietafel.deliberation.selectors.access import (
    kept_bodies,
    reader_of,
    visible_entries,
    visible_meetings,
)
from regietafel.deliberation.selectors.entries import (
    BY_TERM,
    days_late,
    due_within,
    last_day_of,
    late_on,
    listed_actions,
    of_person,
    visible_escalations,
)
from regietafel.deliberation.selectors.inquiries import waiting_inquiries
from regietafel.kernel import dutch
from regietafel.kit.navigation import Notice

NEWS_LIMIT = 30
WITHIN_DAYS = 14
LONGEST = 120


def shortened(text: str) -> str:
    """Return a text on one line, cut off where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def end_of(day: date) -> datetime:
    """Return the last minute of a day."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def waiting_for(user: Any, now: datetime) -> list[Notice]:
    """Return what waits for a person: actions, questions to answer and escalations to reply to."""
    today = timezone.localdate(now)
    return [
        *(_action(one, today) for one in _owed(user, today)),
        *(_inquiry(one, today) for one in waiting_inquiries(user)),
        *(_escalation(one) for one in _asked(user)),
    ]


def _owed(user: Any, today: date) -> list[Entry]:
    """Return the open actions of a person and of whom he or she may answer for: late, near or undated."""
    reader = reader_of(user)
    organisations = [one.organisation_id for one in reader.grants if acts_for(reader, one.organisation_id)]
    owed = of_person(user) | Q(owner_organisation_id__in=organisations)
    timely = late_on(today) | due_within(today, WITHIN_DAYS) | Q(due_on__isnull=True)
    rows = listed_actions(user).filter(owed & timely, state=Entry.State.OPEN)
    return list(rows.order_by(BY_TERM, "due_is_inclusive", "pk"))


def _action(entry: Entry, today: date) -> Notice:
    last, late = last_day_of(entry), days_late(entry, today)
    badge = ("fout", dutch.lateness(last, today_on=today)) if late else ("let-op", _("nog te doen"))
    return Notice(
        at=end_of(last) if last else entry.item.meeting.starts_at,
        kind=_("Actie"),
        title=shortened(entry.text),
        url=reverse("entry", args=[entry.pk]),
        detail=str(entry.item.meeting) if last else _("%s, zonder termijn") % entry.item.meeting,
        badge=badge,
        is_whole_day=True,
    )


def _inquiry(inquiry: Inquiry, today: date) -> Notice:
    is_late = inquiry.answer_by < today
    words = dutch.lateness(inquiry.answer_by, today_on=today)
    return Notice(
        at=end_of(inquiry.answer_by),
        kind=_("Uitvraag"),
        title=shortened(inquiry.question),
        url=reverse("inquiry", args=[inquiry.pk]),
        detail=inquiry.body.name,
        badge=("fout", words) if is_late else ("let-op", _("te beantwoorden")),
        is_whole_day=True,
    )


def _asked(user: Any) -> list[Escalation]:
    kept = Body.objects.filter(kept_bodies(user))
    rows = visible_escalations(user).filter(replied_at__isnull=True, to_body__in=kept.values("pk"))
    return list(rows.filter(entry__state=Entry.State.OPEN).order_by("asked_at"))


def _escalation(escalation: Escalation) -> Notice:
    return Notice(
        at=escalation.asked_at,
        kind=_("Doorgeleid knelpunt"),
        title=shortened(escalation.question),
        url=reverse("escalation", args=[escalation.pk]),
        detail=str(escalation.to_body),
        badge=("let-op", _("wacht op antwoord")),
    )


def coming_meetings(user: Any, now: datetime, *, within_days: int = WITHIN_DAYS) -> list[Notice]:
    """Return the meetings of the coming days."""
    rows = visible_meetings(user).filter(starts_at__gte=now, starts_at__lte=now + timedelta(days=within_days))
    return [
        Notice(
            at=meeting.starts_at,
            kind=_("Vergadering"),
            title=str(meeting),
            url=reverse("meeting", args=[meeting.pk]),
            detail=meeting.place,
        )
        for meeting in rows.exclude(state=Meeting.State.CANCELLED).order_by("starts_at")
    ]


def news_since(user: Any, since: datetime) -> list[Notice]:
    """Return the minutes laid down and the decisions that can be read since a moment."""
    return [*_laid_down(user, since), *_decided(user, since)]


def _laid_down(user: Any, since: datetime) -> list[Notice]:
    rows = visible_meetings(user).filter(state=Meeting.State.CONFIRMED, confirmed_at__gt=since)
    others = rows.exclude(confirmed_by_id=user.pk).order_by("-confirmed_at")[:NEWS_LIMIT]
    return [
        Notice(
            at=meeting.confirmed_at,
            kind=_("Verslag vastgesteld"),
            title=str(meeting),
            url=reverse("meeting", args=[meeting.pk]),
            detail=meeting.body.name,
        )
        for meeting in others
        if meeting.confirmed_at
    ]


def _decided(user: Any, since: datetime) -> list[Notice]:
    """Return per meeting how many decisions can be read since then: counted are only those one may read."""
    rows = visible_entries(user).filter(
        Q(item__meeting__closed_at__gt=since) | Q(created_at__gt=since),
        kind=Entry.Kind.DECISION,
        item__meeting__closed_at__isnull=False,
    )
    standing = rows.exclude(state=Entry.State.WITHDRAWN).exclude(created_by_id=user.pk)
    found = (
        standing.order_by()
        .values("item__meeting_id")
        .annotate(total=Count("pk"), at=Greatest(Max("created_at"), Max("item__meeting__closed_at")))
        .order_by("-at")[:NEWS_LIMIT]
    )
    totals = {row["item__meeting_id"]: row for row in found}
    meetings = Meeting.objects.filter(pk__in=totals).select_related("body")
    return [_decisions(one, total=totals[one.pk]["total"], at=totals[one.pk]["at"]) for one in meetings]


def _decisions(meeting: Meeting, *, total: int, at: datetime) -> Notice:
    return Notice(
        at=at,
        kind=_("Besluiten"),
        title=_("%(count)s in %(meeting)s")
        % {"count": dutch.counted(total, one=_("besluit"), many=_("besluiten")), "meeting": meeting},
        url=reverse("meeting", args=[meeting.pk]),
        detail=meeting.body.name,
    )
