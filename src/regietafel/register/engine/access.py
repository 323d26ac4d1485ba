"""Who may see and change what: one rule for pages, lists, search, exports and the API."""

from dataclasses import dataclass

PUBLIC, INTERNAL, CONFIDENTIAL = 0, 1, 2


@dataclass(frozen=True)
class Grant:
    """What one role, held today, gives in one organisation.

    Attributes:
        organisation_id: the organisation in which the role is held.
        neighbour_ids: organisations of the same safety region, itself included; they share by region.
        reads_up_to: 0 public, 1 internal, 2 confidential.
        is_guest: a guest sees only the dossiers he or she takes part in.
    """

    organisation_id: int
    neighbour_ids: frozenset[int] = frozenset()
    reads_up_to: int = PUBLIC
    may_write: bool = False
    may_publish: bool = False
    may_approve: bool = False
    may_manage: bool = False
    is_guest: bool = False


@dataclass(frozen=True)
class Standing:
    """Everything a person may do on one day: grants in organisations and dossiers taken part in."""

    grants: tuple[Grant, ...] = ()
    dossier_ids: frozenset[int] = frozenset()
    writable_dossier_ids: frozenset[int] = frozenset()

    @property
    def staff_grants(self) -> tuple[Grant, ...]:
        """Return the grants of people who are not guests."""
        return tuple(grant for grant in self.grants if not grant.is_guest)


@dataclass(frozen=True)
class Ownership:
    """Whose a record is, how secret, and with whom it is shared."""

    organisation_id: int
    confidentiality: int = INTERNAL
    shared_with_region: bool = False
    shared_with_ids: frozenset[int] = frozenset()
    dossier_id: int | None = None


def may_read(standing: Standing, record: Ownership) -> bool:
    """Say whether a person may read a record (mag lezen).

    A role reads up to its level: records of the own organisation, records shared with the own region by an
    organisation of that region, and records shared with the own organisation by name. Who takes part in a
    dossier reads that dossier.

    Args:
        standing: what the person may do today.
        record: whose the record is and with whom it is shared.

    Returns:
        True when at least one grant or the participation allows it.

    Source: bron-000 r.391-392 and bron-002 r.3182-3196 (sharing in the region); the levels are our reading.

    >>> one = Grant(1, frozenset({1, 2}), INTERNAL)
    >>> shared = Ownership(2, shared_with_region=True)
    >>> may_read(Standing((one,)), Ownership(2)), may_read(Standing((one,)), shared)
    (False, True)
    """
    if record.dossier_id is not None and record.dossier_id in standing.dossier_ids:
        return True
    return any(_grant_reads(grant, record) for grant in standing.staff_grants)


def _grant_reads(grant: Grant, record: Ownership) -> bool:
    if grant.reads_up_to < record.confidentiality:
        return False
    if grant.organisation_id == record.organisation_id or grant.organisation_id in record.shared_with_ids:
        return True
    return record.shared_with_region and record.organisation_id in grant.neighbour_ids


def may_write(standing: Standing, record: Ownership) -> bool:
    """Say whether a person may change a record (mag schrijven).

    Only roles of the owning organisation write, and people who take part in the dossier with that right.

    Args:
        standing: what the person may do today.
        record: whose the record is.

    Returns:
        True when the person may read the record and holds a writing role in the owning organisation, or takes
        part in the dossier with the right to contribute.

    Source: bron-000 r.391-392 (every municipality stays responsible for its own matter); our reading.

    >>> may_write(Standing((Grant(1, reads_up_to=INTERNAL, may_write=True),)), Ownership(1))
    True
    """
    if record.dossier_id is not None and record.dossier_id in standing.writable_dossier_ids:
        return True
    return holds(standing, record.organisation_id, right="may_write") and may_read(standing, record)


def holds(standing: Standing, organisation_id: int, *, right: str) -> bool:
    """Say whether a person holds a right in an organisation (heeft het recht).

    Args:
        standing: what the person may do today.
        organisation_id: in which organisation.
        right: `may_write`, `may_publish`, `may_approve` or `may_manage`.

    Returns:
        True when one of the non-guest roles in that organisation gives the right.

    Source: bron-002 r.3140-3166 and r.4205-4305 (functions with own authority); the split is our reading.

    >>> holds(Standing((Grant(1, may_manage=True),)), 1, right="may_manage")
    True
    """
    return any(g.organisation_id == organisation_id and getattr(g, right) for g in standing.staff_grants)
