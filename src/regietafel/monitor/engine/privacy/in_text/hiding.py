"""Hiding the names of private persons in the texts of one message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regietafel.monitor.engine.privacy.in_text.finding import Finder, Range
from regietafel.monitor.engine.privacy.in_text.lexicon import Lexicon
from regietafel.monitor.engine.privacy.in_text.words import Words

MARK = "[naam]"
_LONGEST_SURNAME = 2


def name_spans(texts: Sequence[str], *, lexicon: Lexicon) -> list[list[tuple[int, int]]]:
    """Say where the names of private persons stand in the texts of one message (masking).

    Args:
        texts: plain texts that belong together, such as a title and a text.
        lexicon: what each word may be.

    Returns:
        For each text the begin and end of each name, in characters, in order.

    Method: lists of names, the words around them and capitals (decision 0018). Who is named in full is
        recognised by surname in the rest of the message; who holds an office stays, there too.

    >>> from regietafel.monitor.engine.privacy.names import NameLists
    >>> lists = NameLists(given_names=frozenset({"jan"}), surnames=frozenset({"jansen", "pieters"}))
    >>> lexicon = Lexicon(lists, contexts={"ambt": ["wethouder"]}, holders={})
    >>> name_spans(["Brief van Jan Jansen", "Wethouder Pieters las hem"], lexicon=lexicon)
    [[(10, 20)], []]
    """
    finders = [Finder(Words(text, lexicon)) for text in texts]
    for finder in finders:
        finder.run()
    if not any(finder.names for finder in finders):
        return [[] for _ in texts]
    public = {word for finder in finders for word in finder.last_words(finder.kept)}
    private = {word for finder in finders for word in finder.last_words(finder.names, is_full=True)} - public
    return [_spans(finder, public=public, private=private) for finder in finders]


def hide_names(texts: Sequence[str], *, lexicon: Lexicon) -> tuple[list[str], int]:
    """Put ``[naam]`` in the place of the names of private persons (masking).

    Args:
        texts: plain texts that belong together, such as a title and a text.
        lexicon: what each word may be.

    Returns:
        The texts, and how many names were hidden.

    Method: see ``name_spans``.

    >>> from regietafel.monitor.engine.privacy.names import NameLists
    >>> lists = NameLists(given_names=frozenset({"jan"}), surnames=frozenset({"jansen"}))
    >>> hide_names(["Volgens Jan Jansen valt het mee."], lexicon=Lexicon(lists, contexts={}, holders={}))
    (['Volgens [naam] valt het mee.'], 1)
    """
    spans = name_spans(texts, lexicon=lexicon)
    hidden = [_hidden(text, found) for text, found in zip(texts, spans, strict=True)]
    return hidden, sum(map(len, spans))


def _hidden(text: str, spans: Sequence[tuple[int, int]]) -> str:
    ends = [0, *(end for _start, end in spans)]
    starts = [*(start for start, _end in spans), len(text)]
    return MARK.join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _spans(finder: Finder, *, public: set[str], private: set[str]) -> list[tuple[int, int]]:
    words = finder.words
    found = [*_not_public(finder, public), *_mentioned_again(finder, private)]
    return sorted((words.places[start][0], words.places[end - 1][1]) for start, end in found)


def _not_public(finder: Finder, public: set[str]) -> Iterator[Range]:
    """Give the names found, without the surname alone of somebody who holds an office in this message."""
    for start, end in finder.names:
        if end - start > _LONGEST_SURNAME or finder.words.folded[end - 1] not in public:
            yield start, end


def _mentioned_again(finder: Finder, private: set[str]) -> Iterator[Range]:
    """Give the later mentions, by surname, of who was named in full."""
    words = finder.words
    if private.isdisjoint(words.folded):
        return
    taken = {at for start, end in (*finder.names, *finder.kept) for at in range(start, end)}
    words.place_all()
    for at, word in enumerate(words.folded):
        if word in private and at not in taken and words.is_capital(at) and len(word) > 1:
            yield at, at + 1
