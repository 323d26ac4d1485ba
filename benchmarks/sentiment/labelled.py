"""The labelled sentences: our own, and the headlines of ecosent where they are present."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ECOSENT = Path(__file__).resolve().parents[3] / "shared" / "data" / "ecosent"
TUNE, TEST = "afstellen", "toets"
_VERDICTS = {"-1": "negatief", "0": "neutraal", "1": "positief"}


@dataclass(frozen=True)
class Labelled:
    """A sentence, what people said of it, and whether it stands where a headline stands."""

    text: str
    verdict: str
    is_title: bool = False


def own_sentences(part: str) -> list[Labelled]:
    """Return our own sentences: the part to tune on, or the part to test on."""
    with (HERE / "zinnen.csv").open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle)
        return [Labelled(row["zin"], row["oordeel"]) for row in rows if row["deel"] == part]


def gold_headlines() -> list[Labelled]:
    """Return the headlines that experts coded; empty where the data is absent."""
    if not ECOSENT.exists():
        return []
    headlines = {row["id"]: row["headline"] for row in _rows("metadata.csv")}
    return [
        Labelled(headlines[row["id"]], _VERDICTS[row["value"]], is_title=True) for row in _rows("gold.csv")
    ]


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (ECOSENT / "intermediate" / file).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)
