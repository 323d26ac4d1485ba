"""By which notation a line begins a decision (B), a bottleneck (K) or an action (A).

Notations differ per secretary: "B:", "A)", a bare "A" before a capital, "(B)", "Besluit 3:", "AP1", "De raad
besluit unaniem:". Some letters mean something else in another text: "A. B. C." number a list, "V: … A: …" are
questions and answers. `Notations` holds what the text as a whole says about that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from regietafel.deliberation.engine.minutes.found import Certainty, Kind

_WORDS: dict[str, Kind] = {
    "besluit": "B", "besluiten": "B", "beslispunt": "B", "beslispunten": "B", "besloten": "B",
    "knelpunt": "K", "knelpunten": "K",
    "actie": "A", "acties": "A", "actiepunt": "A", "actiepunten": "A", "actielijst": "A", "ap": "A",
    "afspraak": "B", "afspraken": "B", "toezegging": "A", "toezeggingen": "A",
}  # fmt: skip
_OUR_READING = {
    "afspraak": "een afspraak is gelezen als besluit", "afspraken": "een afspraak is gelezen als besluit",
    "toezegging": "een toezegging is gelezen als actie",
    "toezeggingen": "een toezegging is gelezen als actie",
}  # fmt: skip
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_LETTER = re.compile(
    r"^(?:\((?P<round>[BKA])\)|\[(?P<square>[BKA])\]|(?P<plain>[BKA])\s?(?P<sign>[:).]|[-–](?=\s)))\s*(?P<rest>.*)$",
    re.DOTALL,
)
_NUMBERED = re.compile(
    r"^(?P<plain>[BKA])(?P<join>[-–. ]?)(?P<label>\d{1,3})(?P<sign>\s?[:)]|\.(?=\s)|(?=\s|$))\s*"
    r"(?P<rest>.*)$",
    re.DOTALL,
)
_NAMED = re.compile(
    rf"^(?P<word>{_WORD})(?:\s?[-–.]?\s?(?:nr\.?\s)?(?P<label>\d{{1,3}}[a-z]?))?\s?(?::|(?<=\d)[.)](?=\s|$)|[-–](?=\s))"
    r"\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ACTION_POINT = re.compile(r"^(?P<word>AP)[-–. ]?(?P<label>\d{1,3})\b[:.)]?\s*(?P<rest>.*)$", re.DOTALL)
_NUMBERED_WORD = re.compile(
    r"^(?P<word>besluit|actiepunt|actie|knelpunt)\s(?P<label>\d{1,3})\s+(?P<rest>[A-Z].*)$",
    re.IGNORECASE | re.DOTALL,
)
_HELD = re.compile(
    r"^(?P<word>actie|actiepunt)\s(?P<holder>\w[^:.;()]{1,50}):\s*(?P<rest>\S.*)$", re.IGNORECASE | re.DOTALL
)
_BARE = re.compile(r"^(?P<plain>[BKA])\s+(?P<rest>[A-ZÀ-Þ(“‘\"'][^\s.]*[a-zà-ÿ].*)$", re.DOTALL)
_BODY = (
    r"(?:(?:gemeente)?raad|staten|commissie|college|(?:algemeen |dagelijks )?bestuur|AB|DB|BAO|DVO|VB|"
    r"stuurgroep|\w*overleg|vergadering|driehoek|regietafel)"
)
_DECIDES = re.compile(
    rf"^(?:de|het)\s+{_BODY}(?:\s+van\s+[^,:]{{3,40}}?)?\s+"
    r"(?:(?:besluit|besloot)\b"
    r"(?!\s+(?:(?:over|of|later|nog|morgen|volgende|binnenkort|op|daarover|hierover)\b|in\s+(?!meer|te\b)))"
    r"|stemt\s+in\b|gaat\s+akkoord\b)"
    r"|^(?:er\s+(?:wordt|is)\s+besloten|besloten\s+(?:wordt|is)|conform\s+(?:voorstel\s+)?besloten)\b",
    re.IGNORECASE,
)
_ADOPTED = re.compile(
    r"^(?:de|het)\s+(?:gewijzigde\s+)?(?:agenda|verslag|notulen|besluitenlijst|motie|amendement|\w*voorstel)\b"
    r"[^.]{0,120}\b(?:vastgesteld|aangenomen|aanvaard|verworpen)\b[^.]{0,40}\.?$"
    r"|^[^.]{0,160}\bzonder\s+hoofdelijke\s+stemming\s+(?:aangenomen|vastgesteld|aanvaard|verworpen)\b",
    re.IGNORECASE,
)
_A_SENTENCE = "de zin zegt dat er wordt besloten"
_VOTED = re.compile(
    r"\b(?:unaniem|acclamatie|meerderheid|algemene\s+stemmen|stemmen\s+(?:voor|tegen))\b", re.IGNORECASE
)
_FILLS = re.compile(r"(?:(?:om|dat|tot|het|de|volgende|als|volgt|te)\s*)*", re.IGNORECASE)
_PREAMBLE = re.compile(r"^(?P<written>[^:]{4,90}:)\s*(?P<rest>.*)$", re.DOTALL)
_LEGEND = re.compile(
    r"besluit(?:en)?\s*\(B\)|\(B\)\s*esluit|\bB\s*(?:=|:)\s*besluit\b|knelpunt(?:en)?\s*\(K\)|actie(?:s|punt)?\s*\(A\)",
    re.IGNORECASE,
)
_OTHER_LETTER = re.compile(r"^[C-H](?P<sign>[.)])\s")
_QUESTION = re.compile(r"^(?:V|Q|Vraag|Antwoord)(?:\s?\d+)?\s?:", re.IGNORECASE)
_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=\S)")
_ALONE = re.compile(
    r"^(?:(?:openstaande|genomen|nieuwe|overzicht(?:\s+van)?)\s+)?"
    r"(?P<word>besluiten|knelpunten|acties|actiepunten|actielijst|afspraken|toezeggingen)$",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"^(?:geen|n\.?v\.?t\.?|niet van toepassing|[-–—.]+)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A notation at the beginning of a line, and what follows it."""

    kind: Kind
    written: str
    rest: str
    label: str = ""
    holder: str = ""
    sort: Literal["letter", "bare", "word", "sentence"] = "letter"
    certainty: Certainty = "zeker"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Notations:
    """Which letters are a notation in this text, and not the numbering of a list."""

    signs: frozenset[str]
    has_bare: bool
    has_answers: bool
    has_explanations: bool

    @classmethod
    def of(cls, texts: Iterable[str]) -> Notations:
        """Look at the beginnings of all lines."""
        lines = [_NUMBER.sub("", text) for text in texts]
        letters = [match for text in lines if (match := _LETTER.match(text))]
        kinds = {sign: {match["plain"] for match in letters if match["sign"] == sign} for sign in ":).-–"}
        others = {match["sign"] for text in lines if (match := _OTHER_LETTER.match(text))}
        has_legend = any(_LEGEND.search(text) for text in lines)
        signs = {":", "-", "–"} | ({")"} - others)
        if "." not in others and (has_legend or (len(kinds["."]) > 1 and kinds["."] != {"A", "B"})):
            signs.add(".")
        marked = bool(
            kinds[":"] or kinds[")"] - others or any(match["round"] or match["square"] for match in letters)
        )
        answers = any(_QUESTION.match(text) for text in lines) and not kinds[":"] - {"A"}
        explained = any("toelichting" in text.lower() and _is_head(text) for text in lines)
        return cls(frozenset(signs), has_legend or marked, answers, explained)


