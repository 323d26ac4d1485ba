"""Cutting a question into signs: words, "phrases", operators, fields and brackets, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from regietafel.monitor.engine.query.dialects import DAY, DEFAULT, NEARNESS, SINCE, UNTIL, Dialect
from regietafel.monitor.engine.query.limits import MAX_DISTANCE, USUAL_DISTANCE
from regietafel.monitor.engine.query.reading.days import days_of, range_of
from regietafel.monitor.engine.query.reading.refusing import (
    is_known_field,
    refuse_word,
    unknown_field,
    wrong_brackets,
)
from regietafel.monitor.engine.query.remarks import CannotBeRead, Remarks
from regietafel.monitor.engine.query.tree import Days
from regietafel.monitor.engine.query.words import fold

QUOTES = dict.fromkeys(map(ord, "“”„‟«»″＂"), '"')
_SIGN = re.compile(
    r"""(?P<space>\s+)
    |(?P<bracket>[()])
    |(?P<exact>=?)"(?P<phrase>[^"]*)"(?P<tail>[~^][^\s()"<>]*)?
    |<(?P<blank>[^<>]*)>
    |(?P<prefix>[-‐‑–—−!+](?=[^\s)]))
    |(?P<field>[^\W\d][\w.]*):(?P<range>\s*[\[{][^\]}\n]*[\]}])?
    |(?P<word>[\[{][^\[\]{}\n()"<>]*[\]}][^\s()"<>]*|[^\s()"<>]+)
    """,
    re.VERBOSE,
)
_DAY_VALUE = re.compile(r'\s*"?([^\s()"<>]*)"?')
_BEHIND = re.compile(r"\s*(?P<value>\S)")
_GLUED = re.compile(r"[^\s)]")
_ADDRESS = re.compile(r"//[^\s()\"<>]*")
_BOOST = re.compile(r"\^[\d.]*$")


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a question and the stretch where it stands.

    ``kind`` is word, phrase, blank, days, field, broken, AND, OR, NOT, NEAR, ``+``, ``-``, ``(`` or ``)``.
    ``written`` is the word, what stands inside the quotation marks, or the name of the blank or the field.
    ``distance`` goes with NEAR, and with a phrase of which the words need only be near each other.
    """

    kind: str
    at: int
    end: int
    written: str = ""
    is_exact: bool = False
    distance: int | None = None
    is_ordered: bool = False
    days: tuple[Days, ...] = ()


class Lexer:
    """Reads signs from one normalised question and notes what cannot be read."""

    def __init__(self, text: str, *, dialect: Dialect = DEFAULT, remarks: Remarks) -> None:
        self._plain = text.translate(QUOTES)
        self._dialect = dialect
        self._remarks = remarks
        self._at = 0
        self._last_kind = "("

    def signs(self) -> Iterator[Sign]:
        """Give the signs one by one."""
        while self._at < len(self._plain) and not self._remarks.is_full:
            match = _SIGN.match(self._plain, self._at)
            if match is None:
                yield self._unmatched()
                return
            self._at = match.end()
            kind = match.lastgroup or ""
            sign = None if kind == "space" else self._sign(match)
            if sign:
                yield sign
            self._last_kind = kind if sign is None else sign.kind

    @property
    def unread(self) -> str:
        """Give what was not cut: nothing, or all from a sign that stands alone."""
        return self._plain[self._at :]

    def _unmatched(self) -> Sign:
        character = self._plain[self._at]
        if character == '"':
            message, remedy = (
                "Dit aanhalingsteken wordt niet gesloten.",
                'Zet ook achter de woordgroep een ".',
            )
        else:
            message = f"Het teken {character} staat alleen."
            remedy = "Zet een invulplek zo: <plaatsnaam>, of laat het teken weg."
        return self._broken_word(CannotBeRead(message, suggestion=remedy), at=self._at, end=len(self._plain))

    def _sign(self, match: re.Match[str]) -> Sign | None:
        at, end = match.span()
        if match["bracket"]:
            return Sign(match["bracket"], at, end)
        if match["phrase"] is not None:
            return self._phrase(match)
        if match["blank"] is not None:
            return self._blank(match)
        if match["prefix"]:
            return self._prefix(match)
        if match["field"]:
            return self._field(match)
        return self._word(match["word"], at)

    def _blank(self, match: re.Match[str]) -> Sign | None:
        name = " ".join(match["blank"].lower().split())
        if fold(name).strip():
            return Sign("blank", *match.span(), name)
        return self._broken(
            match, "Deze invulplek heeft geen naam.", suggestion="Schrijf bijvoorbeeld <plaatsnaam>."
        )

    def _prefix(self, match: re.Match[str]) -> Sign | None:
        written = match["prefix"]
        if self._dialect.has_clauses:
            return Sign("+" if written == "+" else "-", *match.span())
        if written == "+":
            message = "Een plus voor een woord kan niet."
            remedy = "Laat de plus weg: alle woorden moeten al voorkomen."
        else:
            message = "Uitsluiten doet u met een woord, niet met een teken."
            remedy = "Schrijf NOT (of NIET) voor het woord."
        self._remarks.error(message, match.start(), suggestion=remedy)
        return None

    # Phrases

    def _phrase(self, match: re.Match[str]) -> Sign | None:
        inside, tail = match["phrase"], match["tail"] or ""
        if not inside.strip():
            return self._broken(
                match,
                "Tussen deze aanhalingstekens staat niets.",
                suggestion="Zet er woorden tussen, of haal ze weg.",
            )
        if "<" in inside or ">" in inside:
            return self._broken(
                match,
                "Een invulplek kan niet tussen aanhalingstekens.",
                suggestion="Zet de delen naast elkaar met ONEAR/0 ertussen: opvang ONEAR/0 <plaatsnaam>.",
            )
        tail = self._without_boost(tail, match.start("tail"))
        distance = None
        if tail.startswith("~"):
            distance = self._distance(tail[1:], match.start("tail"))
        return Sign("phrase", *match.span(), inside, is_exact=bool(match["exact"]), distance=distance)

    def _distance(self, digits: str, at: int) -> int:
        if not (digits.isascii() and digits.isdigit()):
            self._remarks.error(
                "Achter het teken ~ hoort een getal: hoeveel woorden er hoogstens tussen staan.",
                at,
                suggestion='Schrijf bijvoorbeeld "nieuwe opvang"~3.',
            )
            return 0
        if len(digits) > len(str(MAX_DISTANCE)) or int(digits) > MAX_DISTANCE:
            self._remarks.error(
                f"Meer dan {MAX_DISTANCE} woorden ertussen is te veel.",
                at,
                suggestion="Gebruik AND, of een kleiner getal.",
            )
            return 0
        return int(digits)

    # Fields and days

    def _field(self, match: re.Match[str]) -> Sign | None:
        name = match["field"].lower()
        zone = self._dialect.fields.get(name, "")
        if zone == DAY or (zone in (SINCE, UNTIL) and not match["range"]):
            return self._days(match, zone)
        if match["range"]:
            return self._broken_word(wrong_brackets(match["range"]), at=match.start(), end=match.end())
        if not zone:
            return self._unknown_field(match, name)
        behind = _BEHIND.match(self._plain, match.end())
        if behind and (self._dialect.has_clauses or behind.start("value") == match.end()):
            return Sign("field", *match.span(), zone)
        return self._broken(
            match,
            f"Achter {name}: hoort meteen wat u zoekt, zonder spatie.",
            suggestion=f"Schrijf bijvoorbeeld {name}:opvang of {name}:(opvang OR azc).",
        )

    def _unknown_field(self, match: re.Match[str], name: str) -> Sign | None:
        is_glued = _GLUED.match(self._plain, match.end()) is not None
        if not is_glued and not is_known_field(name):  # only a word before a colon
            return self._word(match["field"], match.start())
        if address := _ADDRESS.match(self._plain, match.end()):
            self._at = address.end()
        return self._broken_word(unknown_field(name), at=match.start(), end=self._at)

    def _days(self, match: re.Match[str], kind: str) -> Sign:
        written = match["range"] or ""
        if not written and (value := _DAY_VALUE.match(self._plain, match.end())):
            written, self._at = value[1], value.end()
        try:
            days = range_of(written.strip()) if match["range"] else days_of(written, kind)
        except CannotBeRead as refusal:
            return self._broken_word(refusal, at=match.start(), end=self._at)
        return Sign("days", match.start(), self._at, days=days)

    # Words

    def _word(self, written: str, at: int) -> Sign | None:
        end = at + len(written)
        if written.startswith(("^", "~")) and self._last_kind == ")":
            return self._behind_bracket(written, at)
        written = self._without_boost(written, at)
        if operator := self._operator(written, at=at, end=end):
            return operator
        try:
            refuse_word(written, dialect=self._dialect)
        except CannotBeRead as refusal:
            return self._broken_word(refusal, at=at, end=end)
        is_exact = written.startswith("=")
        return Sign("word", at, end, written.removeprefix("="), is_exact=is_exact)

    def _behind_bracket(self, written: str, at: int) -> Sign | None:
        if self._without_boost(written, at):
            self._remarks.error(
                "Het teken ~ kan alleen achter een woordgroep tussen aanhalingstekens.",
                at,
                suggestion="Gebruik NEAR/3 tussen de delen.",
            )
        return None

    def _operator(self, plain: str, *, at: int, end: int) -> Sign | None:
        name = plain.upper() if self._dialect.is_case_free else plain
        kind = self._dialect.operators.get(name)
        if kind in ("NEAR", "ONEAR"):
            return self._near(kind, "", at=at, end=end)
        if kind:
            return Sign(kind, at, end)
        near = NEARNESS.fullmatch(name)
        if near and near[1] in self._dialect.operators and near[2]:
            return self._near(self._dialect.operators[near[1]], near[2], at=at, end=end)
        return None

    def _near(self, kind: str, digits: str, *, at: int, end: int) -> Sign:
        distance = self._distance(digits, at) if digits else USUAL_DISTANCE
        return Sign("NEAR", at, end, distance=distance, is_ordered=kind == "ONEAR")

    def _without_boost(self, written: str, at: int) -> str:
        found = _BOOST.search(written)
        if found is None or not self._dialect.ignores_boosts:
            return written
        self._remarks.hint(
            "Het gewicht achter ^ telt niet mee: een bericht is gevonden of niet.",
            start=at + found.start(),
            end=at + found.end(),
        )
        return written[: found.start()]

    def _broken(self, match: re.Match[str], message: str, *, suggestion: str) -> Sign:
        return self._broken_word(
            CannotBeRead(message, suggestion=suggestion), at=match.start(), end=match.end()
        )

    def _broken_word(self, problem: CannotBeRead, *, at: int, end: int) -> Sign:
        """Note a mistake, and give a sign to read on with."""
        self._remarks.error(problem.message, at, suggestion=problem.suggestion)
        return Sign("broken", at, end)
