"""Standing questions of the model question's form, and posts and articles; all drawn from a seed.

Nothing here is a real message. Words are frequent Dutch words and invented ones, spread as Zipf found
(a word is as rare as its rank is high); places are the municipalities of ``reference/gebieden.csv``.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from regietafel.monitor.engine.query.words import split_words

AREAS = Path(__file__).resolve().parents[2] / "reference" / "gebieden.csv"
SUBJECTS = (
    "asielzoek* vluchteling* vlugteling* azc* coa ind amv* syri* migrant* arbeidsmigra* statushouder* "
    "vergunninghouder* verblijfsvergunning* opvang* noodopvang* spoedopvang* crisisopvang* "
    "crisisnoodopvang* crisislo* zelfzorgarrangement* zza dominverzet kominverzet allocht* buitenlander* "
    "gelukszoeker* gelukzoeker* goudzoeker*"
).split()
EXCLUSIONS = (("kinderopvang",), ("buitenschoolse",), ("#nieuws",), ("#nieuwstwitter",))
FREQUENT = (
    "de van het een in en is dat op te die voor met zijn niet aan er om ook als dan maar bij nog uit door "
    "over naar ze hij we wel zo kan wat dit was heeft hebben had worden wordt werd al geen meer veel mensen "
    "jaar moet gaat komt weer nu hier daar onze hun haar deze tegen onder tussen tot zonder na sinds tijdens "
    "volgens gemeente raad wethouder bewoners avond week maandag school wijk straat buurt plan kosten geld "
    "huis woning verkeer fiets auto trein station markt winkel club sport jeugd zorg werk bedrijf provincie "
    "besluit vergadering brief reactie vraag antwoord foto zon regen best buren café "
    "reünie coördinator financiële"
).split()
STARTS = (
    "water molen kerk berg dorps hout zand veen beek land hof heide rand oever bos haven wal brug".split()
)
MIDDLES = "kamp tuin veld plas poort weide schans dijk kolk stede horst laar voorde hage drecht".split()
ENDS = "beheer overleg feest plan fonds werker dag groep project raad ronde markt dienst pad loper".split()
ONSETS = "b br d dr f fl g gr h j k kl kr l m n p pl r s sch st t tr v vl w z zw".split()
RIMES = "aan aat el en er eur ijk in oen oor op uim uit ons ant erf ist ol ak ee".split()
THEMES, STREETS = 30, 12
SEED = 20_151_104


@dataclass(frozen=True)
class Standing:
    """One question: at least one subject and one place, and none of the exclusions.

    A term is its folded words in a row; a last word may end in ``*``.
    """

    subjects: tuple[tuple[str, ...], ...]
    places: tuple[tuple[str, ...], ...]
    exclusions: tuple[tuple[str, ...], ...] = EXCLUSIONS

    def text(self) -> str:
        """Write the question as a person would."""
        subjects, places, exclusions = map(_choice, (self.subjects, self.places, self.exclusions))
        return f"({subjects}) AND ({places}) NOT ({exclusions})"


def _choice(terms: Sequence[tuple[str, ...]]) -> str:
    return " OR ".join(term[0] if len(term) == 1 else f'"{" ".join(term)}"' for term in terms)


@dataclass(frozen=True)
class Municipality:
    """What a place is called: name, nickname, account, streets and the building people speak of."""

    name: tuple[str, ...]
    nickname: tuple[str, ...]
    account: tuple[str, ...]
    streets: tuple[tuple[str, ...], ...]
    building: tuple[str, ...]

    def clause(self, theme: int) -> tuple[tuple[str, ...], ...]:
        """Give the seven places that a question about one theme names."""
        two = self.streets[theme % STREETS], self.streets[(theme + 1) % STREETS]
        return (self.name, ("gemeente", *self.name), self.nickname, *two, self.building, self.account)


def municipalities() -> list[Municipality]:
    """Give the 342 municipalities, with invented streets and nicknames."""
    lots = random.Random(SEED)
    with AREAS.open(encoding="utf-8", newline="") as handle:
        names = [row["naam"] for row in csv.DictReader(handle) if row["soort"] == "gemeente"]
    return [_municipality(tuple(split_words(name.partition("(")[0])), lots) for name in names]


def _municipality(name: tuple[str, ...], lots: random.Random) -> Municipality:
    return Municipality(
        name,
        (f"{lots.choice(STARTS)}{lots.choice(MIDDLES)}{name[-1]}",),
        (f"@gemeente{''.join(name)}",),
        tuple(_street(lots) for _ in range(STREETS)),
        ("oude", f"{lots.choice(STARTS)}{lots.choice(MIDDLES)}hal"),
    )


def _street(lots: random.Random) -> tuple[str, ...]:
    stem = f"{lots.choice(STARTS)}{lots.choice(MIDDLES)}{lots.choice(MIDDLES)}"
    return lots.choice(((f"{stem}straat",), ("oude", f"{stem}weg"), (stem, "zuid")))


def standing(count: int) -> list[Standing]:
    """Give questions: first all municipalities on asylum, then all on the next theme, and so on."""
    places = municipalities()
    themes = [_theme(number) for number in range(THEMES)]
    return [
        Standing(themes[number // len(places)], places[number % len(places)].clause(number // len(places)))
        for number in range(count)
    ]


def _theme(number: int) -> tuple[tuple[str, ...], ...]:
    """Give 29 subjects: the asylum question, or one with a few of its words and many of its own."""
    if number == 0:
        return (*((word,) for word in SUBJECTS), ("asiel", "zoekers"))
    lots = random.Random(SEED + number)
    own = [(f"{lots.choice(STARTS)}{lots.choice(ENDS)}{lots.choice(('', '*'))}",) for _ in range(23)]
    pair = (lots.choice(STARTS), lots.choice(ENDS))
    return (*((word,) for word in lots.sample(SUBJECTS, 5)), *own, pair)


class Writer:
    """Writes posts and articles; one seed, one text."""

    def __init__(self, seed: int = SEED) -> None:
        self._lots = random.Random(seed)
        self._places = municipalities()
        short = [f"{a}{b}{end}" for a in ONSETS for b in RIMES for end in ("", "en", "t", "je")]
        long = [f"{a}{b}{c}" for a in STARTS for b in MIDDLES for c in ENDS]
        rare = [*short * 8, *long]  # short words are the frequent ones
        self._lots.shuffle(rare)
        self._words = [*FREQUENT, *dict.fromkeys(rare)]
        self._weights = list(accumulate((rank + 3) ** -1.1 for rank in range(len(self._words))))
        self._subjects = [term for theme in range(THEMES) for term in _theme(theme)]

    def posts(self, count: int) -> list[str]:
        """Give posts of 40 to 280 characters; about one in five names a place."""
        return [self._post() for _ in range(count)]

    def articles(self, count: int) -> list[str]:
        """Give articles of 2,000 to 6,000 characters; most name a place, many a subject."""
        return [self._article() for _ in range(count)]

    def _post(self) -> str:
        lots = self._lots
        words = self._plain(lots.randint(7, 40))
        if lots.random() < 0.2:
            self._put(words, self._place())
            if lots.random() < 0.1:
                self._put(words, self._subject(0.7))
        elif lots.random() < 0.03:
            self._put(words, self._subject(0.5))
        self._decorate(words)
        return _fitted(words, least=40, most=280)

    def _article(self) -> str:
        lots = self._lots
        words = self._plain(lots.randint(330, 900))
        if lots.random() < 0.8:
            places = [self._place() for _ in range(lots.randint(1, 3))]
            for _ in range(lots.randint(3, 10)):
                self._put(words, lots.choice(places))
            if lots.random() < 0.25:
                for _ in range(lots.randint(1, 10)):
                    self._put(words, self._subject(0.7))
        return _fitted(words, least=2_000, most=6_000)

    def _plain(self, count: int) -> list[str]:
        words = self._lots.choices(self._words, cum_weights=self._weights, k=count)
        return [self._sentence_mark(word) for word in words]

    def _sentence_mark(self, word: str) -> str:
        chance = self._lots.random()
        if chance < 0.08:
            return f"{word}{'.' if chance < 0.05 else ','}"
        return word.capitalize() if chance < 0.16 else word

    def _put(self, words: list[str], term: Sequence[str]) -> None:
        place = self._lots.randint(0, len(words))
        words[place:place] = [" ".join(term)]

    def _place(self) -> Sequence[str]:
        lots = self._lots
        town = self._places[int(len(self._places) * lots.random() ** 2)]
        if lots.random() < 0.75:
            return [word.capitalize() for word in town.name]
        return lots.choice((town.nickname, town.account, town.building, *town.streets))

    def _subject(self, asylum: float) -> Sequence[str]:
        lots = self._lots
        if lots.random() < asylum:
            return [lots.choice(SUBJECTS).replace("*", lots.choice(("", "en", "er", "s")))]
        return [word.replace("*", "en") for word in lots.choice(self._subjects)]

    def _decorate(self, words: list[str]) -> None:
        """Add what posts are full of: tags, mentions, addresses, pictures."""
        lots = self._lots
        if lots.random() < 0.25:
            words.append(f"#{lots.choice(self._words)}")
        if lots.random() < 0.02:
            words.append(lots.choice(("#nieuws", "kinderopvang", "info@voorbeeld.example")))
        if lots.random() < 0.15:
            words.append(f"https://voorbeeld.example/{lots.randint(1, 99_999)}")
        if lots.random() < 0.1:
            words.append(lots.choice(("🔥", "😀👍", "…", "—")))


def _fitted(words: list[str], *, least: int, most: int) -> str:
    text = " ".join(words)
    while len(text) < least:
        text = f"{text} {text}"
    return text if len(text) <= most else text[:most].rpartition(" ")[0]


def terms(questions: Sequence[Standing]) -> Iterator[tuple[str, ...]]:
    """Give the terms of all questions, each once."""
    every = (term for one in questions for term in (*one.subjects, *one.places, *one.exclusions))
    return iter(dict.fromkeys(every))
