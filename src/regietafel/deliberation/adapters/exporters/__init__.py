"""Minutes and agendas as people hand them on: DOCX and PDF, and JSON for other systems."""

from regietafel.deliberation.adapters.exporters.council_json import council_json
from regietafel.deliberation.adapters.exporters.paper import agenda_report, minutes_report
from regietafel.deliberation.adapters.exporters.wording import entry_remarks
from regietafel.deliberation.adapters.exporters.writing import FORMS, write_agenda, write_minutes

__all__ = [
    "FORMS",
    "agenda_report",
    "council_json",
    "entry_remarks",
    "minutes_report",
    "write_agenda",
    "write_minutes",
]
