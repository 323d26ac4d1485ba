"""Private persons: how many questions for them are refused, how many names are hidden, and what it costs."""

import time
from collections.abc import Callable, Iterator, Sequence

from benchmarks.matcher.goals import Goal
from benchmarks.persons.measuring import HELD_OUT, LATER, TUNED, Share, names, questions, rows, unmarked
from regietafel.monitor.adapters.names import lexicon
from regietafel.monitor.engine.privacy import hide_names

POST, ARTICLE = 160, 4_000
PLAIN_FOR_ONE_WITH_NAME = 4
_PARTS = {TUNED: "afgesteld", HELD_OUT: "achtergehouden"}


def report(*, rounds: int, is_small: bool) -> list[Goal]:
    """Print the figures and give the goals."""
    goals: list[Goal] = []
    print(f"{'':<58}{'goed':>11}  {'aandeel':>8}  95%-interval")
    for part, told in _PARTS.items():
        refused, passed = questions(part)
        hidden, right = names(part)
        goals += _told(f"vragen naar personen geweigerd, {told}", refused, at_least=0.98)
        goals += _told(f"gewone vragen doorgelaten, {told}", passed, at_least=0.98)
        goals += _told(f"namen in tekst gemaskeerd, {told}", hidden, at_least=0.95)
        goals += _told(f"wat gemaskeerd is, is een naam, {told}", right, at_least=0.90)
    for part in LATER:  # seen once by now, so told and no goal
        refused, passed = questions(part)
        _told(f"vragen naar personen geweigerd, {part}", refused, at_least=0.98)
        _told(f"gewone vragen doorgelaten, {part}", passed, at_least=0.98)
    goals += _costs(1 if is_small else max(rounds, 5))
    print("\n" + "\n".join(goal.line() for goal in goals))
    return goals


def _told(name: str, share: Share, *, at_least: float) -> list[Goal]:
    low, high = share.interval()
    print(f"  {name:<56}{share.good:>5}/{share.total:<5}  {share.value:>7.1%}  {low:.1%} - {high:.1%}")
    return [Goal(name, share.value, at_least, eenheid="%")]


def _costs(rounds: int) -> Iterator[Goal]:
    """Time the hiding of names: posts and articles with one sentence in five about a person."""
    words = lexicon()
    for told, texts, most in (("bericht", texts_of(POST), 60.0), ("artikel", texts_of(ARTICLE), 1_000.0)):
        seconds = _seconds(lambda texts=texts: [hide_names([text], lexicon=words) for text in texts], rounds)
        name = f"namen maskeren, {told} van {POST if told == 'bericht' else ARTICLE} tekens"
        yield Goal(name, seconds / len(texts) * 1e6, hoogstens=most, eenheid="µs")


def texts_of(length: int) -> list[str]:
    """Make texts of about a length: mostly sentences without names, some with."""
    sentences = [unmarked(marked) for _kind, marked in rows("sentences.csv", TUNED)]
    plain = [text for text, spans in sentences if not spans]
    named = [text for text, spans in sentences if spans]
    running = (
        sentence
        for at, one in enumerate(named)
        for sentence in (*_some(plain, at * PLAIN_FOR_ONE_WITH_NAME), one)
    )
    text = " ".join(running)
    return [text[start : start + length] for start in range(0, len(text) - length, length)]


def _some(plain: Sequence[str], start: int) -> list[str]:
    return [plain[(start + step) % len(plain)] for step in range(PLAIN_FOR_ONE_WITH_NAME)]


def _seconds(work: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)
