"""What the numbers of an omgevingsbeeld mean: few people, little past, small shares, one story, silence."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from regietafel.monitor.engine.picture.intervals import share_of, trend_of
from regietafel.monitor.engine.picture.people import rounded_count
from regietafel.monitor.engine.picture.silence import silent_sources
from regietafel.monitor.engine.stories import Article, find_stories

HERE = Path(__file__).parent
DAY = date(2026, 3, 12)


def _rows(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


@pytest.mark.parametrize(("messages", "people", "shown", "why"), _rows("small_numbers.csv"))
def test_number_of_people(messages: str, people: str, shown: str, why: str) -> None:
    expected = None if shown == "niets" else int(shown)
    assert rounded_count(int(messages), int(people)) == expected, why


@pytest.mark.parametrize(("now", "earlier", "verdict", "why"), _rows("periods.csv"))
def test_against_earlier_periods(now: str, earlier: str, verdict: str, why: str) -> None:
    before = [None if count == "?" else int(count) for count in earlier.split(", ")]
    assert trend_of(int(now), before).verdict == verdict, why


@pytest.mark.parametrize(("count", "published", "told", "why"), _rows("shares.csv"))
def test_share(count: str, published: str, told: str, why: str) -> None:
    found = share_of(int(count), int(published))
    if found is None:
        assert told == "onbekend", why
        return
    fraction, low, high = (
        f"{100 * part:.1f}".replace(".", ",") for part in (found.fraction, found.low, found.high)
    )
    assert f"{fraction} % ({low}–{high})" == told, why


@pytest.mark.parametrize(("one", "other", "days_apart", "same", "why"), _rows("stories.csv"))
def test_one_story(one: str, other: str, days_apart: str, same: str, why: str) -> None:
    first = datetime(2026, 3, 1, 9, tzinfo=UTC)
    later = first + timedelta(days=int(days_apart))
    stories = find_stories(
        [Article("1", one, "", "Tubantia", first), Article("2", other, "", "RTV Oost", later)]
    )
    assert (len(stories) == 1) == (same == "ja"), why


@pytest.mark.parametrize(("every", "silent_days", "silent", "why"), _rows("silence.csv"))
def test_source_went_silent(every: str, silent_days: str, silent: str, why: str) -> None:
    last = DAY - timedelta(days=int(silent_days))
    published = {("Tubantia", last - timedelta(days=back)): 1 for back in range(0, 50, int(every))}
    found = silent_sources(published, sources=("Tubantia",), on=DAY)
    assert bool(found) == (silent == "ja"), why
