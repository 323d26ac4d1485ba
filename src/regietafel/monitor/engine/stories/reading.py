"""What of a message tells its story: its words without lead-ins and credits, and the facts among them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from regietafel.monitor.engine.messages.markup import plain_text
from regietafel.monitor.engine.query.words import fold, split_words

_MOST_CHARACTERS = 1_000_000
_NEEDS_A_LOOK = re.compile(
    r"https?:|www\.|pic\.|@|©|(?i:lees |bekijk |copyright|voorbehouden|foto|bron|via )"
)
_LINKS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S+")
_REPOSTED = re.compile(r"^\s*(?:RT|MT)\b:?|(?<!\w)@\w+:?|\bvia\s*$|\(via [^)\n]{1,40}\)", re.MULTILINE)
_INVITATION = re.compile(
    r"(?:^\s*|(?<=[.!?…])\s*)(?:lees (?:meer|ook|verder)|bekijk ook|klik hier|meer lezen|copyright"
    r"|alle rechten voorbehouden)\b[^.!?\n]{0,150}[.!?]?|©[^.!?\n]{0,150}[.!?]?",
    re.IGNORECASE | re.MULTILINE,
)
_CREDIT_LINE = re.compile(r"(?:^|\n)\s*(?:foto|bron|tekst|door)\s*:[^\n]{0,80}(?=\n|$)", re.IGNORECASE)
_AGENCY = re.compile(r"\(?\b(?:ANP|NOVUM|AFP|REUTERS|BELGA|BNO|DPA)\b(?:\s*/\s*[A-Z]{2,8})*\)?\s*[-–—:|]?")
_DATELINE = re.compile(r"^\s*[A-ZÀ-Ý][A-ZÀ-Ý' ./-]{2,40}(?:\([^)\n]{2,20}\))?\s*[-–—]\s")
_OUTLET = re.compile(r"\s+[|]\s+[^|]{2,30}$")
_FACT = re.compile(r"(?<=[\w,;:’')] )[A-ZÀ-Ý][\w’'-]+|\d+(?:[.,:-]\d+)*")
_KIND_OF_DAY = frozenset(
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april juni juli "
    "augustus september oktober november december noorden oosten zuiden westen noordoosten noordwesten "
    "zuidoosten zuidwesten twee drie vier vijf zes zeven acht negen tien elf twaalf".split()
)


@dataclass(frozen=True, slots=True)
class Read:
    """The words of a message, those of its headline first, and which of them are facts.

    A fact is what changes when a fixed form is filled in anew: a number, a name, a day, a direction.
    """

    title: tuple[str, ...]
    words: tuple[str, ...]
    facts: frozenset[str]


def read(title: str, text: str) -> Read:
    """Read a message as far as its story goes (words and facts).

    Args:
        title: the headline; may be empty, may hold markup.
        text: the rest; may be empty, may hold markup.

    Returns:
        Folded words without links, mentions, credits, datelines and invitations to read on.

    Method: our own list of what Dutch media and suppliers put around a text.

    >>> read("HENGELO - Azc gaat open | De Krant", "(ANP) - Lees ook: Wolf gezien.").words
    ('azc', 'gaat', 'open')
    """
    head = _trimmed(_OUTLET.sub("", plain_text(title)))
    body = _trimmed(plain_text(text[:_MOST_CHARACTERS]))
    titled = tuple(split_words(head))
    words = split_words(body)
    if titled and tuple(words[: len(titled)]) == titled:  # a text that begins with its own headline
        words = words[len(titled) :]
    everything = tuple(word.lstrip("#") for word in (*titled, *words))
    return Read(titled, everything, _facts(f"{head}\n{body}", everything))


def _trimmed(text: str) -> str:
    has_more = _NEEDS_A_LOOK.search(text)
    if has_more:
        text = _REPOSTED.sub(" ", _LINKS.sub(" ", text))
    text = _DATELINE.sub("", _AGENCY.sub(" ", text))
    if has_more:  # after the credit, where an invitation may begin
        text = _INVITATION.sub(" ", _CREDIT_LINE.sub("", text))
    return text.strip()


def _facts(text: str, words: tuple[str, ...]) -> frozenset[str]:
    found = frozenset(fold(fact) for fact in _FACT.findall(text))
    return found | _KIND_OF_DAY.intersection(words)
