"""Cutting a question into signs: words, "phrases", operators and brackets, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from regietafel.monitor.engine.query.tree import Term, Word
from regietafel.monitor.engine.query.words import SIGNS, fold, split_words

OPERATORS = {"AND": "AND", "EN": "AND", "OR": "OR", "OF": "OR", "NOT": "NOT", "NIET": "NOT"}
MAX_FORMS = 8

_QUOTES = dict.fromkeys(map(ord, "“”„‟«»″＂"), '"')
_SIGN = re.compile(
    r'(?P<space>\s+)|(?P<bracket>[()])|"(?P<phrase>[^"]*)"|<(?P<blank>[^<>]*)>|(?P<word>[^\s()"<>]+)'
)
_JOINED = re.compile(r"[#@]?\w+(?:[-'’‘`´/‐‑–]\w+)+")
_FIELD = re.compile(r"(titel|tekst|bron|domein|taal|plaats|label|url|soort|sinds|tot):", re.IGNORECASE)
_AUTHOR = re.compile(r"(auteur|author|from|van|account|user|gebruiker):", re.IGNORECASE)
_NEAR = re.compile(r"O?NEAR(/\d+)?|NABIJ\d+|NAAST\d+")
_NOT_YET = (
    (
        _AUTHOR,
        "Zoeken op wie iets schreef kan niet: de monitor volgt geen personen.",
        "Zoek op het onderwerp.",
    ),
    (_FIELD, "Zoeken in één veld kan nog niet.", "Laat het veld en de dubbele punt weg."),
    (
        _NEAR,
        "Zoeken op woorden dicht bij elkaar kan nog niet.",
        "Gebruik AND, of een woordgroep tussen aanhalingstekens.",
    ),
    (
        re.compile(r".*~"),
        "Het teken ~ kan nog niet.",
        "Gebruik AND, of een woordgroep tussen aanhalingstekens.",
    ),
    (
        re.compile(r".*\?"),
        "Het vraagteken als vervangteken kan nog niet.",
        "Schrijf de woorden uit met OR ertussen.",
    ),
    (re.compile(r"[=^]|.*\^"), "De tekens = en ^ kunnen nog niet.", "Laat het teken weg."),
    (
        re.compile(r"[-–!]"),
        "Uitsluiten doet u met een woord, niet met een teken.",
        "Schrijf NOT (of NIET) voor het woord.",
    ),
    (
        re.compile(r"\+"),
        "Een plus voor een woord kan niet.",
        "Laat de plus weg: alle woorden moeten al voorkomen.",
    ),
)


class QueryError(ValueError):
    """A question that cannot be read: what is wrong, where, and what to write instead (Dutch)."""

    def __init__(self, message: str, *, line: int = 1, column: int = 1, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.suggestion = suggestion

    def caret(self, text: str) -> str:
        """Give the line of the question with a caret under the place."""
        lines = text.split("\n")
        return f"{lines[self.line - 1]}\n{' ' * (self.column - 1)}^"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a question: ``kind`` is term, AND, OR, NOT, ( or ), and where it starts."""

    kind: str
    at: int
    term: Term | None = None


