"""What a sentence of the minutes owes: by when, under which condition, and who."""

from regietafel.deliberation.engine.terms.conditions import Condition, condition_of
from regietafel.deliberation.engine.terms.days import MentionedDay, days_in
from regietafel.deliberation.engine.terms.due import Due, due_in_cell, due_of
from regietafel.deliberation.engine.terms.owners import Owner, owner_of

__all__ = [
    "Condition",
    "Due",
    "MentionedDay",
    "Owner",
    "condition_of",
    "days_in",
    "due_in_cell",
    "due_of",
    "owner_of",
]
