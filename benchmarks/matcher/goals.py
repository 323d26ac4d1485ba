"""What the matcher has to reach, and whether it did."""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.goals import Goal
from benchmarks.matcher.rounds import Entry

SHARES = {"numpy": 0.35, "numba": 0.55, "numba-arrow": 0.85}
TIMES = {"tantivy": 20.0, "postgres": 20.0}
LEFT = {"berichten": 0.60, "artikelen": 0.55}


def of_field(kind: str, count: int, entries: Mapping[str, Entry]) -> Iterator[Goal]:
    """Give the goals that one field of contestants answers."""
    where = f"{count} vragen, {kind}"
    if "hyperscan" in entries:
        for name in SHARES.keys() & entries.keys():
            share = entries[name].times(entries["hyperscan"])
            yield Goal(f"{name}, deel van hyperscan ({where})", share, SHARES[name], eenheid="%")
    if count == 342 and kind == "berichten" and "numpy" in entries:
        for name in TIMES.keys() & entries.keys():
            yield Goal(f"numpy tegen {name} ({where})", entries["numpy"].times(entries[name]), TIMES[name])


def of_growth(kind: str, names: Sequence[str], few: Sequence[Entry], many: Sequence[Entry]) -> Iterator[Goal]:
    """Give what is left of the speed with the most questions, measured in turns with the fewest."""
    for name, small, large in zip(names, few, many, strict=True):
        left = large.times(small)
        yield Goal(f"{name}, snelheid over bij 10.260 vragen ({kind})", left, LEFT[kind], eenheid="%")
