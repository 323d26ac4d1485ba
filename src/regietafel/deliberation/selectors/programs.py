"""What programs read through the API: the same rules as for people, and never minutes in the making."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery

from regietafel.deliberation.models import AgendaItem, Body, Entry, Inquiry, InquiryAnswer, Meeting, Seat
from regietafel.deliberation.selectors.access import (
    seats_in_force,
    visible_bodies,
    visible_entries,
    visible_inquiries,
    visible_items,
    visible_meetings,
)
from regietafel.deliberation.selectors.entries import listed_entries
from regietafel.register.public import visible_dossiers


def bodies_of_program(user: Any) -> QuerySet[Body]:
    """Return the bodies a key may read, with the seats that are taken today."""
    seats = Seat.objects.filter(seats_in_force()).select_related("organisation")
    return visible_bodies(user).prefetch_related(Prefetch("seats", seats, to_attr="taken"))


def meetings_of_program(user: Any) -> QuerySet[Meeting]:
    """Return the meetings a key may know of; `reads_body` says whether it may read the body too."""
    own = visible_bodies(user).filter(pk=OuterRef("body_id"))
    return visible_meetings(user).annotate(reads_body=Exists(own))


def items_of_program(user: Any) -> QuerySet[AgendaItem]:
    """Return the agenda items a key may read; of its dossier only when the key may read that too."""
    dossiers = visible_dossiers(user).filter(pk=OuterRef("dossier_id")).order_by()
    return visible_items(user).annotate(known_dossier=Subquery(dossiers.values("pk")[:1]))


def entries_of_program(user: Any) -> QuerySet[Entry]:
    """Return the lines of meetings that are over; other lines are named only when the key may read them."""
    rows = listed_entries(user).filter(item__meeting__closed_at__isnull=False)
    return rows.annotate(
        known_solution=_known(user, "closed_through_id"),
        known_replaced=_known(user, "supersedes_id"),
        known_request=_known(user, "carries_out_id"),
    )


def _known(user: Any, name: str) -> Subquery:
    over = visible_entries(user).filter(pk=OuterRef(name), item__meeting__closed_at__isnull=False)
    return Subquery(over.order_by().values("pk")[:1])


def inquiries_of_program(user: Any) -> QuerySet[Inquiry]:
    """Return the questions to members a key may read, with their answers and how many were asked."""
    answers = InquiryAnswer.objects.select_related("organisation").order_by("organisation__name")
    asked = (
        Seat.objects.filter(seats_in_force(), body=OuterRef("body_id"), organisation__isnull=False)
        .order_by()
        .values("body_id")
        .annotate(total=Count("organisation_id", distinct=True))
        .values("total")
    )
    seated = Seat.objects.filter(
        seats_in_force(), body=OuterRef("inquiry__body_id"), organisation_id=OuterRef("organisation_id")
    )
    answered = (
        InquiryAnswer.objects.filter(Exists(seated), inquiry=OuterRef("pk"))
        .order_by()
        .values("inquiry_id")
        .annotate(total=Count("pk"))
        .values("total")
    )
    rows = visible_inquiries(user).prefetch_related(Prefetch("answers", answers))
    return rows.annotate(asked_count=Subquery(asked), answered_count=Subquery(answered))
