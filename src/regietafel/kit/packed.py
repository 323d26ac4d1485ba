"""Packed files (Word, Excel, OpenDocument): their table of contents, and refusing what would burst.

How large a file may become differs per use, so each reader brings its own bounds and says in its own words
what is wrong. What a false table of contents hides shows as a wrong checksum when a part is read.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

# A damaged or locked file fails in many ways, also while its parts are read.
DAMAGED = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError)


class PackedDamagedError(ValueError):
    """The file cannot be opened: it is damaged, no packed file at all, or locked with a password."""


class PackedTooLargeError(ValueError):
    """The file would become too large; the message says how large, in Dutch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many parts a file may have and how large it may become, in bytes and against its packed size.

    The ratio counts only from a size on: small files are often mostly repetition.
    """

    parts: int
    unpacked_bytes: int
    ratio: int
    ratio_from_bytes: int = 0


@contextmanager
def opened(file: bytes | BinaryIO, *, bounds: Bounds) -> Iterator[zipfile.ZipFile]:
    """Open a packed file that stays within its bounds, before anything of it is unpacked.

    Raises:
        PackedDamagedError: it cannot be opened, or a part of it cannot be read.
        PackedTooLargeError: it would become larger than the bounds allow.
    """
    stream = io.BytesIO(file) if isinstance(file, bytes) else file
    packed_bytes = stream.seek(0, 2)
    stream.seek(0)
    try:
        packed = zipfile.ZipFile(stream)
    except (*DAMAGED, ValueError) as error:
        raise PackedDamagedError from error
    with packed:
        _judge(packed.infolist(), packed_bytes, bounds=bounds)
        try:
            yield packed
        except DAMAGED as error:
            raise PackedDamagedError from error


def _judge(parts: list[zipfile.ZipInfo], packed_bytes: int, *, bounds: Bounds) -> None:
    total = sum(part.file_size for part in parts)
    if len(parts) > bounds.parts:
        raise PackedTooLargeError(f"{len(parts)} delen")
    bursts = total > bounds.ratio_from_bytes and total > bounds.ratio * packed_bytes
    if bursts or total > bounds.unpacked_bytes:
        raise PackedTooLargeError(f"{total // 1_000_000} MB")
