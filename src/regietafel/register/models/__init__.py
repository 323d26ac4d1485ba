"""Tables of the register; no rules beyond what the database can check."""

from regietafel.register.models.dossiers import (
    Attachment,
    Dossier,
    DossierMember,
    Fact,
    JournalEntry,
    Link,
    Moment,
    Phase,
    PhaseChange,
)
from regietafel.register.models.organisations import (
    Area,
    AreaMembership,
    Confidentiality,
    Inhabitants,
    Organisation,
    OwnedModel,
)
from regietafel.register.models.people import ApiToken, Membership, Role, User

__all__ = [
    "ApiToken",
    "Area",
    "AreaMembership",
    "Attachment",
    "Confidentiality",
    "Dossier",
    "DossierMember",
    "Fact",
    "Inhabitants",
    "JournalEntry",
    "Link",
    "Membership",
    "Moment",
    "Organisation",
    "OwnedModel",
    "Phase",
    "PhaseChange",
    "Role",
    "User",
]
