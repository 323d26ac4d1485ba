"""From tables to the rule of who reads what, and from that to the records a person may see."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from regietafel.deliberation.engine import access
from regietafel.deliberation.models import AgendaItem, Body, Entry, Inquiry, Meeting, Seat
from regietafel.register.public import standing_of


def reader_of(user: Any) -> access.Reader:
    """Return a person with the roles of today; a guest of an organisation brings none."""
    grants = tuple(
        access.Grant(
            organisation_id=grant.organisation_id,
            reads_up_to=grant.reads_up_to,
            may_write=grant.may_write,
            may_publish=grant.may_publish,
        )
        for grant in standing_of(user).staff_grants
    )
    is_known = getattr(user, "is_authenticated", False) and user.is_active
    return access.Reader(person_id=user.pk if is_known else None, grants=grants)


def seats_in_force(prefix: str = "") -> Q:
    """Return the filter that keeps seats that are still taken."""
    return Q(**{f"{prefix}valid_until__isnull": True}) | Q(
        **{f"{prefix}valid_until__gte": timezone.localdate()}
    )


def _seated(organisation_id: int) -> QuerySet[Seat]:
    return Seat.objects.filter(seats_in_force(), organisation_id=organisation_id)


def readable_bodies(user: Any, prefix: str = "") -> Q:
    """Return the filter that keeps what belongs to bodies a person may read; the twin of `may_read_table`."""
    rule = Q(pk__in=[])
    for grant in reader_of(user).grants:
        rule |= _at_table(grant, prefix)
    return rule


def _at_table(grant: access.Grant, prefix: str) -> Q:
    own = Q(**{f"{prefix}organisation_id": grant.organisation_id})
    seated = Q(**{f"{prefix}pk__in": _seated(grant.organisation_id).values("body_id")})
    return Q(**{f"{prefix}confidentiality__lte": grant.reads_up_to}) & (own | seated)


def readable_meetings(user: Any, prefix: str = "") -> Q:
    """Return the filter that keeps meetings a person may know of; the twin of `may_read_sitting`."""
    reader = reader_of(user)
    rule = readable_bodies(user, f"{prefix}body__")
    organisations = [grant.organisation_id for grant in reader.grants]
    if organisations:
        invited = Meeting.objects.filter(guests__organisation_id__in=organisations)
        rule |= Q(**{f"{prefix}pk__in": invited.values("pk")})
    if reader.person_id is not None:
        named = Meeting.objects.filter(guests__person_id=reader.person_id)
        rule |= Q(**{f"{prefix}pk__in": named.values("pk")})
    return rule


def readable_items(user: Any, prefix: str = "") -> Q:
    """Return the filter that keeps agenda items a person may read; the twin of `may_read_subject`."""
    reader = reader_of(user)
    rule = Q(pk__in=[])
    for grant in reader.grants:
        level = Q(**{f"{prefix}confidentiality__lte": grant.reads_up_to})
        invited = Meeting.objects.filter(guests__organisation_id=grant.organisation_id)
        guest = Q(**{f"{prefix}for_guests": True, f"{prefix}meeting__in": invited.values("pk")})
        rule |= level & (_at_table(grant, f"{prefix}meeting__body__") | guest)
    if reader.person_id is not None:
        named = Meeting.objects.filter(guests__person_id=reader.person_id)
        rule |= Q(
            **{
                f"{prefix}for_guests": True,
                f"{prefix}confidentiality__lte": access.INTERNAL,
                f"{prefix}meeting__in": named.values("pk"),
            }
        )
    return rule


def kept_bodies(user: Any, prefix: str = "") -> Q:
    """Return the filter that keeps what belongs to bodies of whose secretariat a person is."""
    rule = Q(pk__in=[])
    for grant in reader_of(user).grants:
        if grant.may_write:
            rule |= Q(
                **{
                    f"{prefix}organisation_id": grant.organisation_id,
                    f"{prefix}confidentiality__lte": grant.reads_up_to,
                }
            )
    return rule


def visible_bodies(user: Any) -> QuerySet[Body]:
    """Return the bodies a person may read."""
    return Body.objects.filter(readable_bodies(user)).select_related("organisation")


def visible_meetings(user: Any) -> QuerySet[Meeting]:
    """Return the meetings a person may know of."""
    return Meeting.objects.filter(readable_meetings(user)).select_related("body__organisation")


def visible_items(user: Any) -> QuerySet[AgendaItem]:
    """Return the agenda items a person may read."""
    return AgendaItem.objects.filter(readable_items(user)).select_related("meeting__body__organisation")


def visible_entries(user: Any) -> QuerySet[Entry]:
    """Return the lines of minutes a person may read: of meetings that are over, or that he or she keeps."""
    over = Q(item__meeting__closed_at__isnull=False) | kept_bodies(user, "item__meeting__body__")
    return Entry.objects.filter(readable_items(user, "item__") & over).select_related(
        "item__meeting__body__organisation", "owner_organisation", "owner_person"
    )


def visible_inquiries(user: Any) -> QuerySet[Inquiry]:
    """Return the questions to members a person may read."""
    return Inquiry.objects.filter(readable_bodies(user, "body__")).select_related("body__organisation")


def table_of(body: Body) -> access.Table:
    """Return a body as the rules see it."""
    seated = body.seats.filter(seats_in_force(), organisation_id__isnull=False)
    return access.Table(
        organisation_id=body.organisation_id,
        seated=frozenset(seated.values_list("organisation_id", flat=True)),
        confidentiality=body.confidentiality,
    )


def sitting_of(meeting: Meeting) -> access.Sitting:
    """Return a meeting as the rules see it."""
    guests = list(meeting.guests.values_list("organisation_id", "person_id"))
    return access.Sitting(
        table=table_of(meeting.body),
        is_closed=meeting.closed_at is not None,
        guest_organisations=frozenset(one for one, _person in guests if one is not None),
        guest_persons=frozenset(person for _one, person in guests if person is not None),
    )


def subject_of(item: AgendaItem) -> access.Subject:
    """Return an agenda item as the rules see it."""
    return access.Subject(
        sitting=sitting_of(item.meeting),
        confidentiality=item.confidentiality,
        for_guests=item.for_guests,
    )


def sits(user: Any, meeting: Meeting) -> bool:
    """Say whether a person sits at the table of a meeting; a guest of that meeting does not."""
    return Body.objects.filter(readable_bodies(user), pk=meeting.body_id).exists()


def keeps(user: Any, body: Body) -> bool:
    """Say whether a person keeps the secretariat of a body."""
    return access.keeps_minutes(reader_of(user), table_of(body))


def may_confirm(user: Any, body: Body) -> bool:
    """Say whether a person may lay down minutes: the right to publish in the secretariat."""
    return keeps(user, body) and any(
        grant.organisation_id == body.organisation_id and grant.may_publish
        for grant in reader_of(user).grants
    )


def acts_for(user: Any, organisation_id: int | None) -> bool:
    """Say whether a person may answer and report back for an organisation."""
    return access.acts_for(reader_of(user), organisation_id)


def may_report(user: Any, entry: Entry) -> bool:
    """Say whether a person may report back on an action: the secretariat, or who owes it."""
    if keeps(user, entry.item.meeting.body) or acts_for(user, entry.owner_organisation_id):
        return True
    return entry.owner_person_id is not None and entry.owner_person_id == getattr(user, "pk", None)
