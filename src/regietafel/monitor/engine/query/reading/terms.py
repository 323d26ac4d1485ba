"""Making a term of what was written: stars, question marks, signs, hyphens and exact words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, product
from math import prod
from typing import NamedTuple

from regietafel.monitor.engine.query.dialects import DEFAULT, LIKE_NEARNESS, NEARNESS
from regietafel.monitor.engine.query.documents import DOMAIN, URL
from regietafel.monitor.engine.query.limits import FEWEST_LETTERS, MAX_FORMS, MAX_PHRASE_WORDS
from regietafel.monitor.engine.query.remarks import CannotBeRead
from regietafel.monitor.engine.query.tree import Term, Word
from regietafel.monitor.engine.query.words import SIGNS, fold

Run = tuple[Word, ...]

TERMS_KEPT = 16_384  # thousands of questions share few terms: the same object is compared at once
_PUNCTUATION = ",.;:!…"
_JOINERS = frozenset("-'’‘`´‐‑–")
_PIECE = re.compile(r"(?<![\w?])[#@]\*?[\w?]*|[\w?]+")
_BARE = re.compile(r"[#@]?\*?['’]?[\w?][\w?.,;'’/-]*\*?|#\*")
_DOMAIN_NAME = re.compile(r"\*?[\w?](?:[\w?-]*[\w?])?\*?")


class _Piece(NamedTuple):
    """A part of a written word that is one word in a text, and its place in what was written."""

    word: Word
    start: int
    end: int


@lru_cache(maxsize=TERMS_KEPT)
def word_term(written: str, *, zone: str = "", is_exact: bool = False) -> Term:
    """Make a term of one normalised word, without its = sign."""
    shown = written.rstrip(_PUNCTUATION) or written
    shown = shown if is_bare(shown) else f'"{shown}"'
    return Term("=" * is_exact + shown, _forms([written], zone=zone, is_exact=is_exact), zone)


def is_bare(word: str) -> bool:
    """Tell whether our own way of writing reads this as a word without quotation marks around it."""
    is_operator = word in DEFAULT.operators or NEARNESS.fullmatch(word) or LIKE_NEARNESS.fullmatch(word)
    return not is_operator and _BARE.fullmatch(word) is not None


@lru_cache(maxsize=TERMS_KEPT)
def phrase_term(inside: str, *, zone: str = "", is_exact: bool = False) -> Term:
    """Make a term of what stands between quotation marks."""
    words = inside.split()
    if len(words) > MAX_PHRASE_WORDS:
        raise CannotBeRead(
            f"Een woordgroep van meer dan {MAX_PHRASE_WORDS} woorden is te lang.",
            suggestion="Neem een korter stuk van de zin.",
        )
    written = " ".join(words)
    return Term("=" * is_exact + f'"{written}"', _forms(words, zone=zone, is_exact=is_exact), zone)


def _forms(words: list[str], *, zone: str, is_exact: bool) -> tuple[Run, ...]:
    written = " ".join(words)
    if any(word.startswith("=") for word in words):
        raise CannotBeRead(
            "Het teken = kan niet in een woordgroep.", suggestion='Zet het ervoor: ="Den Haag".'
        )
    if zone == URL:
        words = re.sub(f"[{SIGNS}]", " ", written).split()
    ways = [
        way
        for word in words
        if (way := _domain(word) if zone == DOMAIN else list(_ways(word, is_exact=is_exact)))
    ]
    if not ways:
        raise CannotBeRead(f"In {written} staat geen letter of cijfer.", suggestion="Laat dit teken weg.")
    if prod(map(len, ways)) > MAX_FORMS:
        raise CannotBeRead(
            f"In {written} staan te veel koppeltekens.",
            suggestion="Splits de woordgroep in kleinere woordgroepen.",
        )
    return tuple(tuple(word for run in choice for word in run) for choice in product(*ways))


def _ways(written: str, *, is_exact: bool) -> Iterator[Run]:
    """Give the runs of words that one written word may stand for: apart, and joined at its hyphens."""
    pieces = _pieces(written, is_exact=is_exact)
    if not pieces:
        return
    yield tuple(piece.word for piece in pieces)
    joined = [pieces[0].word]
    for before, piece in pairwise(pieces):
        if written[before.end : piece.start] in _JOINERS and not piece.word.sign:
            joined[-1] = _joined(joined[-1], piece.word)
        else:
            joined.append(piece.word)
    if len(joined) < len(pieces):
        yield tuple(joined)


def _joined(left: Word, right: Word) -> Word:
    return Word(left.letters + right.letters, left.sign, left.open_start, right.open_end, left.is_exact)


def _pieces(written: str, *, is_exact: bool) -> list[_Piece]:
    """Cut a written word where a text is cut; a star belongs to its first or last piece."""
    folded = fold(written)
    letters = written if is_exact else folded
    found = [match for match in _PIECE.finditer(folded) if match.group() not in SIGNS]
    pieces: list[_Piece] = []
    for number, match in enumerate(found):
        start, end = match.span()
        sign = folded[start] if folded[start] in SIGNS else ""
        body = letters[start + len(sign) : end]
        opens = (number == 0 and not sign and folded[start - 1 : start] == "*") or body.startswith("*")
        ends = number == len(found) - 1 and folded[end : end + 1] == "*"
        word = Word(body.lstrip("*"), sign, opens, ends, is_exact)
        pieces.append(_Piece(word, start, end))
    pieces = [piece._replace(word=_any_tag(piece.word)) for piece in pieces]
    stars = sum(piece.word.open_start + piece.word.open_end for piece in pieces)
    if stars < folded.count("*"):
        raise _misplaced_star(written, has_pieces=bool(pieces))
    for piece in pieces:
        _require_letters(piece.word, written)
    return pieces


def _any_tag(word: Word) -> Word:
    """Read ``#*`` as a tag with anything behind the sign."""
    return Word("", word.sign, open_end=True) if word.sign and not word.letters else word


