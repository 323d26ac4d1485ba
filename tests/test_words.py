"""One Dutch term, one English name: the glossary and the code agree."""

from collections import Counter

import pytest

from tests import words

HOW = "\nRun `PYTHONPATH=src python -m tests.words --update` and write what new terms mean."


def test_every_term_leads_to_existing_code() -> None:
    astray = [f"{dutch}: {path}" for dutch, _, path, _ in words.rows(words.TERMS) if not words.resolves(path)]
    assert not astray


def test_every_term_says_what_it_means() -> None:
    silent = [dutch for dutch, _, _, meaning in words.rows(words.TERMS) if len(meaning.split()) < 3]
    assert not silent


def test_a_term_has_one_name_and_a_name_one_term() -> None:
    terms = words.rows(words.TERMS)
    twice = [term for term, count in Counter(dutch.lower() for dutch, *_ in terms).items() if count > 1]
    twice += [path for path, count in Counter(path for *_, path, _ in terms).items() if count > 1]
    assert not twice


def test_the_english_name_is_the_name_in_the_code() -> None:
    differing = [
        f"{english} is not {path}"
        for _, english, path, _ in words.rows(words.TERMS)
        if english != path.rpartition(".")[2]
    ]
    assert not differing


def test_every_model_label_is_a_term() -> None:
    assert not (missing := words.missing_terms()), "\n".join(missing) + HOW


def test_every_field_label_is_a_known_word() -> None:
    assert not (missing := words.missing_field_words()), "\n".join(missing) + HOW


def test_no_word_outlives_its_fields() -> None:
    assert not (idle := words.idle_field_words()), f"no field is called {idle} any more" + HOW


@pytest.mark.parametrize(
    "path", ["regietafel.register.models.Dosier", "regietafel.nowhere", "regietafel.kit.models.x"]
)
def test_a_path_that_leads_nowhere_is_noticed(path: str) -> None:
    assert not words.resolves(path)
