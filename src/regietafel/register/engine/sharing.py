"""Who gets to see more when the sharing of a record changes, and how that is said."""

from dataclasses import dataclass
from enum import StrEnum


class Widening(StrEnum):
    """A way in which more people get to see a record."""

    LESS_SECRET = "minder vertrouwelijk"
    WITH_REGION = "met de regio"
    WITH_ORGANISATIONS = "met organisaties"


@dataclass(frozen=True)
class Sharing:
    """How far a record may be read: 0 public, 1 internal, 2 confidential; and by whom besides the owner."""

    confidentiality: int
    with_region: bool = False
    with_ids: frozenset[int] = frozenset()


def widenings(before: Sharing, after: Sharing) -> tuple[Widening, ...]:
    """Say in which ways more people will see a record (verruiming).

    Args:
        before: the sharing as it is.
        after: the sharing as it will be.

    Returns:
        The ways in which it becomes wider, empty when it becomes narrower or stays the same.

    Source: bron-000 r.391-392 (sharing within the region) and avg art. 25 (not open to more people
    without a deliberate act); asking for confirmation is our reading.

    >>> [w.value for w in widenings(Sharing(2), Sharing(1, with_region=True))]
    ['minder vertrouwelijk', 'met de regio']
    >>> widenings(Sharing(1, True), Sharing(2))
    ()
    """
    found = []
    if after.confidentiality < before.confidentiality:
        found.append(Widening.LESS_SECRET)
    if after.with_region and not before.with_region:
        found.append(Widening.WITH_REGION)
    if after.with_ids - before.with_ids:
        found.append(Widening.WITH_ORGANISATIONS)
    return tuple(found)
