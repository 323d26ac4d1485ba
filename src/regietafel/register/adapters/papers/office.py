"""Text out of Word files: paragraphs and tables in the order of the page."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from regietafel.register.adapters.papers.limits import Limit, PaperText

UNREADABLE = "De tekst van dit Word-bestand is niet te lezen."


def read_docx(file: BinaryIO, limit: Limit) -> PaperText:
    """Return the text of the document."""
    from docx import Document  # loaded by the reading only, not by every start

    try:
        for piece in _pieces(Document(file)):
            if not limit.add(piece):
                break
    except Exception:  # a hostile or broken file fails in many ways; it is kept, without text
        return PaperText(note=UNREADABLE)
    return limit.result("Er staat geen tekst in dit bestand.")


def _pieces(document: Any) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield " | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells))
        else:
            yield block.text