def is_legend(text: str) -> bool:
    """Say whether a line is the head of the three columns, of which the spaces were lost.

    >>> is_legend("Nr Besluit (B) / Knelpunt (K) / Actie (A) Toelichting"), is_legend("Besluit (B): akkoord")
    (True, False)
    """
    return len(_LEGEND.findall(text)) > 1 and _is_head(text)


def _is_head(text: str) -> bool:
    return (
        bool(re.search(r"\b(?:besluit|actie)", text, re.IGNORECASE))
        and len(text) < 120
        and not text.endswith(".")
    )


def mark_of(text: str, notations: Notations, *, is_start: bool = True) -> Mark | None:
    """Return the notation at the beginning of a text, if it begins an entry.

    With `is_start` a sentence begins there, and "De raad besluit …" is a notation too.
    """
    return _lettered(text, notations) or _worded(text) or (_deciding(text) if is_start else None)


def _lettered(text: str, notations: Notations) -> Mark | None:
    if (match := _NUMBERED.match(text)) and (match["sign"] or match["join"] in {"-", "–"}):
        rest = match["rest"]
        return Mark(
            kind=_kind(match["plain"]),
            written=_written(text, rest),
            rest=rest,
            label=_written(text, rest).rstrip(":). "),
        )
    if match := _LETTER.match(text):
        letter = match["round"] or match["square"] or match["plain"]
        is_answer = letter == "A" and notations.has_answers
        if not is_answer and (match["sign"] is None or match["sign"] in notations.signs):
            return Mark(kind=_kind(letter), written=_written(text, match["rest"]), rest=match["rest"])
        return None
    if notations.has_bare and (match := _BARE.match(text)):
        return Mark(kind=_kind(match["plain"]), written=match["plain"], rest=match["rest"], sort="bare")
    return None


