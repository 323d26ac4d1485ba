"""Finding texts about one person: what looks the same is found, another word is not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regietafel.monitor.engine.query.words import normalise
from regietafel.monitor.engine.seeking import TooShort, as_it_looks, sought

FOUND = [
    ("piet jansen", "Volgens Piet Jansen klopt het"),
    ("piet jansen", "volgens P\u0456et J\u00e1ns\u0435n klopt het"),
    ("piet jansen", "PIET-JANSEN"),
    ("piet jansen", "@piet_jansen zegt"),
    ("piet jansen", "pietjansen"),
    ("@piet_jansen", "Piet Jansen"),
    ("p1et jansen", "piet jansen"),
    ("Ｐｉｅｔ Jansen", "piet jansen"),
    ("van den Ĳssel", "Van den IJssel"),
    ("Dorpsstraat 12", "dorpsstraat 12, hier"),
]
NOT_FOUND = [
    ("piet jansen", "Piet Janssen"),
    ("piet jansen", "Piet en Jansen"),
    ("piet jansen", "Jansen, Piet"),
    ("jan", "januari"),
    ("jan", "orjan"),
    ("Dorpsstraat 12", "Dorpsstraat 121"),
]


@pytest.mark.parametrize(("words", "text"), FOUND)
def test_what_looks_the_same_is_found(words: str, text: str) -> None:
    assert sought([words]).stretches(text)


@pytest.mark.parametrize(("words", "text"), NOT_FOUND)
def test_another_word_is_not(words: str, text: str) -> None:
    assert not sought([words]).stretches(text)


@pytest.mark.parametrize("words", ["", "j.", "ab", "--"])
def test_too_few_letters_are_refused(words: str) -> None:
    with pytest.raises(TooShort):
        sought([words])


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_a_place_in_what_is_seen_is_a_place_in_the_text(text: str) -> None:
    assert len(as_it_looks(text)) == len(normalise(text))


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_name_between_other_signs_is_always_found(before: str, after: str) -> None:
    text = f"{before} Xanthippe Vroom {after}"
    stretches = sought(["xanthippe vroom"]).stretches(text)
    assert any("anthippe" in normalise(text)[found.start : found.end] for found in stretches)
    assert all(one.end <= two.start for one, two in pairwise(stretches))
