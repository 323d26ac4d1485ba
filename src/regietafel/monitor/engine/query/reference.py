"""The slow and obvious evaluator: it says what is right, the fast path must agree.

It cuts words character by character and tries every term at every place. Only tests use it.
"""

from __future__ import annotations

from regietafel.monitor.engine.query.tree import And, Node, Not, Term, Word
from regietafel.monitor.engine.query.words import fold_character


def answers(node: Node, title: str, *, text: str) -> bool:
    """Tell whether a message answers a question, the slow way (reference verdict).

    Args:
        node: the tree of a question.
        title: headline, may be empty.
        text: body, may be empty.

    Returns:
        True when the message answers the question.

    Method: direct evaluation of the tree over every position of both texts.
    """
    if isinstance(node, Term):
        return any(_stands_in(form, words) for form in node.forms for words in (_words(title), _words(text)))
    if isinstance(node, Not):
        return not answers(node.part, title, text=text)
    if isinstance(node, And):
        return all(answers(part, title, text=text) for part in node.parts)
    return any(answers(part, title, text=text) for part in node.parts)


def _words(text: str) -> list[str]:
    folded = "".join("".join(map(fold_character, fold_character(character))) for character in text)
    words: list[str] = []
    current = ""
    before = " "
    for character in folded + " ":
        is_letter = character.isalnum() or character == "_"
        if is_letter:
            sign = before if not current and before in "#@" else ""
            current += sign + character
        elif current:
            words.append(current)
            current = ""
        glued = character in "#@" and (before.isalnum() or before == "_")
        before = " " if glued else character
    return words


def _stands_in(form: tuple[Word, ...], words: list[str]) -> bool:
    places = range(len(words) - len(form) + 1)
    return any(all(wanted.fits(words[place + step]) for step, wanted in enumerate(form)) for place in places)
