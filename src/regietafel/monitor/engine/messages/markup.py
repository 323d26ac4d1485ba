"""Plain text out of whatever was delivered: no tags, no entities, nothing invisible.

Every step runs in one pass over the text, however hostile the nesting.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

# Controls, soft hyphen, direction marks, zero-width and filler characters, halves of surrogate pairs.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_AROUND_LINE_END = re.compile(r" ?\n\s*")
_SPACES = re.compile(r"\s+")
_SPACES_IN_LINE = re.compile(r"[^\S\n]+")
_TAG_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)|[!?/]")
_ESCAPED_AT_MOST = 3
_HIDDEN = frozenset({"script", "style", "template", "noscript", "iframe", "object"})
_INLINE = frozenset(
    "a abbr b bdi bdo cite code del em font i ins kbd mark q s small span strike strong sub sup tt u".split()
)


def plain_text(value: str) -> str:
    """Give the readable text of a value that may hold HTML; line ends stay (plain text).

    Args:
        value: text as delivered, with or without markup.

    Returns:
        Text in Unicode form NFC without tags, entities and invisible characters.

    Method: one scan from ``<`` to ``>``; done again while entities turn out to hide tags.

    >>> plain_text("<p>Opvang in <b>Hengelo</b>&nbsp;&amp; Borne</p><script>x()</script>")
    'Opvang in Hengelo & Borne'
    """
    if value.isascii() and value.isprintable() and not ("<" in value or "&" in value or "  " in value):
        return value.strip()
    value = _without_tags(_INVISIBLE.sub("", value))
    for _ in range(_ESCAPED_AT_MOST):
        if "&" not in value:
            break
        value = _without_tags(_INVISIBLE.sub("", unescape(value)))
    if not value.isascii():
        value = unicodedata.normalize("NFC", value)
    value = _SPACES_IN_LINE.sub(" ", _LINE_END.sub("\n", value))
    return _AROUND_LINE_END.sub("\n", value).strip()


def one_line(value: str) -> str:
    """Give the readable text of a value on one line (plain text).

    Args:
        value: text as delivered, with or without markup.

    Returns:
        As ``plain_text``, with every line end and run of blanks as one space.

    Method: see ``plain_text``.

    >>> one_line(" Besluit \\n uitgesteld ")
    'Besluit uitgesteld'
    """
    text = plain_text(value)
    return _SPACES.sub(" ", text) if "\n" in text else text


def _without_tags(value: str) -> str:
    if "<" not in value:
        return value
    kept: list[str] = []
    place = 0
    while (start := value.find("<", place)) >= 0:
        kept.append(value[place:start])
        name = _TAG_NAME.match(value, start + 1)
        if name is None:  # a bare "<", as in "a < b"
            kept.append("<")
            place = start + 1
            continue
        place = _end_of_markup(value, start, name=(name[1] or "").lower())
        if place < 0:
            return "".join(kept)
        kept.append("" if (name[1] or "").lower() in _INLINE else "\n")
    kept.append(value[place:])
    return "".join(kept)


def _end_of_markup(value: str, start: int, *, name: str) -> int:
    """Find where a tag, comment or hidden element ends; -1 when it never does."""
    if value.startswith("<!--", start):
        end, width = value.find("-->", start + 4), 3
    elif name in _HIDDEN and value[start + 1] != "/":
        closing = re.compile(f"</{name}", re.IGNORECASE).search(value, start)
        end, width = value.find(">", closing.end()) if closing else -1, 1
    else:
        end, width = value.find(">", start), 1
    return end + width if end >= 0 else -1
