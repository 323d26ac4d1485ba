"""Opening what was delivered: how large it is, whether it is packed, and what it is by its first bytes."""

from __future__ import annotations

import gzip
import io
import shutil
import tempfile
import zlib
from pathlib import Path
from typing import BinaryIO

from regietafel.monitor.adapters.readers.rows import FileRejected

MAX_BYTES = 500_000_000
MAX_PACKED_BYTES = 200_000_000
_MAX_RATIO, _RATIO_FROM_BYTES = 120, 20_000_000
_PIECE = 1 << 20

_MAGIC = {
    b"PK\x03\x04": "zip", b"\xd0\xcf\x11\xe0": "xls", b"%PDF": "pdf", b"\x89PNG": "beeld",
    b"\xff\xd8\xff": "beeld",
    b"GIF8": "beeld", b"PAR1": "parquet", b"\x7fELF": "programma", b"MZ": "programma",
}  # fmt: skip


def _too_large(max_bytes: int) -> FileRejected:
    return FileRejected(
        f"Het bestand is groter dan {max_bytes // 1_000_000} MB. Splits het in kleinere delen."
    )


class LimitedStream(io.RawIOBase):
    """Bytes of a file, unpacked when it was packed, that stop a bomb before it grows."""

    def __init__(self, packed: BinaryIO, *, max_bytes: int) -> None:
        self._packed = packed
        self._max_bytes = max_bytes
        self.is_packed = packed.read(2) == b"\x1f\x8b"
        packed.seek(0)
        self._source = gzip.GzipFile(fileobj=packed) if self.is_packed else packed
        self._given = 0

    def readable(self) -> bool:
        """Tell that this can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer, or refuse the file."""
        try:
            piece = self._source.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise FileRejected(
                "Het ingepakte bestand (.gz) is beschadigd of niet compleet. Lever het opnieuw aan."
            ) from error
        self._given += len(piece)
        self._refuse_too_large()
        buffer[: len(piece)] = piece
        return len(piece)

    def _refuse_too_large(self) -> None:
        if self._given > self._max_bytes:
            raise _too_large(self._max_bytes)
        if (
            self.is_packed
            and self._given > _RATIO_FROM_BYTES
            and self._given > _MAX_RATIO * max(1, self._packed.tell())
        ):
            raise FileRejected(
                "Het ingepakte bestand groeit bij het uitpakken onmogelijk hard. Wij lezen het niet."
            )


class Opened:
    """A delivered file that can be read from the start more than once."""

    def __init__(self, source: Path | bytes, *, name: str, max_bytes: int = MAX_BYTES) -> None:
        self.name = name
        self._max_bytes = max_bytes
        self._source = source
        self._size = len(source) if isinstance(source, bytes) else self._size_on_disk(source)
        if self._size > max_bytes:
            raise _too_large(max_bytes)
        unpacked = self._unpacked()
        self._is_packed = unpacked.is_packed
        with io.BufferedReader(unpacked) as stream:
            self.head = stream.read(65_536)
        if not self.head.strip():
            raise FileRejected("Het bestand is leeg.")

    @staticmethod
    def _size_on_disk(path: Path) -> int:
        try:
            if not path.is_file():
                raise FileRejected(f"Het bestand {path.name} bestaat niet, of is geen gewoon bestand.")
            return path.stat().st_size
        except OSError as error:
            raise FileRejected(
                f"Het bestand {path.name} is niet te openen. Controleer de rechten."
            ) from error

    def stream(self) -> io.BufferedReader:
        """Give the unpacked bytes from the start."""
        return io.BufferedReader(self._unpacked(), buffer_size=_PIECE)

    def _unpacked(self) -> LimitedStream:
        try:
            packed: BinaryIO = (
                io.BytesIO(self._source) if isinstance(self._source, bytes) else self._source.open("rb")
            )
        except OSError as error:
            raise FileRejected(
                f"Het bestand {self.name} is niet te openen. Controleer de rechten."
            ) from error
        return LimitedStream(packed, max_bytes=self._max_bytes)

    def seekable(self) -> Path | BinaryIO:
        """Give the unpacked file itself, for a format that is not read from start to end."""
        if not self._is_packed:
            return io.BytesIO(self._source) if isinstance(self._source, bytes) else self._source
        unpacked = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as who reads it)
        with self.stream() as stream:
            shutil.copyfileobj(stream, unpacked, _PIECE)
        unpacked.seek(0)
        return unpacked

    def read_all(self, *, limit: int) -> bytes:
        """Give all unpacked bytes, or refuse when there are more than the limit."""
        with self.stream() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise FileRejected(
                f"Het bestand is groter dan {limit // 1_000_000} MB; dat is te groot voor deze soort."
            )
        return data

    @property
    def suffix(self) -> str:
        """The extension of the name, without ``.gz``."""
        return Path(self.name.lower().removesuffix(".gz")).suffix


def detect_format(opened: Opened) -> str:
    """Tell by its first bytes what a file is: sheet, feed, json, jsonl or csv."""
    head = opened.head
    magic = next((kind for start, kind in _MAGIC.items() if head.startswith(start)), "")
    if magic in ("zip", "xls"):
        return "sheet"
    if magic == "parquet":
        return magic
    if magic:
        raise FileRejected(
            f"Dit is een {magic}-bestand. Wij lezen CSV, Excel, ODS, JSON, Parquet en RSS/Atom."
        )
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<") or opened.suffix in (".rss", ".atom", ".rdf", ".xml"):
        return "feed"
    if start.startswith((b"{", b"[")):
        return "jsonl" if opened.suffix in (".jsonl", ".ndjson") or start.startswith(b"{") else "json"
    if opened.suffix in (".jsonl", ".ndjson", ".json"):
        return "jsonl"
    return "csv"
