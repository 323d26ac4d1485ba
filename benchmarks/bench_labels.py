"""Labels: speed, what a share is worth, how many labels a model takes, and whether its probabilities hold."""

import time
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.labels.learning import SIZES, curves, labels_to
from benchmarks.labels.shares import made_up, measure, real
from benchmarks.labels.tasks import Task, tasks
from benchmarks.matcher.corpus import Writer
from benchmarks.matcher.goals import Goal
from regietafel.monitor.engine.labels import Example, propose, train

MACRO_F1 = 0.65
TAUGHT, PROPOSED = 2_000, 10_000


def report(*, rounds: int, is_small: bool) -> list[Goal]:
    """Print the tables, and give what was promised."""
    goals = [*_speed(rounds), *_shares(rounds=200 if is_small else 2_000)]
    known = list(tasks())
    if not known:
        print("De echte koppen (ecosent) zijn hier niet; wat daarvan afhangt is overgeslagen.\n")
    for task in known[:2]:
        goals += _learning(task, seeds=1 if is_small else 6, is_goal=task is known[0] and not is_small)
    print("\n".join(goal.line() for goal in goals))
    return goals


def _speed(rounds: int) -> Iterator[Goal]:
    """Time learning and proposing in processor time; the median of the rounds."""
    posts = Writer().posts(PROPOSED)
    lot = np.random.default_rng(3)
    examples = [
        Example(text=text, labels=frozenset(label for label in "IBS" if lot.random() < 0.3))
        for text in posts[:TAUGHT]
    ]
    model = train(examples, seed=1).model
    learning = _seconds(lambda: train(examples, seed=1), rounds)
    proposing = _seconds(lambda: propose(model, posts), rounds)
    yield Goal("leren van 2.000 berichten, drie labels", learning, hoogstens=5.0, eenheid="s")
    yield Goal("10.000 berichten van voorstellen voorzien", proposing, hoogstens=5.0, eenheid="s")


def _seconds(work: Callable[[], object], rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return float(np.median(spent))


def _shares(*, rounds: int) -> Iterator[Goal]:
    cases = [made_up(share, apart=apart, seed=3) for share in (0.1, 0.3) for apart in (0.0, 1.0, 2.0)]
    known = list(tasks())[:2]
    cases += [real(task, labels=400, seed=1) for task in known]
    print("Een aandeel van 1.500 berichten, steekproef van 100: hoe vaak het interval klopt, en de breedte")
    covered = []
    for case in cases:
        found = measure(case, sample=100, rounds=rounds)
        told = "   ".join(f"{name} {one.covered:5.1%} {one.width:.3f}" for name, one in found.items())
        print(f"  {case.name:<46} {told}")
        covered.append(found["aangescherpt"].covered)
    print()
    yield Goal("aandeel: interval klopt, laagste", min(covered), minstens=0.92, eenheid="%")
    yield Goal("aandeel: interval klopt, hoogste", max(covered), hoogstens=0.98, eenheid="%")
    yield _naive(rounds)


def _naive(rounds: int) -> Goal:
    """Tell in which part of the made-up groups a plain count of proposals holds the truth."""
    groups = [made_up(0.3, apart=1.0, seed=seed) for seed in range(min(rounds, 100))]
    held = [measure(group, sample=100, rounds=1)["geteld door de machine"].covered for group in groups]
    return Goal("aandeel: tellen van voorstellen klopt", float(np.mean(held)), hoogstens=0.05, eenheid="%")


def _learning(task: Task, *, seeds: int, is_goal: bool) -> Iterator[Goal]:
    sizes = [size for size in SIZES if size <= len(task.texts) * 6 // 10]
    found = curves(task, seeds=seeds, sizes=sizes)
    print(f"{task.name} ({len(task.texts)} koppen): macro-F1 / hoe ver kansen ernaast zitten")
    print(f"  {'labels':<18}" + "".join(f"{size:>14}" for size in sizes))
    for name, (scores, errors) in found.items():
        pairs = (f"{score:.2f} / {error:.3f}" for score, error in zip(scores, errors, strict=True))
        print(f"  {name:<18}" + "".join(f"{pair:>14}" for pair in pairs))
    lot, chosen = (labels_to(MACRO_F1, sizes, found[name][0]) for name in ("bij lot", "gekozen"))
    told = ", ".join(f"{name} {'niet gehaald' if number is None else f'{number:.0f}'}"
                     for name, number in (("bij lot", lot), ("gekozen", chosen)))  # fmt: skip
    print(f"  labels tot {MACRO_F1}: {told}\n")
    if is_goal and lot and chosen:
        yield Goal("gekozen tegen lot, labels tot macro-F1 0,65", chosen / lot, hoogstens=0.5, eenheid="%")
        error = float(found["bij lot"][1][sizes.index(400)])
        yield Goal("kansen gemiddeld ernaast, bij 400 labels", error, hoogstens=0.06, eenheid="van 1")
