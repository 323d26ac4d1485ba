"""The same news counts once: however many bring it, in whatever order, shortened or lengthened."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from regietafel.monitor.engine.stories import Article, Story, find_stories

START = datetime(2022, 4, 7, 9, tzinfo=UTC)
BODY = (
    "De gemeenteraad van Borne stemt donderdag over de opvang van honderd vluchtelingen in het oude "
    "gemeentehuis. Omwonenden zeggen dat zij te laat zijn ingelicht. De burgemeester belooft een tweede "
    "bijeenkomst in de sporthal."
)


def _article(key: str, title: str, text: str = "", *, outlet: str = "A", hours: int = 0) -> Article:
    return Article(key, title, text, outlet, START + timedelta(hours=hours))


def _keys(stories: tuple[Story, ...]) -> set[frozenset[str]]:
    return {frozenset(member.key for member in story.members) for story in stories}


def test_a_shortened_and_a_longer_copy_are_one_story() -> None:
    stories = find_stories(
        [
            _article("lang", "Raad van Borne stemt over opvang", BODY, outlet="Tubantia"),
            _article("kort", "Borne beslist", BODY.split(". ")[0], outlet="RTV Oost", hours=2),
            _article(
                "ander", "Wolf gezien bij Haaksbergen", "Een wandelaar zag het dier in het veen.", hours=3
            ),
        ]
    )
    assert _keys(stories) == {frozenset({"lang", "kort"}), frozenset({"ander"})}
    assert stories[0].title == "Raad van Borne stemt over opvang", "the first headline names the story"
    assert stories[0].outlets == ("Tubantia", "RTV Oost")


def test_headlines_with_a_place_before_them_or_other_words_at_the_end_are_one_story() -> None:
    stories = find_stories(
        [
            _article("1", "Banengroei in de regio zwakt af"),
            _article("2", "ENSCHEDE - Banengroei in de regio zwakt af", outlet="B"),
            _article("3", "Banengroei in de regio zwakt verder af", outlet="C"),
        ]
    )
    assert [story.size for story in stories] == [3]


def test_different_news_with_the_same_words_stays_apart() -> None:
    stories = find_stories(
        [
            _article("1", "Gemeente waarschuwt bewoners voor nepbrieven over subsidie"),
            _article("2", "Gemeente waarschuwt bewoners voor extra drukte op zaterdag"),
            _article("3", "Brieven"),
            _article("4", "Brieven", outlet="B"),
        ]
    )
    assert [story.size for story in stories] == [1, 1, 1, 1], "a heading of one word is no story"


def test_the_same_headline_weeks_later_is_another_story() -> None:
    later = 24 * 14
    stories = find_stories(
        [
            _article("1", "Weer protest bij het gemeentehuis van Borne"),
            _article("2", "Weer protest bij het gemeentehuis van Borne", hours=later),
        ]
    )
    assert [story.size for story in stories] == [1, 1]


TITLES = [
    "Opvang in Borne gaat door",
    "Opvang in Borne gaat toch door",
    "Wolf gezien bij Losser",
    "Brieven",
    "",
]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_article_is_in_one_story_and_the_order_does_not_matter(data: st.DataObject) -> None:
    titles = data.draw(st.lists(st.sampled_from(TITLES), max_size=8))
    articles = [_article(str(number), title, hours=number) for number, title in enumerate(titles)]
    stories = find_stories(articles)
    assert sorted(member.key for story in stories for member in story.members) == sorted(
        a.key for a in articles
    )
    assert find_stories(data.draw(st.permutations(articles))) == stories
