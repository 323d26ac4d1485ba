"""Where and when the story of the fictional region is told."""

from collections.abc import Mapping
from dataclasses import dataclass

from regietafel.kit.clock import Story
from regietafel.register.public import Dossier, User


@dataclass(frozen=True)
class Stage(Story):
    """The day that counts as today, who acts, and where."""

    dossiers: Mapping[str, Dossier]
    people: Mapping[str, User]
