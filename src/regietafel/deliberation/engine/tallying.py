"""What the answers to a question come to; who did not answer stays unknown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one organisation answered: a number, yes or no, or only words."""

    organisation_id: int
    number: Decimal | None = None
    is_yes: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of the organisations answered, and what that comes to; ``total`` is None without a number."""

    asked: int
    answered: int
    numbers: int = 0
    total: Decimal | None = None
    yes: int = 0
    no: int = 0

    @property
    def unknown(self) -> int:
        """Return how many did not answer."""
        return self.asked - self.answered


def tally(seated: Collection[int], replies: Sequence[Reply]) -> Tally:
    """Count the answers to a question (stand van de uitvraag).

    Args:
        seated: the organisations with a seat.
        replies: at most one answer of each; of organisations without a seat they do not count.

    Returns:
        Organisations asked and answered, the sum of the numbers given with how many gave one, and how many
        said yes and no. Without any number there is no sum: unknown is not 0.

    Source: bron-003 r.51-53 (10 of the 14 municipalities), r.96, r.117-124; our reading.

    >>> found = tally({1, 2, 3}, [Reply(organisation_id=1, number=Decimal(24)), Reply(organisation_id=9)])
    >>> found.answered, found.asked, found.unknown, found.total
    (1, 3, 2, Decimal('24'))
    """
    counted = [one for one in replies if one.organisation_id in seated]
    numbers = [one.number for one in counted if one.number is not None]
    return Tally(
        asked=len(seated),
        answered=len(counted),
        numbers=len(numbers),
        total=sum(numbers, Decimal(0)) if numbers else None,
        yes=sum(one.is_yes is True for one in counted),
        no=sum(one.is_yes is False for one in counted),
    )
