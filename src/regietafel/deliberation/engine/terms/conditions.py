"""On what condition a decision holds, and whether that condition ends it or limits it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_VERBS = r"(?:is|zijn|was|wordt|worden|werd|heeft|hebben|kan|kunnen|blijft|komt|komen|ligt|staat)"
# Where a sentence that begins with its condition goes on with what is decided then.
_GOES_ON = re.compile(
    r"\s(?:wordt|worden|blijft|blijven|gaat|gaan|zal|zullen|moet|moeten|mag|mogen|kan|kunnen|is|zijn|houdt|houden)"
    r"\s(?:de|het|deze|dit|dat|die|een|er|alle|iedere|elke|wij|zij|hij)\s",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.;](?:\s|$)|\s[-–]\s|\n")
# Words that take "tot" themselves: "leidt tot", "besluit tot", "oproep tot".
_TAKES_TO = re.compile(
    r"(?:\b(?:leid\w*|besl[ou]\w*|(?:voor|tegen)stel\w*|oproep\w*|opgeroepen|beperk\w*|behoor\w*|verzoek\w*|opdracht|"
    r"bijdrage|aanleiding|staat|toegang|recht|strekk\w+|overga\w+|over|kom\w*|bewogen|dwing\w*|gericht|richt\w*|"
    r"bevoegd\w*|aanzet|relatie|motie|overgegaan|van|\d+|uur))\s*$",
    re.IGNORECASE,
)
_NEXT_MEETING = r"(?:(?:de|het)\s+)?(?:eerst\s?)?volgende?\b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition as written; with `ends` the decision stops when it comes true, else it is limited by it."""

    kind: str
    written: str
    ends: bool


_KINDS: tuple[tuple[str, str, bool], ...] = (
    ("zolang", r"\b(?:(?:als|indien|wanneer)\s+en\s+)?(?:voor\s+)?zo\s?lang(?:\s+als)?\b(?!\s+mogelijk)",
     False),
    ("tot", r"\btot\s?dat\b", True),
    ("tot", r"\btot\s+(?:nader(?:e)?\s+(?:order|bericht|besluit|aankondiging))\b", True),
    ("tot", rf"\btot\b(?!\s+(?:en\s+met\b|{_NEXT_MEETING}|\d))"
            rf"(?=\s+(?:aan\s+(?:de|het)\s|er\s|de\s|het\s|een\s|alle\s|duidelijk)[^.;,\n]{{0,200}}?"
            rf"\b{_VERBS}\b(?:\s+\w+(?:d|t|en|k|n))?"
            r"(?:\s+(?:onder|met|voor|bij|in|op|van)\s[^.;,\n]{0,200})?\s*(?:[.;,\n]|$))",
     True),
    ("mits", r"\bmits\b", False),
    ("tenzij", r"\btenzij\b", False),
    ("onder voorwaarde",
     r"\b(?:onder|op)\s+(?:de\s+|het\s+)?(?:voorwaarden?|voorbehoud|beding)\s+(?:dat|van)\b",
     False),
    ("alleen als", r"\balleen\s+(?:als|indien|wanneer)\b", False),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE), ends) for kind, pattern, ends in _KINDS)


def condition_of(text: str) -> Condition | None:
    """Give the condition under which a decision holds, if it has one (condition or None).

    Args:
        text: running Dutch text of one decision.

    Returns:
        The first condition in the text: its kind, the words from there to the end of the clause, and whether
        it ends the decision ("tot", "totdat") or limits it ("zolang", "mits", "tenzij"). A "tot" between two
        days, hours or numbers, before a day, or after a word that takes it ("leidt tot") is no condition.

    Source: bron-003, 4.2, 2.4 and 2.9 (three decisions on condition); how clauses are cut is our reading.

    >>> condition_of("De pers laten meekijken is niet opportuun zolang er geen zicht is op een locatie.")
    Condition(kind='zolang', written='zolang er geen zicht is op een locatie', ends=False)
    >>> condition_of("Tweewekelijks BAO tot dat aan opdracht van 2000 is voldaan.").ends
    True
    >>> condition_of("Open van 10 tot 12 uur, en tot 19 april elke dag.") is None
    True
    """
    found = []
    for kind, pattern, ends in _PATTERNS:
        for match in pattern.finditer(text):
            if match[0].lower() == "tot" and _TAKES_TO.search(
                text[max(0, match.start() - 40) : match.start()]
            ):
                continue
            found.append((match.start(), kind, ends))
            break
    if not found:
        return None
    start, kind, ends = min(found)
    return Condition(kind=kind, written=_clause(text, start), ends=ends)


def _clause(text: str, start: int) -> str:
    """Cut the condition out of its sentence."""
    rest = text[start:]
    end = _CLAUSE_END.search(rest)
    clause = rest[: end.start()] if end else rest
    if not text[:start].strip():
        comma = clause.find(", ")
        goes_on = _GOES_ON.search(clause)
        cuts = [place for place in (comma, goes_on.start() if goes_on else -1) if place > 0]
        clause = clause[: min(cuts)] if cuts else clause
    return " ".join(clause.split()).rstrip(" .,;)")
