"""The figures of an omgevingsbeeld: counted, compared, and never about a handful of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A message that answers the question of the monitor, inside the period."""

    key: str
    day: date
    published_at: datetime
    source: str
    outlet: str
    kind: str
    title: str
    text: str = ""
    url: str = ""
    author_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything the figures are made of.

    ``published``: number of messages each source delivered per day, hit or not, over the period and
    the weeks before it (gives shares and silent sources). ``history``: media hits per day before the
    period. Days run from ``starts_on`` up to and including ``ends_on``.
    """

    starts_on: date
    ends_on: date
    hits: tuple[Hit, ...]
    published: Mapping[tuple[str, date], int]
    history: Mapping[date, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFigures:
    """The figures of one omgevingsbeeld; ``to_json`` gives them as plain data with Dutch keys."""

    starts_on: date
    ends_on: date

    def to_json(self) -> dict[str, Any]:
        """Give the figures as plain data, ready for ``json.dumps``."""
        raise NotImplementedError

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PictureFigures:
        """Read figures written by ``to_json``."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two pictures, as a Dutch sentence."""

    subject: str
    sentence: str


def make_figures(material: Material) -> PictureFigures:
    """Count, compare and group everything one picture says in numbers (picture figures)."""
    raise NotImplementedError


def compare(earlier: PictureFigures, later: PictureFigures) -> tuple[Change, ...]:
    """Say what changed between two pictures of the same monitor (comparison)."""
    raise NotImplementedError
