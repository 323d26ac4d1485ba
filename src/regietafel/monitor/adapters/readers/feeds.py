"""RSS, Atom and RDF: weighed and checked first, then read by feedparser from bytes only."""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import feedparser

from regietafel.monitor.adapters.readers.opening import Opened
from regietafel.monitor.adapters.readers.rows import FileRejected, ReadResult
from regietafel.monitor.engine.messages import RawItem
from regietafel.monitor.engine.messages.moments import UnreadableMoment, read_moment

MAX_FEED_BYTES = 5_000_000
_MAX_ITEMS = 5_000
_MAX_DEPTH = 100
_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_TAG = re.compile(r"<!--|<!\[CDATA\[|<(/?)([A-Za-z][\w:.-]*)[^<>]*?(/?)>")
_WIDE_ENCODINGS = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"<\0\0\0": "utf-32-le",
    b"\0\0\0<": "utf-32-be",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
_END_OF = {"<!--": "-->", "<![CDATA[": "]]>"}
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_ROOT = re.compile(r"<(?:\w+:)?(rss|feed|RDF|channel)[\s>]")


def read(opened: Opened) -> ReadResult:
    """Open a feed; it says itself what is what, so there is no mapping."""
    data = opened.read_all(limit=MAX_FEED_BYTES)
    _refuse_dangerous(_as_text(data))
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version") and not feed.entries:
        raise FileRejected(
            "Dit is geen RSS- of Atom-feed die wij kunnen lezen. Controleer het adres van de feed."
        )
    return ReadResult("rss", feed.get("version", ""), (), {}, _items(feed))


def _as_text(data: bytes) -> str:
    """Read the bytes well enough to see tags, whatever the encoding."""
    encoding = next((name for start, name in _WIDE_ENCODINGS.items() if data.startswith(start)), "latin-1")
    return data.decode(encoding, "replace")


def _refuse_dangerous(text: str) -> None:
    """Refuse entities of its own, absurd nesting, too many items and a feed that was cut off."""
    if _ENTITY.search(text):
        raise FileRejected("Deze feed bepaalt eigen tekens (ENTITY). Dat is onveilig; wij lezen hem niet.")
    if len(_ITEM.findall(text)) > _MAX_ITEMS:
        raise FileRejected(f"Deze feed heeft meer dan {_MAX_ITEMS} berichten. Vraag een kortere feed op.")
    if _depth(text) > _MAX_DEPTH:
        raise FileRejected(f"Deze feed heeft meer dan {_MAX_DEPTH} lagen in elkaar. Wij lezen hem niet.")
    root = _ROOT.search(text)
    if root and not re.search(
        rf"</(?:\w+:)?{root[1]}\s*>\s*(?:<!--.{{0,2000}}?-->\s*)?$", text[-4_000:].rstrip("\0"), re.DOTALL
    ):
        raise FileRejected(
            "Deze feed is halverwege afgebroken. Wij bewaren er niets van; haal hem opnieuw op."
        )


def _depth(text: str) -> int:
    """Give how many tags stand open inside each other at most."""
    depth = deepest = place = 0
    while match := _TAG.search(text, place):
        place = match.end()
        if match.group() in _END_OF:
            end = text.find(_END_OF[match.group()], place)
            if end < 0:
                break
            place = end
        elif match[1]:
            depth -= 1
        elif not match[3]:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _items(feed: Any) -> Iterator[RawItem]:
    about = feed.feed
    for number, entry in enumerate(feed.entries, start=1):
        yield RawItem(
            row=number,
            external_id=entry.get("id", ""),
            url=entry.get("link", "") or "",
            published=_published(entry),
            title=entry.get("title", "") or "",
            text=_text(entry),
            outlet=about.get("title", "") or "",
            language=entry.get("language", "") or about.get("language", "") or "",
            labels=tuple(tag.term for tag in entry.get("tags", ()) if tag.get("term")),
            author=entry.get("author", "") or "",
            interactions={"reacties": entry["slash_comments"]} if "slash_comments" in entry else {},
        )


def _text(entry: Any) -> str:
    parts = [
        entry.get("summary", "") or "",
        *(part.get("value", "") or "" for part in entry.get("content", ())),
    ]
    return max(parts, key=len)


def _published(entry: Any) -> str | datetime | None:
    """Give the date as written when we can read it, else as feedparser understood it, else as written."""
    for field in ("published", "updated", "created"):
        written: str = entry.get(field) or ""
        if not written:
            continue
        try:
            return read_moment(written)
        except UnreadableMoment:
            understood = entry.get(f"{field}_parsed")
            return written if understood is None else datetime.fromtimestamp(timegm(understood), tz=UTC)
    return None
