"""Who reads and writes what at a table where several organisations sit."""

from __future__ import annotations

from dataclasses import dataclass

INTERNAL = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one role, held today by somebody who is no guest, gives in one organisation.

    ``reads_up_to``: 0 public, 1 internal, 2 confidential.
    """

    organisation_id: int
    reads_up_to: int = 0
    may_write: bool = False
    may_publish: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A person with the roles of today."""

    person_id: int | None = None
    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A body: whose secretariat it is, which organisations sit today, and how secret it is."""

    organisation_id: int
    seated: frozenset[int] = frozenset()
    confidentiality: int = INTERNAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One meeting of a table, and who is invited to it from outside."""

    table: Table
    is_closed: bool = False
    guest_organisations: frozenset[int] = frozenset()
    guest_persons: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One item on the agenda of a meeting, with all that was noted under it."""

    sitting: Sitting
    confidentiality: int = INTERNAL
    for_guests: bool = False


def may_read_table(reader: Reader, table: Table) -> bool:
    """Say whether a person may read a body (overlegorgaan).

    Args:
        reader: the person.
        table: the body.

    Returns:
        True when a role in the secretariat or in an organisation with a seat reads as far as the body is
        secret.

    Source: bron-002 r.3182-3196 (what partners at a table share with each other); the levels are our reading.

    >>> one = Reader(grants=(Grant(organisation_id=2, reads_up_to=1),))
    >>> may_read_table(one, Table(organisation_id=1)), may_read_table(
    ...     one, Table(organisation_id=1, seated=frozenset({2})))
    (False, True)
    """
    return any(_sits(grant, table) and grant.reads_up_to >= table.confidentiality for grant in reader.grants)


def may_read_sitting(reader: Reader, sitting: Sitting) -> bool:
    """Say whether a person may know of a meeting (vergadering).

    Args:
        reader: the person.
        sitting: the meeting.

    Returns:
        True for who may read the body, and for guests of this meeting.

    Source: bron-003 r.149-151 (guests at one meeting); our reading.

    >>> guest = Reader(person_id=9)
    >>> may_read_sitting(guest, Sitting(table=Table(organisation_id=1), guest_persons=frozenset({9})))
    True
    """
    invited = any(grant.organisation_id in sitting.guest_organisations for grant in reader.grants)
    return may_read_table(reader, sitting.table) or invited or reader.person_id in sitting.guest_persons


def may_read_subject(reader: Reader, subject: Subject) -> bool:
    """Say whether a person may read an item of the agenda (agendapunt).

    Args:
        reader: the person.
        subject: the item.

    Returns:
        True when a role at the table reads as far as both the body and the item are secret; and for guests
        of the meeting when the item is for guests and is not more secret than they may read.

    Source: bron-003 r.149-151; that an item may be closed to guests and to lower roles is our reading.

    >>> sitting = Sitting(table=Table(organisation_id=1), guest_persons=frozenset({9}))
    >>> guest = Reader(person_id=9)
    >>> may_read_subject(guest, Subject(sitting=sitting)), may_read_subject(
    ...     guest, Subject(sitting=sitting, for_guests=True))
    (False, True)
    """
    table, secret = subject.sitting.table, subject.confidentiality
    if any(
        _sits(grant, table) and grant.reads_up_to >= max(table.confidentiality, secret)
        for grant in reader.grants
    ):
        return True
    if not subject.for_guests:
        return False
    return any(
        grant.organisation_id in subject.sitting.guest_organisations and grant.reads_up_to >= secret
        for grant in reader.grants
    ) or (reader.person_id in subject.sitting.guest_persons and secret <= INTERNAL)


def may_read_minutes(reader: Reader, subject: Subject) -> bool:
    """Say whether a person may read what was noted under an item (verslag).

    Args:
        reader: the person.
        subject: the item.

    Returns:
        True for who may read the item, once the meeting is over; who keeps the minutes reads along.

    Source: bron-003 r.1-181 (minutes after the meeting); that a draft in the making is not shown is our
        reading.

    >>> member = Reader(grants=(Grant(organisation_id=1, reads_up_to=1),))
    >>> may_read_minutes(member, Subject(sitting=Sitting(table=Table(organisation_id=1))))
    False
    """
    if not may_read_subject(reader, subject):
        return False
    return subject.sitting.is_closed or keeps_minutes(reader, subject.sitting.table)


def keeps_minutes(reader: Reader, table: Table) -> bool:
    """Say whether a person keeps the secretariat of a body (secretariaat).

    Args:
        reader: the person.
        table: the body.

    Returns:
        True for a writing role in the organisation of the secretariat that reads as far as the body is
        secret.

    Source: bron-003 r.181 (the secretary); our reading.

    >>> keeps_minutes(Reader(grants=(Grant(organisation_id=1, reads_up_to=1, may_write=True),)),
    ...               Table(organisation_id=1))
    True
    """
    return any(
        grant.organisation_id == table.organisation_id
        and grant.may_write
        and grant.reads_up_to >= table.confidentiality
        for grant in reader.grants
    )


def acts_for(reader: Reader, organisation_id: int | None) -> bool:
    """Say whether a person may answer and report back for an organisation (namens de organisatie).

    Args:
        reader: the person.
        organisation_id: for which organisation; None for nobody's.

    Returns:
        True for a writing role there.

    Source: bron-003 r.117-124 (municipalities answer for themselves); our reading.

    >>> acts_for(Reader(grants=(Grant(organisation_id=1, may_write=True),)), 1)
    True
    """
    return any(grant.organisation_id == organisation_id and grant.may_write for grant in reader.grants)


def _sits(grant: Grant, table: Table) -> bool:
    return grant.organisation_id == table.organisation_id or grant.organisation_id in table.seated
