"""How well and how fast the word lists judge the tone of messages, beside two simple ways.

The quality figures need no quiet machine. The headlines of ecosent are not shipped; without them only our own
sentences are measured.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from benchmarks.matcher.goals import Goal
from benchmarks.sentiment.labelled import ECOSENT, TEST, Labelled, gold_headlines, own_sentences

BEST_DICTIONARY = 0.49  # the best Dutch dictionary published with ecosent
OWN_AT_LEAST = 0.75
SECONDS_PER_100_000 = 20.0
MOST_GROWTH = 6.0  # four times the text, and some slack for a busy machine
POSTS, LONG_TEXT = 100_000, 400_000


def report(*, rounds: int, is_small: bool) -> list[Goal]:
    """Print quality and speed; give the goals."""
    goals: list[Goal] = []
    for name, sentences, least in _sets():
        goals += _quality(name, sentences, least=least)
    if not gold_headlines():
        print(f"De koppen van ecosent staan niet in {ECOSENT.name}; alleen de eigen zinnen zijn gemeten.")
    goals += _speed(rounds, posts=POSTS // 10 if is_small else POSTS)
    print("\nDoelen")
    print("\n".join(goal.line() for goal in goals))
    return goals


def _sets() -> Iterator[tuple[str, list[Labelled], float]]:
    if headlines := gold_headlines():
        yield "krantenkoppen over economie (ecosent)", headlines, BEST_DICTIONARY
    yield "eigen zinnen over opvang en onrust", own_sentences(TEST), OWN_AT_LEAST


def _quality(name: str, sentences: Sequence[Labelled], *, least: float) -> Iterator[Goal]:
    print(f"\n{name}: {len(sentences)} zinnen")
    for way, say in ways(sentences).items():
        measured = measure(sentences, say)
        print(_line(way, measured))
        if way == OURS:
            yield Goal(f"juist, {name}", measured.accuracy.fraction, least, eenheid="%")
            print(_confusion(measured))


OURS = "onze lijsten"


def ways(sentences: Sequence[Labelled]) -> dict[str, Callable[[Labelled], str]]:
    """Return the ways that are compared: the lists, the plain Pattern list, and always the commonest."""
    from regietafel.monitor.adapters.sentiment import judge, word_lists
    from regietafel.monitor.engine.sentiment import Judge, Lexicon, WordLists

    lists = word_lists()
    plain = Judge(Lexicon(WordLists(rated=tuple(one for one in lists.rated if one.origin == "pattern"))))
    commonest = Counter(one.verdict for one in sentences).most_common(1)[0][0]
    return {
        OURS: lambda one: _said(judge(), one),
        "alleen de lijst van Pattern": lambda one: _said(plain, one),
        "altijd het meest voorkomende oordeel": lambda _one: commonest,
    }


def _said(judge: Any, one: Labelled) -> str:
    title, text = (one.text, "") if one.is_title else ("", one.text)
    verdict: str = judge.judge(title, text).verdict
    return verdict


def measure(sentences: Sequence[Labelled], say: Callable[[Labelled], str]) -> Any:
    """Return the quality of one way."""
    from regietafel.monitor.engine.sentiment import quality_of

    return quality_of((one.verdict, say(one)) for one in sentences)


def _line(way: str, measured: Any) -> str:
    share = measured.accuracy
    scores = "  ".join(f"{verdict} {one.f1 or 0:.2f}" for verdict, one in measured.classes.items())
    accuracy = f"{share.fraction:.3f} ({share.low:.2f}-{share.high:.2f})"
    return f"  {way:<38} juist {accuracy}  macro-F1 {measured.macro_f1:.2f}  F1 {scores}".replace(".", ",")


def _confusion(measured: Any) -> str:
    trues = list(dict.fromkeys(true for true, _said in measured.confusion))
    saids = list(dict.fromkeys(said for _true, said in measured.confusion))
    head = f"  {'mensen zeggen / wij zeggen':<28}" + "".join(f"{said:>10}" for said in saids)
    rows = [
        f"  {true:<28}" + "".join(f"{measured.confusion[true, said]:>10}" for said in saids) for true in trues
    ]
    return "\n".join([head, *rows])


def _speed(rounds: int, *, posts: int) -> Iterator[Goal]:
    from regietafel.monitor.adapters.sentiment import judge

    sentences = [one.text for one in own_sentences(TEST)]
    texts = [
        f"{sentences[n % len(sentences)]} {sentences[n * 7 % len(sentences)]} woord{n}" for n in range(posts)
    ]
    seconds = _seconds(rounds, lambda: [judge().judge("", text) for text in texts]) * POSTS / posts
    print(f"\n100.000 berichten van twee zinnen: {seconds:.0f} s processortijd")
    yield Goal("100.000 berichten beoordelen", seconds, hoogstens=SECONDS_PER_100_000, eenheid="s")
    for name, seed in (
        ("gewone zinnen", " ".join(sentences)),
        ("zonder leestekens", "niet meer overlast heel"),
    ):
        short, long = ((f"{seed} " * (size // len(seed) + 1))[:size] for size in (LONG_TEXT // 4, LONG_TEXT))
        times = [_seconds(rounds, lambda text=text: judge().judge("", text)) for text in (short, long)]
        yield Goal(f"vier keer zo lange tekst ({name})", times[1] / times[0], hoogstens=MOST_GROWTH)


def _seconds(rounds: int, work: Callable[[], object]) -> float:
    times = []
    for _ in range(max(rounds, 1)):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)
