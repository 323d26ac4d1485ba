"""Questions people and media ask, found by how Dutch questions look."""

from __future__ import annotations

import re

_MARK = re.compile(r"\w[^\w\s?]*\?+[\"'”’»)\]!]*(?:\s|$)")
_OPENING = re.compile(
    r"^\W*(?:en\s|maar\s)?(?:wie|wat|waar|wanneer|waarom|hoe|hoeveel|hoelang|welke?|waarheen|waarvoor)\s+"
    r"(?:(?:lang|veel|ver|vaak|duur|groot|veilig)\s+)?"
    r"(?:is|zijn|was|waren|wordt|worden|kan|kunnen|kunt|mag|mogen|moet|moeten|gaat|gaan|komt|komen|heeft|hebben|doet|doen"
    r"|wil|willen|zal|zullen|krijgt|krijgen|blijft|blijven|vindt|vinden|betekent)\b",
    re.IGNORECASE,
)


def is_question(text: str, *, headline: bool) -> bool:
    """Tell whether a text asks something (verdict).

    Args:
        text: a headline or a message.
        headline: also accept a question without its mark, as headlines often are.

    Returns:
        True when a sentence ends with a question mark, or a headline opens with a question word and a verb.

    Method: our own description of Dutch questions; links do not count.

    >>> is_question("Hoe veilig is de opvang", headline=True)
    True
    >>> is_question("Waarom Borne geen azc wil", headline=True)
    False
    """
    return bool(_MARK.search(text) or (headline and _OPENING.match(text)))
