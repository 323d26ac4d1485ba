"""The door of the register: what capabilities may use of it. Signing in has a door of its own."""

from regietafel.register.models import Area, Confidentiality, Dossier, Moment, Organisation, OwnedModel, User
from regietafel.register.selectors.access import (
    may,
    may_write_dossier,
    organisations_with,
    own_organisations,
    people_of,
    readable,
    standing_of,
    visible_dossiers,
)
from regietafel.register.selectors.accounts import current_roles, person_by_email
from regietafel.register.selectors.areas import (
    districts_of,
    map_of,
    municipalities_within,
    populations_for_calculation,
    region_of,
)
from regietafel.register.selectors.dossiers import search_dossiers
from regietafel.register.selectors.today import (
    coming_moments,
    my_dossiers,
    news_since,
    next_moments,
    open_deadlines,
    past_moments,
)
from regietafel.register.services.papers import examine_upload
from regietafel.register.services.questions import AskedQuestion, note_question

__all__ = [
    "Area",
    "AskedQuestion",
    "Confidentiality",
    "Dossier",
    "Moment",
    "Organisation",
    "OwnedModel",
    "User",
    "coming_moments",
    "current_roles",
    "districts_of",
    "examine_upload",
    "map_of",
    "may",
    "may_write_dossier",
    "municipalities_within",
    "my_dossiers",
    "news_since",
    "next_moments",
    "note_question",
    "open_deadlines",
    "organisations_with",
    "own_organisations",
    "past_moments",
    "people_of",
    "person_by_email",
    "populations_for_calculation",
    "readable",
    "region_of",
    "search_dossiers",
    "standing_of",
    "visible_dossiers",
]
