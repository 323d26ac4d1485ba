"""What a picture says, whole: one content becomes page, DOCX, PDF and JSON, and is frozen when published."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from regietafel.kit.documents.table import Column, Kind, Table
from regietafel.monitor.engine.picture import NOTE, PictureFigures, next_report_at

VERSION = 2
CAPTIONS = {
    "alarmen": "Dagen met meer berichten dan toeval verklaart",
    "labels": "Deel van alle treffers, media en mensen samen",
    "toon": "Nieuws en pers die de zoekvraag beantwoorden",
    "bereik": "Nieuws en pers die de zoekvraag beantwoorden",
    "plaatsen": "Koppen van nieuws en pers",
}
FIGURE_SIGNS = ("–", "−")
MAIN_LABELS = {"I": "informatiebehoefte", "B": "betekenisgeving", "S": "schadebeperking"}


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
class LabelNotes:
    """What the maker says of one main label: what we see, examples in own words, and advice."""

    seen: str = ""
    examples: tuple[str, ...] = ()
    advice: str = ""

    def __bool__(self) -> bool:
        return bool(self.seen or self.examples or self.advice)


@dataclass(frozen=True)
class Notes:
    """What the maker writes beside the figures; ``labels`` per main label (I, B, S)."""

    core_message: str = ""
    advice: str = ""
    expected_moments: str = ""
    labels: Mapping[str, LabelNotes] = field(default_factory=dict)
    hotspots: str = ""
    uncertainty: str = ""

    @property
    def per_label(self) -> list[tuple[str, str, LabelNotes]]:
        """Return code, name and notes of the labels of which something is said."""
        return [
            (code, name, self.labels[code]) for code, name in MAIN_LABELS.items() if self.labels.get(code)
        ]

    @property
    def moments(self) -> list[str]:
        """Return the expected moments, one per line."""
        return [line.strip("-• ").strip() for line in self.expected_moments.splitlines() if line.strip("-• ")]


@dataclass(frozen=True)
class Addition:
    """Something a picture says beside its counts: a sentence, a small table, and how it was made."""

    kind: str
    title: str
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""

    @property
    def table(self) -> Table | None:
        """Return the table; columns of figures stand at the right."""
        if not self.head:
            return None
        columns = tuple(
            Column(name, Kind.ESTIMATE if place and self._is_figures(place) else Kind.TEXT)
            for place, name in enumerate(self.head)
        )
        return Table(
            columns=columns, rows=self.rows, title=CAPTIONS.get(self.kind, ""), source_note=self.note
        )

    def _is_figures(self, place: int) -> bool:
        return all(row[place][:1].isdigit() or row[place][:1] in FIGURE_SIGNS for row in self.rows)

    def to_json(self) -> dict[str, Any]:
        """Return plain data with Dutch keys."""
        return {
            "soort": self.kind,
            "titel": self.title,
            "zin": self.text,
            "kolommen": list(self.head),
            "rijen": [list(row) for row in self.rows],
            "toelichting": self.note,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Addition":
        """Read what `to_json` wrote."""
        rows = tuple(tuple(row) for row in data["rijen"])
        return cls(
            data["soort"], data["titel"], data["zin"], tuple(data["kolommen"]), rows, data["toelichting"]
        )


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
    additions: tuple[Addition, ...] = ()
    urgency: str = ""
    next_report_at: datetime | None = None
    note: str = field(default=NOTE)

    @property
    def title(self) -> str:
        """Return the name on the page and the file."""
        return f"Omgevingsbeeld {self.number}" if self.number else "Omgevingsbeeld (concept)"

    def published(self, *, number: int, at: datetime, by: str) -> "PictureContent":
        """Return the same content under a number, with the moment the next is expected."""
        due = next_report_at(at, urgency=self.urgency) if self.urgency else None
        return replace(self, number=number, published_at=at, published_by=by, next_report_at=due)

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
            "per_label": labels_json(self.notes.labels),
            "brandpunten": self.notes.hotspots,
            "onzekerheid": self.notes.uncertainty,
            "duiding": [one.to_json() for one in self.additions],
            "urgentie": self.urgency,
            "volgend_beeld": _written(self.next_report_at),
            "cijfers": self.figures.to_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PictureContent":
        """Read what `to_json` wrote, also in its first version."""
        scope = {name: data["kader"][dutch] for name, dutch in _SCOPE.items()}
        scope["sources"] = tuple(scope["sources"])
        scope["figures_at"] = _moment(scope["figures_at"])
        return cls(
            scope=Scope(**scope),
            notes=_notes(data),
            figures=PictureFigures.from_json(data["cijfers"]),
            maker=data["opsteller"],
            number=data["nummer"],
            published_at=_moment(data["gepubliceerd_op"]),
            published_by=data["gepubliceerd_door"],
            additions=tuple(map(Addition.from_json, data.get("duiding", ()))),
            urgency=data.get("urgentie", ""),
            next_report_at=_moment(data.get("volgend_beeld")),
            note=data["voorbehoud"],
        )


_SCOPE = {
    "monitor": "monitor", "query": "zoekvraag", "organisation": "organisatie", "is_fictional": "fictief",
    "purpose": "doel", "legal_basis": "grondslag", "query_version": "versie_zoekvraag", "sources": "bronnen",
    "figures_at": "cijfers_van",
}  # fmt: skip


def _notes(data: Mapping[str, Any]) -> Notes:
    labels = {code: label_notes(written) for code, written in data.get("per_label", {}).items()}
    return Notes(
        data["kernbeeld"],
        data["advies"],
        data["verwachte_momenten"],
        labels,
        data.get("brandpunten", ""),
        data.get("onzekerheid", ""),
    )


def label_notes(written: Mapping[str, Any]) -> LabelNotes:
    """Read the notes of one label from plain data."""
    return LabelNotes(written["wat_wij_zien"], tuple(written["voorbeelden"]), written["advies"])


def labels_json(labels: Mapping[str, LabelNotes]) -> dict[str, Any]:
    """Write what is said of each label as plain data; labels of which nothing is said are left out."""
    return {code: _label_json(labels[code]) for code in MAIN_LABELS if labels.get(code)}


def _label_json(notes: LabelNotes) -> dict[str, Any]:
    return {"wat_wij_zien": notes.seen, "voorbeelden": list(notes.examples), "advies": notes.advice}


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
