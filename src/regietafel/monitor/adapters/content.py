"""The reference data for what messages say: stop words, wording, themes, places and outlets."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from regietafel.monitor.adapters.names import name_lists
from regietafel.monitor.engine.content.places import Gazetteer, Settlement
from regietafel.monitor.engine.content.reach import Outlet, Outlets
from regietafel.monitor.engine.content.terms import Contrast, stop_words_from
from regietafel.monitor.engine.content.wording import Wording, WordingTerm
from regietafel.monitor.engine.query import Query, parse
from regietafel.monitor.engine.query.words import fold

FOLDER = Path(__file__).resolve().parents[4] / "reference"
MUNICIPALITY = "gemeente"
BETWEEN = "|"


@lru_cache(maxsize=1)
def contrast() -> Contrast:
    """Return what key terms are made with."""
    return Contrast(
        names=name_lists(),
        stop_words=stop_words_from(row["woord"] for row in _rows("inhoud/stopwoorden.csv")),
    )


@lru_cache(maxsize=1)
def wordings() -> tuple[Wording, ...]:
    """Return the names that are mixed up, per subject."""
    subjects: dict[str, list[WordingTerm]] = {}
    for row in _rows("inhoud/woordgebruik.csv"):
        term = WordingTerm(
            name=row["woord"],
            words=_parts(row["vormen"]),
            not_words=_parts(row["niet"]),
            meaning=row["betekenis"],
        )
        subjects.setdefault(row["onderwerp"], []).append(term)
    return tuple(Wording(subject=subject, terms=tuple(terms)) for subject, terms in subjects.items())


@lru_cache(maxsize=1)
def themes() -> dict[str, Query]:
    """Return the themes that ship, each with its search question."""
    return {row["thema"]: parse(row["zoekvraag"]) for row in _rows("inhoud/themas.csv")}


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return what finds places in texts."""
    return Gazetteer((*settlements(), *_by_other_names()), names=name_lists())


def _by_other_names() -> Iterator[Settlement]:
    """Give municipalities under the other names people use for them."""
    mains = {place.code: place for place in settlements() if place.is_main}
    words = _ordinary_words()
    for row in _rows("plaatsen/andere_namen.csv"):
        if row["gemeente"] in mains:
            yield replace(mains[row["gemeente"]], name=row["naam"], is_word=fold(row["naam"]) in words)


def _ordinary_words() -> frozenset[str]:
    return frozenset(fold(row["plaats"]) for row in _rows("plaatsen/gewone_woorden.csv"))


@lru_cache(maxsize=1)
def settlements() -> tuple[Settlement, ...]:
    """Return the municipalities of the list of areas, and villages in them."""
    words = _ordinary_words()
    hints: dict[str, tuple[str, ...]] = {}
    for row in _rows("plaatsen/toevoegingen.csv"):
        hints[row["gemeente"]] = (*hints.get(row["gemeente"], ()), row["toevoeging"])
    mains = {place.code: place for place in _municipalities(words, hints)}
    villages = (
        Settlement(
            name=row["plaats"],
            code=main.code,
            municipality=main.name,
            region=main.region,
            province=main.province,
            is_word=fold(row["plaats"]) in words,
            hints=main.hints,
        )
        for row in _rows("plaatsen/kernen.csv")
        if (main := mains.get(row["gemeente"]))
    )
    return (*mains.values(), *villages)


def _municipalities(words: frozenset[str], hints: dict[str, tuple[str, ...]]) -> Iterator[Settlement]:
    provinces = {row["veiligheidsregio"]: row["provincie"] for row in _rows("plaatsen/provincies.csv")}
    regions = {
        row["gebied"]: row["ligt_in"]
        for row in _rows("gebiedsindeling.csv")
        if row["ligt_in"] in provinces and not row["geldig_tot"]
    }
    for row in _rows("gebieden.csv"):
        if row["soort"] != MUNICIPALITY or row["code"] not in regions:
            continue
        name, region = plain_name(row["naam"]), regions[row["code"]]
        yield Settlement(
            name=name,
            code=row["code"],
            municipality=name,
            region=region,
            province=provinces[region],
            is_word=fold(name) in words,
            is_main=True,
            hints=hints.get(row["code"], ()),
        )


@lru_cache(maxsize=1)
def outlets() -> Outlets:
    """Return what knows whom a medium writes for."""
    every = (
        Outlet(
            name=row["medium"],
            domain=row["domein"],
            reach=row["reikwijdte"],
            areas=_parts(row["gebieden"]),
        )
        for row in _rows("media.csv")
    )
    mains = [
        place for place in settlements() if place.is_main and not place.is_word and " " not in place.name
    ]
    return Outlets(every, municipalities={fold(place.name): place.code for place in mains})


def plain_name(name: str) -> str:
    """Write a municipality without what the CBS puts behind its name: Hengelo (O.) is Hengelo."""
    return name.partition(" (")[0]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(BETWEEN) if part.strip())


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)
