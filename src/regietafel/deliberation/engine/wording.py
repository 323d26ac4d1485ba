"""How minutes say a term and a condition, on the screen and on paper alike."""

from __future__ import annotations

from datetime import date

from regietafel.deliberation.engine.dues import Term, last_day
from regietafel.kernel import dutch


def term_told(due_on: date | None, *, is_inclusive: bool = True, written: str = "") -> str:
    """Say by when something must be done, so that nobody doubts whether the day itself counts (termijn).

    Args:
        due_on: the day that was named; None when only words are known.
        is_inclusive: whether that day itself still counts.
        written: the words of the meeting, such as "volgend BAO".

    Returns:
        "tot en met" with the day when it counts; "voor" with the day and the last one in time when it does
        not; the words of the meeting when there is no day, and an empty text without any term.

    Source: bron-003 r.123 ("voor 19 april"); that the day itself is then too late is our reading.

    >>> term_told(date(2022, 4, 19), is_inclusive=False), term_told(None, written="volgend BAO")
    ('voor di 19 april 2022 (uiterlijk ma 18 april)', 'volgend BAO')
    """
    if due_on is None:
        return written
    if is_inclusive:
        return f"tot en met {dutch.date(due_on)}"
    last = last_day(Term(due_on=due_on, is_inclusive=False))
    return f"voor {dutch.date(due_on)} (uiterlijk {dutch.date(last).rsplit(' ', 1)[0]})"


def condition_told(kind: str, condition: str) -> str:
    """Say under which condition a decision holds (voorwaarde).

    Args:
        kind: "zolang", "tot", "mits" or "tenzij"; empty without a condition.
        condition: what must be so; it may begin with the same word.

    Returns:
        The word and the condition, the word once; empty without a condition.

    Source: bron-003 r.26, r.104, r.146 (three conditional decisions); our reading.

    >>> condition_told("zolang", "er geen zicht is op een locatie"), condition_told("tot", "Tot het klaar is")
    ('zolang er geen zicht is op een locatie', 'tot het klaar is')
    """
    words = condition.strip()
    if not kind or not words:
        return words
    if kind in words.casefold().split()[:4]:
        return words[:1].lower() + words[1:]
    return f"{kind} {words}"
