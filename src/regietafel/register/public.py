"""The door of the register: what capabilities may use of it."""

from regietafel.register.models import Confidentiality, Dossier, Moment, Organisation, User
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
from regietafel.register.selectors.accounts import (
    current_roles,
    may_enter,
    one_time_path,
    person_by_email,
    person_by_number,
    person_of_link,
    second_factor_of,
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
from regietafel.register.selectors.tokens import tokens_made_by
from regietafel.register.services.accounts import choose_password, note_access, open_visit
from regietafel.register.services.demo import renew_demo_password, tell_demo_region
from regietafel.register.services.papers import examine_upload
from regietafel.register.services.questions import AskedQuestion, note_question
from regietafel.register.services.reference import load_reference
from regietafel.register.services.second_factor import couple_app, pass_second_factor, renew_recovery_codes

__all__ = [
    "AskedQuestion",
    "Confidentiality",
    "Dossier",
    "Moment",
    "Organisation",
    "User",
    "choose_password",
    "coming_moments",
    "couple_app",
    "current_roles",
    "examine_upload",
    "load_reference",
    "may",
    "may_enter",
    "may_write_dossier",
    "my_dossiers",
    "news_since",
    "next_moments",
    "note_access",
    "note_question",
    "one_time_path",
    "open_deadlines",
    "open_visit",
    "organisations_with",
    "own_organisations",
    "pass_second_factor",
    "past_moments",
    "people_of",
    "person_by_email",
    "person_by_number",
    "person_of_link",
    "readable",
    "renew_demo_password",
    "renew_recovery_codes",
    "search_dossiers",
    "second_factor_of",
    "standing_of",
    "tell_demo_region",
    "tokens_made_by",
    "visible_dossiers",
]
