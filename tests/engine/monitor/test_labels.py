"""Labels: a machine that holds no text, asks when unsure, and shares that are true as often as they say."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regietafel.monitor.engine.labels import (
    Example,
    ForeignModel,
    Group,
    HandLabel,
    LabelShare,
    ModelUnreadable,
    TooFewLabels,
    Verdict,
    agreement,
    choose,
    cohen,
    draw_sample,
    fleiss,
    from_bytes,
    merge,
    metadata,
    probabilities,
    progress,
    propose,
    share_of_label,
    to_bytes,
    train,
    training_examples,
    words_behind,
)
from regietafel.monitor.engine.labels.grams import words_in
from regietafel.monitor.engine.labels.quality import calibration_error
from tests.thoroughness import examples

DAY = date(2026, 3, 2)
ASKS = ("waar komt de opvang", "wanneer begint het", "hoeveel mensen komen er", "hoe lang blijft het open")
HELPS = (
    "wij brengen graag kleren",
    "wie helpt mee met koken",
    "ik geef taalles",
    "spullen inleveren kan hier",
)
PLACES = ("in borne", "bij de kerk", "aan de kade", "op het plein", "in de sporthal")


def _examples(count: int = 40, organisation: str = "A") -> list[Example]:
    lot = np.random.default_rng(4)
    made = []
    for number in range(count):
        asks = number % 2 == 0
        start = (ASKS if asks else HELPS)[lot.integers(4)]
        text = f"{start} {PLACES[lot.integers(5)]} {number}"
        made.append(Example(text=text, labels=frozenset("I" if asks else "S"), organisation=organisation))
    return made


def _said(*labels: str, people: int = 1, purpose: str = "training") -> list[Verdict]:
    return [
        Verdict(message=str(number), labels=frozenset(given), people=people, purpose=purpose)
        for number, given in enumerate(labels)
    ]


# People


def _pairs(first: list[str], second: list[str]) -> list[HandLabel]:
    return [
        HandLabel(message=str(number), labels=frozenset(given), by=by, on=DAY)
        for by, answers in (("aov", first), ("omgevingsanalist", second))
        for number, given in enumerate(answers)
    ]


def test_two_people_are_compared_as_cohen_does_and_more_as_fleiss() -> None:
    answers = _pairs(["I"] * 15 + [""] * 15, ["I"] * 12 + [""] * 18)
    together, label = agreement(answers, labels=("I",))
    assert (label.method, label.messages, together.messages) == ("Cohen", 30, 30)
    assert label.kappa.value == pytest.approx(cohen([[15, 0], [3, 12]]).value)
    third = [HandLabel(message=str(n), labels=frozenset("I"), by="aov", on=DAY) for n in range(30)]
    assert agreement([*answers, *third], labels=("I",))[1].method == "Fleiss"


def test_that_nobody_disagreed_yet_does_not_make_it_certain() -> None:
    few, many = (cohen([[count, 0], [0, count]]) for count in (10, 100))
    assert few.value == many.value == few.high == 1
    assert few.low < many.low < 1
    assert fleiss([[3, 0], [0, 3]] * 10).low == pytest.approx(few.low)


def test_too_few_messages_give_no_number() -> None:
    for found in agreement(_pairs(["I"] * 19, [""] * 19)):
        assert (found.kappa.value, found.equal, found.word) == (None, None, "nog te weinig")


def test_who_skips_does_not_count_as_disagreeing() -> None:
    answers = _pairs(["I"] * 10 + [""] * 15, ["I"] * 10 + [""] * 15)
    skipped = HandLabel(message="1", labels=frozenset(), by="raadslid", on=DAY, is_skipped=True)
    assert agreement([*answers, skipped]) == agreement(answers)


def test_the_interval_of_kappa_holds_the_truth_about_as_often_as_it_says() -> None:
    """Two people who agree beyond chance by 0.6, over and over; the interval of each hundred messages."""
    lot = np.random.default_rng(8)
    held = 0
    for _ in range(400):
        truth = lot.random(100) < 0.5
        other = np.where(lot.random(100) < 0.6, truth, lot.random(100) < 0.5)
        table = [[int(((truth == a) & (other == b)).sum()) for b in (False, True)] for a in (False, True)]
        found = cohen(table)
        held += found.low <= 0.6 <= found.high
    assert 0.92 <= held / 400 <= 0.98


TABLES = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=3)


@settings(max_examples=examples(40), deadline=None)
@given(TABLES.filter(lambda table: sum(map(sum, table)) > 0), st.permutations(range(3)))
def test_kappa_has_bounds_and_does_not_mind_the_names_of_categories(
    table: list[list[int]], order: list[int]
) -> None:
    found = cohen(table)
    turned = cohen([[table[row][column] for column in order] for row in order])
    if found.value is None:
        assert turned.value is None
        return
    assert -1 <= found.low <= found.value <= found.high <= 1
    assert turned.value == pytest.approx(found.value)
    assert cohen([list(row) for row in zip(*table, strict=True)]).value == pytest.approx(found.value)


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda row: sum(row) > 1), min_size=1))
def test_kappa_of_many_does_not_mind_the_order_of_messages(rows: list[tuple[int, int]]) -> None:
    found, turned = fleiss(rows), fleiss(rows[::-1])
    assert (found.value is None) == (turned.value is None)
    if found.value is not None:
        assert turned.value == pytest.approx(found.value)
        assert found.low <= found.value <= found.high <= 1 + 1e-9


# Machine


def test_the_machine_learns_what_people_say_and_tells_why() -> None:
    trained = train(_examples(), seed=1)
    asking, helping = propose(
        trained.model, ["Waar komt de opvang straks?", "Wij brengen kleren"], organisation="A"
    )
    assert asking.proposed == ("I",)
    assert helping.proposed == ("S",)
    first = words_behind(trained.model, "Waar komt de opvang straks?", label="I")[0]
    assert first.weight > 0
    assert first.word in words_in("Waar komt de opvang straks?")


def test_the_weights_of_all_words_add_up_to_the_score() -> None:
    model = train(_examples(), seed=1).model
    text = "waar waar brengen wij de spullen"
    [chance] = probabilities(model, [text])[:, 0]
    part = model.parts[0]
    words = sum(word.weight for word in words_behind(model, text, label="I", most=99))
    assert words + part.bias * part.slope + part.shift == pytest.approx(
        np.log(chance / (1 - chance)), abs=1e-4
    )


def test_the_same_labels_give_the_same_bytes() -> None:
    assert to_bytes(train(_examples(), seed=1).model) == to_bytes(train(_examples(), seed=1).model)


def test_a_model_survives_being_written_and_read() -> None:
    model = train(_examples(), seed=1).model
    read = from_bytes(to_bytes(model))
    texts = [example.text for example in _examples()]
    assert np.array_equal(probabilities(read, texts), probabilities(model, texts))
    assert metadata(read) == metadata(model)


def test_a_model_holds_no_readable_text() -> None:
    rare = Example(text="mijn buurman zwanenberg vraagt iets", labels=frozenset("I"), organisation="A")
    model = train([*_examples(), rare], seed=1).model
    content = to_bytes(model).lower()
    arrays = [model.weighing.buckets, model.weighing.rarity, *(part.weights for part in model.parts)]
    assert all(array.dtype.kind in "if" for array in arrays)
    for word in (b"zwanenberg", b"zwan", b"opvang", b"kleren", b"sporthal"):
        assert word not in content


def test_what_one_message_says_leaves_no_number_of_its_own() -> None:
    once = Example(text="qyzzyx qyzzyx", labels=frozenset("I"), organisation="A")
    assert words_behind(train([*_examples(), once], seed=1).model, "qyzzyx", label="I") == ()
    assert words_behind(train([*_examples(), once, once], seed=1).model, "qyzzyx", label="I") != ()


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\x80\x04N.", to_bytes(train(_examples(), seed=1).model)[:-40]]
)
def test_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(ModelUnreadable):
        from_bytes(content)


def test_a_model_whose_numbers_point_outside_is_refused() -> None:
    model = train(_examples(), seed=1).model
    outside = replace(model.weighing, buckets=model.weighing.buckets + 2**18)
    with pytest.raises(ModelUnreadable):
        from_bytes(to_bytes(replace(model, weighing=outside)))


def test_organisations_do_not_learn_from_each_other() -> None:
    with pytest.raises(ForeignModel):
        train([*_examples(), *_examples(organisation="B")], seed=1)
    with pytest.raises(ForeignModel):
        propose(train(_examples(), seed=1).model, ["waar"], organisation="B")


def test_it_proposes_nothing_before_there_is_enough() -> None:
    with pytest.raises(TooFewLabels, match="29 gelabelde berichten"):
        train(_examples(29), seed=1)
    made = [
        replace(one, labels=frozenset("I") if n < 7 else frozenset()) for n, one in enumerate(_examples())
    ]
    with pytest.raises(TooFewLabels, match="I: 7 keer gegeven, nodig is 8"):
        train(made, seed=1)


def test_a_sub_label_waits_for_twenty() -> None:
    asked = [
        replace(one, labels=one.labels | {"vraag"}) if "I" in one.labels else one for one in _examples(38)
    ]
    assert train(asked, seed=1).lacking["vraag"] == "19 keer gegeven, nodig is 20"
    asked = [
        replace(one, labels=one.labels | {"vraag"}) if "I" in one.labels else one for one in _examples(40)
    ]
    assert "vraag" in train(asked, seed=1).model.labels


def test_labels_by_chance_give_no_confident_proposals() -> None:
    lot = np.random.default_rng(2)
    made = [replace(one, labels=frozenset("I" if lot.random() < 0.5 else "")) for one in _examples(200)]
    trained = train(made, seed=1)
    truth = lot.random(200) < 0.5
    chances = probabilities(trained.model, [one.text for one in _examples(200)])[:, 0]
    assert trained.quality[0].macro_f1 < 0.62
    assert calibration_error(truth, chances) < 0.15


def test_the_sample_never_teaches() -> None:
    said = [*_said("I", "S"), Verdict(message="9", labels=frozenset("I"), people=1, purpose="steekproef")]
    texts = {"0": "waar", "1": "hulp", "9": "apart"}
    assert [one.text for one in training_examples(said, texts=texts)] == ["waar", "hulp"]


@settings(max_examples=examples(40), deadline=None)
@given(st.text(max_size=200))
def test_any_text_gets_a_probability(text: str) -> None:
    found = probabilities(MODEL, [text])
    assert found.shape == (1, 2)
    assert ((found >= 0) & (found <= 1)).all()


MODEL = train(_examples(), seed=1).model


# Choosing


def test_the_sample_is_never_chosen_to_learn_from() -> None:
    texts = {str(number): one.text for number, one in enumerate(_examples())}
    apart = draw_sample(texts, size=10, seed=3)
    assert len(set(apart)) == 10
    for model in (None, MODEL):
        assert not set(apart) & set(choose(texts, model=model, count=40, apart=apart))


def test_the_unsure_comes_first() -> None:
    texts = {
        "zeker": "waar komt de opvang, hoeveel mensen, hoe lang",
        "onzeker": "burgemeester",
        "ook": "wij brengen kleren",
    }
    assert choose(texts, model=MODEL, count=1) == ("onzeker",)


def test_of_near_duplicates_only_one_is_asked() -> None:
    texts = {
        str(number): f"RT: het plein loopt vol met mensen vanavond {'!' * (number % 3)}"
        for number in range(20)
    }
    texts["anders"] = "de raad stemt morgen"
    for model in (None, MODEL):
        assert len(choose(texts, model=model, count=10)) == 2


def test_every_message_has_the_same_chance_in_the_sample() -> None:
    drawn = [draw_sample([str(n) for n in range(20)], size=5, seed=seed) for seed in range(2_000)]
    counts = np.bincount([int(message) for sample in drawn for message in sample], minlength=20)
    assert np.abs(counts / 2_000 - 0.25).max() < 0.04


# Shares


def _group(share: float, *, size: int, apart: float, seed: int) -> tuple[np.ndarray, dict[str, float]]:
    lot = np.random.default_rng(seed)
    truth = lot.random(size) < share
    scores = lot.normal(size=size) + apart * truth
    guesses = 1 / (1 + np.exp(-(apart * scores - 1.5)))
    return truth, {str(place): float(guess) for place, guess in enumerate(guesses)}


def _sample(truth: np.ndarray, places: np.ndarray) -> list[Verdict]:
    return [
        Verdict(
            message=str(place), labels=frozenset("I" if truth[place] else ""), people=1, purpose="steekproef"
        )
        for place in places
    ]


@pytest.mark.parametrize(
    ("share", "apart", "size"), [(0.1, 1.5, 1_500), (0.3, 2.0, 1_500), (0.4, 0.0, 300), (0.03, 2.0, 900)]
)
def test_a_share_is_true_as_often_as_it_says(share: float, apart: float, size: int) -> None:
    truth, guesses = _group(share, size=size, apart=apart, seed=5)
    lot = np.random.default_rng(6)
    held = {"with": 0, "without": 0}
    for _ in range(400):
        said = _sample(truth, lot.permutation(size)[:100])
        for name, predicted in (("with", guesses), ("without", None)):
            found = share_of_label("I", verdicts=said, group=Group(size=size), predicted=predicted)
            assert isinstance(found, LabelShare)
            held[name] += found.low <= truth.mean() <= found.high
    assert all(0.92 <= count / 400 <= 0.985 for count in held.values()), held


def test_proposals_make_a_share_narrower_and_counting_them_would_be_wrong() -> None:
    truth, guesses = _group(0.3, size=1_500, apart=2.5, seed=5)
    said = _sample(truth, np.random.default_rng(1).permutation(1_500)[:150])
    alone = share_of_label("I", verdicts=said, group=Group(size=1_500))
    sharper = share_of_label("I", verdicts=said, group=Group(size=1_500), predicted=guesses)
    assert isinstance(alone, LabelShare)
    assert isinstance(sharper, LabelShare)
    assert sharper.high - sharper.low < 0.8 * (alone.high - alone.low)
    counted = np.mean([guess >= 0.5 for guess in guesses.values()])
    assert not sharper.low <= counted <= sharper.high


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(15, 85), st.floats(0, 1))
def test_useless_proposals_give_the_classical_share(labelled: int, guess: float) -> None:
    said = _said(*["I"] * labelled, *[""] * (100 - labelled), purpose="steekproef")
    group, same = Group(size=400), dict.fromkeys(map(str, range(400)), guess)
    assert share_of_label("I", verdicts=said, group=group, predicted=same) == share_of_label(
        "I", verdicts=said, group=group
    )


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(0, 60), st.integers(60, 5_000), st.randoms(use_true_random=False))
def test_a_share_stays_between_none_and_all(labelled: int, size: int, lot: object) -> None:
    said = _said(*["I"] * labelled, *[""] * (60 - labelled), purpose="steekproef")
    guesses = {str(place): lot.random() for place in range(size)}  # type: ignore[attr-defined]
    found = share_of_label("I", verdicts=said, group=Group(size=size), predicted=guesses)
    assert isinstance(found, LabelShare)
    shown = found.rounded()
    assert 0 <= shown.low <= shown.fraction <= shown.high <= 1
    assert shown.low <= found.low + 1e-9
    assert shown.high >= found.high - 1e-9


def test_labels_that_taught_do_not_count_for_the_share() -> None:
    taught = [replace(one, message=f"t{one.message}") for one in _said(*["I"] * 500)]
    sampled = _said(*["I"] * 10, *[""] * 90, purpose="steekproef")
    found = share_of_label("I", verdicts=[*taught, *sampled], group=Group(size=2_000))
    assert isinstance(found, LabelShare)
    assert (found.fraction, found.sample) == (0.1, 100)


def test_a_tie_is_unknown_and_not_a_no() -> None:
    sampled = _said(*["I"] * 30, *[""] * 30, purpose="steekproef")
    tied = [replace(one, labels=frozenset(), tied=frozenset("I"), people=2) for one in _said(*[""] * 90)[60:]]
    tied = [replace(one, purpose="steekproef") for one in tied]
    found = share_of_label("I", verdicts=[*sampled, *tied], group=Group(size=2_000))
    assert isinstance(found, LabelShare)
    assert (found.fraction, found.sample) == (0.5, 60)


def test_predictions_of_only_some_messages_are_refused() -> None:
    said = _said(*["I"] * 30, *[""] * 30, purpose="steekproef")
    with pytest.raises(ValueError, match="every message"):
        share_of_label("I", verdicts=said, group=Group(size=200), predicted={"0": 0.5})


# Progress


@pytest.mark.parametrize("purpose", ["training", "steekproef", "samen"])
def test_the_next_number_only_grows(purpose: str) -> None:
    steps = [progress(count, purpose=purpose) for count in range(500)]
    assert all(one.next_at is None or one.next_at > one.count for one in steps)
    numbers = [one.next_at for one in steps if one.next_at is not None]
    assert all(before <= after for before, after in pairwise(numbers))
    assert steps[-1].next_at is None


def test_one_message_with_both_purposes_belongs_to_the_sample() -> None:
    said = [
        HandLabel(message="1", labels=frozenset("I"), by="aov", on=DAY, purpose=p)
        for p in ("training", "steekproef")
    ]
    assert [one.purpose for one in merge(said)] == ["steekproef"]


@pytest.mark.parametrize(("behind", "is_shown"), [(0, True), (9, False), (10, True)])
def test_a_label_is_told_of_no_fewer_than_ten_people(behind: int, is_shown: bool) -> None:
    said = _said(*["I"] * 30, *[""] * 70, purpose="steekproef")
    senders = {str(place): (date(2022, 4, 7 + place % 3), f"h{place}") for place in range(behind)}
    senders |= {str(place): (date(2022, 4, 7), f"h{place}") for place in range(30, 60)}
    group = Group(size=2_000, people=40, senders=senders)
    found = share_of_label("I", verdicts=said, group=group)
    assert isinstance(found, LabelShare) == is_shown
    one_busy = {str(place): (date(2022, 4, 7), "same") for place in range(30)}
    found = share_of_label("I", verdicts=said, group=replace(group, senders=one_busy))
    assert not isinstance(found, LabelShare)
