"""Files on their way to the browser: always an attachment, never interpreted, never cached."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils.text import slugify

from regietafel.kit.documents.csv import write_table
from regietafel.kit.documents.table import Table

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
}


def _write_workbook(table: Table) -> bytes:
    from regietafel.kit.documents.xlsx import write_workbook  # half a second that only workbooks need

    return write_workbook(table)


TABLE_WRITERS: dict[str, Callable[[Table], bytes]] = {"csv": write_table, "xlsx": _write_workbook}


def download(content: bytes, *, name: str, kind: str) -> HttpResponse:
    """Return a file as an attachment with a safe name."""
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{slugify(name) or "bestand"}.{kind}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def download_table(table: Table, *, name: str, kind: str) -> HttpResponse:
    """Return a table as CSV or XLSX."""
    return download(TABLE_WRITERS[kind](table), name=name, kind=kind)


def attachment(file: Any, *, name: str, media_type: str) -> FileResponse:
    """Return a stored file as it was sent in: as an attachment, and harmless should a browser open it."""
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response
