"""`python -m benchmarks.matcher`: every contestant on every field, and whether the goals were kept."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from benchmarks.matcher import corpus, ours, rivals
from benchmarks.matcher.contestants import Contestant, Missing
from benchmarks.matcher.postgres import Postgres
from benchmarks.matcher.rounds import Entry, lines, measure

COUNTS = (342, 3_420, 10_260)
LIMIT = "hyperscan, tekst voor tekst"
MAKERS: dict[str, tuple[Callable[..., Contestant], int]] = {
    "hyperscan": (partial(rivals.Hyperscan, as_one=False), 1),
    "hyperscan-een": (partial(rivals.Hyperscan, as_one=True), 1),
    "numba-arrow": (partial(ours.FromArrow, scanner="numba"), 1),
    "numba": (partial(ours.FromList, scanner="numba"), 1),
    "numpy-arrow": (partial(ours.FromArrow, scanner="numpy"), 1),
    "numpy": (partial(ours.FromList, scanner="numpy"), 1),
    "numpy-berichten": (partial(ours.AsDocuments, scanner="numpy"), 1),
    "plain": (partial(ours.FromList, scanner="plain"), 4),
    "pyahocorasick": (rivals.AhoCorasick, 2),
    "tantivy": (rivals.Tantivy, 1),
    "fts5": (rivals.Fts5, 1),
    "postgres": (Postgres, 1),
    "re": (rivals.Regex, 100),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matcher")
    parser.add_argument("--snel", action="store_true", help="kleine hoeveelheden, om op te sturen")
    parser.add_argument("--rondes", type=int, default=5)
    parser.add_argument("--vragen", type=int, action="append", help="hoeveel staande vragen (342, …)")
    parser.add_argument("--alleen", default="", help=f"alleen deze, met komma's: {','.join(MAKERS)}")
    options = parser.parse_args(arguments)
    names = options.alleen.split(",") if options.alleen else list(MAKERS)
    fields = written(options.snel)
    for count in options.vragen or (COUNTS[:1] if options.snel else COUNTS):
        questions = corpus.standing(count)
        made = dict(ready(names, questions))
        for kind, texts in fields.items():
            print(f"\n{count} vragen × {len(texts)} {kind}", flush=True)
            print("\n".join(played(made, texts, rounds=options.rondes)), flush=True)
        for contestant in made.values():
            contestant.close()
    return 0


def written(is_small: bool) -> dict[str, list[str]]:
    """Write the posts and the articles."""
    share = 5 if is_small else 1
    return {
        "berichten": corpus.Writer(1).posts(20_000 // share),
        "artikelen": corpus.Writer(2).articles(1_500 // share),
    }


def ready(names: Sequence[str], questions: Sequence[corpus.Standing]) -> Iterator[tuple[str, Contestant]]:
    """Make everyone ready; say who cannot take part, and why."""
    for name in names:
        try:
            yield name, MAKERS[name][0](questions)
        except (Missing, AttributeError) as reason:
            print(f"  {name} doet niet mee: {reason}")


def played(made: dict[str, Contestant], texts: Sequence[str], *, rounds: int) -> Iterator[str]:
    """Measure one field; the answers of the first of us are the ones the others are held to."""
    entries = [Entry(one, texts[: max(1, len(texts) // MAKERS[name][1])]) for name, one in made.items()]
    measure(entries, rounds)
    limit = next((entry for entry in entries if entry.contestant.name == LIMIT), None)
    right = next((entry.pairs for entry in entries if entry.contestant.name.startswith("ons")), set())
    yield from lines(entries, limit=limit, right=right)


if __name__ == "__main__":
    sys.exit(main())
