"""Cutting a text into clauses of words, with what punctuation says: a question, a shout, a quoted word."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from regietafel.monitor.engine.query.words import fold, normalise

MOST_WORDS = 40
_QUOTED_AT_MOST = 1
_OPENING, _CLOSING = "“„‘\"'«", "”’\"'»"
_WORD = r"[^\W_]+(?:['’](?:s|t|n)\b)?"
_BREAK = r"[.!?…]+|[,;:\n()|]|\s[-–—]\s"
_BUT = frozenset({"maar", "echter", "desondanks", "niettemin"})


@dataclass(slots=True)
class Clause:
    """Some words that belong together: folded, where each stands, and what is said of them all.

    ``is_after_but`` when it begins with "maar"; ``sentence`` numbers the sentences of the text.
    """

    sentence: int
    words: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    is_after_but: bool = False
    is_question: bool = False
    is_shouted: bool = False
    quoted: frozenset[int] = frozenset()


class Reader:
    """Reads texts; ``signs`` are emoji and the like, that count as words."""

    def __init__(self, signs: Collection[str]) -> None:
        alternatives = "|".join(map(re.escape, sorted(signs, key=len, reverse=True)))
        sign = f"(?P<sign>{alternatives})|" if alternatives else ""
        self._token = re.compile(
            rf"{sign}(?P<word>{_WORD})|(?P<break>{_BREAK})|(?P<quote>[{_OPENING}{_CLOSING}])"
        )

    def clauses(self, text: str) -> Iterator[Clause]:
        """Give the clauses of a text, none of more than forty words."""
        normal = normalise(text)
        open_clause, sentence = Clause(0), 0
        quotes = _Quotes()
        for token in self._token.finditer(fold(normal)):
            kind = token.lastgroup
            if kind == "quote":
                quotes.meet(open_clause)
                continue
            ends = kind == "break"
            if ends and token["break"][0] in ".!?…\n":
                sentence += 1
                open_clause.is_question = "?" in token["break"]
                open_clause.is_shouted = "!" in token["break"]
            is_but = not ends and token[0] in _BUT
            if (ends or is_but or len(open_clause.words) >= MOST_WORDS) and open_clause.words:
                yield quotes.marked(open_clause)
                open_clause, quotes = Clause(sentence, is_after_but=is_but), _Quotes()
            open_clause.is_after_but |= is_but
            if ends:
                open_clause.sentence = sentence
            else:
                open_clause.words.append(token[0])
                open_clause.places.append(token.span())
        if open_clause.words:
            yield quotes.marked(open_clause)


class _Quotes:
    """Remembers which words stand alone between quotation marks."""

    def __init__(self) -> None:
        self._opened_at: int | None = None
        self._quoted: set[int] = set()

    def meet(self, clause: Clause) -> None:
        """Open or close a quotation; only one of a word or two says something of those words."""
        here = len(clause.words)
        if self._opened_at is None:
            self._opened_at = here
            return
        if 0 < here - self._opened_at <= _QUOTED_AT_MOST:
            self._quoted |= set(range(self._opened_at, here))
        self._opened_at = None

    def marked(self, clause: Clause) -> Clause:
        """Give the clause with its quoted words."""
        clause.quoted = frozenset(self._quoted)
        return clause
