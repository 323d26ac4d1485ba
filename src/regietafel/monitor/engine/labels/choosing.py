"""Which message to label next: by lot for a share, and where it teaches most for a model."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from regietafel.monitor.engine.labels.classifier import Model, probabilities
from regietafel.monitor.engine.labels.grams import read_texts, weighing_of
from regietafel.monitor.engine.labels.scheme import MAIN_CODES

ALIKE_FROM = 0.6
_LOOKED_AT = 10  # times the number that is asked for
_FEWEST_LOOKED_AT = 50


def draw_sample(messages: Collection[str], *, size: int, seed: int) -> tuple[str, ...]:
    """Draw messages by lot, to be labelled for shares and never learned from (messages).

    Args:
        messages: all messages of the group; the order does not matter.
        size: how many at most.
        seed: of the lot.

    Returns:
        Different messages, each with the same chance, in the order of the lot: the first hundred of a draw
        of two hundred are themselves a random sample.

    Method: simple random sampling without replacement (cochran-1977).

    >>> draw_sample(["a", "b", "c"], size=2, seed=1) == draw_sample(["c", "b", "a"], size=2, seed=1)
    True
    """
    ordered = sorted(set(messages))
    places = np.random.default_rng(seed).permutation(len(ordered))[:size]
    return tuple(ordered[place] for place in places)


def choose(
    candidates: Mapping[str, str],
    *,
    model: Model | None,
    count: int,
    apart: Collection[str] = (),
    seed: int = 1,
) -> tuple[str, ...]:
    """Choose the messages that teach the model most when a person labels them (messages).

    Args:
        candidates: text per message that is not labelled yet.
        model: what was learned so far, or None: then by lot.
        count: how many at most.
        apart: messages of the random sample; never chosen.
        seed: of the lot, where it decides.

    Returns:
        Messages, the most useful first; of messages that look alike only one.

    Method: lewis-gale-1994, the message whose probability of some main label is nearest to one half; near
        duplicates left out by the cosine of their runs of letters.

    >>> texts = {"1": "Waar komt het azc?", "2": "Waar komt het azc ??", "3": "Mooi weer"}
    >>> choose(texts, model=None, count=3, apart=["3"])
    ('1',)
    """
    sampled = set(apart)
    open_to = [message for message in candidates if message not in sampled]
    messages = draw_sample(open_to, size=len(open_to), seed=seed)
    if not messages or count < 1:
        return ()
    if model is not None:
        unsure = _unsureness(model, [candidates[message] for message in messages])
        messages = tuple(messages[place] for place in np.argsort(unsure, kind="stable"))
    looked_at = messages[: max(_LOOKED_AT * count, _FEWEST_LOOKED_AT)]
    kept = _different([candidates[message] for message in looked_at], count=count)
    return tuple(looked_at[place] for place in kept)


def _unsureness(model: Model, texts: Sequence[str]) -> np.ndarray:
    """Give the distance to one half of the main label that is nearest to it."""
    chances = np.abs(probabilities(model, texts) - 0.5)
    main = [place for place, label in enumerate(model.labels) if label in MAIN_CODES]
    return np.asarray((chances[:, main] if main else chances).min(axis=1))


def _different(texts: Sequence[str], *, count: int) -> list[int]:
    """Keep the first of texts that look alike."""
    read = read_texts(texts)
    features = weighing_of(read.counts, fewest=1).features(read.counts)
    alike = (features @ features.T).tocsr()
    kept: list[int] = []
    dropped: set[int] = set()
    for place in range(len(texts)):
        if place in dropped:
            continue
        kept.append(place)
        if len(kept) == count:
            break
        row = alike[[place]]
        dropped.update(row.indices[row.data >= ALIKE_FROM].tolist())
    return kept
