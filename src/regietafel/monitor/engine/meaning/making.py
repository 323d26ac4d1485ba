"""Put together what messages say: every engine of content on the same messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from regietafel.monitor.engine.content.asking import AskedQuestion, asked_questions
from regietafel.monitor.engine.content.messages import Message, shown_count
from regietafel.monitor.engine.content.naming import name_words
from regietafel.monitor.engine.content.places import Context, Gazetteer, PlaceCount, place_counts
from regietafel.monitor.engine.content.platforms import platform_shifts
from regietafel.monitor.engine.content.reach import Outlets, reach_shares
from regietafel.monitor.engine.content.terms import Contrast, key_terms
from regietafel.monitor.engine.content.themes import Association, associations, themes_of
from regietafel.monitor.engine.content.wording import Wording, WordingReport, wording_report
from regietafel.monitor.engine.meaning.figures import Compared, Meaning, ToneCounts, media_tone
from regietafel.monitor.engine.query import Query
from regietafel.monitor.engine.query.words import Token, fold, split_words
from regietafel.monitor.engine.review.counts import sought
from regietafel.monitor.engine.sentiment import people_sentiment

FEWEST_BEFORE = 30
MOST_PLACES = 30
MOST_PAIRS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceLists:
    """The lists that are needed to understand messages."""

    contrast: Contrast
    wordings: tuple[Wording, ...]
    themes: Mapping[str, Query]
    gazetteer: Gazetteer
    outlets: Outlets


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningMaterial:
    """The messages of a period and what they are compared with.

    ``messages`` answer the question and still have their text, ``erased`` have lost it. ``before`` and
    ``before_erased`` are the same of the days from ``before_from`` up to ``starts_on``. ``others`` were in
    the same sources on the same days and do not answer. Messages of a medium that bears the name
    ``own_outlet`` are own texts. ``question`` is what was asked, its blanks filled in. ``people_tones``: day,
    author hash and verdict of each message of people.
    """

    starts_on: date
    ends_on: date
    before_from: date
    messages: Sequence[Message]
    erased: Sequence[Message] = ()
    before: Sequence[Message] = ()
    before_erased: Sequence[Message] = ()
    others: Sequence[Message] = ()
    own_outlet: str = ""
    question: Query | None = None
    media_tones: ToneCounts = field(default_factory=lambda: ToneCounts(counts={}))
    people_tones: Sequence[tuple[date, str, str]] = ()


def meaning_of(material: MeaningMaterial, *, lists: ReferenceLists) -> Meaning:
    """Say what messages are about (meaning).

    Args:
        material: messages of a period, of the time before, and their tones.
        lists: stop words, names, wordings, themes, places and media.

    Returns:
        Key terms against the time before when at least thirty of its messages may be counted, else against
        the other messages of the same sources and days; and the rest of what the content engines say.

    Method: the methods of the engines it calls; when to compare with what is our reading, as texts are kept
        for a short time only.

    >>> from regietafel.monitor.engine.privacy import NameLists
    >>> names = NameLists(given_names=frozenset(), surnames=frozenset())
    >>> lists = ReferenceLists(contrast=Contrast(names=names, stop_words=frozenset()), wordings=(), themes={},
    ...                        gazetteer=Gazetteer((), names=names), outlets=Outlets((), municipalities={}))
    >>> day = date(2022, 4, 7)
    >>> said = meaning_of(MeaningMaterial(starts_on=day, ends_on=day, before_from=day,
    ...                                   messages=[Message(day=day, kind="nieuws", title="Azc?")]),
    ...                   lists=lists)
    >>> said.read, said.compared, said.questions[0].examples
    (1, 'niets', ('Azc?',))
    """
    compared, against = _against(material)
    by_outlet = bool(material.erased or material.before_erased)
    every, earlier = [*material.messages, *material.erased], [*material.before, *material.before_erased]
    heard = [(message, lists.outlets.attention(message)) for message in every]
    return Meaning(
        starts_on=material.starts_on,
        ends_on=material.ends_on,
        before_from=material.before_from,
        read=shown_count(material.messages),
        erased=shown_count(material.erased),
        read_against=shown_count(against),
        read_before=shown_count(material.before),
        compared=compared.value,
        terms=key_terms(material.messages, against, contrast=lists.contrast, asked=_asked_words(material)),
        questions=_questions(material, lists),
        wordings=_wordings(material, lists),
        places=_places(material, lists),
        reach=reach_shares(heard),
        platforms=platform_shifts(*(_by_outlet(group, by_outlet) for group in (every, earlier))),
        platforms_by_outlet=by_outlet,
        themes=_themes(material, lists),
        media_tone=media_tone(material.media_tones),
        people_tone=people_sentiment(material.people_tones),
    )


def _against(material: MeaningMaterial) -> tuple[Compared, Sequence[Message]]:
    if shown_count(material.before) >= FEWEST_BEFORE:
        return Compared.BEFORE, material.before
    if shown_count(material.others) >= FEWEST_BEFORE:
        return Compared.OTHERS, material.others
    return Compared.NOTHING, ()


def _by_outlet(messages: Sequence[Message], by_outlet: bool) -> Sequence[Message]:
    """Leave addresses aside in all messages when some have lost theirs, so that alike is compared."""
    return [replace(message, domain="") for message in messages] if by_outlet else messages


def _asked_words(material: MeaningMaterial) -> frozenset[str]:
    """Give the words of the messages that the question seeks as single words."""
    if material.question is None:
        return frozenset()
    singles = [form[0] for term in sought(material.question.tree) for form in term.forms if len(form) == 1]
    words = frozenset(word for message in material.messages for word in split_words(message.words))
    tokens = (Token(word, word, 0, len(word)) for word in words)
    return frozenset(token.folded for token in tokens if any(single.fits(token) for single in singles))


def _questions(material: MeaningMaterial, lists: ReferenceLists) -> tuple[AskedQuestion, ...]:
    hidden = name_words((message.words for message in material.messages), names=lists.contrast.names)
    return asked_questions(material.messages, stop_words=lists.contrast.stop_words, hidden=hidden)


def _wordings(material: MeaningMaterial, lists: ReferenceLists) -> tuple[WordingReport, ...]:
    """Give the subjects that are named at all, this period first."""
    own_name = fold(material.own_outlet)
    own = [message for message in material.messages if own_name and fold(message.outlet) == own_name]
    theirs = [message for message in material.messages if not own_name or fold(message.outlet) != own_name]
    day_before = material.starts_on - timedelta(days=1)
    found = []
    for wording in lists.wordings:
        days = [(material.starts_on, material.ends_on)]
        now = wording_report(wording, theirs, periods=days, own=own)
        before = wording_report(wording, material.before, periods=[(material.before_from, day_before)])
        told = replace(now, periods=(*now.periods, *before.periods))
        if told.remarks or now.periods[0].total:
            found.append(told)
    return tuple(found)


def _places(material: MeaningMaterial, lists: ReferenceLists) -> tuple[PlaceCount, ...]:
    found = []
    for message in material.messages:
        context = Context(areas=lists.outlets.attention(message).areas)
        found.append((message, lists.gazetteer.mentions(message.words, context=context)))
    return place_counts(found)[:MOST_PLACES]


def _themes(material: MeaningMaterial, lists: ReferenceLists) -> tuple[Association, ...]:
    themes = themes_of(material.messages, lists.themes)
    return associations(material.messages, themes)[:MOST_PAIRS]
