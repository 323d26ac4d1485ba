"""No person in the monitor: masking, daily author hashes, and questions that ask for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without contact data, and how often each kind was taken out.

    Keys of ``counts``: email, telefoon, iban, bsn, kenteken, account (only those above zero).
    """

    text: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A part of a question that asks for a private person, and why we think so (Dutch)."""

    written: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLists:
    """Facts about names, read from ``reference/``: folded given names, surnames, and what is public."""

    given_names: frozenset[str]
    surnames: frozenset[str]
    public_functions: frozenset[str] = frozenset()
    public_names: frozenset[str] = frozenset()
    public_accounts: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


def mask(text: str, *, public_accounts: frozenset[str] = frozenset()) -> Masked:
    """Take contact data out of a text and count what was taken out (masking)."""
    raise NotImplementedError


def author_hash(author: str, *, day: date, key: bytes) -> str:
    """Give a name for an author that is worth nothing tomorrow (author hash)."""
    raise NotImplementedError


def persons_in_query(query: str, *, names: NameLists) -> tuple[PersonFound, ...]:
    """Name the parts of a question that ask for a private person (person guard)."""
    raise NotImplementedError
