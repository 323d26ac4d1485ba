"""Masking: contact data and accounts leave a text before it is stored; ordinary numbers stay.

Order matters: long and certain patterns first, so that no digits of an IBAN are taken for a phone.
Every pattern starts at an edge and has bounded repeats, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from regietafel.monitor.engine.privacy.numbers import is_bsn, is_iban, is_registration

_MARKS = {
    "email": "[e-mail]", "telefoon": "[telefoon]", "iban": "[rekeningnummer]", "bsn": "[bsn]",
    "kenteken": "[kenteken]", "account": "[account]", "naam": "[naam]",
}  # fmt: skip
_AT = r"(?:\s?[@＠]\s?|\s?[\[({<]\s?(?:at|apenstaart(?:je)?)\s?[\])}>]\s?|\s(?:at|apenstaart(?:je)?)\s)"
_DOT = r"(?:\s?\.|\s?[\[({<]\s?(?:dot|punt)\s?[\])}>]\s?|\s(?:dot|punt)\s)"
_EMAIL = re.compile(
    rf"(?<![\w.+@-])[\w][\w.+-]{{0,63}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{2,63}}){{1,4}}", re.IGNORECASE
)
_EMAIL_SIGNS = ("@", "＠", " at ", "(at", "[at", "{at", "<at", "( at", "[ at", "apenstaart")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ .-]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])")
_DIGIT = re.compile(r"\d")
_LONG_NUMBER = re.compile(r"\d(?:\D{0,3}\d){6}")  # no account, phone or citizen number has fewer digits
_GAP = r"[\s./‐‑–-]{0,3}"
_NO_DATE = r"(?!\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?![-/.\d]))"
_PHONE = re.compile(
    rf"(?<![\w+])(?<!\d[-./,]){_NO_DATE}(?:"
    rf"(?:\+|00)31{_GAP}(?:\(0\){_GAP})?[1-9](?:{_GAP}\d){{8}}"  # +31 6 …, 0031 (0)74 …
    rf"|\(0[1-9]\d{{1,2}}\){_GAP}\d(?:{_GAP}\d){{5,6}}"  # (074) …
    rf"|06{_GAP}[1-9](?:{_GAP}\d){{7}}"  # 06 …
    rf"|0[89]00{_GAP}\d(?:\s?\d){{3,6}}"  # 0800 …, 0900 …
    rf"|0[1-9]\d{{1,2}}[\s./‐‑–-]{{1,3}}\d(?:[\s.‐‑–-]?\d){{5,6}}"  # 074-…, 0546 …
    r"|0[1-9]\d{8}"  # 0742459876
    rf"|(?:\+|00)(?!31|\d{{1,3}}(?:\.\d{{3}})+\b)[1-9]\d{{0,2}}(?:[\s./()‐‑–-]{{0,2}}\d){{7,12}}"  # +49 …
    r")(?![\w])(?![-./,]\d)"
)
_BSN = re.compile(
    r"(?<![\w.,/+-])(?:\d{9}|\d{8}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[ -]\d{3}[ -]\d{3})(?![\w/])(?![-.,]\d)"
)
_PLATE = re.compile(r"(?<![\w/-])[A-Za-z0-9]{1,3}-[A-Za-z0-9]{2,3}-[A-Za-z0-9]{1,3}(?![\w-])")
_COMPACT_PLATE = re.compile(r"(?<![\w-])(?=[A-Z]*\d)[A-Z0-9]{6}(?![\w-])")
_PROFILE = re.compile(
    r"(?:https?://)?(?:[a-z]{1,8}\.)?(?:twitter|x|instagram|tiktok|facebook|fb|threads|linkedin|bsky|t)"
    r"\.(?:com|net|app|me)/[^\s<>\"')\]]+",
    re.IGNORECASE,
)
_MENTION = re.compile(
    r"(?<![\w@/])[@＠]([\w][\w.-]{0,40}\w|\w)(?:@[\w.-]{1,60}\w)?|(?<!\w)/?u/([\w-]{3,30})(?!\w)"
)
_ORGANISATION = re.compile(
    r"(?:gemeente|gem_|politie|pol_|brandweer|veiligheidsregio|vrtwente|ggd|provincie|waterschap|ministerie|rijks|coa(?![a-z])"
    r"|vluchtelingenwerk|rodekruis|legerdesheils|vng|omroep|rtv|nos(?![a-z])|nu_?nl|tubantia|telegraaf|volkskrant|trouw(?![a-z])"
    r"|nrc|adnl|rtl|1twente|kvk|om_|openbaarministerie|stichting|raadvanstate|nieuws)"
    r"|.*(?:gemeente|nieuws|krant|courant|dagblad)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without contact data, and how often each kind was taken out.

    Keys of ``counts``: email, telefoon, iban, bsn, kenteken, account, naam; only those above zero.
    """

    text: str
    counts: Mapping[str, int]


