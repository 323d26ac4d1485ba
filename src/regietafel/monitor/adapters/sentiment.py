"""The word lists of the reference data that say how a message sounds, and how well that was measured."""

import csv
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from regietafel.monitor.engine.sentiment import Adverb, Judge, Lexicon, Rated, WordLists

FOLDER = Path(__file__).resolve().parents[4] / "reference" / "sentiment"
MORE_IS = {"goed": 1, "slecht": -1}
POLYSEMOUS = "veelzinnig"
SURE_FROM = 0.9


@lru_cache(maxsize=1)
def judge() -> Judge:
    """Return what judges messages, with the lists read once."""
    return Judge(Lexicon(word_lists()))


def word_lists() -> WordLists:
    """Read the lists; words that are zeroed for what they say of people never count."""
    return WordLists(
        rated=(*_pattern(), *_topics(), *_own()),
        directions={row["woord"]: row["richting"] for row in _rows("richting.csv")},
        adverbs=tuple(
            Adverb(word=row["woord"], kind=row["soort"], factor=float(row["factor"] or 0))
            for row in _rows("bijwoorden.csv")
        ),
        signs={row["teken"]: float(row["polariteit"]) for row in _rows("tekens.csv")},
        never=frozenset(row["woord"] for row in _rows("genuld.csv") if row["soort"] != POLYSEMOUS),
    )


@lru_cache(maxsize=1)
def measured() -> dict[str, Any]:
    """Return how well the lists did, as it was measured; figures with their test set."""
    with (FOLDER / "gemeten.toml").open("rb") as handle:
        return tomllib.load(handle)


def _pattern() -> Iterator[Rated]:
    for row in _rows("pattern.csv"):
        yield Rated(
            word=row["woord"],
            polarity=float(row["polariteit"]),
            origin="pattern",
            is_adjective=row["woordsoort"] == "JJ",
            is_sure=float(row["zekerheid"]) >= SURE_FROM,
        )


def _topics() -> Iterator[Rated]:
    for row in _rows("onderwerpen.csv"):
        yield Rated(
            word=row["woord"],
            polarity=float(row["polariteit"]),
            origin="onderwerpen",
            more_is=MORE_IS[row["meer_is"]],
        )


def _own() -> Iterator[Rated]:
    for row in _rows("eigen.csv"):
        yield Rated(word=row["woord"], polarity=float(row["polariteit"]), origin="eigen")


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)
