"""The ledger of places: what there is, who holds it, on which day, and what we knew when."""

from regietafel.reception.engine.ledger.counting import (
    By,
    Counts,
    DayCount,
    Private,
    View,
    count_days,
    days_of,
)
from regietafel.reception.engine.ledger.fitting import Fit, Overbooking, fits, overbooked
from regietafel.reception.engine.ledger.positions import (
    ALERT_MONTHS,
    ContractEnd,
    NewlyPlaced,
    Opening,
    Participation,
    contracts_ending,
    newly_placed,
    participation,
    places_opening,
)
from regietafel.reception.engine.ledger.records import (
    Booking,
    BookingKind,
    CapacityBlock,
    Ledger,
    PlaceKind,
    Pool,
    as_known,
    places_for,
)
from regietafel.reception.engine.ledger.spans import Claim, Misfit, claims_of, misfits

__all__ = [
    "ALERT_MONTHS",
    "Booking",
    "BookingKind",
    "By",
    "CapacityBlock",
    "Claim",
    "ContractEnd",
    "Counts",
    "DayCount",
    "Fit",
    "Ledger",
    "Misfit",
    "NewlyPlaced",
    "Opening",
    "Overbooking",
    "Participation",
    "PlaceKind",
    "Pool",
    "Private",
    "View",
    "as_known",
    "claims_of",
    "contracts_ending",
    "count_days",
    "days_of",
    "fits",
    "misfits",
    "newly_placed",
    "overbooked",
    "participation",
    "places_for",
    "places_opening",
]
