"""Stories: the same news brought by many, counted once and open to look inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Article:
    """A published media message as the story finder sees it."""

    key: str
    title: str
    text: str
    outlet: str
    published_at: datetime
    url: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One story: its first headline, and everyone who brought it, oldest first."""

    title: str
    first_at: datetime
    outlets: tuple[str, ...]
    size: int
    members: tuple[Article, ...]


def find_stories(articles: Sequence[Article]) -> tuple[Story, ...]:
    """Group articles that bring the same story, largest first (stories)."""
    raise NotImplementedError
