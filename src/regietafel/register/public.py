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
from regietafel.register.selectors.today import (
    coming_moments,
    my_dossiers,
    news_since,
    next_moments,
    open_deadlines,
)

__all__ = [
    "Confidentiality",
    "Dossier",
    "Organisation",
    "User",
    "coming_moments",
    "may",
    "may_write_dossier",
    "my_dossiers",
    "news_since",
    "next_moments",
    "open_deadlines",
    "organisations_with",
    "own_organisations",
    "people_of",
    "readable",
    "visible_dossiers",
]
