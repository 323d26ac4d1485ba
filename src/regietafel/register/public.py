"""The door of the register: what capabilities may use of it."""

from regietafel.register.models import Confidentiality, Dossier, Organisation, User
from regietafel.register.selectors.access import (
    may,
    may_write_dossier,
    organisations_with,
    own_organisations,
    people_of,
    readable,
    visible_dossiers,
)

__all__ = [
    "Confidentiality",
    "Dossier",
    "Organisation",
    "User",
    "may",
    "may_write_dossier",
    "organisations_with",
    "own_organisations",
    "people_of",
    "readable",
    "visible_dossiers",
]
