"""When two messages are one, what moment a date means, and what counts as media: tables for those who ask."""

import csv
import re
from pathlib import Path

import pytest

from regietafel.monitor.engine.messages import CleaningRules, RawItem, RowRejected, clean

HERE = Path(__file__).parent
RULES = CleaningRules(source_name="proef", author_key=b"0123456789abcdef")


def _rows(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


def _key(url: str) -> str:
    item = RawItem(row=2, url=url, published="2022-04-07", title="Azc", outlet="Tubantia")
    return clean(item, rules=RULES).key


@pytest.mark.parametrize(("one", "other", "same", "why"), _rows("identity.csv"))
def test_same_page(one: str, other: str, same: str, why: str) -> None:
    assert (_key(one) == _key(other)) == (same == "ja"), why


@pytest.mark.parametrize(("written", "in_utc"), _rows("moments.csv"))
def test_moment(written: str, in_utc: str) -> None:
    item = RawItem(row=2, published=written, title="Azc", outlet="Tubantia")
    if in_utc:
        assert clean(item, rules=RULES).published_at.isoformat() == in_utc
        return
    with pytest.raises(RowRejected) as caught:
        clean(item, rules=RULES)
    assert caught.value.column == "datum"
    words = re.findall(r"[a-z]{3,}", written.casefold())
    assert not any(word in caught.value.message.casefold() for word in words), "it may be a name"


@pytest.mark.parametrize(
    ("stated", "url", "outlet", "has_title", "default", "kind", "why"), _rows("kinds.csv")
)
def test_kind(stated: str, url: str, outlet: str, has_title: str, default: str, kind: str, why: str) -> None:
    rules = CleaningRules(source_name="proef", author_key=RULES.author_key, default_kind=default)
    title = "Azc in Borne" if has_title == "ja" else ""
    item = RawItem(
        row=2, url=url, published="2022-04-07", title=title, text="Tekst", outlet=outlet, kind=stated
    )
    assert clean(item, rules=rules).kind == kind, why
