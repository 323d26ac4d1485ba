"""A set of messages of which we know the stories: originals, copies of all sorts, and hard look-alikes.

Originals are put together of headlines and sentences, as no archive of whole articles is at hand. Background
sentences come back in other stories, as they do in newspapers.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from benchmarks.stories import forms
from benchmarks.stories.reading import Sentences

NO_COPIES = frozenset({"original", "vervolg", "formulier"})
START = datetime(2026, 3, 2, 8, tzinfo=UTC)
PLACES = ("Hengelo", "Borne", "Almelo", "Enschede", "Losser", "Wierden", "Tubbergen", "Oldenzaal", "Zwolle")
OWN_WORDS = (
    "Dit kan toch niet waar zijn", "Ik ben benieuwd wat jullie hiervan vinden", "Eindelijk goed nieuws",
    "Wie had dat gedacht", "Let op buren", "Schandalig gewoon", "Mooi voor de buurt, maar wel laat",
    "Lezen dus", "Hier wil ik echt meer van weten", "Zie je wel", "En nu maar hopen dat het klopt",
    "Vertel het door",
)  # fmt: skip
ADDED = (
    "De redactie heeft de betrokkenen om een toelichting gevraagd.", "Later vandaag volgt meer nieuws.",
    "Het gemeentebestuur wil nu nog niet reageren.", "In de uitzending van half zeven komen we erop terug.",
    "Eerder dit jaar was hier ook al veel over te doen.", "Heeft u tips, laat het onze verslaggevers weten.",
)  # fmt: skip
CREDITS = ("(ANP) - ", "ENSCHEDE (ANP) - ", "DEN HAAG - ", "ANP/NOVUM ", "AMSTERDAM (Reuters) - ")
CLOSINGS = (
    " Lees meer op onze site.", " © 2026 De Streekkrant", " Lees ook: Zo blijft de straat schoon.",
    " Copyright De Omroep. Alle rechten voorbehouden.", " (via De Streekkrant)", "\nFoto: De Streekkrant",
)  # fmt: skip
MARKUP = ("<p>{}</p>", "<div class='lead'>{}</div>", "{}&nbsp;<br>", "<b>{}</b>")


@dataclass(frozen=True)
class Telling:
    """One message with the story it belongs to, and what was done to make it."""

    story: int
    title: str
    sentences: tuple[str, ...]
    at: datetime
    made: str = "original"
    kind: str = "nieuws"
    own: tuple[str, ...] = ()  # the sentences that no other story has

    @property
    def text(self) -> str:
        """The text as delivered."""
        return " ".join(self.sentences)


def make(
    source: Sentences, *, originals: int, copies: int, fills: int, seed: int = 20_260_302
) -> list[Telling]:
    """Make the set: ``copies`` of each original, every form filled in ``fills`` times, some follow-ups."""
    chance = random.Random(seed)
    headlines = _dealt(source.headlines, chance)
    first = [_original(number, headlines, source, chance) for number in range(originals)]
    made = [copy for one in first for copy in _copies(one, headlines, chance, count=copies)]
    later = [
        _follow_up(originals + number, one, headlines, chance)
        for number, one in enumerate(first[: originals // 10])
    ]
    filled = forms.filled(chance, fills=fills)
    alike = [
        Telling(2 * originals + number, title, tuple(text), _moment(chance), "formulier")
        for number, (title, *text) in enumerate(filled)
    ]
    everything = [*first, *made, *later, *alike]
    chance.shuffle(everything)
    return everything


def _dealt(headlines: tuple[str, ...], chance: random.Random) -> Iterator[str]:
    """Deal headlines, each once; then from the start again."""
    while True:
        yield from chance.sample(headlines, len(headlines))


def _moment(chance: random.Random, *, about: datetime | None = None) -> datetime:
    if about is None:
        return START + timedelta(minutes=chance.randrange(28 * 24 * 60))
    return about + timedelta(minutes=chance.randrange(-2 * 24 * 60, 3 * 24 * 60))


def _original(number: int, headlines: Iterator[str], source: Sentences, chance: random.Random) -> Telling:
    told = [f"{next(headlines)}." for _ in range(chance.randint(3, 5))]
    background = chance.sample(source.sentences, min(chance.randint(2, 4), len(source.sentences)))
    lead, *others = told  # news comes first
    sentences = (lead, *chance.sample([*others, *background], len(others) + len(background)))
    return Telling(number, next(headlines), sentences, _moment(chance), own=tuple(told))


def _follow_up(number: int, original: Telling, headlines: Iterator[str], chance: random.Random) -> Telling:
    """Write other news on the same subject: one sentence comes back as background, the rest is new."""
    told = [f"{next(headlines)}." for _ in range(4)]
    sentences = (*told, chance.choice(original.sentences))
    return Telling(number, next(headlines), sentences, _moment(chance, about=original.at), "vervolg")


def _copies(
    original: Telling, headlines: Iterator[str], chance: random.Random, *, count: int
) -> Iterator[Telling]:
    for made in chance.sample(sorted(EDITS), count):
        copy = EDITS[made](original, chance)
        if made == "andere kop":
            copy = replace(copy, title=next(headlines))
        if copy.kind == "nieuws" and chance.random() < 0.3:
            second = chance.choice(["tikfouten", "bronregel", "opmaak"])
            copy = EDITS[second](copy, chance)
            made = f"{made} + {second}"
        yield replace(copy, made=made, at=_moment(chance, about=original.at))


def _shortened(one: Telling, chance: random.Random) -> Telling:
    return replace(one, sentences=one.sentences[: chance.randint(1, 3)])


def _shortened_retitled(one: Telling, chance: random.Random) -> Telling:
    words = one.title.split()
    return replace(_shortened(one, chance), title=" ".join(words[: max(3, len(words) // 2)]))


def _quoted(one: Telling, chance: random.Random) -> Telling:
    quote = chance.choice(_quotable(one))
    quote = chance.choice([quote, f"“{quote}”", f"{one.title}. {quote}"])
    before, after = chance.sample(OWN_WORDS, 2)
    said = chance.choice([f"{before}: {quote}", f"{quote} {after}!", f"{before}… {quote} {after}"])
    return replace(one, title="", sentences=(said,), kind="sociaal")


def _quotable(one: Telling) -> list[str]:
    """Give the headline (of six words or more) and its own sentences of eight: fewer may be anyone's."""
    own = [text.rstrip(".") for text in one.own if len(text.split()) >= 8]
    title = [one.title] if len(one.title.split()) >= 6 else []
    return [*title, *own] or [f"{one.title}. {one.own[0]}"]


