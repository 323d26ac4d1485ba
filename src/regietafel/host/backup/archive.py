"""The inside of a backup: a compressed tar with a manifest as its last member."""

import contextlib
import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from regietafel.host.backup.cipher import DAMAGED, Decryptor, Encryptor, Header, Secret
from regietafel.kit.commands import CommandError

MANIFEST = "manifest.json"
LARGEST_MANIFEST = 64_000_000


class Hashing(io.RawIOBase):
    """Passes a file on while taking its checksum."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        self._source, self._digest, self.count = source, hashlib.sha256(), 0

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        data = self._source.read(len(target))
        target[: len(data)] = data
        self._digest.update(data)
        self.count += len(data)
        return len(data)

    def facts(self) -> dict[str, Any]:
        return {"bytes": self.count, "sha256": self._digest.hexdigest()}


class Packer:
    """Adds files to a backup and remembers what went in."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, source: BinaryIO) -> None:
        """Add one open file, with the size it has now."""
        member = tarfile.TarInfo(name)
        member.size = os.fstat(source.fileno()).st_size
        member.mode = 0o600
        hashing = Hashing(source)
        self._tar.addfile(member, cast("BinaryIO", hashing))
        self.files[name] = hashing.facts()

    def add_folder(self, folder: Path, name: str) -> None:
        """Add every file of a folder; one that vanishes meanwhile was deleted by its owner."""
        for path in sorted(folder.rglob("*")):
            with contextlib.suppress(FileNotFoundError):
                if path.is_file() and not path.is_symlink():
                    with path.open("rb") as source:
                        self.add(f"{name}/{path.relative_to(folder).as_posix()}", source)

    def close(self, manifest: dict[str, Any]) -> None:
        """Add the manifest, which says what all the rest must be."""
        content = json.dumps({**manifest, "bestanden": self.files}, ensure_ascii=False, indent=1).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(content)
        self._tar.addfile(member, io.BytesIO(content))


@contextlib.contextmanager
def packing(target: BinaryIO, secret: Secret) -> Iterator[Packer]:
    """Open a new backup for writing; it is complete only when the block ends well."""
    encryptor = Encryptor(target, secret)
    with (
        gzip.GzipFile(filename="", fileobj=encryptor, mode="wb", compresslevel=1) as compressor,
        tarfile.open(fileobj=compressor, mode="w|") as tar,
    ):
        yield Packer(tar)
    encryptor.finish()


def unpack(source: BinaryIO, header: Header, *, secret: Secret, folder: Path) -> dict[str, Any]:
    """Write the members of a backup into a folder, check them, and return the manifest."""
    decryptor = Decryptor(source, header=header, secret=secret)
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] = {}
    try:
        with gzip.open(decryptor) as plain, tarfile.open(fileobj=plain, mode="r|") as tar:
            for member in tar:
                content = cast("BinaryIO", tar.extractfile(member))
                if member.name == MANIFEST and member.size <= LARGEST_MANIFEST:
                    manifest = json.loads(content.read())
                else:
                    found[member.name] = _write(folder, member, content=content)
        decryptor.drain()
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, ValueError):
        raise CommandError(DAMAGED) from None
    if not manifest or found != manifest["bestanden"]:
        raise CommandError(DAMAGED)
    return manifest


def _write(folder: Path, member: tarfile.TarInfo, *, content: BinaryIO) -> dict[str, Any]:
    name = PurePosixPath(member.name)
    if not member.isfile() or name.is_absolute() or ".." in name.parts:
        raise CommandError(DAMAGED)
    path = folder / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    hashing = Hashing(content)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        shutil.copyfileobj(hashing, target, 1 << 20)
        target.flush()
        os.fsync(target.fileno())
    return hashing.facts()
