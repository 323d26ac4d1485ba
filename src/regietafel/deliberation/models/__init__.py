"""Tables of deliberation: bodies and their seats, meetings, what was said, decided, stuck and owed."""

from regietafel.deliberation.models.bodies import Body, Portfolio, Seat
from regietafel.deliberation.models.entries import Entry, Escalation
from regietafel.deliberation.models.inquiries import Inquiry, InquiryAnswer
from regietafel.deliberation.models.meetings import AgendaItem, Attendance, Guest, Invitation, Meeting, Paper
from regietafel.deliberation.models.minutes import MinutesImport, MinutesVersion

__all__ = [
    "AgendaItem",
    "Attendance",
    "Body",
    "Entry",
    "Escalation",
    "Guest",
    "Inquiry",
    "InquiryAnswer",
    "Invitation",
    "Meeting",
    "MinutesImport",
    "MinutesVersion",
    "Paper",
    "Portfolio",
    "Seat",
]
