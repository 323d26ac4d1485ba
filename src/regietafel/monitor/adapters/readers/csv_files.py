"""CSV in the wild: several separators and encodings, Excel's ``sep=`` line, rows that break halfway."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence

from regietafel.monitor.adapters.readers.layouts import guess_layout
from regietafel.monitor.adapters.readers.opening import Opened
from regietafel.monitor.adapters.readers.rows import Cell, FileRejected, RowError, Table

_SEPARATORS = (";", ",", "\t", "|")
_MAX_CELL = 1_000_000
_MAX_COLUMNS = 2_000
_BROKEN = re.compile("[\udc80-\udcff]")
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read(opened: Opened) -> Table:
    """Open a CSV file and give its rows one by one."""
    csv.field_size_limit(_MAX_CELL)
    encoding, is_sound = _encoding(opened)
    separator, skip = _separator(opened.head.decode(encoding, "replace"))
    lines = io.TextIOWrapper(opened.stream(), encoding=encoding, errors="surrogateescape", newline="")
    for _ in range(skip):
        lines.readline()
    records = csv.reader(lines, delimiter=separator, strict=True)
    header = _header(records)
    rows = _numbered(records, lambda: records.line_num, file=opened.name, is_sound=is_sound)
    return Table("csv", header, rows)


def _encoding(opened: Opened) -> tuple[str, bool]:
    """Give the encoding, and whether every byte of the file is known to fit it."""
    head = opened.head
    for bom, encoding in _BOMS.items():
        if head.startswith(bom):
            return encoding, False
    if b"\0" in head[:4096]:
        return _encoding_with_zeros(head), False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with opened.stream() as stream:
            while piece := stream.read(1 << 20):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return _encoding_of_broken_utf8(error.object), False
    return "utf-8", True


def _encoding_with_zeros(head: bytes) -> str:
    sample = head[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) > len(sample) // 8 and min(even, odd) * 20 <= max(even, odd):
        return "utf-16-be" if even > odd else "utf-16-le"
    raise FileRejected("Dit lijkt geen tekstbestand. Wij lezen CSV, Excel, ODS, JSON, Parquet en RSS/Atom.")


def _encoding_of_broken_utf8(piece: bytes) -> str:
    """Tell a Windows file from a UTF-8 file with a few broken bytes; the latter gives row errors."""
    text = piece.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= character <= "\udcff" for character in text)
    sound = sum(not character.isascii() for character in text) - broken
    return "utf-8" if sound >= broken else "cp1252"


def _separator(head: str) -> tuple[str, int]:
    """Give the separator, and how many lines come before the header."""
    first, _, rest = head.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], 1
    if not first.strip():
        skip = len(head) - len(head.lstrip("\r\n"))
        return _separator(head.lstrip())[0], head[:skip].count("\n")
    sample = [first, *rest.split("\n")[:4]]

    def promise(separator: str) -> tuple[int, int]:
        rows = list(csv.reader(sample, delimiter=separator))
        fields = guess_layout(rows[0]).columns if rows else {}
        return len(fields), len(rows[0]) if rows else 0

    return max(_SEPARATORS, key=promise), 0


def _header(records: Iterator[list[str]]) -> tuple[str, ...]:
    try:
        header = next(records)
    except StopIteration:
        raise FileRejected("Het bestand heeft geen regel met kolomnamen.") from None
    except csv.Error as error:
        raise FileRejected(
            f"De regel met kolomnamen is niet te lezen ({error}). Controleer de aanhalingstekens."
        ) from error
    if len(header) > _MAX_COLUMNS:
        raise FileRejected(f"Het bestand heeft meer dan {_MAX_COLUMNS} kolommen. Wij lezen het niet.")
    return tuple(column.strip() for column in header)


def _numbered(
    records: Iterator[list[str]], lines_read: Callable[[], int], *, file: str, is_sound: bool
) -> Iterator[tuple[int, Sequence[Cell]] | RowError]:
    """Number the records as a spreadsheet would, the header being row 1; report those that cannot be read."""
    number = 1
    while True:
        number += 1
        line = lines_read() + 1
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            if "end of data" in str(error):
                raise FileRejected(
                    f"Rij {number} (regel {line}) opent een aanhalingsteken dat nergens wordt gesloten. "
                    "Het bestand is niet compleet of beschadigd; lever het opnieuw aan.",
                    row=number,
                ) from error
            yield RowError(
                file, number, "", f"Deze rij is niet te lezen (regel {line}); controleer de aanhalingstekens."
            )
            continue
        broken = (
            None
            if is_sound
            else next((place for place, cell in enumerate(cells) if _BROKEN.search(cell)), None)
        )
        if broken is None:
            yield number, cells
        else:
            yield RowError(
                file, number, f"kolom {broken + 1}", "Deze rij heeft onleesbare tekens (verkeerde codering)."
            )
