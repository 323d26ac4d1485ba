"""Places in texts, brought back to a municipality; a name that more places have stays "dubbelzinnig".

A name that is also an ordinary word (Best, Goor, Haren) counts only when it is written as a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regietafel.monitor.engine.content.messages import Message, shown_count
from regietafel.monitor.engine.privacy import NameLists
from regietafel.monitor.engine.privacy.names import Token as NameToken
from regietafel.monitor.engine.query.words import Token, cut, fold, normalise

FOUND, AMBIGUOUS = "gevonden", "dubbelzinnig"
_MUNICIPALITY = "gemeente"
_OF_PLACES = frozenset(
    "gemeente gemeenteraad burgemeester wethouder raad azc station centrum dorp stad".split()
)
_PARTICLES = frozenset("van de der den ten ter op".split())
_MOST_PARTICLES = 3
_LOOKED_BEHIND = 20
_VAN = "van"
_PROVINCE = "provincie"
_SENTENCE_ENDS = ".!?\n:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A municipality or a village in it: code and name of the municipality, its region and province.

    ``is_word`` when the name is also an ordinary word; ``is_main`` for a municipality itself.
    ``hints`` are other ways to say which one is meant, folded, such as "gld".
    """

    name: str
    code: str
    municipality: str
    region: str
    province: str
    is_word: bool = False
    is_main: bool = False
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A municipality that a name may mean, and the reason it fits or the fact that nothing decides."""

    code: str
    municipality: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A place name in a text: its place in the normalised text, the verdict and the candidates.

    ``code`` is that of the municipality, None when the verdict is AMBIGUOUS.
    """

    written: str
    start: int
    end: int
    verdict: str
    code: str | None
    municipality: str
    reason: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known beside the text: regions, provinces or municipalities the source writes about."""

    areas: frozenset[str] = frozenset()


class Gazetteer:
    """Finds places in texts; made once of all settlements, under every name they go by."""

    def __init__(self, settlements: Iterable[Settlement], *, names: NameLists) -> None:
        self._by_name: dict[tuple[str, ...], list[Settlement]] = defaultdict(list)
        self._names = names
        self._provinces: dict[tuple[str, ...], str] = {}
        for settlement in settlements:
            self._by_name[_words(settlement.name)].append(settlement)
            self._provinces[_words(settlement.province)] = settlement.province
        self._lengths: dict[str, list[int]] = defaultdict(list)
        for words in sorted(self._by_name.keys() | self._provinces.keys(), key=len, reverse=True):
            if len(words) not in self._lengths[words[0]]:
                self._lengths[words[0]].append(len(words))

    def mentions(self, text: str, *, context: Context | None = None) -> tuple[PlaceMention, ...]:
        """Give the places that a text names (places).

        Args:
            text: headline and text, the headline on a line of its own.
            context: what the source writes about.

        Returns:
            Every mention in the order of the text. A name that more places have is settled by what stands
            behind it, by the province or another place in the same text, or by the area of the source; else
            it is "dubbelzinnig" with its candidates.

        Source: bron-004, hfd. 8 (where people talk about it); what settles a name is our reading.

        >>> hengelo = [Settlement(name="Hengelo", code="GM0164", municipality="Hengelo", region="VR05",
        ...                       province="Overijssel", is_main=True),
        ...            Settlement(name="Hengelo", code="GM1876", municipality="Bronckhorst", region="VR06",
        ...                       province="Gelderland", hints=("gld",))]
        >>> places = Gazetteer(hengelo, names=NameLists(given_names=frozenset(), surnames=frozenset()))
        >>> [(found.verdict, found.code) for found in places.mentions("Opvang in Hengelo")]
        [('dubbelzinnig', None)]
        >>> places.mentions("Opvang in Hengelo (Gld)")[0].municipality
        'Bronckhorst'
        """
        tokens = list(cut(text))
        normal = normalise(text)
        found = list(self._found(tokens, normal))
        known = _Known(
            areas=(context or Context()).areas,
            provinces=frozenset(
                province for _place, _length, province in self._provinces_in(tokens) if province
            ),
            settled=[every[0] for _place, _length, every in found if len({one.code for one in every}) == 1],
        )
        return tuple(
            _mention(every, tokens[place : place + length], text=normal, known=known)
            for place, length, every in found
        )

    def _provinces_in(self, tokens: Sequence[Token]) -> Iterable[tuple[int, int, str]]:
        for place in range(len(tokens)):
            for length in self._lengths.get(_bare(tokens[place]), ()):
                words = tuple(map(_bare, tokens[place : place + length]))
                if words in self._provinces and (
                    words not in self._by_name or _is_after(tokens, place, word=_PROVINCE)
                ):
                    yield place, length, self._provinces[words]

    def _found(self, tokens: Sequence[Token], text: str) -> Iterable[tuple[int, int, list[Settlement]]]:
        place = 0
        while place < len(tokens):
            step = 1
            for length in self._lengths.get(_bare(tokens[place]), ()):
                every = self._by_name.get(tuple(map(_bare, tokens[place : place + length])))
                if every and self._is_place(tokens, place, text=text, every=every):
                    yield place, length, every
                    step = length
                    break
            place += step

    def _is_place(
        self, tokens: Sequence[Token], place: int, *, text: str, every: Sequence[Settlement]
    ) -> bool:
        if _is_after(tokens, place, word=_PROVINCE) or self._is_surname(tokens, place):
            return False
        if not any(one.is_word for one in every) or _is_after(tokens, place, word=_MUNICIPALITY):
            return True
        after = text[tokens[place].end : tokens[place].end + _LOOKED_BEHIND]
        if not tokens[place].written.lstrip("#")[:1].isupper():
            return (
                _is_after(tokens, place, word=_VAN) and place > 1 and tokens[place - 2].folded in _OF_PLACES
            )
        is_first = place == 0 or _ends_sentence(text[tokens[place - 1].end : tokens[place].start])
        is_marked = tokens[place].written.startswith("#") or any(_is_said(one, after) for one in every)
        return is_marked or not is_first or (place > 0 and tokens[place - 1].folded in _OF_PLACES)

    def _is_surname(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether a given name or an initial stands in front, perhaps with a particle between."""
        back = place - 1
        while back >= max(0, place - _MOST_PARTICLES) and tokens[back].folded in _PARTICLES:
            back -= 1
        if back < place - 1 and tokens[back + 1].written == "Van" and tokens[place].written[:1].isupper():
            return True  # "Van Boxtel" with a capital is a surname
        if back < 0 or not tokens[back].written[:1].isupper():
            return False
        token = NameToken(tokens[back].written, tokens[back].folded)
        is_name = token.is_initial or (self._names.is_given(token) and not self._names.is_place(token))
        return is_name and tokens[place].written[:1].isupper()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a text and its source say of where it is about."""

    areas: frozenset[str]
    provinces: frozenset[str]
    settled: Sequence[Settlement]


def _words(name: str) -> tuple[str, ...]:
    return tuple(token.folded for token in cut(name))


def _bare(token: Token) -> str:
    """Give a word without the sign of a hashtag."""
    return token.folded.removeprefix("#")


def _is_after(tokens: Sequence[Token], place: int, *, word: str) -> bool:
    return place > 0 and tokens[place - 1].folded == word


def _ends_sentence(between: str) -> bool:
    return any(mark in between for mark in _SENTENCE_ENDS)


def _mention(
    every: Sequence[Settlement], tokens: Sequence[Token], *, text: str, known: _Known
) -> PlaceMention:
    start, end = tokens[0].start, tokens[-1].end
    chosen, reason = _settled(every, after=text[end : end + _LOOKED_BEHIND], known=known)
    told = tuple(Candidate(one.code, one.municipality, _kind(one)) for one in every)
    if chosen is None:
        return PlaceMention(written=text[start:end], start=start, end=end, verdict=AMBIGUOUS, code=None,
                             municipality="", reason=reason, candidates=told)  # fmt: skip
    return PlaceMention(
        written=text[start:end],
        start=start,
        end=end,
        verdict=FOUND,
        code=chosen.code,
        municipality=chosen.municipality,
        reason=reason,
        candidates=told,
    )


def _kind(one: Settlement) -> str:
    return f"gemeente in {one.province}" if one.is_main else f"kern in {one.municipality}, {one.province}"


def _settled(every: Sequence[Settlement], *, after: str, known: _Known) -> tuple[Settlement | None, str]:
    """Choose the place that is meant, with the reason; None when nothing decides."""
    if len({one.code for one in every}) == 1:
        return every[0], "één plaats met deze naam in onze lijst"
    others = [place for place in known.settled if place.name != every[0].name]
    rules: tuple[tuple[str, list[Settlement]], ...] = (
        ("staat erachter", [one for one in every if _is_said(one, after)]),
        ("de provincie staat in de tekst", [one for one in every if one.province in known.provinces]),
        ("een plaats in dezelfde gemeente staat in de tekst", _near(every, others, what="code")),
        ("een plaats in dezelfde regio staat in de tekst", _near(every, others, what="region")),
        ("het gebied van de bron", [one for one in every if known.areas & {one.code, one.region}]),
        ("de provincie van de bron", [one for one in every if one.province in known.areas]),
    )
    for reason, fitting in rules:
        if len({one.code for one in fitting}) == 1:
            return fitting[0], reason
    return None, "meer plaatsen heten zo, en niets in de tekst of de bron beslist"


def _is_said(one: Settlement, after: str) -> bool:
    words = [token.folded for token in cut(after)][:2]
    opened = after.lstrip()[:1] in ("(", ",") or not words
    hints = {*one.hints, fold(one.province), fold(one.municipality)}
    return bool(words) and (words[0] in hints if opened or words[0] in one.hints else False)


def _near(every: Sequence[Settlement], others: Sequence[Settlement], *, what: str) -> list[Settlement]:
    there = {getattr(place, what) for place in others}
    return [one for one in every if getattr(one, what) in there]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCount:
    """A place in many messages: how many name it, of those that may be counted.

    ``names`` are the ways it was written; ``code`` is None for a name that stayed AMBIGUOUS.
    """

    verdict: str
    code: str | None
    municipality: str
    names: tuple[str, ...]
    count: int
    candidates: tuple[Candidate, ...]


def place_counts(found: Sequence[tuple[Message, Sequence[PlaceMention]]]) -> tuple[PlaceCount, ...]:
    """Count in how many messages each place is named (places).

    Args:
        found: messages with the places in them.

    Returns:
        The most named first; a message counts once per place. Of people's messages only tens count, and only
        from ten people on one day.

    Source: bron-004, hfd. 8 (where people talk about it); the rule of ten people is our reading.

    >>> place_counts([])
    ()
    """
    groups: dict[tuple[str, str], list[tuple[Message, PlaceMention]]] = defaultdict(list)
    for message, mentions in found:
        for key, mention in {(one.verdict, one.code or fold(one.written)): one for one in mentions}.items():
            groups[key].append((message, mention))
    counted = [_counted(group) for group in groups.values()]
    shown = [place for place in counted if place.count]
    return tuple(sorted(shown, key=lambda one: (-one.count, one.municipality, one.names)))


def _counted(group: Sequence[tuple[Message, PlaceMention]]) -> PlaceCount:
    first = group[0][1]
    return PlaceCount(
        verdict=first.verdict,
        code=first.code,
        municipality=first.municipality,
        names=tuple(sorted({mention.written for _message, mention in group})),
        count=shown_count(message for message, _mention in group),
        candidates=first.candidates if first.verdict == AMBIGUOUS else (),
    )
