"""What people wrote is told in other words; five in a row would lead back to them."""

from hypothesis import given
from hypothesis import strategies as st

from regietafel.monitor.engine.privacy.quoting import WORDS_IN_QUOTE, quoted_runs

POST = "Ik durf mijn kinderen niet meer alleen naar school te laten gaan sinds dat nieuws"
words = st.lists(st.sampled_from("een twee drie vier vijf zes zeven".split()), max_size=12)


def test_a_quote_is_found_whatever_case_accents_and_marks_surround_it() -> None:
    written = ["Een moeder: «Mijn KINDEREN niet meer alleen, naar schoól»."]
    assert quoted_runs(written, by_people=[POST]) == ("mijn kinderen niet meer alleen naar school",)


def test_what_media_brought_may_be_quoted() -> None:
    written = ["Mijn kinderen niet meer alleen naar school"]
    assert quoted_runs(written, by_people=[POST], in_public=[f"Kop: {POST}"]) == ()


def test_a_quote_is_not_made_of_two_fields() -> None:
    assert quoted_runs(["mijn kinderen niet", "meer alleen naar"], by_people=[POST]) == ()


def test_telling_it_in_own_words_passes() -> None:
    assert quoted_runs(["Ouders brengen hun kinderen liever zelf naar school."], by_people=[POST]) == ()


@given(words, words)
def test_a_quote_is_found_exactly_when_five_words_follow_each_other_in_both(
    mine: list[str], theirs: list[str]
) -> None:
    runs = {tuple(theirs[at : at + WORDS_IN_QUOTE]) for at in range(len(theirs) - WORDS_IN_QUOTE + 1)}
    shared = [
        mine[at : at + WORDS_IN_QUOTE]
        for at in range(len(mine) - WORDS_IN_QUOTE + 1)
        if tuple(mine[at : at + WORDS_IN_QUOTE]) in runs
    ]
    found = quoted_runs([" ".join(mine)], by_people=[" ".join(theirs)])
    assert bool(found) == bool(shared)
    assert all(" ".join(run) in f" {' | '.join(found)} " for run in shared)
