"""Recognise a file by its content, never by its name, and refuse bombs, macros and web pages."""

from typing import BinaryIO

from regietafel.kit.packed import Bounds, PackedDamagedError, PackedTooLargeError, opened
from regietafel.register.adapters.papers.kinds import (
    DOCX,
    JPEG,
    MAX_BYTES,
    ODS,
    ODT,
    PDF,
    PNG,
    PPTX,
    TEXT,
    XLSX,
    PaperKind,
    PaperRefused,
)
from regietafel.register.adapters.papers.plain import decode

BOUNDS = Bounds(parts=3_000, unpacked_bytes=200_000_000, ratio=120)
BOMB = "Dit bestand wordt bij het uitpakken onredelijk groot. Wij bewaren het niet."
OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
MARKUP = ("<!doctype html", "<html", "<svg", "<?xml", "<script", "<body", "<head")
UNKNOWN = (
    "Dit soort bestand kunnen wij niet bewaren. "
    "U kunt PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG en tekst toevoegen."
)


def recognise(file: BinaryIO) -> PaperKind:
    """Return the kind of file, or refuse it."""
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise PaperRefused("Het bestand is leeg.")
    if size > MAX_BYTES:
        raise PaperRefused("Het bestand is groter dan 20 MB. Maak het kleiner of deel het op.")
    start = file.read(1024)
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if start.startswith(b"\xff\xd8\xff"):
        return JPEG
    if b"%PDF-" in start:
        return PDF
    if start.startswith(b"PK"):
        return _recognise_package(file)
    return _recognise_text(file)


def _recognise_package(file: BinaryIO) -> PaperKind:
    try:
        with opened(file, bounds=BOUNDS) as package:
            names = set(package.namelist())
            kind = next((found for name, found in OFFICE_PARTS.items() if name in names), None)
            if kind is None and "mimetype" in names:
                stated = package.open("mimetype").read(100).decode("ascii", "replace").strip()
                kind = {ODT.media_type: ODT, ODS.media_type: ODS}.get(stated)
    except PackedTooLargeError as error:
        raise PaperRefused(BOMB) from error
    except PackedDamagedError as error:
        raise PaperRefused("Het bestand is beschadigd of beveiligd met een wachtwoord.") from error
    if kind is None:
        raise PaperRefused(UNKNOWN)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise PaperRefused("Er zitten macro's in dit bestand. Bewaar het zonder macro's en voeg het dan toe.")
    return kind


def _recognise_text(file: BinaryIO) -> PaperKind:
    file.seek(0)
    text = decode(file.read())
    if text is None:
        raise PaperRefused(UNKNOWN)
    start = text[:2000].lstrip("\ufeff \t\r\n").lower()
    if start.startswith(MARKUP):
        raise PaperRefused("Webpagina's en XML bewaren wij niet als bijlage. Maak er een PDF van.")
    return TEXT