def _reposted(one: Telling, chance: random.Random) -> Telling:
    lead = chance.choice(["RT @streekkrant: ", "via @omroep ", ""])
    said = f"{lead}{chance.choice(_quotable(one))} https://krant.example/{chance.randrange(9_999)}"
    return replace(one, title="", sentences=(said,), kind="sociaal")


def _regional(one: Telling, chance: random.Random) -> Telling:
    """Put another place in front, and change one number or one place where there is one."""
    here = chance.choice(PLACES)
    sentences = list(one.sentences)
    place = chance.randrange(len(sentences))
    words = [here if word.strip(".,") in PLACES else word for word in sentences[place].split()]
    numbers = [number for number, word in enumerate(words) if word.strip(".,").isdigit()]
    if numbers:
        words[numbers[0]] = str(chance.randrange(2, 400))
    sentences[place] = " ".join(words)
    return replace(one, title=f"{here}: {one.title}", sentences=tuple(sentences))


def _typos(one: Telling, chance: random.Random) -> Telling:
    return replace(one, sentences=tuple(_mistyped(text, chance) for text in one.sentences))


def _mistyped(text: str, chance: random.Random) -> str:
    words = text.split()
    for number, word in enumerate(words):
        if len(word) > 4 and chance.random() < 0.04:
            place = chance.randrange(1, len(word) - 2)
            words[number] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return " ".join(words)


def _credited(one: Telling, chance: random.Random) -> Telling:
    first, *others = one.sentences
    return replace(one, sentences=(f"{chance.choice(CREDITS)}{first}", *others, chance.choice(CLOSINGS)))


def _marked_up(one: Telling, chance: random.Random) -> Telling:
    return replace(one, sentences=tuple(chance.choice(MARKUP).format(text) for text in one.sentences))


def _reordered(one: Telling, chance: random.Random) -> Telling:
    return replace(one, sentences=tuple(chance.sample(one.sentences, len(one.sentences))))


def _lengthened(one: Telling, chance: random.Random) -> Telling:
    return replace(one, sentences=(*one.sentences, *chance.sample(ADDED, 2)))


def _same(one: Telling, _chance: random.Random) -> Telling:
    return one


EDITS: dict[str, Callable[[Telling, random.Random], Telling]] = {
    "ingekort": _shortened,
    "ingekort, halve kop": _shortened_retitled,
    "andere kop": _same,
    "geciteerd": _quoted,
    "doorgestuurd": _reposted,
    "regionaal": _regional,
    "tikfouten": _typos,
    "bronregel": _credited,
    "opmaak": _marked_up,
    "andere volgorde": _reordered,
    "aangevuld": _lengthened,
    "gelijk": _same,
}
