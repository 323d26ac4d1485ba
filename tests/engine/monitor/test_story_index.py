"""The index of stories: batches, windows, cores, signatures that hide the text, and work that stays small."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regietafel.monitor.engine.stories import Core, Signature, Signed, StoryIndex, find_stories, sign
from regietafel.monitor.engine.stories.signing import MOST_SHINGLES
from regietafel.monitor.engine.stories.telling import Article

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
COUNCIL = (
    "De gemeenteraad van Dalveen stemt donderdag over de opvang van honderd mensen in het oude klooster.",
    "Omwonenden vinden dat zij te laat zijn ingelicht over de plannen van het college.",
    "De burgemeester belooft dat er nog voor de zomer een tweede bijeenkomst komt in de sporthal.",
    "Tegenstanders hebben intussen vierhonderd handtekeningen verzameld en willen die aanbieden.",
)
POOL = {
    "raad": [
        " ".join(COUNCIL),
        COUNCIL[0],
        f"Lees dit even! {COUNCIL[2]}",
        f"RT @krant: {COUNCIL[1]}",
        " ".join(reversed(COUNCIL)),
        f"(ANP) - {' '.join(COUNCIL[:3])}",
    ],
    "wolf": [
        "Een wandelaar zag dinsdag een wolf lopen bij de speeltuin van Oostermaat en maakte een foto.",
        "Een wandelaar zag dinsdag een wolf lopen bij de speeltuin van Oostermaat en maakte een foto. "
        "Een kenner zegt dat het een jong dier is dat op zoek is naar een eigen gebied bij het veen.",
    ],
    "bad": ["Zwembad gaat een maand dicht omdat de pompen zijn versleten en er geen nieuwe te krijgen zijn."],
    "leeg": ["", "😀", "Ja"],
}
EVERYTHING = [(story, text) for story, texts in POOL.items() for text in texts]


def _signed(texts: list[str], *, hours: int = 1, first: int = 0) -> list[Signed]:
    signatures = sign([("", text) for text in texts])
    return [
        Signed(
            key=f"{first + number:04}",
            published_at=START + timedelta(hours=hours * (first + number)),
            signature=signature,
        )
        for number, signature in enumerate(signatures)
    ]


def _groups(stories: list[int]) -> set[frozenset[int]]:
    return {frozenset(n for n, story in enumerate(stories) if story == one) for one in stories}


def _in_batches(messages: list[Signed], cuts: list[int]) -> list[int]:
    """Place batch after batch, and follow what was merged, as whoever stores the numbers must."""
    index = StoryIndex()
    stories: list[int] = []
    for begin, end in pairwise([0, *cuts, len(messages)]):
        placed = index.add(messages[begin:end])
        stories = [placed.merged.get(story, story) for story in stories] + list(placed.stories)
    return stories


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_batches_give_the_same_stories_as_everything_at_once(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(EVERYTHING), max_size=14))
    messages = _signed([text for _, text in chosen])
    cuts = sorted(data.draw(st.lists(st.integers(0, len(messages)), max_size=5)))
    at_once = list(StoryIndex().add(messages).stories)
    assert _groups(_in_batches(messages, cuts)) == _groups(at_once)
    order = data.draw(st.permutations(range(len(messages))))
    shuffled = StoryIndex().add([messages[number] for number in order]).stories
    back = [shuffled[list(order).index(number)] for number in range(len(messages))]
    assert _groups(back) == _groups(at_once)


def test_a_longer_telling_makes_one_story_of_its_parts() -> None:
    index = StoryIndex()
    first = index.add(_signed([COUNCIL[0], COUNCIL[3]]))
    assert len(set(first.stories)) == 2
    second = index.add(_signed([" ".join(COUNCIL)], first=5))
    assert second.stories == (1,)
    assert second.merged == {2: 1}
    assert [core.key for core in index.cores()] == ["0005"], "the longest telling is the core"


def test_an_index_goes_on_from_its_cores() -> None:
    index = StoryIndex()
    placed = index.add(_signed([" ".join(COUNCIL), POOL["bad"][0]]))
    kept = [
        Core(
            story=core.story,
            key=core.key,
            published_at=core.published_at,
            signature=Signature.from_bytes(core.signature.to_bytes()),
        )
        for core in index.cores()
    ]
    again = StoryIndex(cores=kept).add(_signed([COUNCIL[1], POOL["wolf"][0]], first=3))
    assert again.stories[0] == placed.stories[0]
    assert again.stories[1] not in placed.stories


def test_likenesses_do_not_chain() -> None:
    """Each text shares most of its words with the next, the first nothing with the last."""
    words = [f"woord{number}" for number in range(400)]
    chain = [" ".join(words[begin : begin + 60]) for begin in range(0, 300, 20)]
    stories = StoryIndex().add(_signed(chain)).stories
    assert stories[0] != stories[-1]
    for one in set(stories):
        members = [number for number, story in enumerate(stories) if story == one]
        assert max(members) - min(members) <= 2, "all overlap with one core"


@pytest.mark.parametrize(
    ("days", "window", "same"), [(6, 7, True), (8, 7, False), (8, 14, True), (2, 1, False)]
)
def test_copies_appear_within_the_window(days: int, window: int, same: bool) -> None:
    messages = _signed([COUNCIL[0], COUNCIL[0]], hours=24 * days)
    stories = StoryIndex(window_days=window).add(messages).stories
    assert (stories[0] == stories[1]) == same
    late = StoryIndex(window_days=window)
    assert (late.add(messages[:1]).stories == late.add(messages[1:]).stories) == same


def test_an_unknown_moment_is_never_too_far() -> None:
    (signature,) = sign([("", COUNCIL[0])])
    dated = Signed(key="a", published_at=START, signature=signature)
    undated = Signed(key="b", published_at=None, signature=signature)
    for first, second in ((dated, undated), (undated, dated)):
        index = StoryIndex()
        assert index.add([first]).stories == index.add([second]).stories


def test_a_signature_is_smaller_than_the_text_and_holds_no_word_of_it() -> None:
    text = " ".join(f"{sentence} Zin {number} telt mee." for number in range(99) for sentence in COUNCIL)
    (signature,) = sign([("Raad van Dalveen stemt over opvang", text)], key=b"geheim")
    stored = signature.to_bytes()
    assert len(stored) < len(text.encode())
    assert len(signature.shingles) <= MOST_SHINGLES
    assert not any(word.encode() in stored for word in text.split() if len(word) > 3)
    assert np.all(np.diff(signature.shingles.astype(np.int64)) > 0), "sorted: the order of the text is gone"


def test_signatures_of_another_key_do_not_match() -> None:
    (one,), (other,) = (sign([("", COUNCIL[0])], key=key) for key in (b"gemeente a", b"gemeente b"))
    assert not set(one.shingles.tolist()) & set(other.shingles.tolist())
    assert one.digest != other.digest


def test_a_stored_signature_reads_back_and_damage_is_refused() -> None:
    (signature,) = sign([("Raad stemt over de opvang", " ".join(COUNCIL))])
    stored = signature.to_bytes()
    assert Signature.from_bytes(stored).to_bytes() == stored
    for damaged in (b"", stored[:-1], stored + b"x", b"\x09" + stored[1:]):
        with pytest.raises(ValueError, match="signature"):
            Signature.from_bytes(damaged)


MANY = 4_000
HOSTILE = {
    "gelijk": [COUNCIL[0]] * MANY,
    "leeg": [""] * MANY,
    "emoji": ["😀🎉"] * MANY,
    "een woord anders": [COUNCIL[0].replace("Dalveen", f"plaats{number}") for number in range(MANY)],
    "zelfde staart": [
        f"Bericht{number} uit dorp{number} over zaak{number}. Volg ons en mis geen nieuws uit de regio"
        for number in range(MANY)
    ],
}


@pytest.mark.parametrize("texts", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_with_the_number_of_messages_and_not_with_its_square(texts: list[str]) -> None:
    whole, half = StoryIndex(), StoryIndex()
    whole.add(_signed(texts, hours=0))
    half.add(_signed(texts[: MANY // 2], hours=0))
    assert whole.compared <= 40 * MANY
    assert whole.compared <= 2.2 * half.compared + 100


def test_a_very_long_text_is_sampled_and_still_recognised() -> None:
    text = " ".join(f"woord{number * 7919 % 60_000}" for number in range(55_000))
    long, copy, other = sign([("", text), ("", f"Vooraf dit. {text}"), ("", " ".join(COUNCIL))])
    assert len(long.to_bytes()) < 5_000
    signed = [
        Signed(key=str(n), published_at=START, signature=one) for n, one in enumerate((long, copy, other))
    ]
    stories = StoryIndex().add(signed).stories
    assert stories[0] == stories[1] != stories[2]


def _post(number: int, text: str, *, hours: int = 1, interactions: int | None = 1) -> Article:
    at = START + timedelta(hours=hours)
    return Article(
        str(number), "", text, "x.com", at, kind="sociaal", interactions=interactions, author_hash=str(number)
    )


def test_people_are_rounded_and_their_posts_name_no_story() -> None:
    (few,) = find_stories([_post(number, COUNCIL[0]) for number in range(9)])
    assert (few.title, few.outlets, few.people_count, few.interactions) == (None, (), None, None)
    (many,) = find_stories([_post(number, COUNCIL[0]) for number in range(27)])
    assert (many.media_count, many.people_count, many.interactions) == (0, 20, 27)
    news = Article("n", "Raad stemt over opvang", COUNCIL[0], "De Krant", START, interactions=None)
    (mixed,) = find_stories([*(_post(number, COUNCIL[0]) for number in range(3)), news])
    assert (mixed.title, mixed.outlets, mixed.media_count) == ("Raad stemt over opvang", ("De Krant",), 1)
    assert mixed.people_count is None
    assert mixed.interactions is None, "what three people got is not told by way of the sum"
    assert [(one.kind, one.count) for one in mixed.kinds] == [("nieuws", 1), ("sociaal", None)]


def test_interactions_that_are_unknown_are_not_zero() -> None:
    def one(key: str, interactions: int | None) -> Article:
        return Article(key, "Raad stemt over opvang", COUNCIL[0], key, START, interactions=interactions)

    assert find_stories([one("a", None), one("b", None)])[0].interactions is None
    assert find_stories([one("a", 0), one("b", None)])[0].interactions == 0
    assert find_stories([one("a", 4), one("b", 3)])[0].interactions == 7
