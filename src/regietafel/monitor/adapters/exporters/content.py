"""What a picture says, whole: one content becomes page, DOCX, PDF and JSON, and is frozen when published."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from regietafel.monitor.engine.picture import NOTE, PictureFigures

VERSION = 1


@dataclass(frozen=True)
class Scope:
    """What a picture is about, and on which terms its monitor runs."""

    monitor: str
    query: str
    organisation: str = ""
    is_fictional: bool = False
    purpose: str = ""
    legal_basis: str = ""
    query_version: int = 1
    sources: tuple[str, ...] = ()
    figures_at: datetime | None = None


@dataclass(frozen=True)
class Notes:
    """What the maker writes beside the figures."""

    core_message: str = ""
    advice: str = ""
    expected_moments: str = ""

    @property
    def moments(self) -> list[str]:
        """Return the expected moments, one per line."""
        return [line.strip("-• ").strip() for line in self.expected_moments.splitlines() if line.strip("-• ")]


@dataclass(frozen=True)
class PictureContent:
    """One picture; `number` and `published_at` are there once it is published."""

    scope: Scope
    notes: Notes
    figures: PictureFigures
    maker: str = ""
    number: int | None = None
    published_at: datetime | None = None
    published_by: str = ""
    note: str = field(default=NOTE)

    @property
    def title(self) -> str:
        """Return the name on the page and the file."""
        return f"Omgevingsbeeld {self.number}" if self.number else "Omgevingsbeeld (concept)"

    def published(self, *, number: int, at: datetime, by: str) -> "PictureContent":
        """Return the same content under a number."""
        return replace(self, number=number, published_at=at, published_by=by)

    def to_json(self) -> dict[str, Any]:
        """Return plain data with Dutch keys, ready for `json.dumps`."""
        return {
            "versie": VERSION,
            "voorbehoud": self.note,
            "nummer": self.number,
            "opsteller": self.maker,
            "gepubliceerd_op": _written(self.published_at),
            "gepubliceerd_door": self.published_by,
            "kader": {_SCOPE[name]: _written(value) for name, value in asdict(self.scope).items()},
            "kernbeeld": self.notes.core_message,
            "advies": self.notes.advice,
            "verwachte_momenten": self.notes.expected_moments,
            "cijfers": self.figures.to_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PictureContent":
        """Read what `to_json` wrote."""
        scope = {name: data["kader"][dutch] for name, dutch in _SCOPE.items()}
        scope["sources"] = tuple(scope["sources"])
        scope["figures_at"] = _moment(scope["figures_at"])
        return cls(
            scope=Scope(**scope),
            notes=Notes(data["kernbeeld"], data["advies"], data["verwachte_momenten"]),
            figures=PictureFigures.from_json(data["cijfers"]),
            maker=data["opsteller"],
            number=data["nummer"],
            published_at=_moment(data["gepubliceerd_op"]),
            published_by=data["gepubliceerd_door"],
            note=data["voorbehoud"],
        )


_SCOPE = {
    "monitor": "monitor", "query": "zoekvraag", "organisation": "organisatie", "is_fictional": "fictief",
    "purpose": "doel", "legal_basis": "grondslag", "query_version": "versie_zoekvraag", "sources": "bronnen",
    "figures_at": "cijfers_van",
}  # fmt: skip


def _written(value: Any) -> Any:
    return (
        value.isoformat()
        if isinstance(value, datetime)
        else list(value)
        if isinstance(value, tuple)
        else value
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
