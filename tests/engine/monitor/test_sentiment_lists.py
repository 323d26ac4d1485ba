"""The lists that ship: who people are weighs nothing, and the figures shown are those of the lists."""

import csv
import itertools
import tomllib

import pytest

from benchmarks.bench_sentiment import BEST_DICTIONARY, OURS, ways
from benchmarks.sentiment.labelled import TEST, TUNE, gold_headlines, own_sentences
from regietafel.monitor.adapters.sentiment import FOLDER, POLYSEMOUS, judge, measured
from regietafel.monitor.engine.query.words import fold, split_words
from regietafel.monitor.engine.sentiment import quality_of
from regietafel.monitor.engine.sentiment.forms import adjective_forms


def _rows(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


ZEROED = [row["woord"] for row in _rows("genuld.csv") if row["soort"] != POLYSEMOUS]


def test_who_people_are_weighs_nothing() -> None:
    told = {}
    for word in ZEROED:
        for form in (word, *adjective_forms(fold(word))):
            said = judge().judge("", form)
            if said.positive or said.negative:
                told[form] = said.words
    assert told == {}


@pytest.mark.parametrize(
    "people", ["Syriërs", "Oost-Europese mensen", "moslims", "christenen", "zwarte jongeren", "gehandicapten"]
)
def test_a_sentence_sounds_the_same_whoever_it_is_about(people: str) -> None:
    for sentence in ("{} zorgen voor overlast", "{} helpen bij de opvang", "{} wonen in het azc"):
        plain = judge().judge("", sentence.format("Nieuwe bewoners"))
        other = judge().judge("", sentence.format(people))
        assert (other.positive, other.negative) == (plain.positive, plain.negative)


def test_zeroed_words_are_zero_in_the_list_of_pattern() -> None:
    polarity = {row["woord"]: float(row["polariteit"]) for row in _rows("pattern.csv")}
    assert {row["woord"] for row in _rows("genuld.csv") if polarity.get(row["woord"])} == set()
    changed = {row["woord"]: row["was"] for row in _rows("genuld.csv") if row["bron"] == "pattern"}
    assert (changed["Oost-Europees"], changed["Neurenbergs"]) == ("-0.2", "0.7")


def test_lists_are_as_large_as_their_source_says() -> None:
    with (FOLDER / "herkomst.toml").open("rb") as handle:
        source = tomllib.load(handle)["pattern"]
    assert len(_rows("pattern.csv")) == source["woorden"]
    assert "PDDL" in source["licentie"]


def test_no_word_stands_in_a_list_twice() -> None:
    for file, column in (("eigen.csv", "woord"), ("onderwerpen.csv", "woord"), ("richting.csv", "woord")):
        words = [row[column] for row in _rows(file)]
        assert len(words) == len(set(words)), file


def test_parts_of_our_own_sentences_do_not_overlap() -> None:
    tune, test = ({" ".join(split_words(one.text)) for one in own_sentences(part)} for part in (TUNE, TEST))
    assert len(tune) + len(test) >= 150
    assert not tune & test


def test_figures_beside_the_outcome_are_those_of_the_lists() -> None:
    headlines, own = measured()["toets"]
    for figures, sentences in ((headlines, gold_headlines()), (own, own_sentences(TEST))):
        if not sentences:
            continue
        say = ways(sentences)[OURS]
        quality = quality_of((one.verdict, say(one)) for one in sentences)
        assert quality.accuracy is not None
        assert (figures["juist"], figures["aantal"]) == (quality.accuracy.count, quality.accuracy.published)
        assert figures["laag"] == pytest.approx(quality.accuracy.low, abs=0.001)
        assert figures["hoog"] == pytest.approx(quality.accuracy.high, abs=0.001)
        assert figures["macro_f1"] == pytest.approx(quality.macro_f1, abs=0.005)


def test_headlines_are_judged_better_than_by_the_best_published_dictionary() -> None:
    sentences = gold_headlines()
    if not sentences:
        pytest.skip("the headlines of ecosent are not here; they are not shipped")
    say = ways(sentences)[OURS]
    quality = quality_of((one.verdict, say(one)) for one in sentences)
    assert quality.accuracy is not None
    assert quality.accuracy.low > BEST_DICTIONARY


def test_swapping_positive_and_negative_is_rare() -> None:
    sentences = own_sentences(TEST)
    say = ways(sentences)[OURS]
    confusion = quality_of((one.verdict, say(one)) for one in sentences).confusion
    swapped = sum(confusion[pair] for pair in itertools.permutations(("positief", "negatief")))
    assert swapped <= 2
