"""When a monitor may run and what it needs; the roads between states, each with its ground."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

MAX_DAYS_AHEAD = 90
RETENTION_DEFAULT_DAYS = 14
RETENTION_FREE_DAYS = 30
RETENTION_MAX_DAYS = 90

MonitorState = Literal["concept", "actief", "gepauzeerd", "gestopt"]
PictureState = Literal["concept", "gepubliceerd", "ingetrokken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorTerms:
    """What is known of a monitor at the moment someone wants it to run.

    ``counted_from``: the start, or the day of the last extension a second person allowed.
    ``persons``: parts of the question that ask for a person (see ``privacy.persons_in_query``).
    """

    question: str
    purpose: str
    legal_basis: str
    reason: str
    dpia_reference: str
    owner: str
    starts_on: date | None
    ends_on: date | None
    counted_from: date | None = None
    source_count: int = 0
    retention_days: int = RETENTION_DEFAULT_DAYS
    retention_approved: bool = False
    persons: tuple[str, ...] = ()
    state: str = "actief"


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason why a monitor may not run: the field it is about and a Dutch sentence."""

    field: str
    message: str


def objections(terms: MonitorTerms, *, on: date) -> tuple[Objection, ...]:
    """List every reason why the monitor may not run on a day; empty means it may (objections)."""
    raise NotImplementedError


def extension_objections(
    terms: MonitorTerms, *, new_end_on: date, asked_by: str, decided_by: str, on: date
) -> tuple[Objection, ...]:
    """List every reason why a second person may not allow this extension (objections)."""
    raise NotImplementedError


def may_change(states: dict[str, dict[str, str]], *, current: str, to: str) -> bool:
    """Tell whether a state may follow another one (road)."""
    raise NotImplementedError
