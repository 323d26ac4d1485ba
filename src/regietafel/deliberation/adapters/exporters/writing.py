"""Minutes and agendas as files."""

import json

from regietafel.deliberation.adapters.exporters.council_json import council_json
from regietafel.deliberation.adapters.exporters.paper import agenda_report, minutes_report
from regietafel.deliberation.engine.content import MinutesContent
from regietafel.kit.documents.report import Report

FORMS = ("docx", "pdf", "json")


def write_minutes(content: MinutesContent, *, kind: str) -> bytes:
    """Write minutes as DOCX, PDF or JSON."""
    if kind == "json":
        return json.dumps(council_json(content), ensure_ascii=False, indent=2).encode()
    return _paper(minutes_report(content), kind)


def write_agenda(content: MinutesContent, *, kind: str) -> bytes:
    """Write an agenda as DOCX or PDF."""
    return _paper(agenda_report(content), kind)


def _paper(made: Report, kind: str) -> bytes:
    from regietafel.kit.documents import docx, pdf  # loaded by the writing only, not by every start

    return docx.write_report(made) if kind == "docx" else pdf.write_report(made)
