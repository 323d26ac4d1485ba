"""Hiding the names of private persons in the texts of one message."""

from __future__ import annotations

from collections.abc import Sequence

from regietafel.monitor.engine.privacy.in_text.finding import Finder, ranges
from regietafel.monitor.engine.privacy.in_text.lexicon import Lexicon
from regietafel.monitor.engine.privacy.in_text.words import Words

MARK = "[naam]"


def name_spans(text: str, *, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Say where the names of private persons stand in a text (masking).

    Args:
        text: plain text.
        lexicon: what each word may be.

    Returns:
        Begin and end of each name, in characters, in order.

    Method: lists of names, words around them and capitals; see decision 0018.
    """
    words = Words(text, lexicon)
    finder = Finder(words)
    finder.run()
    if not finder.names:
        return []
    places = words.places
    return sorted((places[start][0], places[end - 1][1]) for start, end in ranges(finder))


def hide_names(texts: Sequence[str], *, lexicon: Lexicon) -> tuple[list[str], int]:
    hidden, total = [], 0
    for text in texts:
        spans = name_spans(text, lexicon=lexicon)
        for start, end in reversed(spans):
            text = text[:start] + MARK + text[end:]
        total += len(spans)
        hidden.append(text)
    return hidden, total
