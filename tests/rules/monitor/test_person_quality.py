"""How many questions for a person are refused, and how many names hidden: figures that may not slip.

The lists are in tests/measured. Rules were tuned on one part; the other was looked at when they were done.
"""

from collections.abc import Callable

import pytest

from benchmarks.persons.measuring import HELD_OUT, LATER, TUNED, Share, names, questions


@pytest.mark.parametrize(
    ("measure", "at_least"), [(questions, (0.98, 0.98)), (names, (0.95, 0.90))], ids=["vragen", "namen"]
)
@pytest.mark.parametrize("part", [TUNED, HELD_OUT])
def test_figures_hold(
    measure: Callable[[str], tuple[Share, Share]], at_least: tuple[float, float], part: str
) -> None:
    for share, least in zip(measure(part), at_least, strict=True):
        assert share.total >= 60
        assert share.value >= least, f"{share.good} of {share.total}:\n" + "\n".join(share.misses)


def test_later_lists_do_not_slip() -> None:
    shares = [questions(part) for part in LATER]
    for kind, least in ((0, 0.95), (1, 0.97)):
        good, total = (
            sum(values) for values in zip(*((s[kind].good, s[kind].total) for s in shares), strict=True)
        )
        misses = [miss for share in shares for miss in share[kind].misses]
        assert total >= 90
        assert good / total >= least, misses
