"""No person in the monitor: masking, author hashes of one day, and questions that ask for a person."""

from regietafel.monitor.engine.privacy.authors import author_hash
from regietafel.monitor.engine.privacy.masking import Masked, mask
from regietafel.monitor.engine.privacy.names import NameLists
from regietafel.monitor.engine.privacy.persons import (
    PersonFound,
    is_of_office,
    persons_in_query,
    persons_in_values,
)

__all__ = [
    "Masked",
    "NameLists",
    "PersonFound",
    "author_hash",
    "is_of_office",
    "mask",
    "persons_in_query",
    "persons_in_values",
]
