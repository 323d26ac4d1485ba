"""Whether one message copies another, seen from their signatures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regietafel.monitor.engine.stories.signing import Signature

FEWEST_WORDS = 3  # fewer say too little to be a story of more than one message
_FEW_WORDS = 6  # fewer must be equal, or nearly
_FEWEST_TESTED = 4  # runs that both samples can hold
_SHARED = 0.5
_SHARED_FEW_RUNS, _SURE_OF_FEW_RUNS, _FEW_RUNS = 0.6, 0.8, 10
_SHARED_SHORT_IN_LONG, _MUCH_LONGER = 0.7, 3
_LONGER = 2  # times as long: no other filling-in of the same form
_LIKE_WORDS, _RATHER_LIKE_WORDS = 0.75, 0.65
_SHARED_OTHER_HEADLINE, _SAME_HEADLINE = 0.65, 0.5
_QUOTED, _QUOTED_UNDER_HEADLINE, _QUOTED_RUNS, _MOST_OWN_RUNS, _POST_WORDS = 0.3, 0.4, 5, 20, 80
_FEW_FOR_A_POST = 40
_HEADLINE, _HEADLINE_RUNS, _ALL_OF_HEADLINE_RUNS = 0.8, 2, 4
_OTHER_FACTS, _OTHER_FACTS_IN_LONGER, _OTHER_FACTS_IN_FORM, _FORM_RUNS = 0.4, 0.6, 0.2, 40
_FACTS_MAY_DIFFER, _FACTS_MAY_DIFFER_RUNS, _ONE_MAY_DIFFER_RUNS = 0.85, 30, 20


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of the shorter text stands in the longer one: runs shared, and their share of 1."""

    shared: int
    containment: float

    @property
    def own(self) -> float:
        """Give the number of runs that only the shorter text has."""
        return self.shared / self.containment - self.shared if self.shared else 0.0


def is_longer(one: Signature, other: Signature) -> bool:
    """Tell whether the first has more of a story to tell; of equals neither."""
    return (one.total, one.words) > (other.total, other.words)


def compare(one: Signature, other: Signature) -> Likeness | None:
    """Say how alike two messages are when one copies the other (likeness).

    Args:
        one: a signature.
        other: a signature made with the same key; the order does not matter.

    Returns:
        The likeness, or None when they are different news.

    Method: broder-1997 (containment), with thresholds of our own for short texts and quotes, and a veto
        of facts: when half of the numbers and names of the shorter text are absent from the longer one, a
        fixed form was filled in anew.

    >>> from regietafel.monitor.engine.stories.signing import sign
    >>> one, other = sign([("Azc in Borne gaat na de zomer open", ""), ("Wolf gezien in het veen", "")])
    >>> compare(one, one), compare(one, other)
    (Likeness(shared=6, containment=1.0), None)
    """
    short, long = (other, one) if is_longer(one, other) else (one, other)
    if short.words < FEWEST_WORDS:
        return None
    if short.digest == long.digest:
        return Likeness(short.total, 1.0)
    if short.words < _FEW_WORDS:
        return _nearly_equal(short, long)
    found = _likeness(short, long)
    if found is None or _tells_other_facts(short, long, found=found):
        return None
    return found if _is_enough(short, long, found=found) else None


def _nearly_equal(short: Signature, long: Signature) -> Likeness | None:
    """Let a few words join one word more (a fact more is other news), or the headline they repeat."""
    if short.words > FEWEST_WORDS and not len(short.title) and short.total == len(long.title):
        repeated = _shared(short.shingles, long.title)
        return Likeness(repeated, 1.0) if repeated == short.total else None
    same = len(short.bag) and _shared(short.bag, long.bag) == len(short.bag)
    if same and FEWEST_WORDS < short.words >= long.words - 1 and len(long.facts) == len(short.facts):
        return Likeness(short.total, 1.0)
    return None


def _likeness(short: Signature, long: Signature) -> Likeness | None:
    """Count in the part of both texts that their samples cover."""
    shingles = short.shingles
    if long.total > len(long.shingles):
        shingles = shingles[: np.searchsorted(shingles, long.shingles[-1], side="right")]
    if len(shingles) < min(_FEWEST_TESTED, short.total) or not len(shingles):
        return None
    shared = _shared(shingles, long.shingles)
    return Likeness(shared, shared / len(shingles))


