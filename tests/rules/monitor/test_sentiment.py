"""How a sentence sounds by the word lists, and that people's origin, belief and colour weigh nothing."""

import csv
from pathlib import Path

import pytest

from regietafel.monitor.adapters.sentiment import judge

HERE = Path(__file__).parent


def _rows(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


@pytest.mark.parametrize(("sentence", "verdict", "why"), _rows("sentiment.csv"))
def test_sentence(sentence: str, verdict: str, why: str) -> None:
    assert judge().judge("", sentence).verdict == verdict, why
