"""How many labels it takes: the messages that teach most against messages by lot; letters against words."""

from collections.abc import Iterator, Sequence
from unittest.mock import patch

import numpy as np

from benchmarks.labels.tasks import Task
from regietafel.monitor.engine.labels import Example, TooFewLabels, choose, probabilities, train
from regietafel.monitor.engine.labels.quality import calibration_error, macro_f1

SIZES = (50, 100, 150, 200, 300, 400, 600, 800)
AT_ONCE = 10
FIRST = 30


class Learner:
    """Labels gathered so far, and the model they give; without a model everything is without the label."""

    def __init__(self, task: Task, seed: int) -> None:
        self.task = task
        self.pool, self.test = task.split(seed)
        self.seed = seed
        self.labelled: list[int] = []

    def model(self) -> object:
        """Teach a model by what is labelled."""
        examples = [
            Example(text=self.task.texts[place], labels=frozenset("I" if self.task.answers[place] else ""))
            for place in self.labelled
        ]
        try:
            return train(examples, seed=1).model
        except TooFewLabels:
            return None

    def judged(self, model: object) -> tuple[float, float]:
        """Give macro-F1 and calibration error on the texts apart."""
        truth = self.task.answers[self.test]
        if model is None:
            chances = np.full(len(truth), self.task.answers[self.labelled].mean() if self.labelled else 0.5)
        else:
            chances = probabilities(model, self.task.text_of(self.test))[:, 0]
        return macro_f1(truth, chances >= 0.5), calibration_error(truth, chances)

    def learn_by_lot(self, sizes: Sequence[int]) -> Iterator[tuple[float, float]]:
        """Label messages in the order of the lot."""
        for size in sizes:
            self.labelled = self.pool[:size].tolist()
            yield self.judged(self.model())

    def learn_by_choice(self, sizes: Sequence[int]) -> Iterator[tuple[float, float]]:
        """Label ten at a time what teaches most, after thirty by lot."""
        self.labelled = self.pool[:FIRST].tolist()
        model = self.model()
        for size in sizes:
            while len(self.labelled) < size:
                model = self.model()
                left = {str(place): self.task.texts[place] for place in set(self.pool) - set(self.labelled)}
                asked = choose(left, model=model, count=min(AT_ONCE, size - len(self.labelled)))
                if not asked:
                    break
                self.labelled += [int(message) for message in asked]
            yield self.judged(self.model())


def curves(task: Task, *, seeds: int, sizes: Sequence[int]) -> dict[str, np.ndarray]:
    """Give per way of choosing the mean macro-F1 and calibration error per number of labels (2 × sizes)."""
    by_lot = [list(Learner(task, seed).learn_by_lot(sizes)) for seed in range(seeds)]
    chosen = [list(Learner(task, seed).learn_by_choice(sizes)) for seed in range(seeds)]
    with patch("regietafel.monitor.engine.labels.grams.grams_of", _whole_word):
        words = [list(Learner(task, seed).learn_by_lot(sizes)) for seed in range(seeds)]
    return {name: np.mean(found, axis=0).T for name, found in
            (("bij lot", by_lot), ("gekozen", chosen), ("bij lot, woorden", words))}  # fmt: skip


def _whole_word(word: str) -> list[int]:
    from zlib import crc32

    return [crc32(word.encode()) % 2**18]


def labels_to(goal: float, sizes: Sequence[int], scores: np.ndarray) -> float | None:
    """Give the number of labels at which a goal is reached, between two sizes by a straight line."""
    for place, score in enumerate(scores):
        if score >= goal:
            if place == 0:
                return float(sizes[0])
            before = scores[place - 1]
            part = (goal - before) / (score - before)
            return float(sizes[place - 1] + part * (sizes[place] - sizes[place - 1]))
    return None
