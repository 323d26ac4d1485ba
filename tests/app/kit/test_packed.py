"""A packed file is weighed before it is unpacked, and what happens inside it keeps its own error."""

import io
import zipfile

import pytest

from regietafel.kit.packed import Bounds, PackedDamagedError, PackedTooLargeError, opened

BOUNDS = Bounds(parts=3, unpacked_bytes=5_000_000, ratio=100, ratio_from_bytes=1_000_000)


def packed(*sizes: int, level: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", level) as made:
        for place, size in enumerate(sizes):
            made.writestr(f"deel{place}.xml", b"0" * size)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (packed(1, 1, 1, 1), "4 delen"),
        (packed(2_000_000), "2 MB"),
        (packed(6_000_000, level=zipfile.ZIP_STORED), "6 MB"),
    ],
)
def test_what_would_burst_is_refused_before_anything_is_unpacked(file: bytes, told: str) -> None:
    with pytest.raises(PackedTooLargeError, match=told), opened(file, bounds=BOUNDS):
        pytest.fail("it was opened")


def test_within_the_bounds_the_file_opens_also_from_a_stream_that_was_read() -> None:
    stream = io.BytesIO(packed(900_000, 1))
    stream.read()
    with opened(stream, bounds=BOUNDS) as found:
        assert found.namelist() == ["deel0.xml", "deel1.xml"]


def test_a_damaged_file_or_part_is_told_apart_from_a_mistake_of_the_reader() -> None:
    with pytest.raises(PackedDamagedError), opened(b"PK maar niet heus", bounds=BOUNDS):
        pytest.fail("it was opened")
    content = bytearray(packed(1000, level=zipfile.ZIP_STORED))
    content[100] ^= 1
    with pytest.raises(PackedDamagedError), opened(bytes(content), bounds=BOUNDS) as found:
        found.read("deel0.xml")
    with pytest.raises(KeyError), opened(packed(1), bounds=BOUNDS):
        raise KeyError("de lezer zelf")
