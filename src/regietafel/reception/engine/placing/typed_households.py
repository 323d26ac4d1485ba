"""A bus as somebody types it: a line per household, with its size and what it needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from regietafel.reception.engine.placing.groups import FEATURES, MOST_URGENT, TYPES

MOST_HOUSEHOLDS, MOST_PEOPLE = 400, 10_000
_SIZE = re.compile(r"(?:(\d{1,3})\s*[x×]\s*)?(\d{1,5})(?:\s+(?:personen|persoon|mensen))?(?:\s+|$)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """A household of a bus: ``earlier`` and ``tied_to`` are names of municipalities, as typed."""

    size: int
    needs: frozenset[str] = frozenset()
    typed: Mapping[str, int] = field(default_factory=dict)
    urgency: int = 1
    link: str = ""
    earlier: str = ""
    tied_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A line that cannot be read, and why, in Dutch."""

    line: int
    reason: str


def read_households(text: str) -> tuple[tuple[Household, ...], tuple[Unread, ...]]:
    """Read households, a line each, such as “3x 4, gezin, zorg 1” (huishoudens).

    Args:
        text: per line a size, perhaps with how many such households, and after commas what they need: a
            feature, a type of place with for how many, “urgentie 3”, “hoort bij A”, “eerder Almelo”,
            “werk Borne” or “school in Borne”. Empty lines are left out.

    Returns:
        The households in order, and every line that cannot be read. With one unread line nothing is certain.

    Source: bron-003, agendapunt 2.3 (a bus is announced as a number of people); the notation is ours.

    >>> found, wrong = read_households("2x 4 gezin" + chr(10) + "1, huisdier, werk Borne")
    >>> [(each.size, sorted(each.needs), each.tied_to) for each in found], wrong
    ([(4, ['gezin'], ''), (4, ['gezin'], ''), (1, ['huisdier'], 'Borne')], ())
    """
    found: list[Household] = []
    wrong: list[Unread] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found += _line(line.strip())
        except ValueError as error:
            wrong.append(Unread(line=number, reason=str(error)))
        if len(found) > MOST_HOUSEHOLDS:
            wrong.append(
                Unread(line=number, reason=f"meer dan {MOST_HOUSEHOLDS} huishoudens; maak er twee bussen van")
            )
            break
    return tuple(found), tuple(wrong)


def _line(line: str) -> list[Household]:
    match = _SIZE.match(line.replace(",", " ,", 1))
    if match is None:
        raise ValueError("begin met het aantal personen, zoals “4, gezin”")
    times, size = int(match[1] or 1), int(match[2])
    if not 1 <= size <= MOST_PEOPLE or not 1 <= times <= MOST_HOUSEHOLDS:
        raise ValueError(f"een huishouden heeft 1 tot {MOST_PEOPLE} personen")
    household = Household(size=size)
    rest = line.replace(",", " ,", 1)[match.end() :].strip(" ,")
    for part in re.split(r"[,;]", rest):
        if part.strip():
            household = _with(household, " ".join(part.split()))
    return [household] * times


def _with(household: Household, part: str) -> Household:
    word, _space, rest = part.partition(" ")
    plain = word.lower()
    if (named := _tie(household, part)) is not None:
        return named
    if plain in TYPES:
        return _typed(household, plain, rest=rest)
    if plain == "urgentie" and rest.isdecimal() and 1 <= int(rest) <= MOST_URGENT:
        return replace(household, urgency=int(rest))
    if part.lower().startswith("hoort bij ") and len(part) <= 40:
        return replace(household, link=part[len("hoort bij ") :])
    words = part.lower().split()
    if unknown := next((each for each in words if each not in FEATURES), None):
        raise ValueError(f"“{unknown[:40]}” kennen wij niet; kies uit {', '.join((*FEATURES, *TYPES))}")
    return replace(household, needs=household.needs | set(words))


def _tie(household: Household, part: str) -> Household | None:
    plain = part.lower()
    if plain.startswith("eerder "):
        return replace(household, earlier=part[len("eerder ") :])
    for words in ("werk ", "school in "):
        if plain.startswith(words):
            return replace(household, tied_to=part[len(words) :])
    return None


def _typed(household: Household, kind: str, *, rest: str) -> Household:
    count = int(rest) if rest.isdecimal() and len(rest) <= 5 else household.size
    if (rest and not rest.isdecimal()) or not 1 <= count <= household.size:
        raise ValueError(f"{kind} is voor 1 tot en met {household.size} personen")
    return replace(household, typed={**household.typed, kind: count})