class _Mask:
    """One text being masked, and the count so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.counts: dict[str, int] = {}

    def replace(self, pattern: re.Pattern[str], kind: str) -> None:
        """Put a mark wherever the pattern stands."""
        self.text, count = pattern.subn(_MARKS[kind], self.text)
        if count:
            self.counts[kind] = self.counts.get(kind, 0) + count

    def replace_some(
        self, pattern: re.Pattern[str], kind: str, *, keep: frozenset[str] | None = None
    ) -> None:
        """Put a mark wherever the pattern stands and a closer look agrees."""

        def judge(match: re.Match[str]) -> str:
            kept = _kept_text(match, kind, keep=keep or frozenset())
            if kept is None:
                return match.group()
            self.counts[kind] = self.counts.get(kind, 0) + 1
            return _MARKS[kind] + kept

        self.text = pattern.sub(judge, self.text)


def mask(text: str, *, public_accounts: frozenset[str] = frozenset(), author: str = "") -> Masked:
    """Take contact data and accounts out of a text and count what was taken out (masking).

    Args:
        text: plain text.
        public_accounts: accounts of organisations and public functions, without ``@``, in lower case.
        author: who wrote it, when that must not be readable in the text either.

    Returns:
        The text with a plain Dutch mark in each place, and the counts per kind.

    Method: patterns per kind; IBAN by ISO 13616 (mod 97), BSN by the eleven test, number plates by the
        RDW letter groups. Names in running text are not recognised, except the author's own.

    >>> mask("Mail jan@ziggo.nl of bel 06-12345678, Dorpsstraat 12, 7551 AA").text
    'Mail [e-mail] of bel [telefoon], Dorpsstraat 12, 7551 AA'
    """
    work = _Mask(text)
    if len(author) >= 4 and author.casefold() in text.casefold():
        work.replace(re.compile(rf"(?<!\w){re.escape(author)}(?!\w)", re.IGNORECASE), "naam")
    lower = text.lower()
    if any(sign in lower for sign in _EMAIL_SIGNS):
        work.replace(_EMAIL, "email")
    if _LONG_NUMBER.search(work.text):
        work.replace_some(_IBAN, "iban")
        work.replace(_PHONE, "telefoon")
        work.replace_some(_BSN, "bsn")
    if _DIGIT.search(work.text):
        work.replace_some(_COMPACT_PLATE, "kenteken")
        if "-" in work.text:
            work.replace_some(_PLATE, "kenteken")
    if "/" in work.text:
        work.replace(_PROFILE, "account")
    if "@" in work.text or "＠" in work.text or "u/" in work.text:
        work.replace_some(_MENTION, "account", keep=public_accounts)
    return Masked(work.text, work.counts)


def _kept_text(match: re.Match[str], kind: str, *, keep: frozenset[str]) -> str | None:
    """Say what of a match stays behind the mark; None when it is nothing to mask after all."""
    found = match.group()
    if kind == "iban":
        return is_iban(found)
    if kind == "bsn":
        before = match.string[max(0, match.start() - 30) : match.start()]
        return "" if is_bsn(found, before=before) else None
    if kind == "kenteken":
        return "" if is_registration(found) else None
    account = (match[1] or match[2] or "").casefold()
    return None if account in keep or is_organisation_account(account) else ""


def is_organisation_account(account: str) -> bool:
    """Tell whether an account is clearly that of an organisation or a medium (verdict).

    Args:
        account: name of the account without ``@``.

    Returns:
        True for a municipality, police, fire brigade, ministry, broadcaster and the like.

    Method: beginnings and endings such organisations use; in doubt an account is a person's.

    >>> is_organisation_account("GemeenteHengelo"), is_organisation_account("janjansen")
    (True, False)
    """
    return _ORGANISATION.match(account) is not None
