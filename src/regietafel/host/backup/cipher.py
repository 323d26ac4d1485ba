"""Encryption of a stream in pieces: nothing readable is ever written, and every cut or change is noticed.

AES-256-GCM per piece; the nonce holds the number of the piece and whether it is the last (the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). The key is derived anew for each file, from a
key file (HKDF) or from a passphrase (scrypt).
"""

import base64
import io
import json
import os
import secrets
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from regietafel.kit.commands import CommandError

MAGIC = b"REGIETAFEL-KOPIE\n"
PIECE_BYTES = 1 << 20
TAG_BYTES = 16
LONGEST_HEADER = 4096
SCRYPT_COST = 1 << 17
DAMAGED = "De kopie is beschadigd of afgebroken; er is niets van teruggezet. Gebruik een andere kopie."


@dataclass(frozen=True)
class Secret:
    """What opens a backup: the content of a key file, or a passphrase."""

    kind: str
    value: bytes

    def derive(self, salt: bytes) -> bytes:
        """Return the key of one file."""
        if self.kind == "wachtwoord":
            return Scrypt(salt=salt, length=32, n=SCRYPT_COST, r=8, p=1).derive(self.value)
        return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=MAGIC).derive(self.value)


def passphrase(text: str) -> Secret:
    """Return the secret of a passphrase; short ones are refused."""
    if len(text) < 12:
        raise CommandError("REGIETAFEL_KOPIEWACHTWOORD is te kort: gebruik minstens 12 tekens.")
    return Secret("wachtwoord", text.encode())


def new_key() -> Secret:
    """Return a secret that nobody can guess."""
    return Secret("sleutelbestand", secrets.token_bytes(32))


def write_key_file(path: Path, secret: Secret) -> None:
    """Keep a secret in a new file that only its owner can read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(base64.b64encode(secret.value) + b"\n")


def read_key_file(path: Path) -> Secret:
    """Return the secret in a key file."""
    try:
        value = base64.b64decode(path.read_bytes().strip(), validate=True)
    except (OSError, ValueError):
        value = b""
    if len(value) != 32:
        raise CommandError(f"Het sleutelbestand {path} ontbreekt of is geen kopiesleutel.")
    return Secret("sleutelbestand", value)


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)


class Encryptor(io.RawIOBase):
    """A file to write to; what reaches the disk is encrypted."""

    def __init__(self, target: BinaryIO, secret: Secret) -> None:
        super().__init__()
        salt, self._prefix = secrets.token_bytes(16), secrets.token_bytes(7)
        header = {"versie": 1, "sleutel": secret.kind, "zout": salt.hex(), "begin": self._prefix.hex()}
        self._header = json.dumps(header).encode()
        self._cipher = AESGCM(secret.derive(salt))
        self._target, self._buffer, self._number = target, bytearray(), 0
        target.write(MAGIC + struct.pack(">I", len(self._header)) + self._header)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._buffer += data
        while len(self._buffer) > PIECE_BYTES:
            self._emit(bytes(self._buffer[:PIECE_BYTES]), last=False)
            del self._buffer[:PIECE_BYTES]
        return len(data)

    def finish(self) -> None:
        """Write the last piece; without it the file counts as cut off."""
        self._emit(bytes(self._buffer), last=True)

    def _emit(self, piece: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._prefix, self._number, last=last), piece, self._header)
        self._target.write(struct.pack(">I", len(sealed)) + sealed)
        self._number += 1


@dataclass(frozen=True)
class Header:
    """What a backup says about its own encryption; every piece is bound to it."""

    raw: bytes
    kind: str
    salt: bytes
    prefix: bytes


def read_header(source: BinaryIO) -> Header:
    """Read the beginning of a backup."""
    if source.read(len(MAGIC)) != MAGIC:
        raise CommandError("Dit bestand is geen kopie van Regietafel.")
    try:
        (length,) = struct.unpack(">I", source.read(4))
        raw = source.read(length) if length <= LONGEST_HEADER else b""
        found = json.loads(raw)
        return Header(raw, str(found["sleutel"]), bytes.fromhex(found["zout"]), bytes.fromhex(found["begin"]))
    except (struct.error, ValueError, KeyError, TypeError):
        raise CommandError(DAMAGED) from None


class Decryptor(io.RawIOBase):
    """A file to read from; gives only bytes that were checked."""

    def __init__(self, source: BinaryIO, *, header: Header, secret: Secret) -> None:
        super().__init__()
        self._source, self._header = source, header
        self._cipher = AESGCM(secret.derive(header.salt))
        self._number, self._ready, self._done = 0, b"", False

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        if not self._ready and not self._done:
            self._ready = self._next()
        count = min(len(target), len(self._ready))
        target[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def drain(self) -> None:
        """Read to the end, so that a file that was cut off is noticed."""
        while self.read(PIECE_BYTES):
            pass

    def _next(self) -> bytes:
        length = self._source.read(4)
        size = struct.unpack(">I", length)[0] if len(length) == 4 else 0
        sealed = self._source.read(size) if TAG_BYTES <= size <= PIECE_BYTES + TAG_BYTES else b""
        self._done = not self._source.peek(1)  # type: ignore[attr-defined]  # a BufferedReader
        nonce = _nonce(self._header.prefix, self._number, last=self._done)
        try:
            piece = self._cipher.decrypt(nonce, sealed, self._header.raw)
        except (InvalidTag, ValueError):
            raise CommandError(self._refusal()) from None
        self._number += 1
        return piece

    def _refusal(self) -> str:
        if self._number:
            return DAMAGED
        word = "Het wachtwoord" if self._header.kind == "wachtwoord" else "De kopiesleutel"
        return f"{word} past niet bij deze kopie, of de kopie is beschadigd."
