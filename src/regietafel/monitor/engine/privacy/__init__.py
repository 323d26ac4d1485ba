"""No person in the monitor: masking, author hashes of one day, and questions that ask for a person."""

from regietafel.monitor.engine.privacy.authors import author_hash
from regietafel.monitor.engine.privacy.in_text import Lexicon, hide_names, name_spans
from regietafel.monitor.engine.privacy.masking import Masked, mask
from regietafel.monitor.engine.privacy.names import NameLists
from regietafel.monitor.engine.privacy.persons import (
    PersonFound,
    is_of_office,
    persons_in_query,
    persons_in_values,
)

__all__ = [
    "Lexicon",
    "Masked",
    "NameLists",
    "PersonFound",
    "author_hash",
    "hide_names",
    "is_of_office",
    "mask",
    "name_spans",
    "persons_in_query",
    "persons_in_values",
]
