"""Texts that a spreadsheet would run as a formula, and the way to keep them text.

A spreadsheet runs what starts with = + - @, a tab or a return, also in full width and also behind spaces or
invisible characters. Such a text gets an apostrophe in front. A text that already starts with apostrophes
gets one more, so that taking one off always gives the original back. A plain number such as -5,2 stays as is.
"""

import re

_INVISIBLE = "\\s\\ufeff\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\x00-\\x1f"
_STARTER = "[=+\\-@\\t\\r\\uff1d\\uff0b\\uff0d\\uff20\\u2212\\ufe62\\ufe63\\ufe66\\ufe6b]"
_RISKY = re.compile(f"'*[{_INVISIBLE}]*{_STARTER}")
_GUARDED = re.compile(f"'+[{_INVISIBLE}]*{_STARTER}")
_PLAIN_NUMBER = re.compile(r"-\d+([.,]\d+)?")


def is_risky(text: str) -> bool:
    """Tell whether a spreadsheet could take this text for a formula, with or without a guard in front."""
    return bool(_RISKY.match(text)) and not _PLAIN_NUMBER.fullmatch(text)


def guard(text: str) -> str:
    """Put an apostrophe before a text that could run as a formula.

    >>> guard("=1+1"), guard("-5,2"), guard("gewoon")
    ("'=1+1", '-5,2', 'gewoon')
    """
    return f"'{text}" if is_risky(text) else text


def unguard(text: str) -> str:
    """Take off the apostrophe that `guard` put on.

    >>> unguard(guard("=1+1")), unguard(guard("'=1+1")), unguard("'s avonds")
    ('=1+1', "'=1+1", "'s avonds")
    """
    return text[1:] if _GUARDED.match(text) else text
