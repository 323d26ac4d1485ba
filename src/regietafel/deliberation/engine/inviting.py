"""What of an agenda goes to whom by mail; mail is read by whoever opens the box."""

from __future__ import annotations

from dataclasses import dataclass

from regietafel.deliberation.engine.access import INTERNAL, Reader, Subject, may_read_subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Who is written to: a seat or a guest; ``reader`` is who owns the address, if a person does."""

    is_guest: bool = False
    reader: Reader | None = None


def may_mail(subject: Subject, *, to: Addressee) -> bool:
    """Say whether an item of the agenda goes to an address by mail (uitnodiging).

    Args:
        subject: the item.
        to: whose address it is.

    Returns:
        Never True for what is confidential. To the own address of a person goes what that person may read. To
        the address of a function goes, of a seat, what is internal at a table that is no more than internal,
        and of a guest, what is for guests.

    Source: bron-003 r.149-181 (members, advisers and guests are invited by function); our reading.

    >>> from regietafel.deliberation.engine.access import Sitting, Table
    >>> item = Subject(sitting=Sitting(table=Table(organisation_id=1)))
    >>> may_mail(item, to=Addressee()), may_mail(item, to=Addressee(is_guest=True))
    (True, False)
    """
    if subject.confidentiality > INTERNAL:
        return False
    if to.reader is not None:
        return may_read_subject(to.reader, subject)
    if to.is_guest:
        return subject.for_guests
    return subject.sitting.table.confidentiality <= INTERNAL
