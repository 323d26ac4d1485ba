"""A model as bytes and back: numbers and a few lines of metadata, nothing that runs and no text."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np

from regietafel.monitor.engine.labels.classifier import LabelModel, Model
from regietafel.monitor.engine.labels.grams import BUCKETS, LONGEST, SHORTEST, Weighing

VERSION = 1
_MOST_BYTES = 200_000_000
_NUMBERS = ("bias", "slope", "shift")


class ModelUnreadable(ValueError):
    """Bytes that are not a model of this version; ``message`` says so in Dutch."""

    def __init__(self) -> None:
        self.message = (
            "Dit is geen model dat deze versie van Regietafel kan lezen. Maak het opnieuw met “label leer”."
        )
        super().__init__(self.message)


def to_bytes(model: Model) -> bytes:
    """Write a model, the same model always as the same bytes (bytes).

    Args:
        model: what was learned.

    Returns:
        A compressed NumPy archive without pickle: numbers of runs, weights, and metadata as JSON.

    Method: our own layout, version 1.

    >>> from regietafel.monitor.engine.labels.classifier import Example, train
    >>> about = [Example(text=f"waar komt locatie {n}?", labels=frozenset("I")) for n in range(20)]
    >>> other = [Example(text=f"wij helpen graag {n}", labels=frozenset()) for n in range(20)]
    >>> model = train(about + other, seed=1).model
    >>> from_bytes(to_bytes(model)).labels
    ('I',)
    """
    out = io.BytesIO()
    about = np.frombuffer(json.dumps(metadata(model), sort_keys=True).encode(), dtype=np.uint8)
    np.savez_compressed(
        out,
        metadata=about,
        buckets=model.weighing.buckets,
        rarity=model.weighing.rarity,
        weights=np.stack([part.weights for part in model.parts]),
    )
    return out.getvalue()


def metadata(model: Model) -> dict[str, Any]:
    """Say what a model is (metadata).

    Args:
        model: what was learned.

    Returns:
        Version, organisation, numbers of examples and per label its numbers; plain data for JSON.

    Method: our own layout, version 1.

    >>> from regietafel.monitor.engine.labels.classifier import Example, train
    >>> about = [Example(text=f"waar komt locatie {n}?", labels=frozenset("I")) for n in range(20)]
    >>> other = [Example(text=f"wij helpen graag {n}", labels=frozenset()) for n in range(20)]
    >>> metadata(train(about + other, seed=1).model)["voorbeelden"]
    40
    """
    return {
        "versie": VERSION,
        "organisatie": model.organisation,
        "voorbeelden": model.examples,
        "reeksen": [SHORTEST, LONGEST, BUCKETS],
        "labels": [
            {"label": part.label, "positief": part.positives}
            | {name: float(getattr(part, name)) for name in _NUMBERS}
            for part in model.parts
        ],
    }


def from_bytes(content: bytes) -> Model:
    """Read a model that was written by ``to_bytes`` (model).

    Args:
        content: the bytes.

    Returns:
        The model.

    Raises:
        ModelUnreadable: the bytes are something else, of another version, or damaged.

    Method: our own layout, version 1; nothing in it is executed.

    >>> from_bytes(b"something else")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    regietafel.monitor.engine.labels.saving.ModelUnreadable: Dit is geen model ...
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_BYTES:
                raise ModelUnreadable
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in ("metadata", "buckets", "rarity", "weights")}
        about = json.loads(arrays["metadata"].tobytes())
        return _model(about, arrays)
    except (OSError, ValueError, KeyError, TypeError, EOFError, IndexError, zipfile.BadZipFile) as error:
        raise ModelUnreadable from error


def _model(about: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> Model:
    buckets, rarity, weights = (arrays[name] for name in ("buckets", "rarity", "weights"))
    if about["versie"] != VERSION or about["reeksen"] != [SHORTEST, LONGEST, BUCKETS]:
        raise ModelUnreadable
    if not about["labels"] or weights.shape != (len(about["labels"]), len(buckets)):
        raise ModelUnreadable
    if rarity.shape != buckets.shape or not _is_within(buckets):
        raise ModelUnreadable
    parts = tuple(
        LabelModel(label=str(row["label"]), weights=weights[number].astype(np.float32),
                   positives=int(row["positief"]), **{name: float(row[name]) for name in _NUMBERS})
        for number, row in enumerate(about["labels"])
    )  # fmt: skip
    return Model(
        organisation=str(about["organisatie"]),
        examples=int(about["voorbeelden"]),
        weighing=Weighing(buckets.astype(np.int32), rarity.astype(np.float32)),
        parts=parts,
    )


def _is_within(buckets: np.ndarray) -> bool:
    return buckets.ndim == 1 and buckets.dtype.kind == "i" and (
        not len(buckets) or (int(buckets.min()) >= 0 and int(buckets.max()) < BUCKETS)
    )  # fmt: skip
