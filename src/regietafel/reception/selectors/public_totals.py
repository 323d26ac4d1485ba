"""What was published about the places of a region, for who publishes it and for everybody."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.reception.models import PublicTotal
from regietafel.reception.selectors.access import may_coordinate, readable_of_region
from regietafel.reception.selectors.board import Board
from regietafel.reception.selectors.board_shown import KINDS_OF_PRIVATE
from regietafel.register.public import Organisation, may

MOST_EARLIER = 12


@dataclass(frozen=True)
class PublicRegion:
    """What everybody may see of one region: the newest total, the ones before it, and what was withdrawn."""

    organisation: Organisation
    newest: PublicTotal | None
    earlier: tuple[PublicTotal, ...]
    withdrawn: tuple[PublicTotal, ...]


def public_caption(board: Board) -> str:
    """Say what is and is not in the published totals."""
    private = str(KINDS_OF_PRIVATE[board.question.private]).capitalize()
    told = _("%(private)s. Alleen locaties die met de regio zijn gedeeld, tellen mee.") % {"private": private}
    if board.total.unknown_blocks:
        blocks = dutch.counted(board.total.unknown_blocks, one=_("deel"), many=_("delen"))
        told += _(" Van %s van de locaties is het aantal plaatsen nog onbekend; dat telt niet mee.") % blocks
    return told


def visible_totals(user: Any) -> QuerySet[PublicTotal]:
    """Return the published and withdrawn totals of the regions a person works in."""
    rows = PublicTotal.objects.filter(readable_of_region(user))
    return rows.select_related("organisation", "published_by")


def may_publish(user: Any, point: Organisation) -> bool:
    """Say whether a person coordinates, and holds the right to publish."""
    return may_coordinate(user, point.pk) and may(user, "may_publish", organisation_id=point.pk)


def public_regions() -> list[PublicRegion]:
    """Return per region what is public, whoever looks."""
    rows = PublicTotal.objects.select_related("organisation").order_by("-day", "-published_at")
    grouped: dict[str, list[PublicTotal]] = {}
    for row in rows:
        grouped.setdefault(row.organisation.name, []).append(row)
    return [_region(found) for _name, found in sorted(grouped.items())]


def _region(found: list[PublicTotal]) -> PublicRegion:
    standing = [one for one in found if one.withdrawn_at is None]
    gone = tuple(one for one in found if one.withdrawn_at is not None)
    return PublicRegion(
        organisation=found[0].organisation,
        newest=standing[0] if standing else None,
        earlier=tuple(standing[1 : MOST_EARLIER + 1]),
        withdrawn=gone[:MOST_EARLIER],
    )
