"""Most asked questions: similar ones as one, with a place for how far the answer is; and rumours, counted."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from regietafel.monitor.engine.content.messages import Message
from regietafel.monitor.engine.content.terms import FEWEST_MESSAGES
from regietafel.monitor.engine.picture.people import fewest_people, rounded_count
from regietafel.monitor.engine.picture.questions import is_question
from regietafel.monitor.engine.query.words import split_words

ANSWER_STATES = ("onbekend", "geen antwoord", "in voorbereiding", "beantwoord")
MOST_GROUPS = 20
_SAME_FROM = 0.5
_LONGEST_STEM = 6
_COMPARED = 30
_SENTENCE = re.compile(r"[^.!?\n]*\?+|[^.!?\n]+[.!\n]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """Similar questions together.

    ``examples`` are questions of media, at most three; of people there is only a rounded number (None where
    too few people asked). ``subject`` are words that most of these questions share. ``answer`` is one of
    ANSWER_STATES and is filled in by people.
    """

    subject: tuple[str, ...]
    examples: tuple[str, ...]
    media: int
    people: int | None
    answer: str = ANSWER_STATES[0]


@dataclass(slots=True)
class _Group:
    words: Counter[str]
    asked: list[tuple[Message, str]]


def asked_questions(
    messages: Sequence[Message],
    *,
    stop_words: Collection[str],
    hidden: Collection[str] = (),
    answers: Mapping[tuple[str, ...], str] | None = None,
) -> tuple[AskedQuestion, ...]:
    """Group the questions in messages, the most asked first (questions).

    Args:
        messages: media and people's messages of one period.
        stop_words: folded words that say nothing of themselves.
        hidden: folded words that may not be shown, such as names.
        answers: how far the answer is, per subject.

    Returns:
        At most twenty groups that media asked, or that at least ten people asked on one day. Groups that
        only fewer people asked are left out.

    Method: own rule. Two questions are one when the words that matter, cut to six letters, of the shorter
        stand for at least half in the longer one.

    >>> from datetime import date
    >>> asked = [Message(day=date(2022, 4, 7), kind="nieuws", title=title) for title in
    ...          ("Hoeveel vluchtelingen komen er?", "Hoeveel vluchtelingen komen er naar Borne?")]
    >>> [(group.media, group.people) for group in asked_questions(asked, stop_words={"er", "naar"})]
    [(2, None)]
    """
    groups = _grouped(_sentences(messages), stop_words)
    told = [_told(group, hidden=hidden, answers=answers or {}) for group in groups]
    shown = [group for group in told if group.media or group.people]
    ranked = sorted(shown, key=lambda group: (-(group.media + (group.people or 0)), group.subject))
    return tuple(ranked[:MOST_GROUPS])


def _sentences(messages: Iterable[Message]) -> Iterable[tuple[Message, str]]:
    """Give every question with its message; one message asks the same question once."""
    for message in messages:
        seen: set[str] = set()
        for text, headline in ((message.title, message.is_media), (message.text, False)):
            for sentence in _SENTENCE.findall(text):
                asked = sentence.strip(" \"'“”‘’«»–-")
                if asked and asked not in seen and is_question(asked, headline=headline):
                    seen.add(asked)
                    yield message, asked


def _grouped(asked: Iterable[tuple[Message, str]], stop_words: Collection[str]) -> list[_Group]:
    groups: list[_Group] = []
    known: dict[frozenset[str], int] = {}
    by_word: dict[str, list[int]] = defaultdict(list)
    for message, sentence in asked:
        words = frozenset(
            word[:_LONGEST_STEM]
            for word in split_words(sentence)
            if word not in stop_words and len(word) > 1 and not word.startswith("@")
        )
        if not words:
            continue
        number = known.get(words)
        if number is None:
            number = _nearest(words, groups, by_word=by_word)
        if number is None:
            number = len(groups)
            groups.append(_Group(Counter(), []))
            for word in words:
                by_word[word].append(number)
        known[words] = number
        groups[number].words.update(words)
        groups[number].asked.append((message, sentence))
    return groups


def _nearest(
    words: frozenset[str], groups: Sequence[_Group], *, by_word: Mapping[str, list[int]]
) -> int | None:
    """Give the group that shares most with a question, looking at the last thirty per rare word."""
    shared: Counter[int] = Counter()
    for word in words:
        shared.update(by_word.get(word, ())[-_COMPARED:])
    for number, _count in shared.most_common(_COMPARED):
        core = _core(groups[number])
        smaller = min(len(core), len(words))
        if smaller > 1 and len(core & words) > _SAME_FROM * smaller:
            return number
        if core == words:
            return number
    return None


def _core(group: _Group) -> frozenset[str]:
    """Give the words that at least half of the questions of a group share."""
    least = len(group.asked) / 2
    return frozenset(word for word, count in group.words.items() if count >= least)


def _told(group: _Group, *, hidden: Collection[str], answers: Mapping[tuple[str, ...], str]) -> AskedQuestion:
    media = [sentence for message, sentence in group.asked if message.is_media]
    authors = [(message.day, message.author) for message, _sentence in group.asked if not message.is_media]
    examples = tuple(dict.fromkeys(media))[:FEWEST_MESSAGES]
    subject = _subject(group, hidden=hidden)
    return AskedQuestion(
        subject=subject,
        examples=examples,
        media=len(media),
        people=rounded_count(len(authors), fewest_people(authors)) if authors else None,
        answer=answers.get(subject, ANSWER_STATES[0]),
    )


def _subject(group: _Group, *, hidden: Collection[str]) -> tuple[str, ...]:
    """Give the whole words that most questions share and that media, or ten people, wrote."""
    core = _core(group)
    wrote: dict[str, list[Message]] = defaultdict(list)
    for message, sentence in group.asked:
        for word in dict.fromkeys(split_words(sentence)):
            if word[:_LONGEST_STEM] in core and word not in hidden:
                wrote[word].append(message)
    best: dict[str, str] = {}
    for word, told in sorted(wrote.items(), key=lambda item: (-len(item[1]), item[0])):
        people = fewest_people((message.day, message.author) for message in told if not message.is_media)
        if any(message.is_media for message in told) or rounded_count(len(told), people):
            best.setdefault(word[:_LONGEST_STEM], word)
    return tuple(sorted(best.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class RumourCount:
    """A rumour that people labelled by hand: how many messages carry it."""

    label: str
    media: int
    people: int | None


def rumours(labelled: Iterable[tuple[str, Message]]) -> tuple[RumourCount, ...]:
    """Count messages per rumour that people labelled (rumours).

    Args:
        labelled: the name that a person gave the rumour, with each message that carries it.

    Returns:
        Per rumour the media messages, and those of people rounded down to tens (None below ten people).

    Source: bron-004, hfd. 8 (rumours are noticed and corrected); that only people label is our reading.

    >>> from datetime import date
    >>> rumours([("buslijn verdwijnt", Message(day=date(2022, 4, 7), kind="nieuws"))])[0].media
    1
    """
    groups: dict[str, list[Message]] = defaultdict(list)
    for label, message in labelled:
        groups[label].append(message)
    counted = []
    for label, messages in groups.items():
        authors = [(message.day, message.author) for message in messages if not message.is_media]
        counted.append(
            RumourCount(
                label=label,
                media=len(messages) - len(authors),
                people=rounded_count(len(authors), fewest_people(authors)) if authors else None,
            )
        )
    return tuple(sorted(counted, key=lambda one: (-one.media - (one.people or 0), one.label)))
