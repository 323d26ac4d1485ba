"""Assignment and fair share: who gets how many places by which key, and how far everybody is."""

from regietafel.reception.engine.sharing.cautions import Caution, cautions
from regietafel.reception.engine.sharing.dispersal import (
    SMALLEST_REGULAR,
    SMALLEST_SPECIAL,
    ProvinceTask,
    dispersal_key,
    disperse,
    provinces,
    too_small,
)
from regietafel.reception.engine.sharing.gaps import Gap, Stage, gaps, stage_of
from regietafel.reception.engine.sharing.housing import (
    HalfYear,
    HousingBalance,
    housing_share,
    housing_task,
    keep_books,
)
from regietafel.reception.engine.sharing.keys import Key, Origin, UnusableKey, agreed_key, key_of
from regietafel.reception.engine.sharing.methods import divide
from regietafel.reception.engine.sharing.shares import (
    DISPERSAL,
    METHODS,
    MOST_PLACES,
    TIE_RULE,
    Division,
    Indivisible,
    Portion,
    Sharer,
    Tie,
)
from regietafel.reception.engine.sharing.spreading import places_per_1000

__all__ = [
    "DISPERSAL",
    "METHODS",
    "MOST_PLACES",
    "SMALLEST_REGULAR",
    "SMALLEST_SPECIAL",
    "TIE_RULE",
    "Caution",
    "Division",
    "Gap",
    "HalfYear",
    "HousingBalance",
    "Indivisible",
    "Key",
    "Origin",
    "Portion",
    "ProvinceTask",
    "Sharer",
    "Stage",
    "Tie",
    "UnusableKey",
    "agreed_key",
    "cautions",
    "dispersal_key",
    "disperse",
    "divide",
    "gaps",
    "housing_share",
    "housing_task",
    "keep_books",
    "key_of",
    "places_per_1000",
    "provinces",
    "stage_of",
    "too_small",
]
