"""Terms, conditions and differences in words, and the fingerprint of frozen minutes."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from regietafel.deliberation.engine.content import EntryContent, ItemContent, MinutesContent, fingerprint
from regietafel.deliberation.engine.differences import differences_of
from regietafel.deliberation.engine.wording import condition_told, term_told

APRIL = dt.date(2022, 4, 19)


@pytest.mark.parametrize(
    ("due_on", "is_inclusive", "written", "told"),
    [
        (APRIL, True, "", "tot en met di 19 april 2022"),
        (APRIL, False, "voor 19 april", "voor di 19 april 2022 (uiterlijk ma 18 april)"),
        (dt.date(2023, 1, 1), False, "", "voor zo 1 januari 2023 (uiterlijk za 31 december)"),
        (None, True, "volgend BAO", "volgend BAO"),
        (None, False, "", ""),
    ],
)
def test_nobody_doubts_whether_the_day_counts(
    due_on: dt.date | None, is_inclusive: bool, written: str, told: str
) -> None:
    assert term_told(due_on, is_inclusive=is_inclusive, written=written) == told


@pytest.mark.parametrize(
    ("kind", "condition", "told"),
    [
        ("zolang", "er geen locatie is", "zolang er geen locatie is"),
        ("zolang", "als en zolang het niet lukt", "als en zolang het niet lukt"),
        ("tot", "Tot de opdracht klaar is", "tot de opdracht klaar is"),
        ("", "", ""),
    ],
)
def test_a_condition_says_its_word_once(kind: str, condition: str, told: str) -> None:
    assert condition_told(kind, condition) == told


def minutes(*entries: EntryContent, **values: Any) -> MinutesContent:
    items = (ItemContent(number="2.6", title="Ter Apel", notes="Besproken.", entries=entries, key=1),)
    terms: dict[str, Any] = {
        "body": "BAO", "organisation": "VRT", "meeting": "BAO 1", "number": 1, "state": "vastgesteld",
        "starts_at": dt.datetime(2022, 4, 7, 12, tzinfo=dt.UTC),
        "ends_at": dt.datetime(2022, 4, 7, 13, tzinfo=dt.UTC), "items": items,
    }  # fmt: skip
    return MinutesContent(**terms | values)


ACTION = EntryContent(kind="A", text="Laten weten", due_on=APRIL, key=5)


def told(before: MinutesContent, after: MinutesContent) -> list[tuple[str, str, str, str]]:
    return [(one.place, one.what, one.before, one.after) for one in differences_of(before, after)]


def test_what_is_the_same_is_no_difference() -> None:
    one = minutes(ACTION)
    assert told(one, MinutesContent.from_json(one.to_json())) == []


def test_every_kind_of_change_is_told() -> None:
    later = replace(ACTION, due_is_inclusive=False, text="Laten het weten", withdrawn_reason="Dubbel")
    new = EntryContent(kind="B", text="Wij helpen", key=6)
    assert told(minutes(ACTION), minutes(later, new, press_line="Geen persbericht.")) == [
        ("Vergadering", "Perslijn", "", "Geen persbericht."),
        ("2.6 Ter Apel", "Actie", "Actie: Laten weten", "Actie: Laten het weten"),
        ("2.6 Ter Apel", "Actie, termijn", "tot en met di 19 april 2022",
         "voor di 19 april 2022 (uiterlijk ma 18 april)"),
        ("2.6 Ter Apel", "Actie, ingetrokken", "", "Laten het weten\nReden: Dubbel"),
        ("2.6 Ter Apel", "Besluit", "", "Wij helpen"),
    ]  # fmt: skip


def test_the_fingerprint_follows_the_content_and_nothing_else() -> None:
    content = minutes(ACTION).to_json()
    turned = dict(reversed(list(content.items())))
    assert fingerprint(content) == fingerprint(turned)
    assert fingerprint(content) != fingerprint(minutes(replace(ACTION, text="Laten weten.")).to_json())
