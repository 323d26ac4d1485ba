"""What a share is worth: how often its interval holds the truth, and how wide it is."""

from dataclasses import dataclass

import numpy as np

from benchmarks.labels.tasks import Task
from regietafel.monitor.engine.labels import Example, Group, Verdict, probabilities, share_of_label, train

POPULATION = 1_500


@dataclass(frozen=True)
class Case:
    """A group of messages: how many have the label, and how well a machine tells them apart."""

    name: str
    truth: np.ndarray
    guesses: np.ndarray


@dataclass(frozen=True)
class Outcome:
    """How often the truth lay inside, and the mean width in parts of 1."""

    covered: float
    width: float


def made_up(share: float, *, apart: float, seed: int) -> Case:
    """Make a group; the scores of both kinds lie some spreads apart, and probabilities are too low."""
    lot = np.random.default_rng(seed)
    truth = lot.random(POPULATION) < share
    scores = lot.normal(size=POPULATION) + apart * truth
    odds = apart * scores - apart**2 / 2 + np.log(share / (1 - share)) - 0.5
    kind = "goede" if apart > 1 else "matige" if apart else "nutteloze"
    return Case(f"aandeel {share:.0%}, {kind} voorspelling", truth, 1 / (1 + np.exp(-odds)))


def real(task: Task, *, labels: int, seed: int) -> Case:
    """Teach a model by some texts of a task; the group is every other text."""
    order = np.random.default_rng(seed).permutation(len(task.texts))
    taught, rest = order[:labels], order[labels : labels + POPULATION]
    examples = [
        Example(text=task.texts[place], labels=frozenset("I" if task.answers[place] else ""))
        for place in taught
    ]
    model = train(examples, seed=1).model
    return Case(task.name, task.answers[rest], probabilities(model, task.text_of(rest))[:, 0])


def measure(case: Case, *, sample: int, rounds: int) -> dict[str, Outcome]:
    """Draw samples again and again, and see which intervals hold the truth."""
    size, truth = len(case.truth), case.truth.mean()
    group = Group(size=size)
    predicted = {str(place): float(guess) for place, guess in enumerate(case.guesses)}
    lot = np.random.default_rng(11)
    found: dict[str, list[tuple[bool, float]]] = {
        "geteld door de machine": [],
        "alleen de steekproef": [],
        "aangescherpt": [],
    }
    for _ in range(rounds):
        drawn = lot.permutation(size)[:sample]
        said = [Verdict(message=str(place), labels=frozenset("I" if case.truth[place] else ""), people=1,
                        purpose="steekproef") for place in drawn]  # fmt: skip
        for name, guesses in (("alleen de steekproef", None), ("aangescherpt", predicted)):
            share = share_of_label("I", verdicts=said, group=group, predicted=guesses)
            found[name].append((share.low <= truth <= share.high, share.high - share.low))
    counted = (case.guesses >= 0.5).mean()
    reach = 1.96 * (counted * (1 - counted) / size) ** 0.5
    found["geteld door de machine"].append((abs(counted - truth) <= reach, 2 * reach))
    return {name: Outcome(*np.mean(rows, axis=0).tolist()) for name, rows in found.items()}
