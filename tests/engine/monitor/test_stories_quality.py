"""How right stories are, on a set of copies and look-alikes whose stories we know."""

import pytest

from benchmarks.stories import own, reading, rivals, writing
from benchmarks.stories.scoring import Score, score

SEEDS = range(10, 14)  # the thresholds were chosen on others


def _scored(messages: list[writing.Telling]) -> Score:
    return score([one.story for one in messages], rivals.ours(messages))


@pytest.mark.parametrize("seed", SEEDS)
def test_on_sentences_of_our_own(seed: int) -> None:
    found = _scored(writing.make(own.own(), originals=9, copies=10, fills=6, seed=seed))
    assert found.precision >= 0.99
    assert found.recall >= 0.97, "in so small a set one copy is almost a hundredth"


@pytest.mark.skipif(not reading.is_present(), reason=reading.ABSENT)
@pytest.mark.parametrize("seed", SEEDS)
def test_on_real_headlines_and_sentences(seed: int) -> None:
    messages = writing.make(reading.real(), originals=1_100, copies=2, fills=30, seed=seed)
    copies = [one for one in messages if one.made not in writing.NO_COPIES]
    assert len(copies) >= 2_000
    found = _scored(messages)
    assert found.precision >= 0.99
    assert found.recall >= 0.98


def test_the_set_is_the_same_each_time_and_knows_its_stories() -> None:
    one, again = (writing.make(own.own(), originals=4, copies=3, fills=2) for _ in range(2))
    assert one == again
    stories = {message.story for message in one if message.made == "original"}
    copies = [message for message in one if message.made not in writing.NO_COPIES]
    assert len(copies) == 12
    assert {message.story for message in copies} == stories


def test_a_score_counts_pairs() -> None:
    assert score("aabb", [1, 1, 2, 2]) == Score(2, 2, 2)
    found = score("aaab", [1, 1, 2, 2])
    assert (found.precision, found.recall) == (1 / 2, 1 / 3)
