"""What it costs when questions change: all made ready anew, or one added to very many."""

import time
from collections.abc import Iterator
from statistics import median

from benchmarks.goals import Goal
from benchmarks.matcher import corpus
from benchmarks.matcher.ours import parsed
from regietafel.monitor.engine.matching import Matcher, Texts
from regietafel.monitor.engine.query import parse

MOST = 10_260


def changing(rounds: int) -> Iterator[Goal]:
    """Give the processor time until the first answer; reading the questions was done before."""
    queries = {number: parsed(one.text()) for number, one in enumerate(corpus.standing(MOST))}
    texts = Texts.of(["Nieuwe opvang in Borne"])
    rebuilds, additions = [], []
    for number in range(rounds):
        started = time.process_time()
        matcher = Matcher(queries, scanner="numpy")
        matcher.match_texts(texts)
        rebuilds.append(time.process_time() - started)
        added = parse(f"(opvang{number} OR azc*) AND (Borne OR nieuwestraat{number})")
        started = time.process_time()
        matcher.put(MOST + number, added)
        matcher.match_texts(texts)
        additions.append(time.process_time() - started)
    yield Goal("10.260 vragen opnieuw gereedmaken", median(rebuilds), hoogstens=0.5, eenheid="s")
    yield Goal("één vraag toevoegen aan 10.260", median(additions) * 1_000, hoogstens=50, eenheid="ms")
