"""Questions that ask for a private person, and why we think so."""

from regietafel.monitor.engine.privacy.persons.guard import (
    MOST_PEOPLE_OF_OFFICE,
    PersonFound,
    is_of_office,
    persons_in_query,
    persons_in_values,
)

__all__ = [
    "MOST_PEOPLE_OF_OFFICE",
    "PersonFound",
    "is_of_office",
    "persons_in_query",
    "persons_in_values",
]
