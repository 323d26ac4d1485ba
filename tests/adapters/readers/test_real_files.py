"""Real deliveries that nobody here wrote: each is read, or refused with a reason; none crashes."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from regietafel.monitor.adapters.readers import FileRejected, RowError, read_file
from regietafel.monitor.engine.matching import match_many
from regietafel.monitor.engine.messages import CleaningRules, CleanMessage, RawItem, RowRejected, clean
from regietafel.monitor.engine.messages.cleaning import NO_WORDS
from regietafel.monitor.engine.query import Document, parse
from regietafel.monitor.engine.query.reference import answers

DATA = Path(__file__).parents[4] / "shared" / "data"
RULES = CleaningRules(
    source_name="proef", author_key=b"0123456789abcdef", fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
)
HEADLINES = DATA / "ecosent" / "intermediate" / "metadata.csv"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real files of ../shared/data are not here")


def _feeds() -> list[Path]:
    return sorted(path for path in (DATA / "feeds").rglob("*") if path.is_file())


@pytest.mark.parametrize("path", _feeds(), ids=lambda path: path.name)
def test_every_feed_is_read_or_refused_with_a_reason(path: Path) -> None:
    started = time.process_time()
    try:
        rows = list(read_file(path).rows)
    except FileRejected as refusal:
        assert refusal.message.endswith(".")
        return
    for row in rows:
        assert isinstance(row, RawItem)
        try:
            clean(row, rules=RULES)
        except RowRejected as refusal:
            assert (refusal.column, refusal.message) == ("tekst", NO_WORDS)
    assert time.process_time() - started < 2


def _headlines() -> list[CleanMessage]:
    rows = list(read_file(HEADLINES).rows)
    assert not [row for row in rows if isinstance(row, RowError)]
    return [clean(row, rules=RULES) for row in rows if isinstance(row, RawItem)]


@pytest.mark.skipif(not HEADLINES.exists(), reason="the headlines of 2015 are not here")
def test_the_headlines_of_2015_need_no_mapping_and_come_out_whole() -> None:
    messages = _headlines()
    assert len(messages) == len({message.key for message in messages}) == 8_227
    assert {message.kind for message in messages} == {"nieuws"}
    assert all(message.day.year == 2015 for message in messages)
    question = parse("asielzoek* OR vluchteling* OR azc*")
    documents = [Document(message.title) for message in messages]
    found = [bool(keys) for keys in match_many({0: question}, documents)]
    assert found == [answers(question.tree, document) for document in documents]
    assert any(found)
    again = {message.key: message.text_hash for message in _headlines()}
    assert again == {message.key: message.text_hash for message in messages}, "a second delivery adds nothing"
