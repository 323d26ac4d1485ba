"""`python -m benchmarks.matcher`: every contestant on every field, and whether the goals were kept."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from benchmarks.goals import Goal
from benchmarks.matcher import corpus, ours, rivals
from benchmarks.matcher.changing import MOST, changing
from benchmarks.matcher.contestants import Contestant, Missing
from benchmarks.matcher.goals import of_field, of_growth
from benchmarks.matcher.postgres import Postgres
from benchmarks.matcher.reading import archive_speeds
from benchmarks.matcher.rounds import Entry, dutch, lines, measure

COUNTS = (342, 3_420, MOST)
OURS = ("numba-arrow", "numba", "numpy-arrow", "numpy", "numpy-berichten", "plain")
ROUNDS_OF_RIVALS = 1  # when there are very many questions, rivals take long
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
    """Measure what was asked for and print it; exit 1 when a goal was not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matcher")
    parser.add_argument("--snel", action="store_true", help="kleine hoeveelheden, om op te sturen")
    parser.add_argument("--rondes", type=int, default=5)
    parser.add_argument("--vragen", type=int, action="append", help="hoeveel staande vragen (342, …)")
    parser.add_argument("--alleen", help=f"alleen deze, met komma's: {','.join(MAKERS)}")
    options = parser.parse_args(arguments)
    names = options.alleen.split(",") if options.alleen else list(MAKERS)
    goals = report(rounds=options.rondes, is_small=options.snel, counts=options.vragen, names=names)
    return 0 if all(goal.kept for goal in goals) else 1


def report(
    *, rounds: int, is_small: bool, counts: Sequence[int] | None = None, names: Sequence[str] = tuple(MAKERS)
) -> list[Goal]:
    """Print the tables, field by field, and give the goals."""
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg()).replace(".", ",")
    print(f"Processortijd, mediaan van {rounds} rondes om de beurt; belasting vooraf {load}.")
    fields = written(is_small)
    goals: list[Goal] = []
    for count in counts or (COUNTS[:1] if is_small else COUNTS):
        goals += played(names, count, fields, rounds=rounds)
    goals += grown([name for name in OURS[:4] if name in names], fields, rounds=rounds)
    goals += changing(rounds)
    goals += archived(fields["berichten"] * (5 if is_small else 20), rounds=rounds)
    print("\nDoelen")
    print("\n".join(goal.line() for goal in goals))
    return goals


def written(is_small: bool) -> dict[str, list[str]]:
    """Write the posts and the articles."""
    share = 5 if is_small else 1
    return {
        "berichten": corpus.Writer(1).posts(20_000 // share),
        "artikelen": corpus.Writer(2).articles(1_000 // share),
    }


def played(names: Sequence[str], count: int, fields: dict[str, list[str]], *, rounds: int) -> Iterator[Goal]:
    """Measure everyone on posts and on articles; the answers of ours are what the others are held to."""
    made = dict(ready(names, corpus.standing(count)))
    for kind, texts in fields.items():
        entries = {name: Entry(one, texts[: size(name, count, texts)]) for name, one in made.items()}
        once = [] if count == COUNTS[0] else [name for name in entries if is_rival(name)]
        for name in once:
            entries[name].rounds_at_most = ROUNDS_OF_RIVALS
        measure(list(entries.values()), rounds)
        right = next((entries[name].pairs for name in OURS if name in entries), set())
        hit = len({text for text, _question in right}) / len(texts)
        print(f"\n{dutch(count)} vragen, {dutch(len(texts))} {kind}, {hit:.1%} beantwoordt een vraag")
        print(
            "\n".join(lines(list(entries.values()), limit=entries.get("hyperscan"), right=right)), flush=True
        )
        yield from of_field(kind, count, entries)
    for contestant in made.values():
        contestant.close()


def is_rival(name: str) -> bool:
    """Tell whether this is neither ours nor the limit."""
    return name not in OURS and not name.startswith("hyperscan")


def size(name: str, count: int, texts: Sequence[str]) -> int:
    """Give how many texts someone gets: those who are slow per question get fewer."""
    share = MAKERS[name][1]
    if name == "re":
        share = share * count // COUNTS[0]
    return max(2, len(texts) // share)


def ready(names: Sequence[str], questions: Sequence[corpus.Standing]) -> Iterator[tuple[str, Contestant]]:
    """Make everyone ready; say who cannot take part, and why."""
    for name in names:
        try:
            yield name, MAKERS[name][0](questions)
        except Missing as reason:
            print(f"{name} doet niet mee: {reason}")


def grown(names: Sequence[str], fields: dict[str, list[str]], *, rounds: int) -> Iterator[Goal]:
    """Measure few and very many questions in turns."""
    few, many = (dict(ready(names, corpus.standing(count))) for count in (COUNTS[0], MOST))
    for kind, texts in fields.items():
        small, large = ([Entry(one, texts) for one in made.values()] for made in (few, many))
        measure([*small, *large], rounds)
        yield from of_growth(kind, list(few), small, large)


def archived(posts: Sequence[str], *, rounds: int) -> Iterator[Goal]:
    """Measure the ways to ask an archive, by the clock."""
    speeds, missing = archive_speeds(posts, rounds=rounds)
    print(f"\nArchief: {dutch(len(posts))} berichten in Parquet, 342 vragen, warm, op de klok")
    print("\n".join(missing))
    for name, speed in speeds.items():
        print(f"  {name:<34} {dutch(speed):>11} berichten/s")
        if not name.endswith("één proces"):
            yield Goal(f"archief, {name}", speed, 400_000, eenheid="/s")
    one, two = speeds["lokaal, één proces"], speeds["lokaal, twee processen"]
    yield Goal("twee processen tegen één", two / one, 1.7)


if __name__ == "__main__":
    sys.exit(main())
