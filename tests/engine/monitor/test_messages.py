"""Cleaning: nothing of a person passes, nothing a message says is lost, and hostile text takes no time."""

import time
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regietafel.monitor.engine.messages import CleaningRules, RawItem, RowRejected, clean
from regietafel.monitor.engine.messages.markup import one_line, plain_text

RULES = CleaningRules(source_name="proef", author_key=b"0123456789abcdef")
POST = RawItem(
    row=2,
    external_id="1511",
    url="https://x.com/jan_de_vries/status/1511",
    published="07-04-2022 23:30",
    text="Jan de Vries hier. Bel 06-12345678 of mail jan@ziggo.nl, groet @jan_de_vries",
    kind="tweet",
    author="Jan de Vries",
    interactions={"reacties": "1.204", "gedeeld": 3.0, "waarderingen": "", "weergaven": "veel"},
)
NEWS = RawItem(
    row=3,
    external_id="a1",
    url="https://www.tubantia.nl/hengelo/azc~a1/?utm_source=rss",
    published="2022-04-07T09:00:00Z",
    title="Nieuw azc in <b>Hengelo</b>",
    text="<p>De raad besluit &amp; stemt.</p><p>Volgende week.</p>",
    outlet="Tubantia",
)


def test_a_private_message_keeps_nothing_that_leads_to_its_author() -> None:
    message = clean(POST, rules=RULES)
    everything = " ".join(map(str, asdict(message).values())).casefold()
    for trace in ("vries", "jan", "12345678", "ziggo", "1511"):
        assert trace not in everything, trace
    assert message.kind == "sociaal"
    assert message.masked == {"naam": 1, "telefoon": 1, "email": 1, "account": 1}
    assert message.author_hash


def test_the_place_of_a_person_is_not_kept_and_that_of_news_is() -> None:
    assert clean(replace(POST, place="Hengelo"), rules=RULES).place == ""
    assert clean(replace(NEWS, place=" <b>Hengelo</b>\n(Ov)"), rules=RULES).place == "Hengelo (Ov)"


def test_labels_lose_who_wrote_and_where_to_reach_them() -> None:
    post = replace(POST, labels=("opvang", "Jan de Vries", "bel 06-12345678", "opvang", " "))
    assert clean(post, rules=RULES).labels == ("opvang", "[naam]", "bel [telefoon]")


def test_labels_are_few_and_short() -> None:
    labels = clean(replace(NEWS, labels=tuple(f"{n} {'x' * 90}" for n in range(50))), rules=RULES).labels
    assert (len(labels), {len(label) for label in labels}) == (20, {60})


def test_the_author_cannot_be_followed_to_the_next_day() -> None:
    same_day = clean(replace(POST, published="07-04-2022 00:10"), rules=RULES)
    next_day = clean(replace(POST, published="08-04-2022 00:10"), rules=RULES)
    other_key = clean(POST, rules=replace(RULES, author_key=b"fedcba9876543210"))
    hashes = {clean(POST, rules=RULES).author_hash, same_day.author_hash}
    assert len(hashes) == 1
    assert len(hashes | {next_day.author_hash, other_key.author_hash}) == 3


def test_news_keeps_its_link_without_trackers_and_its_text_without_markup() -> None:
    message = clean(NEWS, rules=RULES)
    assert message.url == "https://www.tubantia.nl/hengelo/azc~a1/"
    assert (message.title, message.text) == (
        "Nieuw azc in Hengelo",
        "De raad besluit & stemt.\nVolgende week.",
    )
    assert (message.domain, message.outlet, message.external_id) == ("tubantia.nl", "Tubantia", "a1")
    assert message.is_media


def test_the_day_is_the_day_in_the_netherlands() -> None:
    message = clean(replace(NEWS, published="2022-04-07T22:30:00Z"), rules=RULES)
    assert message.day == date(2022, 4, 8)
    assert message.published_at == datetime(2022, 4, 7, 22, 30, tzinfo=UTC)


def test_counts_are_read_and_unreadable_counts_are_unknown() -> None:
    assert clean(POST, rules=RULES).interactions == {"reacties": 1204, "gedeeld": 3}


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://a.nl/x", "file:///etc/passwd", "//"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    message = clean(replace(NEWS, url=url), rules=RULES)
    assert (message.url, message.key_from) == ("", "id")


