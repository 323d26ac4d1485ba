"""Write a picture as the file people hand on."""

import json
from collections.abc import Sequence

from regietafel.monitor.adapters.exporters.content import PictureContent
from regietafel.monitor.adapters.exporters.paper import picture_report
from regietafel.monitor.engine.picture import Change

KINDS = ("docx", "pdf", "json")


def write_picture(content: PictureContent, *, kind: str, changes: Sequence[Change] = ()) -> bytes:
    """Return a picture as DOCX, PDF or JSON."""
    if kind == "json":
        return _as_json(content, changes)
    from regietafel.kit.documents import docx, pdf  # loaded by the writing only, not by every start

    report = picture_report(content, changes)
    return docx.write_report(report) if kind == "docx" else pdf.write_report(report)


def _as_json(content: PictureContent, changes: Sequence[Change]) -> bytes:
    told = [{"onderwerp": change.subject, "zin": change.sentence} for change in changes]
    return json.dumps(content.to_json() | {"veranderd": told}, ensure_ascii=False, indent=2).encode()
