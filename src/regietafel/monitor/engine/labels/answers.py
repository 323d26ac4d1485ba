"""What people answered about a message, and what several of them say together.

Answers of people and proposals of a machine are different types, so that one never counts as the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from regietafel.monitor.engine.labels.scheme import NONE, SKIP, Scheme

TRAINING, SAMPLE = "training", "steekproef"
PURPOSES = (TRAINING, SAMPLE)
_BETWEEN = re.compile(r"[\s,+|]+")


class AnswerRejected(ValueError):
    """An answer cannot be read; ``message`` says why, in Dutch."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class HandLabel:
    """What one person answered about one message, on a day; ``by`` is a role, never a name.

    No labels and not skipped means: none of these. ``purpose`` is training or steekproef.
    """

    message: str
    labels: frozenset[str]
    by: str
    on: date
    purpose: str = TRAINING
    is_skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What people together say about a message; ``disagreed`` are the labels to talk about.

    ``tied`` are labels that as many people gave as not: unknown until they have talked.
    """

    message: str
    labels: frozenset[str]
    people: int
    purpose: str = TRAINING
    disagreed: frozenset[str] = frozenset()
    tied: frozenset[str] = frozenset()

    @property
    def is_open(self) -> bool:
        """Whether nobody answered, or some label is tied; nothing is learned from it then."""
        return not self.people or bool(self.tied)

    def tells(self, label: str) -> bool:
        """Whether it is known if the message has this label."""
        return self.people > 0 and label not in self.tied


def read_answer(text: str, *, scheme: Scheme) -> frozenset[str] | None:
    """Read the codes of an answer (labels).

    Args:
        text: codes with a comma or space between, or only "geen" or "overslaan".
        scheme: the labels there are.

    Returns:
        The labels with the main label of each sub-label; empty for "geen", None for "overslaan".

    Raises:
        AnswerRejected: a code is unknown, or "geen" or "overslaan" stands beside another code.

    Source: bron-004, §8.2 (labels on relevant messages); more labels on one message are allowed.

    >>> from regietafel.monitor.engine.labels.scheme import Scheme
    >>> sorted(read_answer("I, S", scheme=Scheme(())))
    ['I', 'S']
    >>> read_answer("geen", scheme=Scheme(())), read_answer("overslaan", scheme=Scheme(()))
    (frozenset(), None)
    """
    codes = [code for code in _BETWEEN.split(text.strip()) if code]
    if not codes:
        raise AnswerRejected("Er staat geen label. Schrijf “geen” als geen label past, of “overslaan”.")
    if codes in ([NONE], [SKIP]):
        return None if codes == [SKIP] else frozenset()
    if {NONE, SKIP}.intersection(codes):
        raise AnswerRejected("“geen” en “overslaan” kunnen niet naast een ander label staan.")
    if unknown := [code for code in codes if code not in scheme.main_of]:
        raise AnswerRejected(f"Het label “{unknown[0]}” is niet bekend.")
    return frozenset(codes) | {scheme.main_of[code] for code in codes}


def merge(answers: Iterable[HandLabel]) -> tuple[Verdict, ...]:
    """Put the answers of several people on one message together (verdicts).

    Args:
        answers: one per person per message; order does not matter.

    Returns:
        One verdict per message, by message. A label holds when more than half of those who did not skip gave
        it. Where as many gave it as not, it is tied: unknown. A message that someone
        labelled for the sample belongs to the sample.

    Method: simple majority per label; what people disagreed about is kept to talk about.

    >>> day = date(2026, 3, 2)
    >>> said = [HandLabel(message="1", labels=frozenset(given), by="adviseur-oov", on=day)
    ...         for given in ("I", "IB", "I")]
    >>> [(sorted(one.labels), sorted(one.disagreed), one.people) for one in merge(said)]
    [(['I'], ['B'], 3)]
    """
    per_message: dict[str, list[HandLabel]] = {}
    for answer in answers:
        per_message.setdefault(answer.message, []).append(answer)
    return tuple(_verdict(message, per_message[message]) for message in sorted(per_message))


def _verdict(message: str, answers: Sequence[HandLabel]) -> Verdict:
    given = [answer for answer in answers if not answer.is_skipped]
    votes = Counter(label for answer in given for label in answer.labels)
    purpose = SAMPLE if any(answer.purpose == SAMPLE for answer in answers) else TRAINING
    return Verdict(
        message=message,
        labels=frozenset(label for label, count in votes.items() if 2 * count > len(given)),
        people=len(given),
        purpose=purpose,
        disagreed=frozenset(label for label, count in votes.items() if count < len(given)),
        tied=frozenset(label for label, count in votes.items() if 2 * count == len(given)),
    )
