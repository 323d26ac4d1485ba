"""A machine that proposes labels, taught by the labels of one organisation, and only by those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from regietafel.kernel.dutch import counted
from regietafel.monitor.engine.labels.answers import TRAINING, Verdict
from regietafel.monitor.engine.labels.fitting import calibrate, fit
from regietafel.monitor.engine.labels.grams import (
    ReadTexts,
    Weighing,
    grams_of,
    read_texts,
    weighing_of,
)
from regietafel.monitor.engine.labels.quality import Quality, quality_of
from regietafel.monitor.engine.labels.scheme import MAIN_CODES

FEWEST_LABELS, FEWEST_OF_MAIN, FEWEST_OF_SUB = 30, 8, 20
PROPOSES_FROM = 0.6
PROPOSAL, QUESTION, NO = "voorstel", "vraag", "niet"
_FOLDS = 5
_AT_ONCE = 5_000


class TooFewLabels(ValueError):
    """There are not enough labels to learn from; ``message`` says what is lacking, in Dutch."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ForeignModel(ValueError):
    """A model was taught by another organisation, or examples are of more than one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text with what people of one organisation answered about it."""

    text: str
    labels: frozenset[str]
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelModel:
    """What was learned of one label; ``slope`` and ``shift`` turn scores into probabilities that hold."""

    label: str
    weights: np.ndarray
    bias: float
    slope: float
    shift: float
    positives: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What was learned: numbers of runs of letters with their weights; no word and no text."""

    organisation: str
    examples: int
    weighing: Weighing
    parts: tuple[LabelModel, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels it proposes."""
        return tuple(part.label for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A model, how good it is per label, and which labels it cannot propose yet, with the reason in Dutch."""

    model: Model
    quality: tuple[Quality, ...]
    lacking: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelProposal:
    """What the machine thinks of one label for one message; it never counts as the answer of a person."""

    label: str
    probability: float

    @property
    def state(self) -> str:
        """Voorstel from 0.6, vraag between 0.4 and 0.6, otherwise niet."""
        if self.probability >= PROPOSES_FROM:
            return PROPOSAL
        return QUESTION if self.probability > 1 - PROPOSES_FROM else NO


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the machine thinks of one message: per label a probability."""

    labels: tuple[LabelProposal, ...]

    @property
    def state(self) -> str:
        """Vraag when it is unsure of any label, so that a person looks first; otherwise voorstel."""
        return QUESTION if any(label.state == QUESTION for label in self.labels) else PROPOSAL

    @property
    def proposed(self) -> tuple[str, ...]:
        """The labels it proposes; none of these when there are none."""
        return tuple(label.label for label in self.labels if label.state == PROPOSAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordWeight:
    """A word of a text and how much it argues for (above 0) or against a label, in log odds."""

    word: str
    weight: float


def training_examples(
    verdicts: Iterable[Verdict], *, texts: Mapping[str, str], organisation: str = ""
) -> tuple[Example, ...]:
    """Give what may be learned from (examples).

    Args:
        verdicts: what people together say per message.
        texts: the text of each message that is still kept.
        organisation: whose labels these are.

    Returns:
        Examples of messages with a text and a clear verdict, without those of the random sample: what
        measures shares must never teach the machine it corrects.

    Method: angelopoulos-2023 (the hand labels that correct must be independent of those that train).

    >>> said = Verdict(message="1", labels=frozenset("I"), people=1)
    >>> len(training_examples([said], texts={"1": "Waar komt het azc?"}))
    1
    >>> training_examples([said], texts={})
    ()
    """
    return tuple(
        Example(text=texts[verdict.message], labels=verdict.labels, organisation=organisation)
        for verdict in verdicts
        if verdict.purpose == TRAINING and not verdict.is_open and verdict.message in texts
    )


def train(examples: Sequence[Example], *, seed: int) -> Trained:
    """Teach a model by the labels of one organisation (trained model).

    Args:
        examples: texts with labels of people; at least 30.
        seed: of the folds that quality is measured with.

    Returns:
        A model with a part per main label with at least 8 examples with and 8 without it, and per
        sub-label with at least 20; the quality of each part on examples it was not taught by; and what the
        other labels lack.

    Raises:
        TooFewLabels: there is no label to learn yet.
        ForeignModel: the examples are of more than one organisation.

    Method: logistic regression with an L2 penalty on runs of letters, hashed after weinberger-2009; scores
        become probabilities after platt-1999, on cross-validated scores. No balancing of labels, because
        that would spoil the probabilities.

    >>> about = [Example(text=f"waar komt locatie {n} precies?", labels=frozenset("I")) for n in range(20)]
    >>> other = [Example(text=f"wij helpen graag met spullen {n}", labels=frozenset("S")) for n in range(20)]
    >>> trained = train(about + other, seed=1)
    >>> trained.model.labels, sorted(trained.lacking)
    (('I', 'S'), ['B'])
    """
    if len({example.organisation for example in examples}) > 1:
        raise ForeignModel("A model learns from the labels of one organisation only.")
    lacking = _lacking(examples)
    labels = [label for label in _labels_of(examples) if label not in lacking]
    if not labels:
        raise TooFewLabels(_too_few(len(examples), lacking))
    read = read_texts([example.text for example in examples])
    weighing = weighing_of(read.counts)
    features = weighing.features(read.counts)
    folds = _folds([example.text for example in examples], seed=seed)
    held_out = _Held(read, folds)
    parts, quality = [], []
    for label in labels:
        answers = np.array([label in example.labels for example in examples], dtype=float)
        scores = held_out.scores(answers)
        weights, bias = fit(features, answers)
        slope, shift = calibrate(scores, answers)
        parts.append(LabelModel(label=label, weights=weights, bias=bias, slope=slope, shift=shift,
                                positives=int(answers.sum())))  # fmt: skip
        quality.append(quality_of(label, scores=scores, answers=answers, folds=folds))
    model = Model(organisation=examples[0].organisation, examples=len(examples), weighing=weighing,
                  parts=tuple(parts))  # fmt: skip
    return Trained(model=model, quality=tuple(quality), lacking=lacking)


def probabilities(model: Model, texts: Sequence[str]) -> np.ndarray:
    """Compute how likely each label is for each text (probabilities).

    Args:
        model: what was learned.
        texts: messages, cleaned and masked as they are kept.

    Returns:
        An array of texts × labels of the model, from 0 to 1.

    Method: logistic regression with calibration after platt-1999.

    >>> about = [Example(text=f"waar komt locatie {n} precies?", labels=frozenset("I")) for n in range(20)]
    >>> other = [Example(text=f"wij helpen graag met spullen {n}", labels=frozenset()) for n in range(20)]
    >>> model = train(about + other, seed=1).model
    >>> (probabilities(model, ["waar komt dat precies?", "wij helpen"]) > 0.5).tolist()
    [[True], [False]]
    """
    weights = np.stack([part.weights for part in model.parts], axis=1)
    bias, slope, shift = (
        np.array([getattr(part, name) for part in model.parts]) for name in ("bias", "slope", "shift")
    )
    found = [np.empty((0, len(model.parts)))]
    for start in range(0, len(texts), _AT_ONCE):
        features = model.weighing.features(read_texts(texts[start : start + _AT_ONCE]).counts)
        found.append(expit((features @ weights + bias) * slope + shift))
    return np.concatenate(found)


def propose(model: Model, texts: Sequence[str], *, organisation: str = "") -> tuple[Proposal, ...]:
    """Propose labels for messages (proposals).

    Args:
        model: what was learned.
        texts: messages, cleaned and masked as they are kept.
        organisation: whose messages these are.

    Returns:
        One proposal per text, in order, with a probability from 0 to 1 per label of the model.

    Raises:
        ForeignModel: the model was taught by another organisation.

    Method: logistic regression with calibration after platt-1999; from 0.6 it proposes, between 0.4 and 0.6
        it asks, which are our choices.

    >>> about = [Example(text=f"waar komt locatie {n} precies?", labels=frozenset("I")) for n in range(20)]
    >>> other = [Example(text=f"wij helpen graag met spullen {n}", labels=frozenset()) for n in range(20)]
    >>> model = train(about + other, seed=1).model
    >>> propose(model, ["waar komt dat precies?"])[0].proposed
    ('I',)
    """
    if model.organisation != organisation:
        raise ForeignModel("A model proposes labels to its own organisation only.")
    return tuple(
        Proposal(labels=tuple(LabelProposal(label=label, probability=chance)
                              for label, chance in zip(model.labels, row, strict=True)))
        for row in probabilities(model, texts).tolist()
    )  # fmt: skip


def words_behind(model: Model, text: str, *, label: str, most: int = 5) -> tuple[WordWeight, ...]:
    """Say which words of a text made the probability of a label what it is (words).

    Args:
        model: what was learned.
        text: the message, as it was proposed a label for.
        label: one of the labels of the model.
        most: how many words at most.

    Returns:
        The words that weigh most, in log odds, for or against; computed from the text itself, because the
        model knows no words.

    Raises:
        KeyError: the model does not know the label.

    Method: the score of a linear model is a sum; each run of letters gives its share to the words it is in.

    >>> about = [Example(text=f"waar komt locatie {n} precies?", labels=frozenset("I")) for n in range(20)]
    >>> other = [Example(text=f"wij helpen graag met spullen {n}", labels=frozenset()) for n in range(20)]
    >>> model = train(about + other, seed=1).model
    >>> [found.word for found in words_behind(model, "waar komen de spullen", label="I", most=1)]
    ['spullen']
    """
    part = next((part for part in model.parts if part.label == label), None)
    if part is None:
        raise KeyError(label)
    read = read_texts([text])
    features = model.weighing.features(read.counts)
    given = features.indices, features.data * part.weights[features.indices] * part.slope
    worth = dict(zip(model.weighing.buckets[given[0]].tolist(), given[1].tolist(), strict=True))
    return _heaviest(read, worth)[:most]


def _heaviest(read: ReadTexts, worth: Mapping[int, float]) -> tuple[WordWeight, ...]:
    """Share the worth of each run over the words that hold it."""
    times = dict(zip(read.word_counts.indices.tolist(), read.word_counts.data.tolist(), strict=True))
    grams = {number: Counter(grams_of(word)) for number, word in enumerate(read.words)}
    total: Counter[int] = Counter()
    for number, runs in grams.items():
        total.update({run: int(times[number] * count) for run, count in runs.items()})
    words = (
        WordWeight(word=read.words[number],
                   weight=sum(worth.get(run, 0.0) * times[number] * count / total[run]
                              for run, count in runs.items()))
        for number, runs in grams.items()
    )  # fmt: skip
    return tuple(
        sorted((word for word in words if word.weight), key=lambda word: (-abs(word.weight), word.word))
    )


class _Held:
    """Scores of examples by models that were not taught by them."""

    def __init__(self, read: ReadTexts, folds: np.ndarray) -> None:
        self._folds = folds
        self._sets = []
        for fold in range(_FOLDS):
            rest = read.counts[folds != fold]
            weighing = weighing_of(rest)
            self._sets.append((weighing.features(rest), weighing.features(read.counts[folds == fold])))

    def scores(self, answers: np.ndarray) -> np.ndarray:
        """Give the score of each example."""
        scores = np.zeros(len(answers))
        for fold, (taught, left_out) in enumerate(self._sets):
            weights, bias = fit(taught, answers[self._folds != fold])
            scores[self._folds == fold] = left_out @ weights + bias
        return scores


def _folds(texts: Sequence[str], *, seed: int) -> np.ndarray:
    """Divide examples over folds by lot; the same text is never on both sides."""
    known: dict[str, int] = {}
    groups = np.array([known.setdefault(" ".join(text.lower().split()), len(known)) for text in texts])
    places = np.random.default_rng(seed).permutation(len(known)) % _FOLDS
    return np.asarray(places[groups])


def _labels_of(examples: Sequence[Example]) -> list[str]:
    """Give the labels that occur, main labels first."""
    seen = {label for example in examples for label in example.labels}
    return [*MAIN_CODES, *sorted(seen.difference(MAIN_CODES))]


def _lacking(examples: Sequence[Example]) -> dict[str, str]:
    """Say of each label that cannot be learned yet what is lacking."""
    counts = Counter(label for example in examples for label in example.labels)
    lacking = {}
    for label in _labels_of(examples):
        fewest = FEWEST_OF_MAIN if label in MAIN_CODES else FEWEST_OF_SUB
        without = len(examples) - counts[label]
        if len(examples) < FEWEST_LABELS:
            lacking[label] = f"{len(examples)} berichten gelabeld, nodig zijn er {FEWEST_LABELS}"
        elif counts[label] < fewest:
            lacking[label] = f"{counts[label]} keer gegeven, nodig is {fewest}"
        elif without < fewest:
            lacking[label] = f"{without} keer niet gegeven, nodig is {fewest}"
    return lacking


def _too_few(count: int, lacking: Mapping[str, str]) -> str:
    if count < FEWEST_LABELS:
        seen = counted(count, one="gelabeld bericht", many="gelabelde berichten")
        return f"Om van te leren: {seen}. Vanaf {FEWEST_LABELS} kan er een voorstel komen."
    told = "; ".join(f"{label}: {why}" for label, why in lacking.items())
    return f"Van geen label zijn er genoeg voorbeelden ({told})."