def _kind(letter: str) -> Kind:
    return "B" if letter == "B" else "K" if letter == "K" else "A"


def _written(text: str, rest: str) -> str:
    return text[: len(text) - len(rest)].strip()


def _worded(text: str) -> Mark | None:
    match = _NAMED.match(text) or _ACTION_POINT.match(text) or _NUMBERED_WORD.match(text)
    holder = ""
    if match is None:
        match = _HELD.match(text)
        if match is None:
            return None
        holder = match["holder"].strip()
    word, label = match["word"].lower(), match.groupdict().get("label") or ""
    reason = _OUR_READING.get(word, "")
    return Mark(
        kind=_WORDS[word],
        written=_written(text, match["rest"]),
        rest=match["rest"],
        label=f"{match['word']}{label}" if word == "ap" and label else label,
        holder=holder,
        sort="word",
        certainty="waarschijnlijk" if reason else "zeker",
        reason=reason,
    )


def _deciding(text: str) -> Mark | None:
    """Read a sentence that says that something is decided or adopted."""
    if _DECIDES.match(text):
        preamble = _PREAMBLE.match(text)
        written, rest = (preamble["written"], preamble["rest"]) if preamble else ("", text)
        if preamble or _VOTED.search(text):
            return Mark(kind="B", written=written, rest=rest, sort="sentence")
        return Mark(
            kind="B", written="", rest=rest, sort="sentence", certainty="waarschijnlijk", reason=_A_SENTENCE
        )
    if _ADOPTED.match(text):
        reason = "de zin zegt dat iets is vastgesteld of aangenomen"
        return Mark(
            kind="B", written="", rest=text, sort="sentence", certainty="waarschijnlijk", reason=reason
        )
    return None


def how_decided(written: str) -> str:
    """Return the sentence above a decision when it says how was decided, such as by which vote.

    >>> how_decided("De raad besluit unaniem:"), how_decided("De raad besluit:"), how_decided("B:")
    ('De raad besluit unaniem.', '', '')
    """
    match = _DECIDES.match(written)
    if match is None:
        return ""
    more = written[match.end() :].strip(" :")
    says_how = not _FILLS.fullmatch(more) or match[0].lower().startswith("conform")
    return f"{written.rstrip(' :')}." if says_how else ""


def list_heading(text: str) -> tuple[Kind, bool] | None:
    """Return the kind of entries below a heading such as "Actielijst", and whether it stands apart.

    >>> list_heading("Acties"), list_heading("Overzicht acties"), list_heading("Acties van vorig jaar")
    (('A', False), ('A', True), None)
    """
    match = _ALONE.match(text)
    if match is None:
        return None
    is_apart = match["word"].lower() == "actielijst" or len(text.split()) > 1
    return _WORDS[match["word"].lower()], is_apart


def says_nothing(text: str) -> bool:
    """Say whether what follows a notation is only "geen" or a dash.

    >>> says_nothing("Geen."), says_nothing("Geen persbericht")
    (True, False)
    """
    return bool(_NOTHING.match(text.strip()))
