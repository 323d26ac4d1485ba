"""The kinds of file that may be kept, and what is said when one may not."""

from dataclasses import dataclass

MAX_BYTES = 20_000_000


class PaperRefused(ValueError):
    """The file may not be kept; the message says why and what to do, in Dutch."""


@dataclass(frozen=True)
class PaperKind:
    """A kind of file that may be kept: its media type, the ending of its name and its Dutch name."""

    media_type: str
    ending: str
    label: str


PDF = PaperKind("application/pdf", "pdf", "PDF")
DOCX = PaperKind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", "Word")
XLSX = PaperKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "Excel")
PPTX = PaperKind(
    "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx", "PowerPoint"
)
ODT = PaperKind("application/vnd.oasis.opendocument.text", "odt", "OpenDocument-tekst")
ODS = PaperKind("application/vnd.oasis.opendocument.spreadsheet", "ods", "OpenDocument-rekenblad")
PNG = PaperKind("image/png", "png", "afbeelding (PNG)")
JPEG = PaperKind("image/jpeg", "jpg", "afbeelding (JPEG)")
TEXT = PaperKind("text/plain", "txt", "tekst")
KINDS = {kind.media_type: kind for kind in (PDF, DOCX, XLSX, PPTX, ODT, ODS, PNG, JPEG, TEXT)}
