"""Tables of reception: places, who is promised which, what was asked, proposed and answered."""

from regietafel.reception.models.assistance import AssistanceAnswer, AssistanceRequest
from regietafel.reception.models.bookings import Booking, BookingList, Group
from regietafel.reception.models.forecasting import OutlookScenario
from regietafel.reception.models.lists import ListImport
from regietafel.reception.models.places import (
    CapacityBlock,
    Location,
    PlaceDay,
    PlaceKind,
    Pool,
    TargetGroup,
)
from regietafel.reception.models.proposals import Proposal, ProposalLine
from regietafel.reception.models.sharing import Assignment, HousingTask, PublicTotal, Target

__all__ = [
    "Assignment",
    "AssistanceAnswer",
    "AssistanceRequest",
    "Booking",
    "BookingList",
    "CapacityBlock",
    "Group",
    "HousingTask",
    "ListImport",
    "Location",
    "OutlookScenario",
    "PlaceDay",
    "PlaceKind",
    "Pool",
    "Proposal",
    "ProposalLine",
    "PublicTotal",
    "Target",
    "TargetGroup",
]
