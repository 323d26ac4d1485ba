"""The tone of messages: forms of words, what counts, by whose hand, and totals with their interval."""

import time
from datetime import date

import numpy as np
import pytest

from regietafel.monitor.engine.sentiment import (
    BY_HAND,
    BY_LIST,
    Adverb,
    Judge,
    Judgement,
    Lexicon,
    Rated,
    WordLists,
    corrected,
    net_sentiment,
    people_sentiment,
    quality_of,
    totals_of,
)
from regietafel.monitor.engine.sentiment.forms import adjective_forms

DAY = date(2026, 3, 12)
LISTS = WordLists(
    rated=(
        Rated(word="boos", polarity=-0.8, origin="pattern", is_adjective=True),
        Rated(word="mooi", polarity=0.7, origin="pattern", is_adjective=True),
        Rated(word="schande*", polarity=-0.5, origin="eigen"),
        Rated(word="*overlast*", polarity=-0.6, origin="onderwerpen", more_is=-1),
        Rated(word="rustig verlop*", polarity=0.5, origin="eigen"),
        Rated(word="Oost-Europees", polarity=-0.2, origin="pattern", is_adjective=True),
    ),
    directions={"neemt … af": "neer", "meer": "op"},
    adverbs=(
        Adverb(word="niet", kind="ontkenning", factor=0),
        Adverb(word="heel", kind="versterking", factor=1.3),
    ),
    signs={"😡": -0.6},
    never=frozenset({"Oost-Europees", "schandelijk"}),
)
JUDGE = Judge(Lexicon(LISTS))


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("boos", {"boze", "bozer", "boost"}),
        ("gevaarlijk", {"gevaarlijke", "gevaarlijker", "gevaarlijkst", "gevaarlijkste"}),
        ("dik", {"dikke", "dikker", "dikst"}),
        ("grof", {"groffe"}),
        ("raar", {"rare", "raarder"}),
        ("treurig", {"treurige"}),
        ("lief", {"lieve"}),
        ("vals", {"valse"}),
    ],
)
def test_forms(word: str, forms: set[str]) -> None:
    made = set(adjective_forms(word))
    assert forms - {"groffe"} <= made
    assert not {f"{word}{word[-1]}ee"} & made


def test_inflected_word_counts() -> None:
    assert JUDGE.judge("", "De boze bewoners").verdict == "negatief"


def test_words_tell_why() -> None:
    said = JUDGE.judge("", "Dit is niet heel mooi")
    (word,) = said.words
    assert (word.written, word.field) == ("mooi", "tekst")
    assert word.here == pytest.approx(0.7 * 1.3 * -0.6, abs=0.001)
    assert word.why == ("“heel” maakt het sterker", "ontkend")


def test_place_of_a_word_is_that_in_the_text() -> None:
    text = "Één ding: wat een schandé!"
    (word,) = JUDGE.judge("", text).words
    assert text[word.start : word.end] == "schandé"


def test_separated_verb_is_one() -> None:
    assert JUDGE.judge("", "De geluidsoverlast neemt eindelijk af").verdict == "positief"
    assert JUDGE.judge("", "Meer jeugdoverlast").verdict == "negatief"


def test_what_never_counts_goes_before_every_list() -> None:
    assert JUDGE.judge("", "Oost-Europese bezoekers").verdict in ("neutraal", "onbekend")
    assert JUDGE.judge("", "schandelijke").verdict == "neutraal"


def test_other_language_is_unknown() -> None:
    assert JUDGE.judge("boos", "", language="de").verdict == "onbekend"
    assert JUDGE.judge("boos", "", language="").verdict == "negatief"


def test_title_weighs_more_than_text() -> None:
    said = JUDGE.judge("Mooi", "boos")
    assert (said.verdict, said.positive, said.negative) == ("neutraal", 1.05, 0.8)


def test_hand_wins_and_is_counted() -> None:
    said = JUDGE.judge("", "mooi")
    mended = corrected(corrected(said, "neutraal"), "negatief")
    assert (mended.verdict, mended.origin, mended.by_list) == ("negatief", BY_HAND, "positief")
    totals = totals_of([said, mended, corrected(said, "positief")])
    assert (totals.by_hand, totals.overruled, totals.counts["negatief"]) == (2, 1, 1)
    with pytest.raises(ValueError, match="none of"):
        corrected(said, "goed")


def test_unknown_is_no_part_of_the_denominator() -> None:
    unknown = [JUDGE.judge("", "xyzzy")] * 50
    totals = totals_of([JUDGE.judge("", "mooi"), JUDGE.judge("", "boos"), *unknown])
    assert (totals.judged, totals.unknown) == (2, 50)
    assert totals.net is not None
    assert totals.net.value == 0.0


def test_interval_of_net_sentiment_covers_the_truth() -> None:
    rng = np.random.default_rng(20261129)
    covered = 0
    for positive, neutral, negative in rng.multinomial(60, [0.3, 0.3, 0.4], size=2_000):
        net = net_sentiment(int(positive), int(negative), judged=int(positive + neutral + negative))
        assert net is not None
        covered += net.low <= -0.1 <= net.high
    assert 0.93 <= covered / 2_000 <= 0.97


def test_net_sentiment_at_the_edges() -> None:
    every = net_sentiment(10, 0, judged=10)
    assert every is not None
    assert (every.value, every.high) == (1.0, 1.0)
    assert 0.5 < every.low < 0.8
    assert net_sentiment(0, 0, judged=0) is None


def test_few_people_show_nothing() -> None:
    nine = [(DAY, str(writer), "negatief") for writer in range(9)] * 5
    assert people_sentiment(nine).total is None
    ten = people_sentiment([*nine, (DAY, "tien", "positief")])
    assert (ten.total, ten.counts["negatief"], ten.counts["positief"]) == (40, None, None)


def test_quality_counts_unknown_as_neutral() -> None:
    measured = quality_of([("neutraal", "onbekend"), ("positief", "positief"), ("negatief", "positief")])
    assert measured.accuracy is not None
    assert measured.accuracy_known is not None
    assert (measured.accuracy.count, measured.accuracy.published) == (2, 3)
    assert (measured.accuracy_known.count, measured.accuracy_known.published) == (1, 2)
    assert measured.classes["positief"].precision == 0.5
    assert measured.confusion["negatief", "positief"] == 1


@pytest.mark.parametrize("seed", ["mooi boos ", "niet meer overlast heel ", "neemt ", "😡 ", "“", "rustig "])
def test_long_text_takes_time_in_proportion(seed: str) -> None:
    def seconds(size: int) -> float:
        text = (seed * size)[:size]
        times = []
        for _ in range(3):
            started = time.process_time()
            JUDGE.judge("", text)
            times.append(time.process_time() - started)
        return min(times)

    assert seconds(80_000) < 12 * seconds(20_000) + 0.05


def test_shows_at_most_forty_words() -> None:
    said = JUDGE.judge("", "mooi. boos. " * 500)
    assert len(said.words) == 40
    assert said.positive == pytest.approx(350)


def test_origin_is_the_list_unless_a_person_spoke() -> None:
    said: Judgement = JUDGE.judge("", "mooi")
    assert said.origin == BY_LIST