def test_identity_falls_back_from_link_to_id_to_text() -> None:
    keys = {
        field: clean(item, rules=RULES)
        for field, item in {
            "url": NEWS,
            "id": replace(NEWS, url=""),
            "home": replace(NEWS, url="https://www.tubantia.nl/"),
            "tekst": replace(NEWS, url="", external_id=""),
        }.items()
    }
    assert [message.key_from for message in keys.values()] == ["url", "id", "id", "tekst"]
    assert keys["id"].key == keys["home"].key, "the home page of a site is not the address of a message"
    other_source = clean(replace(NEWS, url=""), rules=replace(RULES, source_name="andere bron"))
    assert other_source.key != keys["id"].key, "an id means something within its source only"
    spaced = clean(replace(NEWS, url="", external_id="", title="NIEUW  azc in Hengelo"), rules=RULES)
    assert spaced.key == keys["tekst"].key


def test_changed_text_shows_and_changed_spacing_in_markup_does_not() -> None:
    first = clean(NEWS, rules=RULES)
    changed = clean(replace(NEWS, text="<p>De raad stemt toch niet.</p>"), rules=RULES)
    same = clean(
        replace(NEWS, text="<div>De raad besluit &#38; stemt.</div>\n<div>Volgende   week.</div>"),
        rules=RULES,
    )
    assert first.key == changed.key == same.key
    assert first.text_hash == same.text_hash != changed.text_hash


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"title": "", "text": " <p></p> "}, "tekst"),
        ({"title": "x" * 1_001}, "titel"),
        ({"text": "x" * 200_001}, "tekst"),
        ({"published": "gisteren"}, "datum"),
        ({"published": None}, "datum"),
        ({"published": float("nan")}, "datum"),
    ],
)
def test_a_row_that_cannot_be_kept_says_which_column_and_why(changes: dict[str, Any], column: str) -> None:
    with pytest.raises(RowRejected) as caught:
        clean(replace(NEWS, **changes), rules=RULES)
    assert caught.value.column == column
    assert caught.value.message.endswith(".")


def test_a_feed_without_dates_gets_the_moment_it_was_fetched() -> None:
    fetched = datetime(2022, 4, 7, 6, 0, tzinfo=UTC)
    message = clean(replace(NEWS, published=None), rules=replace(RULES, fetched_at=fetched))
    assert message.published_at == fetched


@pytest.mark.parametrize(
    ("stated", "code"),
    [("nl-NL", "nl"), ("Dutch", "nl"), ("Engels", "en"), ("AR", "ar"), ("klingon", ""), ("", "??")],
)
def test_language_of_the_row_goes_before_detection(stated: str, code: str) -> None:
    rules = replace(RULES, detect_language=lambda text: "??")
    assert clean(replace(NEWS, language=stated), rules=rules).language == code


def test_the_author_does_not_show_in_a_traceback() -> None:
    assert "Vries" not in repr(replace(POST, text="", url=""))
    assert "0123456789abcdef" not in repr(RULES)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<b>asiel</b>zoekers", "asielzoekers"),
        ("a < b en b > c", "a < b en b > c"),
        ("ik <3 Borne", "ik <3 Borne"),
        ("<script>alert('x')</script>veilig", "veilig"),
        ("<SCRIPT src=x>alert(1)</sCrIpT >veilig", "veilig"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;veilig", "veilig"),
        ("&amp;lt;b&amp;gt;vet&amp;lt;/b&amp;gt;", "vet"),
        ("<img src=x onerror=alert(1)>foto", "foto"),
        ("voor<!-- <b>weg</b> -->na", "voor\nna"),
        ("voor<!-- nooit gesloten", "voor"),
        ("een<br>twee<br/>drie", "een\ntwee\ndrie"),
        ("a\u202egpj.exe\u200b", "agpj.exe"),
        ("cafe\u0301", "café"),
        ("nul\x00teken\ud800", "nulteken"),
        ("veel \u00a0 wit", "veel wit"),
    ],
)
def test_markup_becomes_readable_text(markup: str, text: str) -> None:
    assert plain_text(markup) == text


PIECES = [
    "<",
    ">",
    "script",
    "<img",
    "&lt;",
    "&gt;",
    "&amp;",
    "amp;",
    "/",
    "\u200b",
    "x",
    " ",
    "\n",
    "<!--",
    "-->",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_no_tag_survives_however_it_was_wrapped(value: str) -> None:
    once = one_line(value)
    assert "\n" not in once
    assert not any(tag in once for tag in ("<script", "<img", "<!--"))


@pytest.mark.parametrize(
    "piece",
    ["<b>", "<", "<a", "<!--", "<script>", "<script></script", " ", "&amp;", "&lt;", "\n", "</p", "<!["],
)
def test_hostile_markup_takes_linear_time(piece: str) -> None:
    started = time.process_time()
    plain_text(piece * 100_000)
    assert time.process_time() - started < 2
