"""What leaves a text before it is stored, and which ordinary numbers stay (AVG, art. 5 lid 1 onder c)."""

import csv
from pathlib import Path

import pytest

from regietafel.monitor.adapters.names import lexicon
from regietafel.monitor.engine.privacy import hide_names, mask

PUBLIC = frozenset({"coanl"})
TABLE = Path(__file__).with_name("masking.csv")


def _rows() -> list[list[str]]:
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";", quoting=csv.QUOTE_NONE))[1:]


def _names_in_text() -> list[list[str]]:
    with TABLE.with_name("names_in_text.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";", quoting=csv.QUOTE_NONE))[1:]


@pytest.mark.parametrize(("kind", "text", "expected"), _rows())
def test_masking(kind: str, text: str, expected: str) -> None:
    masked = mask(text, public_accounts=PUBLIC)
    assert masked.text == expected
    assert set(masked.counts) == ({kind} if kind else set())


@pytest.mark.parametrize(("text", "stored", "why"), _names_in_text())
def test_names_in_a_text(text: str, stored: str, why: str) -> None:
    hidden, count = hide_names([text], lexicon=lexicon())
    assert hidden == [stored], why
    assert count == stored.count("[naam]")


def test_a_name_in_the_title_is_known_in_the_text_and_an_office_in_the_title_stays() -> None:
    texts = ["Wethouder Bakker zwijgt", "Bakker wil niets zeggen, Karin Bloksma wel. Bloksma is boos."]
    hidden, count = hide_names(texts, lexicon=lexicon())
    assert hidden == [texts[0], "Bakker wil niets zeggen, [naam] wel. [naam] is boos."]
    assert count == 2


@pytest.mark.parametrize(
    "piece", ["Jan ", "J. ", "van de ", "Jan van ", "De ", "mevrouw ", "Xx Yy ", "-", "Jan-", "İ "]
)
def test_hiding_names_takes_no_more_than_linear_time(piece: str) -> None:
    import time

    started = time.process_time()
    hide_names([piece * (200_000 // len(piece))], lexicon=lexicon())
    assert time.process_time() - started < 4


def test_every_row_holds_inside_a_sentence_too() -> None:
    """Between other words at least 95 % is still found, and at least 90 % of what is masked is right."""
    found = wanted = masked_count = 0
    for kind, text, _ in _rows():
        counts = mask(f"Gisteren stond er: {text} en dat was alles.", public_accounts=PUBLIC).counts
        wanted += bool(kind)
        found += bool(kind and kind in counts)
        masked_count += bool(counts)
    assert found / wanted >= 0.95
    assert found / masked_count >= 0.90


def test_name_of_the_author_leaves_the_text() -> None:
    masked = mask("Groeten, Jan de Vries. JAN DE VRIES vindt het niets.", author="Jan de Vries")
    assert masked.text == "Groeten, [naam]. [naam] vindt het niets."
    assert masked.counts == {"naam": 2}


@pytest.mark.parametrize(
    "piece", ["06 ", "NL91ABNA", "@", " at ", "a.b-", "1-a-", "x.com/", "+3", "0-1.", "u/", "(at)"]
)
def test_no_text_takes_more_than_linear_time(piece: str) -> None:
    import time

    started = time.process_time()
    mask(piece * 30_000)
    assert time.process_time() - started < 2
