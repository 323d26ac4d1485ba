"""The figures of a picture: every number with its past and its uncertainty, and nobody in small numbers."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from scipy.stats import binomtest

from regietafel.monitor.engine.picture import (
    FEWEST_PEOPLE,
    Hit,
    Material,
    PictureFigures,
    compare,
    make_figures,
)
from regietafel.monitor.engine.picture.intervals import trend_of

START, END = date(2022, 4, 4), date(2022, 4, 10)


def _news(
    key: str, day: date, title: str = "Opvang in Borne", source: str = "Tubantia", kind: str = "nieuws"
) -> Hit:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Hit(
        key=key,
        day=day,
        published_at=at,
        source=source,
        outlet=source,
        kind=kind,
        title=title,
        url="https://a.nl",
    )


def _post(key: str, day: date, author: str, text: str = "Wat een plan") -> Hit:
    return replace(
        _news(key, day, title="", source="export", kind="sociaal"), text=text, author_hash=author, url=""
    )


def _material(*hits: Hit, weekly: int = 3, weeks: int = 8) -> Material:
    """A period in which Tubantia brought 20 items a day, and earlier weeks with one hit on the first days."""
    days = [START + timedelta(days=step) for step in range(-7 * weeks, 7)]
    history = {day: int(day.weekday() < weekly) for day in days if day < START}
    return Material(
        starts_on=START,
        ends_on=END,
        hits=hits,
        published={("Tubantia", day): 20 for day in days},
        history=history,
    )


def test_counts_and_shares_come_with_their_denominator_and_interval() -> None:
    figures = make_figures(_material(*(_news(str(number), START) for number in range(7))))
    assert figures.media_count == 7
    assert figures.share is not None
    assert (figures.share.count, figures.share.published) == (7, 140)
    wilson = binomtest(7, 140).proportion_ci(method="wilson")
    assert (figures.share.low, figures.share.high) == pytest.approx((wilson.low, wilson.high))
    (source,) = figures.sources
    assert (source.source, source.count, source.share) == ("Tubantia", 7, figures.share)


def test_days_stand_beside_the_same_weekday_before_and_the_period_beside_the_previous_one() -> None:
    figures = make_figures(_material(_news("1", START), _news("2", END)))
    assert [day.count for day in figures.days] == [1, 0, 0, 0, 0, 0, 1]
    monday, sunday = figures.days[0], figures.days[-1]
    assert (monday.weeks, monday.usual, monday.usual_low, monday.usual_high) == (8, 1.0, 1, 1)
    assert sunday.usual == 0.0
    assert (figures.trend.previous, figures.trend.periods, figures.trend.mean) == (3, 8, 3.0)
    assert figures.trend.verdict == "niet aantoonbaar anders dan gewoonlijk"


def test_what_is_not_known_is_not_zero() -> None:
    figures = make_figures(replace(_material(_news("1", START)), published={}, history={}))
    assert figures.share is None
    assert figures.previous_share is None
    assert figures.trend.previous is None
    assert figures.days[0].usual is None
    assert "geen oordeel" in figures.trend.verdict


def test_messages_outside_the_period_do_not_count() -> None:
    hits = [_news("1", START - timedelta(days=1)), _news("2", END + timedelta(days=1)), _news("3", END)]
    assert make_figures(_material(*hits)).media_count == 1


def test_fewer_than_ten_people_are_neither_shown_nor_counted() -> None:
    few = [_post(str(number), START, f"a{number % 9}") for number in range(60)]
    figures = make_figures(_material(*few))
    assert figures.people.count is None
    assert figures.people.questions is None
    assert [(kind.kind, kind.count) for kind in figures.kinds] == [("sociaal", None)]
    assert figures.sources[0].source == "Tubantia", "a source of private messages is not named with a number"
    assert figures.media_count == 0
    assert figures.people.explanation.startswith("Te weinig verschillende mensen")


def test_one_person_on_many_days_stays_one_person() -> None:
    days = [START + timedelta(days=step) for step in range(7)]
    busy = [_post(f"{day}{number}", day, f"{day}{number % 3}") for day in days for number in range(9)]
    assert make_figures(_material(*busy)).people.count is None, "21 hashes, but perhaps only three people"


def test_ten_people_are_counted_rounded_down_and_only_as_a_group() -> None:
    posts = [
        _post(str(number), START, f"a{number % FEWEST_PEOPLE}", "Komt er opvang?") for number in range(47)
    ]
    figures = make_figures(_material(*posts))
    assert (figures.people.count, figures.people.questions) == (40, 40)
    assert figures.media_count == 0
    assert figures.stories == figures.questions == ()
    assert "Komt er opvang" not in json.dumps(figures.to_json()), "private words are never quoted"


def test_one_more_message_cannot_be_read_from_the_difference_of_two_pictures() -> None:
    posts = [_post(str(number), START, f"a{number}") for number in range(43)]
    counts = {make_figures(_material(*posts[:size])).people.count for size in range(40, 44)}
    assert counts == {40}


def test_a_day_of_few_people_cannot_be_read_from_two_periods_that_differ_by_that_day() -> None:
    crowd = [_post(f"m{number}", START + timedelta(days=1), f"a{number}") for number in range(20)]
    busy = [_post(f"d{number}", START, "one") for number in range(30)]
    with_that_day = make_figures(_material(*crowd, *busy)).people.count
    assert with_that_day == make_figures(_material(*crowd)).people.count == 20


def test_messages_of_unknown_authors_count_for_nobody() -> None:
    posts = [_post(str(number), START, "") for number in range(200)]
    assert make_figures(_material(*posts)).people.count is None


def test_stories_and_questions_come_from_media_only_and_once() -> None:
    hits = [
        _news("1", START, "Komt er opvang in het oude gemeentehuis?"),
        _news("2", START, "Komt er opvang in het oude gemeentehuis?", source="RTV Oost"),
        _news("3", END, "Hoe veilig is de opvang in Borne"),
        _news("4", END, "Waarom Borne geen azc wil"),
        _post("5", END, "a", "Is dit wel eerlijk?"),
    ]
    figures = make_figures(_material(*hits))
    assert [question.title for question in figures.questions] == [
        "Hoe veilig is de opvang in Borne",
        "Komt er opvang in het oude gemeentehuis?",
    ]
    assert figures.story_count == 3
    assert (figures.stories[0].size, figures.stories[0].outlets) == (2, ("Tubantia", "RTV Oost"))


def test_a_source_that_stops_is_named_and_a_weekly_one_is_not() -> None:
    days = [END - timedelta(days=step) for step in range(56)]
    published = {("dagblad", day): 9 for day in days[3:]}
    published |= {("weekblad", day): 9 for day in days[5::7]}
    published |= {("nieuwssite", day): 9 for day in days}
    material = replace(
        _material(), published=published, sources=("dagblad", "weekblad", "nieuwssite", "nooit")
    )
    silent = make_figures(material).silent_sources
    assert [(found.source, found.silent_days) for found in silent] == [("nooit", None), ("dagblad", 3)]


def test_figures_survive_as_plain_data() -> None:
    posts = [_post(f"p{number}", START, f"a{number}") for number in range(20)]
    figures = make_figures(_material(_news("1", START, "Komt er opvang?"), *posts))
    data = json.loads(json.dumps(figures.to_json()))
    assert PictureFigures.from_json(data) == figures
    assert data["versie"] == 1
    assert "niet representatief voor de publieke opinie" in data["voorbehoud"]
    with pytest.raises(ValueError, match="version 2"):
        PictureFigures.from_json(data | {"versie": 2})


def test_the_next_picture_says_what_changed() -> None:
    earlier = make_figures(_material(_news("1", START, "Raad praat over opvang in Borne")))
    later = make_figures(
        _material(
            *(
                _news(f"n{number}", START, "Bewoners stappen naar de rechter", source=f"m{number}")
                for number in range(40)
            )
        )
    )
    told = {change.subject: change.sentence for change in compare(earlier, later)}
    assert told["aantal"] == "Meer media-aandacht: 40 berichten in 7 dagen, eerder 1 in 7 dagen."
    assert "van 0,7" in told["aandeel"]
    assert told["verhaal"] == "Nieuw: “Bewoners stappen naar de rechter” (40 media)."
    assert compare(later, later) == ()


def test_quiet_weeks_are_seldom_called_different() -> None:
    """Goal G14: of weeks in which nothing changed at most 7 % may be called clearly different."""
    lots = np.random.default_rng(20220407)
    counts = lots.negative_binomial(n=6, p=6 / (6 + 30), size=(1_500, 9))
    called = [
        trend_of(int(row[0]), [int(value) for value in row[1:]]).verdict.startswith("duidelijk")
        for row in counts
    ]
    assert sum(called) / len(called) <= 0.07


def test_a_tripled_week_is_called_different() -> None:
    assert trend_of(90, [30, 25, 34, 28, 31, 30, 29, 33]).verdict == "duidelijk meer dan gewoonlijk"
    assert trend_of(5, [30, 25, 34, 28, 31, 30, 29, 33]).verdict == "duidelijk minder dan gewoonlijk"
