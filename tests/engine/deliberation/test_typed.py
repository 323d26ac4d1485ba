"""A line typed in a meeting: its letter, who owes it, and words that only look like an owner."""

import pytest

from regietafel.deliberation.engine.typed import TypedLine, UnreadableLine, typed_line

TABLE = {
    "Gemeente Losser": 1,
    "Gemeente Hof van Twente": 2,
    "Politie": 3,
    "Projectleider opvang": 4,
    "Gemeente Losser, burgemeester": 5,
    "Gemeente Rijssen": 6,
    "Provincie Rijssen": 7,
    "Adviseur coördinatie": 8,
}


@pytest.mark.parametrize(
    ("line", "kind", "text", "owner"),
    [
        ("b wij doen het", "B", "Wij doen het", None),
        ("K: er is geen locatie", "K", "Er is geen locatie", None),
        ("A) BA vraagt het op", "A", "BA vraagt het op", None),
        ("a losser: zoekt een locatie voor 19 april", "A", "Zoekt een locatie voor 19 april", 1),
        ("a Gemeente Losser: zoekt", "A", "Zoekt", 1),
        ("a hof van twente : zoekt", "A", "Zoekt", 2),
        ("a Losser, burgemeester: belt", "A", "Belt", 5),
        ("a Adviseur coordinatie: belt", "A", "Belt", 8),
        # a short name that two seats share is nobody's, and words that are no name stay in the text
        ("a Rijssen: belt", "A", "Rijssen: belt", None),
        ("a Let op: belt voor tien uur", "A", "Let op: belt voor tien uur", None),
        # only an action has an owner before the colon
        ("b Losser: doet mee", "B", "Losser: doet mee", None),
        ("a om 10:30 bellen", "A", "Om 10:30 bellen", None),
    ],
)
def test_what_is_understood(line: str, kind: str, text: str, owner: int | None) -> None:
    assert typed_line(line, owners=TABLE) == TypedLine(kind=kind, text=text, owner=owner)


@pytest.mark.parametrize("line", ["", "b", "b ", "besluit nemen", "wij doen het", "x iets", ": iets"])
def test_what_has_no_letter_is_refused(line: str) -> None:
    with pytest.raises(UnreadableLine):
        typed_line(line, owners=TABLE)
