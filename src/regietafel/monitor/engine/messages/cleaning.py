"""Cleaning: the one door between what is delivered and what is stored."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from math import isfinite

from regietafel.monitor.engine.messages.items import (
    MEDIA_KINDS,
    CleaningRules,
    CleanMessage,
    RawItem,
    RowRejected,
)
from regietafel.monitor.engine.messages.kinds import message_kind
from regietafel.monitor.engine.messages.links import Link, read_link
from regietafel.monitor.engine.messages.markup import one_line, plain_text
from regietafel.monitor.engine.messages.moments import AMSTERDAM, UnreadableMoment, read_moment
from regietafel.monitor.engine.privacy import author_hash, hide_names, mask
from regietafel.monitor.engine.query import Document, Query, Term
from regietafel.monitor.engine.query.documents import LANGUAGE, TEXT, TITLE
from regietafel.monitor.engine.query.tree import Blank, Days, walk

MAX_TITLE, MAX_TEXT = 1_000, 200_000
DAYS = "sinds"
IN_TEXT = frozenset({"", TITLE, TEXT})
MAX_PLACE, MAX_LABEL, MOST_LABELS = 120, 60, 20
NO_WORDS = (
    "Deze rij heeft geen titel en geen tekst. Vul een van beide in of laat de rij weg. "
    "Staat de tekst in een andere kolom? Geef die dan aan, bijvoorbeeld tekst=inhoud."
)
_LANGUAGES = {
    "nederlands": "nl", "dutch": "nl", "nld": "nl", "dut": "nl", "engels": "en", "english": "en", "eng": "en",
    "duits": "de", "german": "de", "deutsch": "de", "deu": "de", "ger": "de", "frans": "fr", "french": "fr",
    "arabisch": "ar", "arabic": "ar", "oekraïens": "uk", "ukrainian": "uk", "turks": "tr", "turkish": "tr",
    "pools": "pl", "polish": "pl",
}  # fmt: skip
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+")


def clean(raw: RawItem, *, rules: CleaningRules) -> CleanMessage:
    """Give the message that may be stored for one delivered row (cleaning).

    Args:
        raw: the row as delivered.
        rules: source, key of the day's author hash, and what to assume where the row is silent.

    Returns:
        The message with masked text and without author. Known by its canonical URL, else by its id within
        the source, else by the hash of its text. Messages that are not media lose link and id.

    Raises:
        RowRejected: no text at all, a text that is too long, or a date that cannot be read.

    Source: bron-004, hfd. 8 (what an analysis needs of a message); what is dropped follows the AVG, art. 5
        lid 1 onder c, and is our reading.

    >>> rules = CleaningRules(source_name="lokaal nieuws", author_key=b"0123456789abcdef")
    >>> row = RawItem(row=2, published="07-04-2022 14:05", title="Azc in Borne", outlet="Tubantia")
    >>> message = clean(row, rules=rules)
    >>> message.kind, message.published_at.isoformat(), message.author_hash
    ('nieuws', '2022-04-07T12:05:00+00:00', '')
    """
    title, text = _words_of(raw)
    _refuse_long_text(title, text)
    published_at = _moment(raw, rules)
    link = read_link(raw.url)
    outlet = one_line(raw.outlet) or rules.default_outlet
    kind = _kind(raw, link, title=title, outlet=outlet, default=rules.default_kind)
    key_from, key = _identity(raw, link, source=rules.source_name, text=f"{title}\n{text}")
    is_media = kind in MEDIA_KINDS
    author = raw.author.strip()
    day = published_at.astimezone(AMSTERDAM).date()
    hidden = "" if is_media else author
    if hidden and outlet.casefold() == hidden.casefold():  # a blog or channel that bears its writer's name
        outlet = rules.default_outlet
    labels = labels_of(raw)
    (masked_title, masked_text, *masked_labels), masked = _without_persons(
        (title, text, *labels), rules=rules, author=hidden
    )
    return CleanMessage(
        key=key,
        key_from=key_from,
        external_id=raw.external_id.strip() if is_media else "",
        url=link.url if link and is_media else "",
        published_at=published_at,
        day=day,
        title=masked_title,
        text=masked_text,
        outlet=outlet or (link.domain if link else ""),
        domain=link.domain if link else "",
        kind=kind,
        language=_language(raw.language, f"{title} {text}", rules=rules),
        place=place_of(raw) if is_media else "",
        labels=tuple(label[:MAX_LABEL] for label in masked_labels),
        author_hash=author_hash(author, day=day, key=rules.author_key) if author else "",
        interactions=counts_of(raw.interactions),
        text_hash=_digest(f"{masked_title}\n{masked_text}"),
        masked=masked,
    )


def as_document(raw: RawItem, *, rules: CleaningRules, needed: frozenset[str]) -> Document:
    """Give a delivered row as a question sees it; nothing is stored (document).

    Args:
        raw: the row as delivered.
        rules: source, and what to assume where the row is silent.
        needed: what the questions ask for (``asked_zones``); the rest may stay empty.

    Returns:
        What ``clean`` would keep of the row, except that nothing of persons is taken out: no number, no
        account, no place. A date that cannot be read is no day.

    Raises:
        RowRejected: no text at all.

    Method: the same steps as ``clean``; what no question asks for is skipped, as it is most of the work.

    >>> rules = CleaningRules(source_name="lokaal nieuws", author_key=b"")
    >>> row = RawItem(row=2, title="Azc in <b>Borne</b>", published="07-04-2022", place="Borne")
    >>> as_document(row, rules=rules, needed=frozenset({""}))
    Document(title='Azc in Borne', text='', source='', domain='', language='', place='', labels=(), url='', \
kind='', day=None)
    >>> as_document(row, rules=rules, needed=frozenset({"plaats", "sinds"})).day.isoformat()
    '2022-04-07'
    """
    title, text = _words_of(raw)
    if needed <= IN_TEXT:
        return Document(title, text)
    link = read_link(raw.url)
    outlet = one_line(raw.outlet) or rules.default_outlet
    is_language_asked = LANGUAGE in needed  # recognising one takes longer than all the rest
    return Document(
        title=title,
        text=text,
        source=outlet or (link.domain if link else "") or rules.source_name,
        language=_language(raw.language, f"{title} {text}", rules=rules) if is_language_asked else "",
        place=place_of(raw),
        labels=tuple(labels_of(raw)),
        url=link.url if link else raw.url.strip(),
        kind=_kind(raw, link, title=title, outlet=outlet, default=rules.default_kind),
        day=_day(raw) if DAYS in needed else None,
    )


def asked_zones(queries: Iterable[Query]) -> frozenset[str]:
    """Give the zones in which questions seek, and ``DAYS`` when one of them asks for days (zones).

    Args:
        queries: the questions.

    Returns:
        Names of zones; the empty one is title and text.

    Method: a walk through the trees.

    >>> from regietafel.monitor.engine.query import parse
    >>> sorted(asked_zones([parse("azc taal:nl"), parse("titel:opvang sinds:2022-04-01")]))
    ['', 'sinds', 'taal', 'titel']
    """
    nodes = (node for query in queries for node in walk(query.tree))
    return frozenset(
        DAYS if isinstance(node, Days) else node.zone
        for node in nodes
        if isinstance(node, Days | Term | Blank)
    )


def _day(raw: RawItem) -> date | None:
    try:
        return read_moment(raw.published or "").astimezone(AMSTERDAM).date()
    except UnreadableMoment:
        return None


def _words_of(raw: RawItem) -> tuple[str, str]:
    title, text = one_line(raw.title), plain_text(raw.text)
    if not title and not text:
        raise RowRejected("tekst", NO_WORDS)
    return title, text


def _refuse_long_text(title: str, text: str) -> None:
    if len(title) > MAX_TITLE:
        raise RowRejected("titel", f"De titel is langer dan {MAX_TITLE} tekens.")
    if len(text) > MAX_TEXT:
        raise RowRejected("tekst", f"De tekst is langer dan {MAX_TEXT} tekens.")


def _moment(raw: RawItem, rules: CleaningRules) -> datetime:
    if raw.published is None or raw.published == "":
        if rules.fetched_at is None:
            raise RowRejected("datum", "Deze rij heeft geen datum.")
        return read_moment(rules.fetched_at)
    try:
        return read_moment(raw.published)
    except UnreadableMoment as error:
        raise RowRejected("datum", str(error)) from None


def _kind(raw: RawItem, link: Link | None, *, title: str, outlet: str, default: str) -> str:
    domain = link.domain if link else ""
    return message_kind(stated=raw.kind, domain=domain, outlet=outlet, has_title=bool(title), default=default)


def _identity(raw: RawItem, link: Link | None, *, source: str, text: str) -> tuple[str, str]:
    if link and link.identity:
        return "url", _digest(f"url\n{link.identity}")
    if external_id := raw.external_id.strip():
        return "id", _digest(f"id\n{source}\n{external_id}")
    return "tekst", _digest(f"tekst\n{' '.join(text.split()).casefold()}")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _language(stated: str, text: str, *, rules: CleaningRules) -> str:
    word = stated.strip().lower()
    if word:
        code = _LANGUAGES.get(word, word.replace("_", "-").split("-")[0])
        return code if len(code) == 2 and code.isalpha() else ""
    if rules.default_language or rules.detect_language is None:
        return rules.default_language
    return rules.detect_language(text)


def place_of(raw: RawItem) -> str:
    """Give the place that the source names."""
    return one_line(raw.place)[:MAX_PLACE].rstrip()


def labels_of(raw: RawItem) -> list[str]:
    """Give the labels that the source hung on a message, each once."""
    written = dict.fromkeys(one_line(label)[:MAX_LABEL].rstrip() for label in raw.labels)
    return [label for label in written if label][:MOST_LABELS]


def counts_of(interactions: Mapping[str, str | float]) -> dict[str, int]:
    """Read counts; what cannot be read is unknown, not zero."""
    read = {name: _count(value) for name, value in interactions.items()}
    return {name: count for name, count in read.items() if count is not None}


def _count(value: str | float) -> int | None:
    if isinstance(value, str):
        written = value.strip()
        if _THOUSANDS.fullmatch(written):
            return int(re.sub(r"[.,\s]", "", written))
        try:
            value = float(written.replace(",", "."))
        except ValueError:
            return None
    return int(value) if isfinite(value) and 0 <= value < 2**31 else None


def _without_persons(
    texts: Sequence[str], *, rules: CleaningRules, author: str
) -> tuple[list[str], dict[str, int]]:
    """Take contact data, accounts and names out of the texts of one message; count it for title and text."""
    masked = [mask(text, public_accounts=rules.public_accounts, author=author) for text in texts]
    counts = sum((Counter(one.counts) for one in masked[:2]), Counter[str]())
    plain = [one.text for one in masked]
    if rules.lexicon is None:
        return plain, dict(counts)
    (title, text), names = hide_names(plain[:2], lexicon=rules.lexicon)
    labels = [hide_names([label], lexicon=rules.lexicon)[0][0] for label in plain[2:]]
    counts["naam"] += names
    return [title, text, *labels], dict(+counts)