def _tells_other_facts(short: Signature, long: Signature, *, found: Likeness) -> bool:
    if not len(short.facts) or _is_post_on(short, long):
        return False
    if found.containment >= _FACTS_MAY_DIFFER and short.total >= _FACTS_MAY_DIFFER_RUNS:
        return False
    missing = len(short.facts) - _shared(short.facts, long.facts)
    if missing == 1 and short.total >= _ONE_MAY_DIFFER_RUNS and long.total >= _LONGER * short.total:
        return False
    return missing > 0 and missing >= _most_other_facts(short, long, found=found) * len(short.facts)


def _most_other_facts(short: Signature, long: Signature, *, found: Likeness) -> float:
    """Give the share of other facts that makes other news; a form filled in anew is about as long."""
    if long.total >= _LONGER * short.total:
        return _OTHER_FACTS_IN_LONGER
    is_form = short.total < _FORM_RUNS and found.containment < _FACTS_MAY_DIFFER
    return _OTHER_FACTS_IN_FORM if is_form else _OTHER_FACTS


def _is_enough(short: Signature, long: Signature, *, found: Likeness) -> bool:
    if found.containment >= _needed(short, long):
        is_sure = short.total >= _FEW_RUNS or found.containment >= _SURE_OF_FEW_RUNS
        return is_sure or not len(long.bag) or _like_words(short, long, least=_RATHER_LIKE_WORDS)
    if not found.shared or short.words > _POST_WORDS:
        return False
    return _like_words(short, long) or _quotes(short, long, found=found) or _quotes_headline(short, long)


def _needed(short: Signature, long: Signature) -> float:
    if short.total >= _FEW_RUNS:
        return _SHARED_OTHER_HEADLINE if has_other_headline(short, long) else _SHARED
    is_much_longer = long.total >= _MUCH_LONGER * short.total
    return _SHARED_SHORT_IN_LONG if is_much_longer else _SHARED_FEW_RUNS


def _is_post_on(short: Signature, long: Signature) -> bool:
    """Tell whether the shorter can only be a post on the longer: much shorter, and without a headline."""
    return not len(short.title) and long.total >= _LONGER * short.total


def has_other_headline(short: Signature, long: Signature) -> bool:
    """Tell whether both have a headline and that of the shorter is nowhere in the longer."""
    if not (len(short.title) and len(long.title)):
        return False
    return _shared(short.title, long.shingles) < _SAME_HEADLINE * len(short.title)


def _like_words(short: Signature, long: Signature, *, least: float = _LIKE_WORDS) -> bool:
    """Tell whether two short texts use the same words, up to a slip of the pen."""
    if not (len(short.bag) and len(long.bag)):
        return False
    shared = _shared(short.bag, long.bag)
    return shared >= least * (len(short.bag) + len(long.bag) - shared)


def _quotes(short: Signature, long: Signature, *, found: Likeness) -> bool:
    """Tell whether a post with words of its own repeats a stretch of a longer text."""
    if found.shared < _QUOTED_RUNS or found.own > _MOST_OWN_RUNS or long.total < _LONGER * short.total:
        return False
    return found.containment >= (_QUOTED_UNDER_HEADLINE if len(short.title) else _QUOTED)


def _quotes_headline(short: Signature, long: Signature) -> bool:
    """Tell whether a post repeats the headline of the other."""
    if (len(short.title) and short.words > _FEW_FOR_A_POST) or len(long.title) < _HEADLINE_RUNS:
        return False
    share = _HEADLINE if len(long.title) > _ALL_OF_HEADLINE_RUNS else 1
    return _shared(long.title, short.shingles) >= share * len(long.title)


def _shared(few: NDArray[np.unsignedinteger], many: NDArray[np.unsignedinteger]) -> int:
    """Count what two sorted arrays have in common."""
    if not (len(few) and len(many)):
        return 0
    places = np.searchsorted(many, few)
    places[places == len(many)] = 0
    return int(np.count_nonzero(many[places] == few))