def _misplaced_star(written: str, *, has_pieces: bool) -> CannotBeRead:
    if not has_pieces:
        return _too_few_letters()
    stem = written.strip("*").partition("*")[0]
    return CannotBeRead(
        "Het sterretje kan alleen aan het begin of aan het eind van een woord.",
        suggestion=f"Schrijf bijvoorbeeld {stem}*, en gebruik ? voor precies één letter.",
    )


def _require_letters(word: Word, written: str) -> None:
    if word.sign and not word.letters:
        if word.sign == "@":
            raise CannotBeRead(
                "Alle vermeldingen zoeken kan niet: de monitor volgt geen personen.",
                suggestion="Noem het account van een organisatie, bijvoorbeeld @gemeentehengelo.",
            )
        return
    count = len(word.letters.replace("?", ""))
    if word.open_start or word.open_end:
        if count < FEWEST_LETTERS:
            raise _too_few_letters()
    elif not count:
        raise CannotBeRead(
            f"In {written} staat een vraagteken zonder letters.",
            suggestion="Een vraagteken staat voor één letter in een woord, zoals in vluchtel?ng.",
        )


def _too_few_letters() -> CannotBeRead:
    return CannotBeRead(
        f"Bij een sterretje horen minstens {FEWEST_LETTERS} letters.",
        suggestion="Schrijf meer van het woord uit.",
    )


def _domain(written: str) -> list[Run]:
    """Cut a domain at its dots: rtv-oost.nl is ``rtv-oost`` and ``nl``."""
    names = [name for name in fold(written).split(".") if name]
    if not names or not all(map(_DOMAIN_NAME.fullmatch, names)):
        raise CannotBeRead(
            f"{written} is geen domein.", suggestion="Schrijf alleen het domein, zoals domein:nos.nl."
        )
    words = [
        Word(name.strip("*"), open_start=name[0] == "*", open_end=len(name) > 1 and name[-1] == "*")
        for name in names
    ]
    for word in words:
        _require_letters(word, written)
    return [tuple(words)]
