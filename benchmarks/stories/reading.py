"""Real Dutch sentences and headlines, where the data of others lies beside the project; none of it ships."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).parents[3] / "shared"
HEADLINES = SHARED / "data" / "ecosent" / "intermediate" / "metadata.csv"
TEXTS = SHARED / "bronnen"
ABSENT = "De echte koppen en zinnen (../shared/data/ecosent en ../shared/bronnen) zijn er niet."
_FEWEST_WORDS, _MOST_WORDS = 8, 45


@dataclass(frozen=True)
class Sentences:
    """What a set is made of: headlines, and sentences of running text, each once and in a fixed order."""

    headlines: tuple[str, ...]
    sentences: tuple[str, ...]


def is_present() -> bool:
    """Tell whether the data is there."""
    return HEADLINES.exists() and TEXTS.is_dir()


def real() -> Sentences:
    """Read the headlines of newspapers (2015) and the sentences of policy papers."""
    with HEADLINES.open(encoding="utf-8", newline="") as handle:
        headlines = dict.fromkeys(row["headline"].strip() for row in csv.DictReader(handle))
    sentences: dict[str, None] = {}
    for path in sorted(TEXTS.glob("*.txt")):
        sentences.update(dict.fromkeys(_sentences(path.read_text(encoding="utf-8", errors="replace"))))
    return Sentences(tuple(one for one in headlines if len(one.split()) > 2), tuple(sentences))


def _sentences(text: str) -> list[str]:
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    found = (one for part in paragraphs for one in re.split(r"(?<=[.!?])\s+", part))
    return [one for one in found if _is_sentence(one)]


def _is_sentence(text: str) -> bool:
    return _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS and text[0].isupper() and text[-1] in ".!?"
