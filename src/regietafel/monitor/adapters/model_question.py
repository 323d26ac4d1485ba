"""The question to begin with, and what its places to fill in mean; from the reference data."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[4] / "reference" / "modelvraag.toml"


@dataclass(frozen=True)
class BlankMeaning:
    """What belongs in a place to fill in, with an example."""

    name: str
    meaning: str
    example: str


@dataclass(frozen=True)
class ModelQuestion:
    """A question with places to fill in, and where its terms come from."""

    text: str
    source: str
    blanks: tuple[BlankMeaning, ...]


@lru_cache(maxsize=1)
def model_question() -> ModelQuestion:
    """Return the model question, read once."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    blanks = (BlankMeaning(row["naam"], row["uitleg"], row["voorbeeld"]) for row in data["plek"])
    return ModelQuestion(data["vraag"].strip(), data["bron"], tuple(blanks))
