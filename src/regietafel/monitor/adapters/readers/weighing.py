"""Weighing a packed sheet before it is opened: how large it is unpacked, and how many cells it describes.

A sheet of a few kilobytes may describe billions of cells: by a false size, by one cell far away, by cells
that are repeated, or by one long text that every cell points at. All four are measured before
any cell is made.
"""

import re
import zipfile
from collections.abc import Iterator

from regietafel.kit.packed import Bounds, PackedDamagedError, PackedTooLargeError, opened
from regietafel.monitor.adapters.readers.rows import FileRejected

_BOUNDS = Bounds(parts=2_000, unpacked_bytes=250_000_000, ratio=150, ratio_from_bytes=30_000_000)
_MAX_CELLS = 10_000_000
_MAX_COLUMNS = 2_000
_MAX_REPEATED_CELLS = 1_000_000
_MAX_SHARED_BYTES = 500_000_000
_PIECE = 1 << 20
_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"')
_SHARED = re.compile(rb't="s"[^>]*><(?:\w+:)?v>(\d{1,7})<')
_REPEATED_TAG = re.compile(rb"<(?:\w+:)?(table-row|(?:covered-)?table-cell)\b([^>]*)>")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')
_DAMAGED = "Dit rekenblad is beschadigd of met een wachtwoord beveiligd. Lever het opnieuw aan."


def weigh(data: bytes) -> None:
    """Refuse a packed sheet that would burst, by its table of contents and then by what it really holds."""
    try:
        with opened(data, bounds=_BOUNDS) as packed:
            shared = _shared_lengths(packed)
            for part in packed.infolist():
                _weigh_part(packed, part, shared=shared)
    except PackedTooLargeError as error:
        raise _too_large(str(error)) from error
    except PackedDamagedError as error:
        raise FileRejected(_DAMAGED) from error


def _too_large(size: str) -> FileRejected:
    return FileRejected(
        f"Dit rekenblad is uitgepakt te groot ({size}). Bewaar het als CSV, of splits het in kleinere delen."
    )


def _shared_lengths(packed: zipfile.ZipFile) -> list[int]:
    """Give the length of each text that cells may point at."""
    if "xl/sharedStrings.xml" not in packed.namelist():
        return []
    texts = re.split(rb"<(?:\w+:)?si[\s>]", packed.read("xl/sharedStrings.xml"))
    return [len(text) for text in texts[1:]]


def _weigh_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, *, shared: list[int]) -> None:
    """Read one part to its end: a false size shows as a wrong checksum."""
    if part.filename == "content.xml":
        _weigh_repeats(packed.read(part))
        return
    page = _Page(shared)
    is_page = "worksheets/" in part.filename
    for piece in _pieces(packed, part):
        if is_page:
            page.add(piece)
    page.judge()


def _pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Read a part in pieces that end between two tags as far as can be."""
    rest = b""
    with packed.open(part) as stream:
        while piece := stream.read(_PIECE):
            piece = rest + piece
            cut = piece.rfind(b"</c>") + 4 if b"</c>" in piece[-_PIECE:] else len(piece)
            rest = piece[cut:][-_PIECE:]
            yield piece[:cut]
    yield rest


class _Page:
    """What one page of an Excel file describes."""

    def __init__(self, shared: list[int]) -> None:
        self._shared = shared
        self._rows = self._columns = self._shared_bytes = 0

    def add(self, piece: bytes) -> None:
        """Measure one piece of the page."""
        for letters, digits in _CELL.findall(piece):
            self._rows = max(self._rows, int(digits))
            self._columns = max(self._columns, _column_number(letters))
        for number in map(int, _SHARED.findall(piece)):
            self._shared_bytes += self._shared[number] if number < len(self._shared) else 0
        self.judge()

    def judge(self) -> None:
        """Refuse the page when it describes too much."""
        if self._columns > _MAX_COLUMNS or self._rows * self._columns > _MAX_CELLS:
            raise _too_large(f"{self._rows} rijen bij {self._columns} kolommen")
        if self._shared_bytes > _MAX_SHARED_BYTES:
            raise _too_large(f"{self._shared_bytes // 1_000_000} MB aan tekst")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _weigh_repeats(content: bytes) -> None:
    """Count the cells of an ODS page with every repeat, leaving out the empty ones at the end."""
    rows = empty_rows = repeat = width = widest = tags = column = 0
    for kind, attributes in _REPEATED_TAG.findall(content + b"<table-row>"):
        times = int(match[1]) if (match := _REPEATED.search(attributes)) else 1
        if kind == b"table-row":
            rows, empty_rows = (rows + empty_rows + repeat, 0) if width else (rows, empty_rows + repeat)
            widest, width, column, repeat = max(widest, width), 0, 0, times
        else:
            tags += 1
            column += times
            width = column if not attributes.endswith(b"/") or b"value" in attributes else width
    cells = rows * widest
    if widest > _MAX_COLUMNS or cells > _MAX_CELLS or cells > max(_MAX_REPEATED_CELLS, 20 * tags):
        raise _too_large(f"{rows} rijen bij {widest} kolommen")
