"""Who reads, keeps and fills the places of a region where every municipality keeps its own."""

from __future__ import annotations

from dataclasses import dataclass

INTERNAL = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one role, held today by somebody who is no guest, gives in one organisation.

    ``neighbours``: the organisations of the same safety region. ``coordinates``: whether the organisation is
    the safety region itself, which coordinates the places of its neighbours. ``reads_up_to``: 0 public,
    1 internal, 2 confidential.
    """

    organisation_id: int
    neighbours: frozenset[int] = frozenset()
    coordinates: bool = False
    reads_up_to: int = 0
    may_write: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Whose a location is, how secret, and with whom it is shared."""

    organisation_id: int
    confidentiality: int = INTERNAL
    shared_with_region: bool = False
    shared_with: frozenset[int] = frozenset()


Grants = tuple[Grant, ...]


def may_read_location(grants: Grants, location: Keeping) -> bool:
    """Say whether a person may read a location and who is promised its places (opvanglocatie).

    Args:
        grants: the roles of today.
        location: whose it is and with whom it is shared.

    Returns:
        True when a role reads as far as the location is secret, and its organisation keeps the location, is
        named, or is a neighbour of the keeper while the location is shared with the region.

    Source: bron-000 r.391-392 (every municipality stays responsible); bron-003, agendapunt 2.3 (places of all
        municipalities on one list). That a location in the making is not shared is our reading.

    >>> region = Grant(organisation_id=9, neighbours=frozenset({1, 9}), reads_up_to=1)
    >>> may_read_location((region,), Keeping(organisation_id=1)), may_read_location(
    ...     (region,), Keeping(organisation_id=1, shared_with_region=True))
    (False, True)
    """
    return any(_reads(grant, location) for grant in grants)


def _reads(grant: Grant, location: Keeping) -> bool:
    if grant.reads_up_to < location.confidentiality:
        return False
    own = grant.organisation_id in {location.organisation_id, *location.shared_with}
    return own or (location.shared_with_region and location.organisation_id in grant.neighbours)


def may_keep_location(grants: Grants, location: Keeping) -> bool:
    """Say whether a person may change a location and its places (beheert de locatie).

    Args:
        grants: the roles of today.
        location: whose it is.

    Returns:
        True for a writing role in the organisation that keeps it, which reads as far as it is secret.

    Source: bron-000 r.391-392 (every municipality stays responsible for its own matter); our reading.

    >>> own = Grant(organisation_id=1, reads_up_to=1, may_write=True)
    >>> may_keep_location((own,), Keeping(organisation_id=1))
    True
    """
    return any(
        grant.organisation_id == location.organisation_id
        and grant.may_write
        and grant.reads_up_to >= location.confidentiality
        for grant in grants
    )


def may_book(grants: Grants, location: Keeping) -> bool:
    """Say whether a person may promise and fill places of a location (boekt).

    Args:
        grants: the roles of today.
        location: whose it is and with whom it is shared.

    Returns:
        True for who keeps the location, and for a writing role at the coordination point of the region when
        it may read the location.

    Source: bron-003, agendapunt 2.3 (one coordination point places for the region); that it books only what
        is shared with it is our reading.

    >>> point = Grant(organisation_id=9, neighbours=frozenset({1, 9}), coordinates=True, reads_up_to=1,
    ...     may_write=True)
    >>> may_book((point,), Keeping(organisation_id=1)), may_book(
    ...     (point,), Keeping(organisation_id=1, shared_with_region=True))
    (False, True)
    """
    points = (grant for grant in grants if grant.coordinates and grant.may_write)
    return may_keep_location(grants, location) or any(
        location.organisation_id in grant.neighbours and _reads(grant, location) for grant in points
    )


def may_read_region(grants: Grants, organisation_id: int, *, is_point: bool) -> bool:
    """Say whether a person may read what an organisation asked, shared out or was asked (regio).

    Args:
        grants: the roles of today.
        organisation_id: whose assignment, request or scenario it is.
        is_point: whether that organisation coordinates its region.

    Returns:
        True for a role that reads internal records, in that organisation or, when it is the coordination
        point, in an organisation of its region.

    Source: bron-003, agendapunt 2.3 (task and realisation of all municipalities on one list); our reading.

    >>> one = Grant(organisation_id=1, neighbours=frozenset({1, 2, 9}), reads_up_to=1)
    >>> may_read_region((one,), 9, is_point=True), may_read_region((one,), 2, is_point=False)
    (True, False)
    """
    return any(
        grant.reads_up_to >= INTERNAL
        and (organisation_id == grant.organisation_id or (is_point and organisation_id in grant.neighbours))
        for grant in grants
    )


def may_coordinate(grants: Grants, organisation_id: int) -> bool:
    """Say whether a person coordinates places for an organisation (coördineert).

    Args:
        grants: the roles of today.
        organisation_id: the coordination point, or a municipality that places people in its own locations.

    Returns:
        True for a writing role there that reads internal records.

    Source: bron-003, agendapunt 2.3 (the regional coordination point); our reading.

    >>> may_coordinate((Grant(organisation_id=9, reads_up_to=1, may_write=True),), 9)
    True
    """
    return any(
        grant.organisation_id == organisation_id and grant.may_write and grant.reads_up_to >= INTERNAL
        for grant in grants
    )
