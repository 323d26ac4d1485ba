"""Tasks that can be learned from real Dutch text: what was taken out of a headline is the label."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HEADLINES = Path(__file__).parents[3] / "shared" / "data" / "ecosent" / "intermediate" / "metadata.csv"
GREECE = re.compile(r"\b(?:griek\w*|grexit\w*|athene\w*|tsipras\w*|varoufakis\w*|syriza\w*)", re.IGNORECASE)
SIGNS = re.compile(r"[^\w\s]")
MOST_POSITIVES = 500


@dataclass(frozen=True)
class Task:
    """Texts with one label; part of them to learn from and part to be judged by."""

    name: str
    texts: list[str]
    answers: np.ndarray

    def split(self, seed: int) -> tuple[np.ndarray, np.ndarray]:
        """Divide by lot: six in ten to learn from."""
        order = np.random.default_rng(seed).permutation(len(self.texts))
        edge = len(order) * 6 // 10
        return order[:edge], order[edge:]

    def text_of(self, places: np.ndarray) -> list[str]:
        """Give the texts at some places."""
        return [self.texts[place] for place in places]


def tasks() -> Iterator[Task]:
    """Yield the tasks; nothing where the data is absent."""
    if not HEADLINES.exists():
        return
    with HEADLINES.open(encoding="utf-8") as handle:
        kinds = {row["headline"]: row["medium"] for row in csv.DictReader(handle)}
    heads = list(kinds)
    yield _task("vraag of niet, zonder leestekens", heads, np.array(["?" in head for head in heads]))
    yield _task(
        "over Griekenland of niet, zonder die woorden",
        [GREECE.sub(" ", head) for head in heads],
        np.array([bool(GREECE.search(head)) for head in heads]),
    )
    yield _task("van het FD of niet", heads, np.array([kinds[head] == "FD" for head in heads]))


def _task(name: str, texts: list[str], answers: np.ndarray) -> Task:
    """Take one in five with the label, as in a stream of messages about a subject, by a fixed lot."""
    lot = np.random.default_rng(5)
    positives = lot.permutation(np.flatnonzero(answers))[:MOST_POSITIVES]
    others = lot.permutation(np.flatnonzero(~answers))[: 4 * len(positives)]
    kept = lot.permutation(np.r_[positives, others])
    return Task(name, [" ".join(SIGNS.sub(" ", texts[place]).split()) for place in kept], answers[kept])