class Lexer:
    """Reads signs from one question and makes errors that point at their place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain = text.translate(_QUOTES)

    def error(self, message: str, at: int, *, suggestion: str = "") -> QueryError:
        """Make an error that points at a place in the question."""
        before = self.text[:at]
        line_start = before.rfind("\n") + 1
        return QueryError(
            message, line=before.count("\n") + 1, column=at - line_start + 1, suggestion=suggestion
        )

    def signs(self) -> Iterator[Sign]:
        """Give the signs one by one."""
        at = 0
        while at < len(self._plain):
            match = _SIGN.match(self._plain, at)
            if match is None:
                raise self._unmatched(at)
            if match.lastgroup != "space":
                yield from self._sign(match)
            at = match.end()

    def _unmatched(self, at: int) -> QueryError:
        if self._plain[at] == '"':
            return self.error(
                "Dit aanhalingsteken wordt niet gesloten.",
                at,
                suggestion='Zet ook achter de woordgroep een ".',
            )
        return self.error(
            f"Het teken {self._plain[at]} staat alleen.",
            at,
            suggestion="Zet een invulplek zo: <plaatsnaam>, of laat het teken weg.",
        )

    def _sign(self, match: re.Match[str]) -> Iterator[Sign]:
        written, at = match.group(), match.start()
        if match.lastgroup == "bracket":
            yield Sign(written, at)
        elif match.lastgroup == "blank":
            name = " ".join(match["blank"].split())
            raise self.error(
                f"De invulplek <{name}> is nog niet ingevuld.",
                at,
                suggestion=f"Vervang <{name}> door het woord dat u bedoelt.",
            )
        elif match.lastgroup == "phrase":
            yield Sign("term", at, self._phrase(match["phrase"], at))
        elif written in OPERATORS:
            yield Sign(OPERATORS[written], at)
        elif not fold(written):  # only invisible characters
            return
        else:
            self._refuse_what_cannot_yet(written, at)
            yield Sign("term", at, self._term(written, [written], at=at))

    def _refuse_what_cannot_yet(self, written: str, at: int) -> None:
        for pattern, message, suggestion in _NOT_YET:
            if (pattern.fullmatch if pattern is _NEAR else pattern.match)(written):
                raise self.error(message, at, suggestion=suggestion)

    def _phrase(self, inside: str, at: int) -> Term:
        words = inside.split()
        if not words:
            raise self.error(
                "Tussen deze aanhalingstekens staat niets.",
                at,
                suggestion="Zet er woorden tussen, of haal ze weg.",
            )
        return self._term(f'"{" ".join(words)}"', words, at=at)

    def _term(self, written: str, words: list[str], *, at: int) -> Term:
        ways = [way for word in words if (way := self._ways(word, at))]
        if not ways:
            raise self.error(
                f"In {written} staat geen letter of cijfer.", at, suggestion="Laat dit teken weg."
            )
        forms = tuple(
            tuple(word for run in choice for word in run) for choice in self._choices(ways, written, at=at)
        )
        return Term(written, forms)

    def _choices(
        self, ways: list[list[tuple[Word, ...]]], written: str, *, at: int
    ) -> Iterator[tuple[tuple[Word, ...], ...]]:
        count = 1
        for way in ways:
            count *= len(way)
            if count > MAX_FORMS:
                raise self.error(
                    f"In {written} staan te veel koppeltekens.",
                    at,
                    suggestion="Splits de woordgroep in kleinere woordgroepen.",
                )
        return product(*ways)

    def _ways(self, word: str, at: int) -> list[tuple[Word, ...]]:
        """Give the runs of words that one written word may stand for in a text."""
        stem = word.removesuffix("*")
        if "*" in stem:
            raise self.error(
                "Het sterretje kan alleen aan het eind van een woord.",
                at,
                suggestion="Schrijf bijvoorbeeld asielzoek*.",
            )
        is_prefix = stem != word
        pieces = split_words(stem)
        if is_prefix and (not pieces or len(pieces[-1].lstrip("#@")) < 2):
            raise self.error(
                "Voor een sterretje horen minstens twee letters.",
                at,
                suggestion="Schrijf meer van het woord uit.",
            )
        if not pieces:
            return []
        runs = [(*map(_word, pieces[:-1]), _word(pieces[-1], open_end=is_prefix))]
        if _JOINED.fullmatch(fold(stem).strip("-'’‘`´/‐‑–.,;:!")):
            runs.append((_word("".join(pieces), open_end=is_prefix),))
        return runs


def _word(piece: str, *, open_end: bool = False) -> Word:
    sign = piece[0] if piece[0] in SIGNS else ""
    return Word(piece[len(sign) :], sign, open_end=open_end)
