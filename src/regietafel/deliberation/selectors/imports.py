"""Minutes that were read from files, for the secretariat that sent them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from regietafel.deliberation.engine.importing import Draft
from regietafel.deliberation.models import Body, MinutesImport
from regietafel.deliberation.selectors.access import kept_bodies


@dataclass(frozen=True)
class MarkedLine:
    """A line of the file and what it became: B, K, A, "punt" or nothing."""

    number: int
    text: str
    became: str


def visible_imports(user: Any) -> QuerySet[MinutesImport]:
    """Return the files a person may correct: those of bodies of whose secretariat he or she is."""
    return MinutesImport.objects.filter(kept_bodies(user, "body__")).select_related("body", "meeting")


def imports_of(body: Body) -> QuerySet[MinutesImport]:
    """Return the files that were sent for a body, the last first; what was thrown away is left out."""
    return (
        body.imports.exclude(state=MinutesImport.State.DROPPED)
        .select_related("created_by", "meeting")
        .order_by("-created_at")
    )


def marked_lines(reading: MinutesImport) -> list[MarkedLine]:
    """Return every line of the file that is not blank, with what it became."""
    draft = Draft.from_json(reading.reading)
    became = {number: "punt" for item in draft.items for number in item.lines}
    became |= {number: one.kind for one in draft.lines for number in one.lines}
    lines = [(number, text) for number, text in reading.lines if text.strip()]
    return [MarkedLine(number, text, became.get(number, "")) for number, text in lines]
