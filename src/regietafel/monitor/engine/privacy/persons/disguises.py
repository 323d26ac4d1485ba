"""Names in disguise: letters of other scripts that look the same, digits for letters, and other scripts."""

from __future__ import annotations

import re
import unicodedata

from regietafel.monitor.engine.privacy.names import NameLists, Token, tokens_of
from regietafel.monitor.engine.query import Term
from regietafel.monitor.engine.query.words import fold

_LOOK_ALIKES = str.maketrans(
    "АВСЕНІЈКМОРЅТХҮаеіјорсухѕԁһкмтвнԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβειικνορτυχγ",
    "ABCEHIJKMOPSTXYaeijopcyxsdhkmtbhqwABEZHIKMNOPTYXabeiiknoptuxy",
)
_CYRILLIC = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьыэюяъёј",
        "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch - y e iu ia - e j".replace(
            "-", ""
        ).split(" "),
        strict=True,
    )
)
_MIXED = re.compile(r"\w+")
_LEET = str.maketrans("0134578@$!", "oieastbasi")
_DISGUISED_DIGIT = re.compile(r"[^\W\d_]")
_SIGNS_INSIDE = re.compile(r"(?<=[^\W\d_])[@$!](?=[^\W\d_])")
_HANDLE = re.compile(r"[^\W\d_]{3,}\d+")
_HYPHEN = re.compile("[-\u00ad\u2010-\u2015\u00b7\u200b\u2212]")
_HYPHENATED = re.compile(rf"[^\W\d_]+(?:{_HYPHEN.pattern}[^\W\d_]+)+")
_LONGEST_PART = 7
_FEWEST_LETTERS = 3
_SIGN_LETTERS = {"@": "a", "$": "s", "!": "i"}


def tokens_undisguised(term: Term, *, names: NameLists) -> list[Token]:
    """Cut a term into the words that it looks like."""
    written = unicodedata.normalize("NFKC", term.written)
    written = _SIGNS_INSIDE.sub(lambda found: _SIGN_LETTERS[found[0]], written)
    if not written.isascii():
        written = _MIXED.sub(lambda found: _in_latin(found[0]), written)
    tokens = tokens_of(Term(written, (), term.zone))
    return [_without_digits(token, names) for token in tokens]


def tokens_without_hyphens(term: Term, *, names: NameLists) -> list[Token]:
    """Cut a term into its words, with the parts of a name joined that hyphens split: Will-eke Ooster-baan."""
    written = _HYPHENATED.sub(lambda found: _joined(found[0], names), term.written)
    return tokens_of(Term(written, (), term.zone))


def _joined(chunk: str, names: NameLists) -> str:
    parts = [fold(part) for part in _HYPHEN.split(chunk)]
    whole = "".join(parts)
    if whole in names.ordinary_words or whole in names.places:
        return chunk
    is_name = whole in names.given_names or whole in names.surnames
    known = names.ordinary_words | names.places | names.given_names | names.surnames
    is_split = any(part not in known for part in parts) and max(map(len, parts)) <= _LONGEST_PART
    return _HYPHEN.sub("", chunk) if is_name or is_split else chunk


def _in_latin(word: str) -> str:
    """Write a word in Latin letters: look-alikes among Latin letters, otherwise by sound."""
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
    if not scripts & {"CYRILLIC", "GREEK"}:
        return word
    if "LATIN" in scripts or "CYRILLIC" not in scripts:
        return word.translate(_LOOK_ALIKES)
    spelled = "".join(_CYRILLIC.get(letter, letter) for letter in word.lower())
    return spelled.capitalize() if word[0].isupper() else spelled


def _without_digits(token: Token, names: NameLists) -> Token:
    """Put letters for digits when that makes a name: J4nsen."""
    body = token.folded
    if body.isalpha() or body.isdigit() or not _DISGUISED_DIGIT.search(body) or _HANDLE.fullmatch(body):
        return token
    for letters in (body, body.replace("1", "l")):
        read = letters.translate(_LEET)
        if len(read) >= _FEWEST_LETTERS and (read in names.given_names or read in names.surnames):
            written = read.capitalize() if token.written[:1].isupper() else read
            return Token(
                written,
                fold(read),
                token.sign,
                token.has_dot,
                token.after_apostrophe,
                token.open_start,
                token.open_end,
            )
    return token
