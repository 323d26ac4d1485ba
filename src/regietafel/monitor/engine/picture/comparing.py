"""What changed between two pictures of one monitor, in Dutch sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from regietafel.kernel.dutch import counted, share
from regietafel.monitor.engine.picture.figures import PictureFigures, StoryFigures

_STORIES_NAMED = 5


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two pictures: subject (aantal, aandeel, verhaal, bron) and sentence."""

    subject: str
    sentence: str


def compare(earlier: PictureFigures, later: PictureFigures) -> tuple[Change, ...]:
    """Say what changed between two pictures of the same monitor (comparison).

    Args:
        earlier: figures of the picture before.
        later: figures of this picture; the periods may differ in length.

    Returns:
        One sentence per change; empty when nothing worth telling changed.

    Source: bron-003, agendapunt 4.2 (the report against the beginning and the last weeks); the choice of
        changes is our reading.

    >>> from datetime import date
    >>> from regietafel.monitor.engine.picture.counting import Material, make_figures
    >>> day = date(2022, 4, 7)
    >>> figures = make_figures(Material(starts_on=day, ends_on=day, hits=(), published={}, history={}))
    >>> compare(figures, figures)
    ()
    """
    return (
        *_counts(earlier, later),
        *_shares(earlier, later),
        *_stories(earlier, later),
        *_silence(earlier, later),
    )


def _counts(earlier: PictureFigures, later: PictureFigures) -> Iterator[Change]:
    before, after = earlier.media_count / len(earlier.days), later.media_count / len(later.days)
    if before == after:
        return
    word = "meer" if after > before else "minder"
    told = counted(later.media_count, one="bericht", many="berichten")
    yield Change(
        "aantal",
        f"{word.capitalize()} media-aandacht: {told} in {_days(later)}, "
        f"eerder {earlier.media_count} in {_days(earlier)}.",
    )


def _days(figures: PictureFigures) -> str:
    return counted(len(figures.days), one="dag", many="dagen")


def _shares(earlier: PictureFigures, later: PictureFigures) -> Iterator[Change]:
    if earlier.share is None or later.share is None:
        return
    if later.share.low > earlier.share.high or later.share.high < earlier.share.low:
        before, after = share(earlier.share.fraction, decimals=1), share(later.share.fraction, decimals=1)
        yield Change(
            "aandeel", f"Het aandeel in alles wat de bronnen brachten ging van {before} naar {after}."
        )


def _stories(earlier: PictureFigures, later: PictureFigures) -> Iterator[Change]:
    known = _known(earlier.stories)
    fresh = [story for story in later.stories if story.size > 1 and not _is_known(story, known)]
    for story in fresh[:_STORIES_NAMED]:
        brought = counted(len(story.outlets) or story.size, one="medium", many="media")
        yield Change("verhaal", f"Nieuw: “{story.title}” ({brought}).")
    still = _known(later.stories)
    gone = [story for story in earlier.stories if story.size > 1 and not _is_known(story, still)]
    for story in gone[:_STORIES_NAMED]:
        yield Change("verhaal", f"Niet meer gezien: “{story.title}”.")


def _known(stories: tuple[StoryFigures, ...]) -> frozenset[str]:
    return frozenset(
        name for story in stories for member in story.members for name in (member.key, member.title)
    )


def _is_known(story: StoryFigures, known: frozenset[str]) -> bool:
    return any(member.key in known or member.title in known for member in story.members)


def _silence(earlier: PictureFigures, later: PictureFigures) -> Iterator[Change]:
    before = {silent.source for silent in earlier.silent_sources}
    after = {silent.source for silent in later.silent_sources}
    for source in sorted(after - before):
        yield Change("bron", f"{source} levert niet meer.")
    for source in sorted(before - after):
        yield Change("bron", f"{source} levert weer.")
