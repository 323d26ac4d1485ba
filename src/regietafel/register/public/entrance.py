"""The door of the register for who lets people in: accounts, second factors, the first data and practice."""

from regietafel.register.selectors.accounts import (
    may_enter,
    one_time_path,
    person_by_number,
    person_of_link,
    second_factor_of,
)
from regietafel.register.selectors.tokens import tokens_made_by
from regietafel.register.services.accounts import choose_password, note_access, open_visit
from regietafel.register.services.demo import renew_demo_password, tell_demo_region
from regietafel.register.services.reference import load_reference
from regietafel.register.services.second_factor import couple_app, pass_second_factor, renew_recovery_codes

__all__ = [
    "choose_password",
    "couple_app",
    "load_reference",
    "may_enter",
    "note_access",
    "one_time_path",
    "open_visit",
    "pass_second_factor",
    "person_by_number",
    "person_of_link",
    "renew_demo_password",
    "renew_recovery_codes",
    "second_factor_of",
    "tell_demo_region",
    "tokens_made_by",
]
