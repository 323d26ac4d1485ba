"""Stories: how right and how fast copies are put together, beside simpler ways."""

import statistics
import time
from collections import Counter
from collections.abc import Sequence

from benchmarks.goals import Goal
from benchmarks.stories import own, reading, rivals, writing
from benchmarks.stories.scoring import Score, score
from benchmarks.stories.writing import Telling

ORIGINALS, COPIES, FILLS = 1_100, 2, 30
SEEDS = (20_260_302, 1, 2, 3, 4, 5)  # the thresholds were chosen on the first four
MANY = 100_000
LEAST_PRECISION, LEAST_RECALL, MOST_SECONDS, MOST_SECONDS_OF_MANY = 0.99, 0.98, 5.0, 60.0


def report(*, rounds: int, is_small: bool) -> list[Goal]:
    """Print what was found and missed, beside simpler ways, and give the goals."""
    sets = _sets(is_small)
    first = sets[0]
    print(f"\nVerhalen: {len(first)} berichten, {_written(Counter(one.kind for one in first))}")
    print(f"  {'':<28} {'precisie':>9} {'volledig':>9} {'seconden':>9}")
    for name, grouping in rivals.GROUPINGS.items():
        found, seconds = _measured(grouping, first, rounds=rounds)
        print(f"  {name:<28} {found.precision:>9.4f} {found.recall:>9.4f} {seconds:>9.2f}".replace(".", ","))
    scores = [_measured(rivals.ours, messages, rounds=1)[0] for messages in sets]
    seconds = _measured(rivals.ours, first, rounds=rounds)[1]
    _tell_missed(first)
    goals = [
        Goal("verhalen, laagste precisie", min(one.precision for one in scores), LEAST_PRECISION, eenheid=""),
        Goal("verhalen, laagste volledigheid", min(one.recall for one in scores), LEAST_RECALL, eenheid=""),
        Goal(f"verhalen in {len(first)} berichten", seconds, hoogstens=MOST_SECONDS, eenheid="s"),
    ]
    if not is_small:
        goals.append(Goal(f"verhalen in {MANY} posts", _many(), hoogstens=MOST_SECONDS_OF_MANY, eenheid="s"))
    print("\nDoelen")
    print("\n".join(goal.line() for goal in goals))
    return goals


def _sets(is_small: bool) -> list[list[Telling]]:
    if not reading.is_present():
        print(f"\n{reading.ABSENT} Daarom alleen de eigen, kleine verzameling.")
        return [writing.make(own.own(), originals=9, copies=10, fills=6, seed=seed) for seed in SEEDS]
    source = reading.real()
    originals = ORIGINALS // 5 if is_small else ORIGINALS
    return [
        writing.make(source, originals=originals, copies=COPIES, fills=FILLS, seed=seed) for seed in SEEDS
    ]


def _measured(grouping: rivals.Grouping, messages: Sequence[Telling], *, rounds: int) -> tuple[Score, float]:
    """Group a few times; give the score and the median of the processor time."""
    seconds = []
    for _ in range(rounds):
        started = time.process_time()
        found = grouping(messages)
        seconds.append(time.process_time() - started)
    return score([one.story for one in messages], found), statistics.median(seconds)


def _tell_missed(messages: Sequence[Telling]) -> None:
    """Say per kind of copy how many are apart from their original."""
    found = rivals.ours(messages)
    home = {one.story: number for one, number in zip(messages, found, strict=True) if one.made == "original"}
    copies = [
        (one.made.split(" + ")[0], number == home[one.story])
        for one, number in zip(messages, found, strict=True)
        if one.made not in writing.NO_COPIES
    ]
    total, right = Counter(made for made, _ in copies), Counter(made for made, is_right in copies if is_right)
    print("\n  soort kopie, gevonden")
    print("\n".join(f"  {made:<28} {right[made]:>5} van {total[made]}" for made in sorted(total)))


def _many() -> float:
    from benchmarks.matcher.corpus import Writer

    posts = Writer(1).posts(MANY)
    messages = [Telling(0, "", (text,), writing.START) for text in posts]
    return _measured(rivals.ours, messages, rounds=1)[1]


def _written(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
