"""Questions may ask for topics, places and organisations, never for a private person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A part of a question that asks for a private person, and why we think so (Dutch)."""

    written: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLists:
    """Facts about names, folded: given names, surnames, and what is public."""

    given_names: frozenset[str]
    surnames: frozenset[str]
    public_functions: frozenset[str] = frozenset()
    public_names: frozenset[str] = frozenset()
    public_accounts: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


def persons_in_query(query: object, *, names: NameLists) -> tuple[PersonFound, ...]:
    """Name the parts of a question that ask for a private person (person guard)."""
    raise NotImplementedError
