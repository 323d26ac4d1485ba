"""Which terms say nothing that another term does not say already, whatever the messages are."""

from __future__ import annotations

from collections.abc import Iterator

from regietafel.monitor.engine.query.documents import DOMAIN, TEXT, TITLE
from regietafel.monitor.engine.query.tree import And, Node, Or, Term, Word, walk
from regietafel.monitor.engine.query.words import Token, fold

MOST_COMPARED = 300  # terms side by side; comparing takes the square of it


def superfluous(node: Node) -> Iterator[tuple[Term, Term]]:
    """Give the terms of a question that can go, each with the term beside it that makes it superfluous.

    In a choice the narrower of two terms can go, among words that must all occur the wider.
    """
    for joined in walk(node):
        if not isinstance(joined, And | Or):
            continue
        terms = list(dict.fromkeys(part for part in joined.parts if isinstance(part, Term)))
        gone: set[Term] = set()
        for term in terms[:MOST_COMPARED]:
            others = [other for other in terms[:MOST_COMPARED] if other != term and other not in gone]
            pairs = ((other, term) if isinstance(joined, Or) else (term, other) for other in others)
            stronger = next((other for other, pair in zip(others, pairs, strict=True) if covers(*pair)), None)
            if stronger:
                gone.add(term)
                yield term, stronger


def covers(wide: Term, narrow: Term) -> bool:
    """Tell whether every message that holds the narrow term holds the wide one too.

    >>> from regietafel.monitor.engine.query import parse
    >>> wide, *others = parse("azc* OR azc-bewoners OR #azc OR asielzoeker").terms()
    >>> [covers(wide, other) for other in others]
    [True, False, False]
    """
    zones = {narrow.zone, "" if narrow.zone in (TITLE, TEXT) else narrow.zone}
    return wide.zone in zones and all(
        any(_stands_in(form, within, zone=wide.zone) for form in wide.forms) for within in narrow.forms
    )


def _stands_in(form: tuple[Word, ...], within: tuple[Word, ...], *, zone: str) -> bool:
    starts = range(len(within) - len(form) + 1)
    if zone == DOMAIN:  # a domain is sought from its end
        starts = starts[-1:]
    return any(all(_holds(word, within[at + step]) for step, word in enumerate(form)) for at in starts)


def _holds(wide: Word, narrow: Word) -> bool:
    """Tell whether every word that is the narrow one is the wide one too."""
    if (narrow.open_start and not wide.open_start) or (narrow.open_end and not wide.open_end):
        return False
    if wide.is_exact and not narrow.is_exact:
        return False
    return wide.fits(as_token(narrow))


def as_token(word: Word) -> Token:
    """Give the shortest word of a text that is this word; a ``?`` stays, no letter fits it."""
    written = word.sign + word.letters
    return Token(fold(written), written, 0, len(written))
